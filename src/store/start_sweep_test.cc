#include "store/start_sweep.h"

#include <gmock/gmock.h>

#include <fstream>

#include "store/sqlite/connection.h"
#include "store/testing/temporary_store.h"

namespace saywell {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// What a crash leaves is put together here step by step; kill_test.cc lets real crashes happen.
class StartSweepTest : public StoreTest {
 protected:
  const std::string kFinal = "audio/v1.1/stream/app/anna/session/rec.flv";

  void change(const char* sql) {
    const auto connection = Connection::open(at("saywell.db"), 1000);
    ASSERT_TRUE(connection.ok());
    const Status changed = (*connection)->run_script(sql);
    ASSERT_TRUE(changed.ok()) << changed.explanation();
  }

  std::string at(const std::string& relative) const { return folder_.path() + "/" + relative; }

  void write(const std::string& relative, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(at(relative)).parent_path());
    std::ofstream(at(relative), std::ios::binary) << text;
  }

  const SweepReport& report() const { return store_->sweep_report(); }
  StoredRecording found() { return *store_->recordings().find("rec"); }
};

TEST_F(StartSweepTest, ACleanFolderNeedsNothing) {
  record(recording_of("anna", "rec"), "audio");
  ASSERT_TRUE(store_->recordings().keep_result("rec", 0, "{}").ok());
  open();
  EXPECT_EQ(report().completed + report().cut_short + report().empty + report().missing +
                report().quarantined + report().unlinked + report().queued,
            0);
  EXPECT_EQ(content("rec"), "audio");
}

TEST_F(StartSweepTest, QueuedAssessmentsAreListedAgain) {
  record(recording_of("anna", "rec"), "audio");
  open();
  EXPECT_EQ(report().queued, 1);
  ASSERT_THAT(*store_->recordings().queued(), SizeIs(1));
  EXPECT_EQ(store_->recordings().queued()->front().request_json, R"({"refText":"hello"})");
}

TEST_F(StartSweepTest, RenamedButNotRecordedWasWhole) {
  record(recording_of("anna", "rec"), "audio");
  change("UPDATE recording SET state = 0, bytes = 0");
  open();
  EXPECT_EQ(report().completed, 1);
  EXPECT_EQ(found().state, RecordingState::kQueued);
  EXPECT_EQ(found().bytes, 5);
  EXPECT_EQ(*store_->recordings().storage_bytes("app"), 5);
}

TEST_F(StartSweepTest, HalfReceivedIsKeptAsCutShort) {
  record(recording_of("anna", "rec"), "half");
  change("UPDATE recording SET state = 0, bytes = 0");
  std::filesystem::rename(at(kFinal), at("incoming/rec.1.part"));
  open();
  EXPECT_EQ(report().cut_short, 1);
  EXPECT_EQ(report().queued, 0);
  EXPECT_EQ(found().state, RecordingState::kFailed);
  EXPECT_TRUE(found().cut_short);
  EXPECT_EQ(found().code, 40051);
  EXPECT_EQ(content("rec"), "half");
}

TEST_F(StartSweepTest, MarkedAsCutShortButNotYetRenamedIsNotTakenForWhole) {
  record(recording_of("anna", "rec"), "half");
  change("UPDATE recording SET state = 4, cut_short = 1, code = 503");
  std::filesystem::rename(at(kFinal), at("incoming/rec.1.part"));
  open();
  EXPECT_EQ(report().cut_short, 1);
  EXPECT_EQ(found().state, RecordingState::kFailed);
  EXPECT_EQ(found().code, 503);
  EXPECT_EQ(content("rec"), "half");
}

TEST_F(StartSweepTest, BegunWithoutAudioIsRemoved) {
  record(recording_of("anna", "rec"), "audio");
  change("UPDATE recording SET state = 0, bytes = 0");
  std::filesystem::remove(at(kFinal));
  write("incoming/rec.1.part", "");
  open();
  EXPECT_EQ(report().empty, 1);
  EXPECT_EQ(store_->recordings().find("rec").status().code(), Code::kFileMissing);
  EXPECT_THAT(files_below(at("incoming")), IsEmpty());
}

TEST_F(StartSweepTest, AMissingFileIsMarkedAndNeverAssessed) {
  record(recording_of("anna", "rec"), "audio");
  std::filesystem::remove(at(kFinal));
  open();
  EXPECT_EQ(report().missing, 1);
  EXPECT_EQ(report().queued, 0);
  EXPECT_EQ(found().state, RecordingState::kFailed);
  EXPECT_EQ(found().code, 40002);
  EXPECT_TRUE(found().file_missing);
  open();
  EXPECT_EQ(report().missing, 0);
}

TEST_F(StartSweepTest, AFileOfAnotherSizeGoesToQuarantineAndItsResultStays) {
  record(recording_of("anna", "rec"), "audio");
  ASSERT_TRUE(store_->recordings().keep_result("rec", 0, "{}").ok());
  write(kFinal, "aud");
  open();
  EXPECT_EQ(report().missing, 1);
  EXPECT_EQ(report().quarantined, 1);
  EXPECT_EQ(found().state, RecordingState::kDone);
  EXPECT_EQ(store_->recordings().result("rec", access_of(Role::kBackEnd))->json, "{}");
  EXPECT_THAT(files_below(at("quarantine")), ElementsAre("rec.flv"));
}

TEST_F(StartSweepTest, FilesThatNobodyKnowsGoToQuarantineUnderNamesOfTheirOwn) {
  write("incoming/who.5.part", "one");
  write("incoming/odd name", "two");
  write("audio/v1.1/x/who.flv", "three");
  write("audio/v1.1/y/who.flv", "four");
  open();
  EXPECT_EQ(report().quarantined, 4);
  EXPECT_THAT(files_below(at("quarantine")),
              ElementsAre("odd name", "who.5.part", "who.flv", "who.flv.2"));
  open();
  EXPECT_EQ(report().quarantined, 0);
}

TEST_F(StartSweepTest, ADeletionThatWasInterruptedIsFinished) {
  record(recording_of("anna", "rec"), "audio");
  change("INSERT INTO doomed_file SELECT path, id FROM recording; DELETE FROM recording;");
  // Its id stays taken until the file is gone.
  EXPECT_FALSE(store_->recordings().begin(recording_of("bob", "rec"), limits_).ok());
  open();
  EXPECT_EQ(report().unlinked, 1);
  EXPECT_THAT(files_below(at("audio")), IsEmpty());
  EXPECT_THAT(files_below(at("quarantine")), IsEmpty());
  EXPECT_TRUE(store_->recordings().begin(recording_of("bob", "rec"), limits_).ok());
}

TEST_F(StartSweepTest, OneServerAFolder) {
  const Status second = Store::open(options()).status();
  EXPECT_EQ(second.code(), Code::kBadParameter);
  EXPECT_THAT(second.explanation(), HasSubstr("another server already serves"));
  StoreOptions beside = options();
  beside.serve = false;
  const auto command_line = Store::open(beside);
  ASSERT_TRUE(command_line.ok());
  EXPECT_TRUE((*command_line)->applications().add("School").ok());
  EXPECT_TRUE(*store_->applications().any());
  EXPECT_TRUE(store_->check().ok());
  EXPECT_GT(store_->free_bytes(), 0);
}

TEST(StoreOpen, AFolderThatCannotBeMadeIs40002) {
  StoreOptions options;
  options.data_dir = "/dev/null/data";
  EXPECT_EQ(Store::open(options).status().code(), Code::kFileUnreadable);
}

}  // namespace
}  // namespace saywell
