// `saywell batch`: many recordings, one JSON line per recording, with the models loaded once.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "base/log.h"
#include "base/threads/ordered_pool.h"
#include "cli/command.h"
#include "cli/model_dir.h"
#include "cli/output_file.h"
#include "cli/progress_bar.h"
#include "format/batch_line.h"
#include "format/json_text.h"
#include "saywell/assessor.h"

namespace saywell::cli {
namespace {

namespace fs = std::filesystem;

constexpr char kExamples[] =
    "A line: {\"id\": \"a1\", \"audio\": \"a1.wav\", \"refText\": \"We call it bear.\"} and optionally\n"
    "coreType, phones, rank, precision, alphabet, quality, deadlineMs. Its answer: {\"id\", \"result\"}\n"
    "or {\"id\", \"errID\", \"error\"}, in the order of the input. The id of a line without one is its\n"
    "number. Audio is relative to the current folder or, if it is not there, to the folder of IN.\n"
    "Examples:\n"
    "  saywell batch class.jsonl --output scores.jsonl --jobs 4\n"
    "  make-lines | saywell batch - --output - | jq .result.overall\n"
    "Exit status: 0 the whole input was processed, whatever the errIDs of its lines; 2 wrong usage;\n"
    "3 IN cannot be read, OUT cannot be written, or a model is missing; 130 stopped by Ctrl-C. OUT is\n"
    "called OUT.part until the end.";

constexpr int kInterrupted = 130;  // 128 + SIGINT, as in shells
constexpr std::size_t kMaxJobs = 256;

struct BatchArguments {
  std::string input;
  std::string output;
  std::size_t jobs = std::max(1U, std::thread::hardware_concurrency());
};

volatile std::sig_atomic_t interrupted = 0;
int nothing_to_read = -1;  // descriptor of /dev/null

// Also ends standard input, in case its next read has not begun yet.
void interrupt(int) {
  interrupted = 1;
  dup2(nothing_to_read, STDIN_FILENO);
}

// While it lives, Ctrl-C sets `interrupted` and interrupts the reading of a line; a second Ctrl-C
// ends the program at once.
class InterruptGuard {
 public:
  InterruptGuard() {
    nothing_to_read = open("/dev/null", O_RDONLY | O_CLOEXEC);
    struct sigaction action = {};
    action.sa_handler = interrupt;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, &before_);
  }
  ~InterruptGuard() {
    sigaction(SIGINT, &before_, nullptr);
    close(nothing_to_read);
  }
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

 private:
  struct sigaction before_ = {};
};

// Threads made while it lives never receive Ctrl-C, which must interrupt the reading thread.
class InterruptsBlocked {
 public:
  InterruptsBlocked() {
    sigset_t interrupt;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    pthread_sigmask(SIG_BLOCK, &interrupt, &before_);
  }
  ~InterruptsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  InterruptsBlocked(const InterruptsBlocked&) = delete;
  InterruptsBlocked& operator=(const InterruptsBlocked&) = delete;

 private:
  sigset_t before_ = {};
};

class LineInput {
 public:
  static Result<LineInput> open(const std::string& path) {
    if (path == "-") return LineInput(stdin);
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
      return Status(Code::kFileUnreadable, "'" + path + "' is a directory");
    }
    std::FILE* file = std::fopen(path.c_str(), "rb");
    if (!file) return Status(Code::kFileMissing, "'" + path + "' cannot be opened");
    return LineInput(file);
  }

  // The next line without its end; nullopt at the end, on an error and on Ctrl-C. A line that is
  // longer than a request may be is cut, to a length that is still refused as too long.
  std::optional<std::string> next() {
    std::string line;
    int c = 0;
    while ((c = std::getc(file_.get())) != EOF && c != '\n') {
      if (line.size() <= kMaxJsonBytes) line += static_cast<char>(c);
    }
    const bool broken_off = c == EOF && std::ferror(file_.get()) != 0;
    if (broken_off || (c == EOF && line.empty())) return std::nullopt;
    ++number_;
    return line;
  }

  bool failed() const { return std::ferror(file_.get()) != 0 && interrupted == 0; }
  std::size_t number() const { return number_; }  // of the last line

 private:
  struct Close {
    void operator()(std::FILE* file) const {
      if (file != stdin) std::fclose(file);
    }
  };

  explicit LineInput(std::FILE* file) : file_(file) {}

  std::unique_ptr<std::FILE, Close> file_;
  std::size_t number_ = 0;
};

bool is_blank(const std::string& line) {
  return line.find_first_not_of(" \t\r") == std::string::npos;
}

// The number of lines to be answered, counted beforehand if the input is a file.
std::optional<std::size_t> count_lines(const std::string& path) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) return std::nullopt;
  Result<LineInput> input = LineInput::open(path);
  if (!input.ok()) return std::nullopt;
  std::size_t count = 0;
  while (const auto line = input->next()) count += is_blank(*line) ? 0 : 1;
  return count;
}

// A relative name that is not in the current folder is relative to the folder of the list.
std::string find_audio(const std::string& audio, const fs::path& list_folder) {
  std::error_code ignored;
  const fs::path beside = list_folder / audio;
  return !fs::exists(audio, ignored) && fs::exists(beside, ignored) ? beside.string() : audio;
}

std::string answer(const Assessor& assessor, const BatchLine& line, const fs::path& list_folder) {
  try {
    if (!line.request.ok()) return batch_answer(line.id, line.request.status());
    const RequestOptions& options = line.request->options;
    const Result<Assessment> assessment =
        assessor.assess_file(find_audio(line.request->audio, list_folder), options.request);
    return assessment.ok() ? batch_answer(line.id, *assessment, options.presentation)
                           : batch_answer(line.id, assessment.status());
  } catch (const std::exception& error) {
    return batch_answer(line.id, Status(Code::kInternal, "incident " + log_incident(error.what())));
  }
}

class Batch {
 public:
  Batch(const Assessor& assessor, LineInput input, LineOutput output, BatchArguments arguments)
      : assessor_(assessor),
        input_(std::move(input)),
        output_(std::move(output)),
        arguments_(std::move(arguments)),
        progress_(count_lines(arguments_.input)) {}

  int run() {
    const InterruptGuard guard;
    answer_lines();
    progress_.clear();
    if (!written_.ok()) return stopped(written_);
    if (interrupted != 0) {
      std::fprintf(stderr, "saywell: stopped; %s\n", what_is_there().c_str());
      return kInterrupted;
    }
    if (input_.failed()) {
      return stopped(Status(Code::kFileUnreadable, "'" + arguments_.input + "' cannot be read on"));
    }
    const Status finished = output_.finish();
    return finished.ok() ? kDone : report(finished);
  }

 private:
  void answer_lines() {
    std::optional<OrderedPool> pool;
    {
      const InterruptsBlocked blocked;
      pool.emplace(arguments_.jobs, [this](const std::string& text) { return give(text); });
    }
    const fs::path folder = fs::path(arguments_.input).parent_path();
    while (const auto line = input_.next()) {
      if (interrupted != 0) break;
      if (is_blank(*line)) continue;
      const bool wanted = pool->submit([this, folder, text = *line, number = input_.number()] {
        return answer(assessor_, parse_batch_line(text, number), folder);
      });
      if (!wanted) break;
    }
    pool->finish();
  }

  bool give(const std::string& text) {
    written_ = output_.write(text);
    if (written_.ok()) progress_.show(++given_);
    return written_.ok();
  }

  std::string what_is_there() const {
    return "'" + output_.written_path() + "' has the first " + std::to_string(given_) + " answers";
  }

  int stopped(const Status& status) const {
    return report(Status(status.code(), status.field(), status.detail() + "; " + what_is_there()));
  }

  const Assessor& assessor_;
  LineInput input_;
  LineOutput output_;
  const BatchArguments arguments_;
  ProgressBar progress_;
  Status written_;         // of the last answer
  std::size_t given_ = 0;  // answers written
};

int run_batch(const BatchArguments& arguments, const std::string& model_dir) {
  std::error_code ignored;
  if (fs::equivalent(arguments.input, arguments.output, ignored)) {
    return report(Status(Code::kBadParameter, "output", "it is the input"));
  }
  Result<LineInput> input = LineInput::open(arguments.input);
  if (!input.ok()) return report(input.status());
  const Result<Assessor> assessor = Assessor::load(model_dir);
  if (!assessor.ok()) return report(assessor.status());
  Result<LineOutput> output = LineOutput::open(arguments.output);
  if (!output.ok()) return report(output.status());
  return Batch(*assessor, *std::move(input), *std::move(output), arguments).run();
}

}  // namespace

Command add_batch_command(OptionSet program, const GlobalOptions& globals) {
  OptionSet app = program.add_subcommand("batch", "Assess many recordings, listed as JSON lines");
  auto arguments = std::make_shared<BatchArguments>();
  app.add_option("IN", arguments->input,
                 "The list, one JSON object per line; - reads standard input")
      .required();
  app.add_option("--output,-o", arguments->output, "Where the answers go; - is standard output")
      .required();
  app.add_option("--jobs,-j", arguments->jobs, "Assessments at a time")
      .in_range(std::size_t{1}, kMaxJobs)
      .show_default();
  app.footer(kExamples);
  return {app, [arguments, &globals] { return run_batch(*arguments, resolve_model_dir(globals)); }};
}

}  // namespace saywell::cli
