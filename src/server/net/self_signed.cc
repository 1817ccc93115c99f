#include "server/net/self_signed.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "base/status_macros.h"

namespace saywell {
namespace {

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;
using File = std::unique_ptr<std::FILE, Free>;

constexpr long kDayS = 86'400;
constexpr int kAuthorityDays = 3650;
constexpr int kServerDays = 397;
constexpr long kRenewBeforeS = 30 * kDayS;

struct Identity {
  Key key;
  Certificate certificate;
};

Status openssl_failed(const std::string& what) {
  return Status(Code::kInternal, "OpenSSL cannot " + what);
}

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "localhost";
}

// "DNS:localhost,DNS:room5.local,IP:192.168.1.20": every name of this machine.
std::string alternative_names() {
  const std::string host = host_name();
  std::string names = "DNS:localhost,DNS:" + host + ",DNS:" + host + ".local,IP:127.0.0.1";
  ifaddrs* interfaces = nullptr;
  if (getifaddrs(&interfaces) != 0) return names;
  for (const ifaddrs* at = interfaces; at != nullptr; at = at->ifa_next) {
    if (at->ifa_addr == nullptr || at->ifa_addr->sa_family != AF_INET) continue;
    std::array<char, INET_ADDRSTRLEN> text{};
    const auto* address = reinterpret_cast<const sockaddr_in*>(at->ifa_addr);
    inet_ntop(AF_INET, &address->sin_addr, text.data(), text.size());
    if (names.find(text.data()) == std::string::npos) names += std::string(",IP:") + text.data();
  }
  freeifaddrs(interfaces);
  return names;
}

bool add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  if (extension == nullptr) return false;
  const bool added = X509_add_ext(certificate, extension, -1) == 1;
  X509_EXTENSION_free(extension);
  return added;
}

bool set_names_and_days(X509* certificate, const std::string& name, int days) {
  std::array<unsigned char, 16> serial{};
  RAND_bytes(serial.data(), static_cast<int>(serial.size()));
  serial[0] &= 0x7F;
  BIGNUM* number = BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr);
  BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
  BN_free(number);
  X509_set_version(certificate, 2);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -kDayS);  // clocks of tablets are often late
  X509_gmtime_adj(X509_getm_notAfter(certificate), days * kDayS);
  return X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1,
                                    0) == 1;
}

// Signed by `authority`; nullptr: by itself.
Result<Identity> make_identity(const std::string& name, const Identity* authority) {
  Identity made{Key(EVP_EC_gen("P-256")), Certificate(X509_new())};
  if (!made.key || !made.certificate) return openssl_failed("make a key");
  X509* certificate = made.certificate.get();
  X509* issuer = authority != nullptr ? authority->certificate.get() : certificate;
  EVP_PKEY* issuer_key = authority != nullptr ? authority->key.get() : made.key.get();
  bool good = set_names_and_days(certificate, name, authority ? kServerDays : kAuthorityDays);
  good = good && X509_set_pubkey(certificate, made.key.get()) == 1;
  good = good && X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) == 1;
  if (authority == nullptr) {
    good = good &&
           add_extension(certificate, issuer, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    good =
        good && add_extension(certificate, issuer, NID_key_usage, "critical,keyCertSign,cRLSign");
  } else {
    good = good && add_extension(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE");
    good = good && add_extension(certificate, issuer, NID_key_usage, "critical,digitalSignature");
    good = good && add_extension(certificate, issuer, NID_ext_key_usage, "serverAuth");
    good = good && add_extension(certificate, issuer, NID_subject_alt_name, alternative_names());
  }
  good = good && add_extension(certificate, issuer, NID_subject_key_identifier, "hash");
  if (!good || X509_sign(certificate, issuer_key, EVP_sha256()) == 0) {
    return openssl_failed("make a certificate");
  }
  return made;
}

// Opens a new file that only its owner may read.
File create_private(const std::string& path) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  return File(descriptor < 0 ? nullptr : fdopen(descriptor, "w"));
}

Status write_identity(const Identity& identity, const Identity* authority,
                      const std::string& certificate_path, const std::string& key_path) {
  const File key = create_private(key_path);
  if (!key || PEM_write_PrivateKey(key.get(), identity.key.get(), nullptr, nullptr, 0, nullptr,
                                   nullptr) != 1) {
    return Status(Code::kFileUnreadable, "'" + key_path + "' cannot be written");
  }
  const File file = create_private(certificate_path);
  bool good = file && PEM_write_X509(file.get(), identity.certificate.get()) == 1;
  if (authority != nullptr) {
    good = good && PEM_write_X509(file.get(), authority->certificate.get()) == 1;
  }
  if (good) return Status();
  return Status(Code::kFileUnreadable, "'" + certificate_path + "' cannot be written");
}

// Empty pointers when a file is missing or damaged.
Identity read_identity(const std::string& certificate_path, const std::string& key_path) {
  Identity identity;
  const File key(std::fopen(key_path.c_str(), "re"));
  if (key) identity.key.reset(PEM_read_PrivateKey(key.get(), nullptr, nullptr, nullptr));
  const File certificate(std::fopen(certificate_path.c_str(), "re"));
  if (certificate) {
    identity.certificate.reset(PEM_read_X509(certificate.get(), nullptr, nullptr, nullptr));
  }
  return identity;
}

bool is_good_for_long(const Identity& identity) {
  if (!identity.key || !identity.certificate) return false;
  time_t renew_at = time(nullptr) + kRenewBeforeS;
  return X509_cmp_time(X509_get0_notAfter(identity.certificate.get()), &renew_at) > 0;
}

std::string instructions(const std::string& authority_path) {
  return "Its certificate comes from an authority of its own. On every device that uses it, "
         "install\n  " +
         authority_path +
         "\nas a trusted authority: Windows and macOS: open it and trust it always; Android: "
         "Settings, Security,\ninstall a CA certificate; iOS: open it, install the profile, then "
         "Settings, General, About, Certificate\nTrust Settings; Firefox: Settings, Certificates, "
         "Authorities, Import. Never give away the .key files.\n";
}

}  // namespace

Result<SelfSigned> keep_self_signed(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    return Status(Code::kFileUnreadable, "'" + folder + "' cannot be made: " + error.message());
  }
  SelfSigned kept{folder + "/server.crt", folder + "/server.key", folder + "/authority.crt", ""};
  kept.what_to_install = instructions(kept.authority_file);
  const std::string authority_key = folder + "/authority.key";

  Identity authority = read_identity(kept.authority_file, authority_key);
  const bool new_authority = !is_good_for_long(authority);
  if (new_authority) {
    ASSIGN_OR_RETURN(authority, make_identity("Saywell on " + host_name(), nullptr));
    RETURN_IF_ERROR(write_identity(authority, nullptr, kept.authority_file, authority_key));
  }
  if (!new_authority && is_good_for_long(read_identity(kept.certificate_file, kept.key_file))) {
    return kept;
  }
  ASSIGN_OR_RETURN(const Identity server, make_identity(host_name(), &authority));
  RETURN_IF_ERROR(write_identity(server, &authority, kept.certificate_file, kept.key_file));
  return kept;
}

}  // namespace saywell
