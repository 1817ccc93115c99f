// Scores a recording, in a program that embeds the library.
//
//   assess_file MODEL_DIR AUDIO TEXT
#include <saywell/assessor.h>

#include <iostream>

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: assess_file MODEL_DIR AUDIO TEXT\n";
    return 2;
  }
  const saywell::Result<saywell::Assessor> assessor = saywell::Assessor::load(argv[1]);
  if (!assessor.ok()) {
    std::cerr << assessor.status().message() << "\n";
    return 3;
  }
  const auto assessment = assessor.value().assess_file(argv[2], {.ref_text = argv[3]});
  if (!assessment.ok()) {
    std::cerr << assessment.status().number() << " " << assessment.status().message() << "\n";
    return 1;
  }
  std::cout << "overall " << assessment->scores.overall << "\n";
  for (const saywell::WordResult& word : assessment->words)
    std::cout << word.text << " " << word.score << "\n";
  return 0;
}
