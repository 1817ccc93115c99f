#include "store/applications.h"

#include "base/status_macros.h"
#include "config/config_options.h"
#include "store/crypto/hashes.h"
#include "store/store_context.h"

namespace saywell {
namespace {

constexpr std::size_t kIdRandomBytes = 8;
constexpr std::size_t kSecretRandomBytes = 32;

Status unknown(std::string_view id) {
  return Status(Code::kBadParameter, "applicationId",
                "there is no application '" + std::string(id.substr(0, 64)) + "'");
}

// A signature that is wrong and an application that is not known look the same from outside.
Status wrong(const char* what) { return Status(Code::kNotSignedIn, what); }

Access back_end(std::string_view id) {
  Access access;
  access.application_id = id;
  access.role = Role::kBackEnd;
  return access;
}

Result<std::string> secret_of(Connection& connection, std::string_view id) {
  Statement row = connection.query("SELECT secret FROM application WHERE id = ?", id);
  if (row.next()) return row.text(0);
  return row.status().ok() ? unknown(id) : row.status();
}

Status read_own_limits(Connection& connection, Application& application) {
  Statement rows = connection.query(
      "SELECT option, value FROM application_limit WHERE application_id = ?", application.id);
  while (rows.next()) application.own_limits[rows.text(0)] = rows.text(1);
  return rows.status();
}

Status check_name(std::string_view name) {
  bool readable = true;
  for (const char letter : name) readable = readable && static_cast<unsigned char>(letter) >= ' ';
  if (!name.empty() && name.size() <= Applications::kMaxNameBytes && readable) return Status();
  return Status(Code::kBadParameter, "name",
                "1 to " + std::to_string(Applications::kMaxNameBytes) +
                    " bytes without control characters are expected");
}

}  // namespace

Result<Application> Applications::add(std::string_view name) {
  RETURN_IF_ERROR(check_name(name));
  Application application;
  application.name = name;
  application.created_ms = context_.now_ms();
  for (auto [target, bytes] : {std::pair(&application.id, kIdRandomBytes),
                               std::pair(&application.secret, kSecretRandomBytes)}) {
    Result<std::string> random = random_hex(bytes);
    if (!random.ok()) return random.status();
    *target = std::move(random).value();
  }
  ASSIGN_OR_RETURN(Writing writing, context_.database->write());
  ASSIGN_OR_RETURN(
      const bool is_new,
      writing->insert_new(
          "INSERT INTO application (id, name, secret, created_ms) VALUES (?, ?, ?, ?)",
          application.id, application.name, application.secret, application.created_ms));
  if (!is_new) {
    return Status(Code::kBadParameter, "name",
                  "there is an application '" + application.name + "'");
  }
  RETURN_IF_ERROR(writing.commit());
  return application;
}

Result<std::vector<Application>> Applications::list() const {
  const ReadLock reading = context_.database->read();
  Statement rows =
      reading->query("SELECT id, name, secret, created_ms FROM application ORDER BY number");
  std::vector<Application> applications;
  while (rows.next()) {
    Application& application = applications.emplace_back();
    application.id = rows.text(0);
    application.name = rows.text(1);
    application.secret = rows.text(2);
    application.created_ms = rows.number(3);
  }
  if (!rows.status().ok()) return rows.status();
  for (Application& application : applications) {
    RETURN_IF_ERROR(read_own_limits(reading.connection(), application));
  }
  return applications;
}

Result<bool> Applications::any() const {
  const ReadLock reading = context_.database->read();
  Statement row = reading->query("SELECT 1 FROM application LIMIT 1");
  const bool found = row.next();
  if (!row.status().ok()) return row.status();
  return found;
}

Result<Application> Applications::find(std::string_view id) const {
  const ReadLock reading = context_.database->read();
  Statement row =
      reading->query("SELECT id, name, secret, created_ms FROM application WHERE id = ?", id);
  if (!row.next()) return row.status().ok() ? unknown(id) : row.status();
  Application application;
  application.id = row.text(0);
  application.name = row.text(1);
  application.secret = row.text(2);
  application.created_ms = row.number(3);
  RETURN_IF_ERROR(read_own_limits(reading.connection(), application));
  return application;
}

Result<std::string> Applications::rotate_secret(std::string_view id) {
  Result<std::string> secret = random_hex(kSecretRandomBytes);
  if (!secret.ok()) return secret;
  ASSIGN_OR_RETURN(Writing writing, context_.database->write());
  Status done = writing->run("UPDATE application SET secret = ? WHERE id = ?", *secret, id);
  if (done.ok() && writing->changes() == 0) return unknown(id);
  if (done.ok()) done = writing->run("DELETE FROM session WHERE application_id = ?", id);
  if (done.ok()) done = writing.commit();
  if (!done.ok()) return done;
  return secret;
}

Status Applications::set_limit(std::string_view id, std::string_view option,
                               std::string_view value) {
  const ConfigOption* known = find_config_option(option);
  if (known == nullptr) return unknown_option(option);
  if (!known->by_application) {
    return Status(Code::kBadParameter, std::string(option),
                  "an option of the server, not of an application");
  }
  if (!value.empty()) {
    ServerConfig config;
    RETURN_IF_ERROR(set_config_option(config, *known, value));
    const std::vector<Status> problems = validate(config);
    if (!problems.empty()) return problems.front();
  }
  ASSIGN_OR_RETURN(Writing writing, context_.database->write());
  RETURN_IF_ERROR(secret_of(writing.connection(), id).status());
  const Status done =
      value.empty()
          ? writing->run("DELETE FROM application_limit WHERE application_id = ? AND option = ?",
                         id, option)
          : writing->run("INSERT OR REPLACE INTO application_limit VALUES (?, ?, ?)", id, option,
                         value);
  return done.ok() ? writing.commit() : done;
}

Status Applications::remove(std::string_view id) {
  ASSIGN_OR_RETURN(Writing writing, context_.database->write());
  {
    Statement row = writing->query("SELECT 1 FROM recording WHERE application_id = ? LIMIT 1", id);
    if (row.next()) {
      return Status(Code::kBadParameter, "applicationId",
                    "'" + std::string(id) + "' still has recordings");
    }
    if (!row.status().ok()) return row.status();
  }
  Status done = writing->run("DELETE FROM session WHERE application_id = ?", id);
  if (done.ok()) done = writing->run("DELETE FROM application WHERE id = ?", id);
  if (done.ok() && writing->changes() == 0) return unknown(id);
  return done.ok() ? writing.commit() : done;
}

Result<ApplicationLimits> Applications::limits_or_default(std::string_view id,
                                                          const ApplicationLimits& defaults) const {
  Application application;
  application.id = id;
  {
    const ReadLock reading = context_.database->read();
    RETURN_IF_ERROR(read_own_limits(reading.connection(), application));
  }
  ServerConfig config;
  config.limits = defaults;
  for (const auto& [name, value] : application.own_limits) {
    const ConfigOption* option = find_config_option(name);
    if (option == nullptr) continue;  // of a version that knew more
    RETURN_IF_ERROR(set_config_option(config, *option, value));
  }
  return config.limits;
}

Result<Access> Applications::sign_in(const SignedClaim& claim, std::int64_t window_ms) const {
  Result<std::string> secret(std::string{});
  {
    const ReadLock reading = context_.database->read();
    secret = secret_of(reading.connection(), claim.application_id);
  }
  if (secret.status().code() == Code::kBadParameter) {
    return wrong("applicationId or signature is wrong");
  }
  if (!secret.ok()) return secret.status();
  switch (check_signature(claim, *secret, context_.now_ms(), window_ms)) {
    case SignatureVerdict::kValid:
      return back_end(claim.application_id);
    case SignatureVerdict::kBadTimestamp:
      return Status(Code::kNotSignedIn, "timestamp",
                    "seconds or milliseconds since 1970 are expected");
    case SignatureVerdict::kOutsideWindow:
      return Status(Code::kNotSignedIn, "timestamp",
                    "too far from the server's clock, which says " +
                        std::to_string(context_.now_ms()) + " ms");
    case SignatureVerdict::kWrong:
      break;
  }
  return wrong("applicationId or signature is wrong");
}

Result<Access> Applications::sign_in_with_secret(std::string_view id,
                                                 std::string_view secret) const {
  const ReadLock reading = context_.database->read();
  const Result<std::string> known = secret_of(reading.connection(), id);
  if (!known.ok() && known.status().code() != Code::kBadParameter) return known.status();
  if (!known.ok() || !equal_in_constant_time(*known, secret)) {
    return wrong("applicationId or secret is wrong");
  }
  return back_end(id);
}

}  // namespace saywell
