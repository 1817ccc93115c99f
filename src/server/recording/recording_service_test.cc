#include "server/recording/recording_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "server/testing/temporary_service.h"

namespace saywell {
namespace {

using testing::HasSubstr;

RecordingRequest request_of(const std::string& user_id) {
  RecordingRequest recording_request;
  recording_request.interface_name = "test";
  recording_request.options.request.ref_text = "Hello.";
  recording_request.options.caller.user_id = user_id;
  recording_request.params = {{"refText", "Hello."}};
  return recording_request;
}

std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

// A whole recording of silence; its answer.
Answer record(RecordingService& service, RecordingRequest recording_request,
              std::string* id = nullptr) {
  auto session = service.begin(std::move(recording_request));
  if (!session.ok()) {
    ADD_FAILURE() << session.status().explanation();
    return {};
  }
  if (id != nullptr) *id = (*session)->id();
  EXPECT_TRUE((*session)->append(bytes_of(std::string(3200, '\0'))).ok());
  std::promise<Answer> answer;
  const Status finished = (*session)->finish([&](const Answer& given) { answer.set_value(given); });
  EXPECT_TRUE(finished.ok()) << finished.explanation();
  return answer.get_future().get();
}

TEST(RecordingService, SamplesAreKeptAsAWavFile) {
  TemporaryService temporary;
  std::string id;
  const Answer answer = record(*temporary.service, request_of("eva"), &id);
  EXPECT_TRUE(answer.status.ok());
  const Result<RecordingFile> file = temporary.store->recordings().open_for_assessment(id);
  ASSERT_TRUE(file.ok());
  std::string head(44, '\0');
  ASSERT_TRUE(file->read_at(0, std::as_writable_bytes(std::span(head.data(), head.size()))).ok());
  EXPECT_EQ(file->size(), 3244);
  EXPECT_EQ(head.substr(0, 4), "RIFF");
  EXPECT_EQ(static_cast<unsigned char>(head[40]) + 256 * head[41], 3200);
  EXPECT_EQ(file->recording().duration_ms, 100);
  EXPECT_EQ(file->recording().state, RecordingState::kDone);
}

TEST(RecordingService, WhatIsNotToBeStoredIsNot) {
  TemporaryService temporary;
  RecordingRequest recording_request = request_of("eva");
  recording_request.options.store = false;
  std::string id;
  EXPECT_TRUE(record(*temporary.service, std::move(recording_request), &id).status.ok());
  EXPECT_EQ(temporary.store->recordings().find(id).status().code(), Code::kFileMissing);
}

TEST(RecordingService, TheApplicationsLimitsHold) {
  ServerConfig config;
  config.limits.assessments_at_a_time = 1;
  config.limits.recording_max_bytes = 1000;
  TemporaryService temporary(config);
  auto first = temporary.service->begin(request_of("eva"));
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(temporary.service->begin(request_of("eva")).status().code(), Code::kTimeout);
  EXPECT_EQ((*first)->append(bytes_of(std::string(3200, '\0'))).status().code(),
            Code::kBadParameter);
  first->reset();
  EXPECT_TRUE(temporary.service->begin(request_of("eva")).ok());
}

TEST(RecordingService, QueuedRecordingsAreComputedLater) {
  TemporaryService temporary;
  NewRecording wanted;
  wanted.interface_name = "test";
  wanted.extension = "wav";
  wanted.request_json = R"({"refText": "Hello.", "tokenId": "t"})";
  Result<RecordingWriter> writer =
      temporary.store->recordings().begin(wanted, temporary.config.limits);
  ASSERT_TRUE(writer.ok());
  ASSERT_TRUE(writer->append(bytes_of(std::string(100, 'x'))).ok());
  ASSERT_TRUE(writer->complete(0).ok());
  const Result<std::size_t> resumed = temporary.service->resume_queued();
  ASSERT_TRUE(resumed.ok());
  EXPECT_EQ(*resumed, 1U);
  const Result<StoredResult> result = temporary.store->recordings().result(writer->id(), Access{});
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->state, RecordingState::kDone);
  EXPECT_THAT(result->json, HasSubstr("\"tokenId\":\"t\""));
}

TEST(RecordingService, TheShutdownRefusesAndKeepsWhatIsQueued) {
  TemporaryService temporary;
  auto session = temporary.service->begin(request_of("eva"));
  ASSERT_TRUE(session.ok());
  ASSERT_TRUE((*session)->append(bytes_of(std::string(3200, '\0'))).ok());
  temporary.service->drain(std::chrono::milliseconds(0));
  EXPECT_EQ(temporary.service->begin(request_of("eva")).status().code(), Code::kTimeout);
  int code = 0;
  ASSERT_TRUE(
      (*session)->finish([&](const Answer& answer) { code = answer.status.number(); }).ok());
  EXPECT_EQ(code, 503);
  EXPECT_EQ(temporary.store->recordings().queued()->size(), 1U);
}

}  // namespace
}  // namespace saywell
