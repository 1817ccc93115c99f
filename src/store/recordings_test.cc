#include "store/recordings.h"

#include <gmock/gmock.h>

#include <set>
#include <string>
#include <thread>

#include "store/sqlite/database.h"
#include "store/testing/temporary_store.h"

namespace saywell {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::int64_t kDay_ms = 86'400'000;

class RecordingsTest : public StoreTest {
 protected:
  Recordings& recordings() { return store_->recordings(); }

  std::vector<std::string> stored_files() {
    std::vector<std::string> files = files_below(folder_.path());
    std::erase_if(files, [](const std::string& name) { return name.starts_with("s"); });
    return files;  // without saywell.db… and server.lock
  }

  std::vector<std::string> ids_of(const RecordingPage& page) {
    std::vector<std::string> ids;
    for (const StoredRecording& recording : page.recordings) ids.push_back(recording.id);
    return ids;
  }
};

TEST_F(RecordingsTest, IsReceivedCompletedAssessedAndRead) {
  Result<RecordingWriter> writer = recordings().begin(recording_of("anna", "rec-1"), limits_);
  ASSERT_TRUE(writer.ok()) << writer.status().explanation();
  EXPECT_EQ(recordings().find("rec-1")->state, RecordingState::kReceiving);
  EXPECT_EQ(recordings().open("rec-1", access_of(Role::kTeacher)).status().code(),
            Code::kFileUnreadable);
  std::string expected;
  for (int i = 0; i < 100; ++i) {
    const std::string piece(static_cast<std::size_t>(i * 7), static_cast<char>('a' + i % 26));
    ASSERT_TRUE(writer->append(bytes_of(piece)).ok());
    expected += piece;
  }
  ASSERT_TRUE(writer->overwrite(5000, bytes_of("DURATION")).ok());
  expected.replace(5000, 8, "DURATION");
  EXPECT_EQ(writer->bytes(), static_cast<std::int64_t>(expected.size()));
  EXPECT_THAT(stored_files(), ElementsAre("incoming/rec-1.1.part"));
  ASSERT_TRUE(writer->complete(4000).ok());
  EXPECT_THAT(stored_files(), ElementsAre("audio/v1.1/stream/app/anna/session/rec-1.flv"));
  EXPECT_EQ(content("rec-1"), expected);

  const StoredRecording queued = *recordings().find("rec-1");
  EXPECT_EQ(queued.state, RecordingState::kQueued);
  EXPECT_EQ(queued.duration_ms, 4000);
  EXPECT_EQ(queued.request_json, R"({"refText":"hello"})");
  EXPECT_THAT(*recordings().queued(), SizeIs(1));
  EXPECT_EQ(recordings().result("rec-1", access_of(Role::kTeacher))->json, "");

  ASSERT_TRUE(recordings().keep_result("rec-1", 0, R"({"result":{"overall":90}})").ok());
  const auto result = recordings().result("rec-1", access_of(Role::kLearner, "anna"));
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->state, RecordingState::kDone);
  EXPECT_EQ(result->json, R"({"result":{"overall":90}})");
  EXPECT_THAT(*recordings().queued(), IsEmpty());
}

TEST_F(RecordingsTest, ItGetsTheNameOfWhatItTurnsOutToBe) {
  Result<RecordingWriter> writer = recordings().begin(recording_of("anna", "rec"), limits_);
  ASSERT_TRUE(writer.ok());
  ASSERT_TRUE(writer->append(bytes_of("audio")).ok());
  ASSERT_TRUE(writer->set_extension("webm").ok());
  EXPECT_EQ(writer->extension(), "webm");
  ASSERT_TRUE(writer->complete(0).ok());
  EXPECT_THAT(stored_files(), ElementsAre("audio/v1.1/stream/app/anna/session/rec.webm"));
  EXPECT_EQ(recordings().find("rec")->extension, "webm");
  EXPECT_EQ(content("rec"), "audio");
}

TEST_F(RecordingsTest, HowLongItLastsMayBecomeKnownWithItsResult) {
  for (const std::int64_t told_ms : {0, 4000}) {
    const std::string id = "rec-" + std::to_string(told_ms);
    Result<RecordingWriter> writer = recordings().begin(recording_of("anna", id), limits_);
    ASSERT_TRUE(writer.ok());
    ASSERT_TRUE(writer->append(bytes_of("audio")).ok());
    ASSERT_TRUE(writer->complete(told_ms).ok());
    ASSERT_TRUE(recordings().keep_result(id, 0, "{}", 3999).ok());
  }
  EXPECT_EQ(recordings().find("rec-0")->duration_ms, 3999);
  EXPECT_EQ(recordings().find("rec-4000")->duration_ms, 4000);
}

TEST_F(RecordingsTest, ARefusedAssessmentIsFailedWithItsCode) {
  record(recording_of("anna", "rec"), "audio");
  ASSERT_TRUE(recordings().keep_result("rec", 20001, R"({"errID":20001})").ok());
  const auto result = recordings().result("rec", access_of(Role::kBackEnd));
  EXPECT_EQ(result->state, RecordingState::kFailed);
  EXPECT_EQ(result->code, 20001);
  EXPECT_EQ(result->json, R"({"errID":20001})");
}

TEST_F(RecordingsTest, RecordOnlyIsCompleteAndNeverQueued) {
  NewRecording wanted = recording_of("anna", "rec");
  wanted.to_be_assessed = false;
  record(wanted, "audio");
  EXPECT_EQ(recordings().find("rec")->state, RecordingState::kComplete);
  EXPECT_THAT(*recordings().queued(), IsEmpty());
}

TEST_F(RecordingsTest, AnIdIsTakenOnce) {
  record(recording_of("anna", "rec"), "audio");
  Status status = recordings().begin(recording_of("bob", "rec"), limits_).status();
  EXPECT_EQ(status.code(), Code::kBadParameter);
  EXPECT_EQ(status.field(), "recordId");
  EXPECT_EQ(status.detail(), "'rec' is taken");
  NewRecording either = recording_of("bob", "rec");
  either.asked_id_or_made = true;
  Result<RecordingWriter> writer = recordings().begin(either, limits_);
  ASSERT_TRUE(writer.ok());
  EXPECT_EQ(writer->id().size(), 32u);
  ASSERT_TRUE(recordings().remove("rec", access_of(Role::kBackEnd)).ok());
  EXPECT_TRUE(recordings().begin(recording_of("bob", "rec"), limits_).ok());
}

TEST_F(RecordingsTest, IdsWithPathTricksAreRefused) {
  for (const std::string& id : {std::string("../x"), std::string("a/b"), std::string("a.b"),
                                std::string(".."), std::string(65, 'a'), std::string("a\0b", 3),
                                std::string("\xc3\xbc"), std::string("a b")}) {
    const Status status = recordings().begin(recording_of("anna", id), limits_).status();
    EXPECT_EQ(status.code(), Code::kBadParameter);
    EXPECT_THAT(status.explanation(), HasSubstr("recordId: 1 to 64 letters"));
    NewRecording either = recording_of("anna", id);
    either.asked_id_or_made = true;
    EXPECT_TRUE(recordings().begin(either, limits_).ok());
  }
  EXPECT_THAT(stored_files(), IsEmpty());
}

TEST_F(RecordingsTest, EveryOutsidePartStaysInsideTheFolderAndApart) {
  const std::vector<std::string> odd = {"..",
                                        ".",
                                        "a/b",
                                        "a%2Fb",
                                        "",
                                        "../../../etc/passwd",
                                        std::string("a\0b", 3),
                                        std::string(256, '/')};
  std::set<std::string> folders;
  for (const std::string& name : odd) {
    NewRecording wanted = recording_of(name);
    wanted.application_id = wanted.session_id = wanted.interface_name = name;
    const std::string id = record(wanted, "voice of " + name);
    EXPECT_EQ(content(id), "voice of " + name);
    EXPECT_EQ(recordings().find(id)->user_id, name);
  }
  for (const std::string& file : stored_files()) {
    EXPECT_TRUE(file.starts_with("audio/v1.1/")) << file;
    EXPECT_TRUE(folders.insert(file.substr(0, file.rfind('/'))).second) << file;
  }
  EXPECT_EQ(folders.size(), odd.size());
}

TEST_F(RecordingsTest, FieldsThatCannotBeUsedAreNamed) {
  NewRecording wanted = recording_of("anna");
  wanted.extension = "../flv";
  EXPECT_THAT(recordings().begin(wanted, limits_).status().explanation(), HasSubstr("audioType"));
  wanted = recording_of(std::string(257, 'a'));
  EXPECT_THAT(recordings().begin(wanted, limits_).status().explanation(), HasSubstr("userId"));
  wanted = recording_of("anna");
  wanted.request_json = std::string(1'000'001, ' ');
  EXPECT_THAT(recordings().begin(wanted, limits_).status().explanation(), HasSubstr("request"));
}

TEST_F(RecordingsTest, LimitsOfBytes) {
  limits_.recording_max_bytes = 10;
  Result<RecordingWriter> writer = recordings().begin(recording_of("anna", "rec"), limits_);
  ASSERT_TRUE(writer->append(bytes_of("0123456789")).ok());
  const Status refused = writer->append(bytes_of("x"));
  EXPECT_EQ(refused.code(), Code::kBadParameter);
  EXPECT_THAT(refused.explanation(), HasSubstr("more than 10 bytes"));
  EXPECT_EQ(writer->complete(1).explanation(), refused.explanation());
  writer->discard();
  EXPECT_EQ(recordings().find("rec").status().code(), Code::kFileMissing);
  EXPECT_THAT(stored_files(), IsEmpty());
}

TEST_F(RecordingsTest, LimitOfStorage) {
  limits_.storage_max_bytes = 25;
  record(recording_of("anna", "one"), "0123456789");
  record(recording_of("bob", "two"), "0123456789");
  EXPECT_EQ(*recordings().storage_bytes("app"), 20);
  EXPECT_EQ(*recordings().storage_bytes("other"), 0);
  EXPECT_EQ(*recordings().storage_bytes(), 20);
  {
    Result<RecordingWriter> writer = recordings().begin(recording_of("anna"), limits_);
    ASSERT_TRUE(writer.ok());
    EXPECT_TRUE(writer->append(bytes_of("01234")).ok());
    EXPECT_THAT(writer->append(bytes_of("5")).explanation(), HasSubstr("storage_max_bytes"));
  }
  record(recording_of("anna", "three"), "01234");
  EXPECT_THAT(recordings().begin(recording_of("anna"), limits_).status().explanation(),
              HasSubstr("storage_max_bytes: 25"));
  ASSERT_TRUE(recordings().remove("one", access_of(Role::kBackEnd)).ok());
  EXPECT_EQ(*recordings().storage_bytes("app"), 15);
  EXPECT_TRUE(recordings().begin(recording_of("anna"), limits_).ok());
}

TEST_F(RecordingsTest, NothingReceivedIs40004AndLeavesNothing) {
  {
    Result<RecordingWriter> writer = recordings().begin(recording_of("anna", "rec"), limits_);
    EXPECT_EQ(writer->complete(0).code(), Code::kFileEmpty);
    EXPECT_EQ(writer->keep_cut_short(Code::kTimeout, 0).code(), Code::kFileEmpty);
  }
  EXPECT_EQ(recordings().find("rec").status().code(), Code::kFileMissing);
  EXPECT_THAT(stored_files(), IsEmpty());
}

TEST_F(RecordingsTest, AWriterThatIsDroppedLeavesNothing) {
  {
    Result<RecordingWriter> writer = recordings().begin(recording_of("anna", "rec"), limits_);
    ASSERT_TRUE(writer->append(bytes_of(std::string(10'000, 'a'))).ok());
    RecordingWriter moved = std::move(*writer);
    *writer = std::move(moved);
  }
  EXPECT_THAT(stored_files(), IsEmpty());
  EXPECT_EQ(recordings().find("rec").status().code(), Code::kFileMissing);
}

TEST_F(RecordingsTest, WhatWasCutShortIsKeptButNotForAssessment) {
  Result<RecordingWriter> writer = recordings().begin(recording_of("anna", "rec"), limits_);
  ASSERT_TRUE(writer->append(bytes_of("half of it")).ok());
  ASSERT_TRUE(writer->keep_cut_short(Code::kTimeout, 500).ok());
  const StoredRecording recording = *recordings().find("rec");
  EXPECT_EQ(recording.state, RecordingState::kFailed);
  EXPECT_TRUE(recording.cut_short);
  EXPECT_EQ(recording.code, 503);
  EXPECT_EQ(content("rec"), "half of it");
  EXPECT_THAT(*recordings().queued(), IsEmpty());
}

TEST_F(RecordingsTest, ListsInPagesThatStayStable) {
  for (int i = 0; i < 7; ++i) {
    record(recording_of(i % 2 == 0 ? "anna" : "bob", "rec-" + std::to_string(i)), "audio");
  }
  const Access teacher = access_of(Role::kTeacher);
  auto page = recordings().list({"", "", 3}, teacher);
  EXPECT_THAT(ids_of(*page), ElementsAre("rec-6", "rec-5", "rec-4"));
  record(recording_of("anna", "rec-7"), "audio");
  ASSERT_TRUE(recordings().remove("rec-4", teacher).ok());
  page = recordings().list({"", page->next_cursor, 3}, teacher);
  EXPECT_THAT(ids_of(*page), ElementsAre("rec-3", "rec-2", "rec-1"));
  page = recordings().list({"", page->next_cursor, 3}, teacher);
  EXPECT_THAT(ids_of(*page), ElementsAre("rec-0"));
  EXPECT_EQ(page->next_cursor, "");

  const Access anna = access_of(Role::kLearner, "anna");
  page = recordings().list({"anna", "", 4}, anna);
  EXPECT_THAT(ids_of(*page), ElementsAre("rec-7", "rec-6", "rec-2", "rec-0"));
  EXPECT_EQ(page->next_cursor, "");
  EXPECT_THAT(ids_of(*recordings().list({"bob", "", 50}, teacher)),
              ElementsAre("rec-5", "rec-3", "rec-1"));
  EXPECT_EQ(recordings().list({"bob", "", 50}, anna).status().code(), Code::kFileMissing);
  EXPECT_EQ(recordings().list({"", "", 50}, anna).status().code(), Code::kFileMissing);
  EXPECT_THAT(
      recordings().list({"bob", "", 50}, access_of(Role::kTeacher, "", "other"))->recordings,
      IsEmpty());
  for (const char* cursor : {"x", "-1", "0", "1 ", "99999999999999999999"}) {
    EXPECT_THAT(recordings().list({"", cursor, 3}, teacher).status().explanation(),
                HasSubstr("cursor"));
  }
  EXPECT_THAT(recordings().list({"", "", 0}, teacher).status().explanation(), HasSubstr("limit"));
  EXPECT_THAT(recordings().list({"", "", 201}, teacher).status().explanation(), HasSubstr("limit"));
}

TEST_F(RecordingsTest, OthersAreToldThatThereIsNone) {
  record(recording_of("anna", "rec"), "audio");
  ASSERT_TRUE(recordings().keep_result("rec", 0, "{}").ok());
  const std::string expected =
      recordings().open("none", access_of(Role::kTeacher)).status().explanation();
  EXPECT_EQ(expected, "recordId: there is no recording 'none'");
  for (const Access& access :
       {access_of(Role::kLearner, "bob"), access_of(Role::kTeacher, "", "other")}) {
    EXPECT_EQ(recordings().open("rec", access).status().code(), Code::kFileMissing);
    EXPECT_EQ(recordings().result("rec", access).status().code(), Code::kFileMissing);
    EXPECT_EQ(recordings().remove("rec", access).code(), Code::kFileMissing);
  }
  EXPECT_EQ(recordings().remove_user("anna", access_of(Role::kLearner, "bob")).status().code(),
            Code::kFileMissing);
  EXPECT_EQ(content("rec"), "audio");
}

TEST_F(RecordingsTest, TheAuditLogSaysWhoReadAndDeleted) {
  record(recording_of("anna", "rec"), "audio");
  ASSERT_TRUE(recordings().keep_result("rec", 0, "{}").ok());
  now_ms_ += 5;
  ASSERT_TRUE(recordings().open("rec", access_of(Role::kTeacher, "tom")).ok());
  ASSERT_TRUE(recordings().result("rec", access_of(Role::kLearner, "anna")).ok());
  ASSERT_TRUE(recordings().remove("rec", access_of(Role::kBackEnd)).ok());
  const auto entries = store_->audit_log().entries("app", 0, 100);
  ASSERT_TRUE(entries.ok());
  ASSERT_THAT(*entries, SizeIs(3));
  const auto line = [](const AuditEntry& entry) {
    return entry.actor_role + "|" + entry.actor_user + "|" + entry.action + "|" + entry.user_id +
           "|" + entry.record_id;
  };
  EXPECT_EQ(line((*entries)[0]), "teacher|tom|read|anna|rec");
  EXPECT_EQ(line((*entries)[1]), "learner|anna|read result|anna|rec");
  EXPECT_EQ(line((*entries)[2]), "back end||delete|anna|rec");
  EXPECT_EQ((*entries)[0].at_ms, kNow_ms + 5);
  EXPECT_THAT(*store_->audit_log().entries("app", (*entries)[1].number, 100), SizeIs(1));
  EXPECT_THAT(*store_->audit_log().entries("other", 0, 100), IsEmpty());
}

TEST_F(RecordingsTest, AForgottenUserIsNowhereInTheFolder) {
  const std::string name = "anna-zxqj";
  record(recording_of(name, "rec-1"), "the voice of zxqj");
  ASSERT_TRUE(recordings().keep_result("rec-1", 0, "the result of zxqj").ok());
  record(recording_of("bob", "rec-2"), "the voice of bob");
  ASSERT_TRUE(recordings().open("rec-1", access_of(Role::kLearner, name)).ok());
  ASSERT_TRUE(store_->sessions().issue_token("app", name, Role::kLearner, 1000).ok());
  const auto count = recordings().remove_user(name, access_of(Role::kTeacher, "tom"));
  ASSERT_TRUE(count.ok()) << count.status().explanation();
  EXPECT_EQ(*count, 1);
  const auto entries = store_->audit_log().entries("app", 0, 100);
  ASSERT_THAT(*entries, SizeIs(2));
  EXPECT_EQ((*entries)[0].user_id + (*entries)[0].actor_user + (*entries)[0].record_id, "");
  EXPECT_EQ((*entries)[1].action, "delete user");
  EXPECT_EQ((*entries)[1].user_id, name);
  // Only the entry of the deletion itself names the user; without it the name is gone.
  now_ms_ += 400 * kDay_ms;
  ServerConfig config;
  ASSERT_TRUE(recordings().sweep_retention(config, 100).ok());
  ASSERT_TRUE(recordings().remove_user("nobody", access_of(Role::kBackEnd)).ok());
  for (const std::string& file : files_below(folder_.path())) {
    EXPECT_EQ(file.find("zxqj"), std::string::npos) << file;
    EXPECT_EQ(file_text(folder_.path() + "/" + file).find("zxqj"), std::string::npos) << file;
  }
  EXPECT_EQ(content("rec-2"), "the voice of bob");
}

TEST_F(RecordingsTest, RetentionDeletesWhatIsOldByApplication) {
  const Application application = *store_->applications().add("School");
  ASSERT_TRUE(store_->applications().set_limit(application.id, "retention_days", "2").ok());
  NewRecording theirs = recording_of("anna");
  theirs.application_id = application.id;
  for (int i = 0; i < 5; ++i) record(theirs, "audio");
  record(recording_of("bob", "kept"), "audio");
  Result<RecordingWriter> receiving = recordings().begin(theirs, limits_);
  now_ms_ += 2 * kDay_ms;
  ServerConfig config;
  EXPECT_EQ(*recordings().sweep_retention(config, 100), 0);
  now_ms_ += 1;
  EXPECT_EQ(*recordings().sweep_retention(config, 3), 3);
  EXPECT_EQ(*recordings().sweep_retention(config, 100), 2);
  EXPECT_EQ(*recordings().sweep_retention(config, 100), 0);
  EXPECT_EQ(content("kept"), "audio");
  EXPECT_TRUE(recordings().find(receiving->id()).ok());
  const auto entries = store_->audit_log().entries(application.id, 0, 100);
  ASSERT_THAT(*entries, SizeIs(5));
  EXPECT_EQ(entries->front().actor_role, "retention");
  config.limits.retention_days = 1;
  EXPECT_EQ(*recordings().sweep_retention(config, 100), 1);
}

TEST_F(RecordingsTest, StoreFalseWritesNothingOfTheLearner) {
  store_.reset();
  const auto before = files_below(folder_.path());
  open();
  NewRecording wanted = recording_of("anna-zxqj", "id-zxqj");
  wanted.request_json = "request of zxqj";
  wanted.store = false;
  {
    Result<RecordingWriter> writer = recordings().begin(wanted, limits_);
    ASSERT_TRUE(writer.ok());
    EXPECT_FALSE(writer->stored());
    EXPECT_TRUE(writer->append(bytes_of("the voice of zxqj")).ok());
    EXPECT_TRUE(writer->overwrite(0, bytes_of("THE")).ok());
    EXPECT_TRUE(writer->flush().ok());
    EXPECT_TRUE(writer->complete(1000).ok());
    EXPECT_EQ(recordings().keep_result("id-zxqj", 0, "zxqj").code(), Code::kFileMissing);
    EXPECT_EQ(recordings().find("id-zxqj").status().code(), Code::kFileMissing);
    // Its id is kept free while it lasts, from stored and unstored ones.
    EXPECT_FALSE(recordings().begin(wanted, limits_).ok());
    EXPECT_FALSE(recordings().begin(recording_of("bob", "id-zxqj"), limits_).ok());
    for (const std::string& file : files_below(folder_.path())) {
      EXPECT_EQ((file + file_text(folder_.path() + "/" + file)).find("zxqj"), std::string::npos);
    }
  }
  EXPECT_TRUE(recordings().begin(wanted, limits_).ok());
  store_.reset();
  EXPECT_EQ(files_below(folder_.path()), before);
}

TEST_F(RecordingsTest, StoreFalseOfTheApplicationAndItsLimits) {
  limits_.store = false;
  limits_.recording_max_bytes = 4;
  record(recording_of("anna", "taken"), "1234");
  Result<RecordingWriter> writer = recordings().begin(recording_of("anna", "rec"), limits_);
  ASSERT_TRUE(writer.ok());
  EXPECT_FALSE(writer->stored());
  EXPECT_EQ(writer->append(bytes_of("12345")).code(), Code::kBadParameter);
  EXPECT_THAT(stored_files(), IsEmpty());
}

TEST_F(RecordingsTest, DeletedWhileItIsReceived) {
  Result<RecordingWriter> writer = recordings().begin(recording_of("anna", "rec"), limits_);
  ASSERT_TRUE(writer->append(bytes_of(std::string(10'000, 'a'))).ok());
  ASSERT_TRUE(recordings().remove("rec", access_of(Role::kBackEnd)).ok());
  EXPECT_THAT(stored_files(), IsEmpty());
  // Another one of the same id is not disturbed by what the first still does.
  Result<RecordingWriter> second = recordings().begin(recording_of("bob", "rec"), limits_);
  ASSERT_TRUE(second.ok());
  ASSERT_TRUE(second->append(bytes_of("second")).ok());
  const Status completed = writer->complete(1000);
  EXPECT_EQ(completed.code(), Code::kFileMissing);
  EXPECT_THAT(completed.explanation(), HasSubstr("deleted meanwhile"));
  writer->discard();
  ASSERT_TRUE(second->complete(1000).ok());
  EXPECT_EQ(content("rec"), "second");
  EXPECT_EQ(recordings().keep_result("none", 0, "{}").code(), Code::kFileMissing);
}

TEST_F(RecordingsTest, AFileThatIsGoneIs40002) {
  record(recording_of("anna", "rec"), "audio");
  std::filesystem::remove(folder_.path() + "/audio/v1.1/stream/app/anna/session/rec.flv");
  const Status status = recordings().open("rec", access_of(Role::kBackEnd)).status();
  EXPECT_EQ(status.code(), Code::kFileUnreadable);
  EXPECT_THAT(status.explanation(), HasSubstr("lost its file"));
}

TEST_F(RecordingsTest, ALockedDatabaseIs503AndTheRecordingCompletesAfterwards) {
  Result<RecordingWriter> writer = recordings().begin(recording_of("anna", "rec"), limits_);
  ASSERT_TRUE(writer->append(bytes_of("audio")).ok());
  {
    auto other = Database::open(folder_.path() + "/saywell.db", 0);
    auto held = (*other)->write();
    ASSERT_TRUE(held.ok());
    EXPECT_EQ(recordings().begin(recording_of("bob"), limits_).status().code(), Code::kTimeout);
    EXPECT_EQ(writer->complete(1000).code(), Code::kTimeout);
    EXPECT_EQ(recordings().find("rec")->state, RecordingState::kReceiving);
  }
  EXPECT_TRUE(writer->complete(1000).ok());
  EXPECT_EQ(recordings().find("rec")->state, RecordingState::kQueued);
  EXPECT_EQ(content("rec"), "audio");
}

TEST_F(RecordingsTest, ThreadsRecordReadAndDeleteSideBySide) {
  constexpr int kThreads = 4, kEach = 15;
  const auto work = [this](int thread) {
    const std::string user = "user" + std::to_string(thread % 2);  // two threads share a folder
    for (int i = 0; i < kEach; ++i) {
      const std::string id = std::to_string(thread) + "-" + std::to_string(i);
      record(recording_of(user, id), "audio of " + id);
      EXPECT_EQ(content(id), "audio of " + id);
      EXPECT_TRUE(recordings().keep_result(id, 0, id).ok());
      EXPECT_TRUE(recordings().list({user, "", 10}, access_of(Role::kTeacher)).ok());
      if (i % 3 == 0) continue;
      EXPECT_TRUE(recordings().remove(id, access_of(Role::kLearner, user)).ok());
    }
  };
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) threads.emplace_back(work, thread);
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(recordings().list({"", "", 200}, access_of(Role::kTeacher))->recordings,
              SizeIs(kThreads * kEach / 3));
  EXPECT_THAT(stored_files(), SizeIs(kThreads * kEach / 3));
  open();
  const SweepReport& report = store_->sweep_report();
  EXPECT_EQ(report.completed + report.cut_short + report.empty + report.missing +
                report.quarantined + report.unlinked,
            0);
}

}  // namespace
}  // namespace saywell
