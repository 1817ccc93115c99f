#include "server/testing/temporary_service.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

namespace saywell {
namespace {

Assessment good_assessment() {
  Assessment assessment;
  assessment.core_type = "en.sent.score";
  assessment.scores.overall = 80;
  assessment.audio_ms = 1000;
  assessment.model = "test";
  return assessment;
}

}  // namespace

TemporaryService::TemporaryService(const ServerConfig& given)
    : outcome(good_assessment()), config(given) {
  std::string pattern = testing::TempDir() + "saywell-service-XXXXXX";
  folder_ = mkdtemp(pattern.data());
  config.data_dir = folder_;
  StoreOptions options;
  options.data_dir = folder_;
  options.serve = true;
  Result<std::unique_ptr<Store>> opened = Store::open(options);
  if (!opened.ok()) ADD_FAILURE() << opened.status().explanation();
  store = *std::move(opened);
  Engine fake;
  fake.assess = [this](const Recording&, const Request&) {
    ++assessed;
    return outcome;
  };
  fake.read_text = [](std::string_view) {
    ReferenceText text;
    text.tokens.resize(2);
    return Result<ReferenceText>(std::move(text));
  };
  engine.put(std::move(fake));
  Decoding decoding;
  decoding.whole = [](std::span<const std::byte>, double) {
    return Result<Recording>(Recording{});
  };
  service = std::make_unique<RecordingService>(
      RecordingService::Parts{config, *store, engine, metrics, system_wall_clock(), decoding});
  authenticator = std::make_unique<Authenticator>(config, *store, guard);
}

TemporaryService::~TemporaryService() {
  service.reset();
  store.reset();
  std::filesystem::remove_all(folder_);
}

}  // namespace saywell
