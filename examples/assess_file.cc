// What a status code means, from a program that embeds the library.
//
//   assess_file CODE
#include <saywell/status.h>

#include <cstdlib>
#include <iostream>

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: assess_file CODE\n";
    return 2;
  }
  const saywell::StatusInfo info = saywell::describe_status(std::atoi(argv[1]));
  std::cout << info.code << " " << info.symbol << ": " << info.message_en << "\n";
  return 0;
}
