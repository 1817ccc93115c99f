// Real crashes: a child records and acknowledges through a pipe, and is killed at random moments.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <random>
#include <string>

#include "store/testing/temporary_store.h"

namespace saywell {
namespace {

using ::testing::IsEmpty;

// The content of the recording `number` of a round, for the child and the checks.
std::string audio_of(int round, int number) {
  std::mt19937 random(static_cast<unsigned>(round * 1000 + number));
  std::string text(1 + random() % 30'000, '\0');
  for (char& letter : text) letter = static_cast<char>(random());
  return text;
}

std::string id_of(int round, int number) {
  return "r" + std::to_string(round) + "-" + std::to_string(number);
}

class KillTest : public StoreTest {
 protected:
  static constexpr char kStep = '.', kAcknowledged = '!', kForgotten = 'x';

  // Records one recording after the other, and writes a byte to the pipe for every step, until it
  // is killed. It deletes every fifth recording again.
  [[noreturn]] void work_until_killed(int pipe, int round) {
    Result<std::unique_ptr<Store>> store = Store::open(options());
    const auto tell = [pipe](char what) {
      if (::write(pipe, &what, 1) != 1) ::_exit(1);
    };
    for (int number = 0; store.ok(); ++number) {
      auto writer =
          (*store)->recordings().begin(recording_of("anna", id_of(round, number)), limits_);
      if (!writer.ok()) break;
      const std::string audio = audio_of(round, number);
      for (std::size_t at = 0; at < audio.size(); at += 1000) {
        if (!writer->append(bytes_of(std::string_view(audio).substr(at, 1000))).ok()) ::_exit(2);
        tell(kStep);
      }
      if (!writer->complete(1000).ok()) ::_exit(3);
      tell(kAcknowledged);
      if (number % 5 != 4) continue;
      if (!(*store)->recordings().remove(writer->id(), access_of(Role::kBackEnd)).ok()) ::_exit(4);
      tell(kForgotten);
    }
    ::_exit(5);
  }

  // Lets a child work until it has written `steps` bytes, kills it, and returns all its bytes.
  std::string killed_after(int steps, int round) {
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    store_.reset();
    const pid_t child = ::fork();
    if (child == 0) work_until_killed(ends[1], round);
    ::close(ends[1]);
    std::string told;
    char byte = 0;
    while (static_cast<int>(told.size()) < steps && ::read(ends[0], &byte, 1) == 1) told += byte;
    ::kill(child, SIGKILL);
    while (::read(ends[0], &byte, 1) == 1) told += byte;
    ::close(ends[0]);
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << WEXITSTATUS(status);
    return told;
  }

  // The acknowledged recordings, and the one in progress.
  void check(int round, const std::string& told) {
    const auto acknowledged = std::count(told.begin(), told.end(), kAcknowledged);
    for (int number = 0; number <= acknowledged + 1; ++number) {
      const bool deletion_asked = number % 5 == 4;
      const std::string id = id_of(round, number), audio = audio_of(round, number);
      const Result<StoredRecording> recording = store_->recordings().find(id);
      if (number < acknowledged && !deletion_asked) {
        ASSERT_TRUE(recording.ok()) << id << " was acknowledged and is lost";
        EXPECT_EQ(recording->state, RecordingState::kQueued) << id;
        EXPECT_TRUE(content(id) == audio) << id;
      } else if (recording.ok() && recording->state == RecordingState::kQueued) {
        EXPECT_TRUE(content(id) == audio) << id << " is half and taken for whole";
      } else if (recording.ok()) {
        EXPECT_TRUE(recording->cut_short) << id;
        EXPECT_TRUE(audio.starts_with(content(id))) << id;
      }
    }
  }
};

TEST_F(KillTest, NothingAcknowledgedIsLostAndNothingHalfIsTakenForWhole) {
  constexpr int kRounds = 40;
  std::mt19937 random(20111);
  int cut_short = 0, acknowledged = 0;
  for (int round = 0; round < kRounds; ++round) {
    const std::string told = killed_after(1 + static_cast<int>(random() % 120), round);
    open();
    ASSERT_NE(store_, nullptr);
    check(round, told);
    acknowledged += static_cast<int>(std::count(told.begin(), told.end(), kAcknowledged));
    cut_short += static_cast<int>(store_->sweep_report().cut_short);
    EXPECT_EQ(store_->sweep_report().missing, 0);
    EXPECT_EQ(store_->sweep_report().quarantined, 0);
    EXPECT_THAT(files_below(folder_.path() + "/incoming"), IsEmpty());
    EXPECT_THAT(files_below(folder_.path() + "/quarantine"), IsEmpty());
  }
  EXPECT_GT(acknowledged, 0);
  EXPECT_GT(cut_short, 0) << "no kill came while a recording was received: this tests nothing";
  // The files and the records agree.
  std::int64_t bytes = 0;
  for (const std::string& file : files_below(folder_.path() + "/audio")) {
    bytes +=
        static_cast<std::int64_t>(std::filesystem::file_size(folder_.path() + "/audio/" + file));
  }
  EXPECT_EQ(*store_->recordings().storage_bytes("app"), bytes);
}

}  // namespace
}  // namespace saywell
