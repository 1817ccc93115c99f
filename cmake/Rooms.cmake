# A room is one folder of src/: a static library, with its *_test.cc beside the sources.
#
#   saywell_room(signal SOURCES f0.cc vad.cc TESTS f0_test.cc TESTING testing/synthetic_voice.cc
#     ROOMS audio onnx LIBRARIES PkgConfig::EBUR128)
#
# PROGRAM_ONLY keeps it out of the shared library, for rooms that only the server needs. ROOMS names the only rooms it may
# include ('base' always); tests/room_rules_test checks the includes against docs/architecture.md. TESTING are the
# sources of ROOM/testing/, what tests of this room and of those above it build their data with: the library
# room_ROOM_testing, which brings the room and the testing libraries of its ROOMS along.
add_library(saywell_options INTERFACE)
target_include_directories(saywell_options INTERFACE "${CMAKE_SOURCE_DIR}/src" "${CMAKE_SOURCE_DIR}/include")
target_compile_options(saywell_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
  -Wold-style-cast -Wcast-align -Woverloaded-virtual -Wimplicit-fallthrough -Werror)
target_compile_definitions(saywell_options INTERFACE SAYWELL_VERSION="${PROJECT_VERSION}")
if(SAYWELL_SANITIZE)
  target_compile_options(saywell_options INTERFACE -fsanitize=${SAYWELL_SANITIZE}
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # With sanitizers GCC 12 takes std::regex's own unions for uninitialised (GCC bug 105562).
    target_compile_options(saywell_options INTERFACE -Wno-maybe-uninitialized)
  endif()
  if(SAYWELL_SANITIZE STREQUAL "thread")
    # GCC's thread sanitizer does not know the fences of Asio; its locks order everything without them.
    add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
  endif()
  target_link_options(saywell_options INTERFACE -fsanitize=${SAYWELL_SANITIZE})
endif()

if(SAYWELL_FUZZ)
  target_compile_options(saywell_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

if(SAYWELL_TESTS)
  include("${CMAKE_CURRENT_LIST_DIR}/TestOptions.cmake")
endif()

set_property(GLOBAL PROPERTY SAYWELL_ROOMS "")
set_property(GLOBAL PROPERTY SAYWELL_PROGRAM_ROOMS "")

# The rooms that read bytes from outside: their tests run under the sanitizers in every `make test`.
set(SAYWELL_PARSER_ROOMS base audio text format wire rtmp config store)

function(saywell_room name)
  cmake_parse_arguments(ROOM "PROGRAM_ONLY" "" "SOURCES;TESTS;TESTING;ROOMS;LIBRARIES" ${ARGN})
  list(APPEND ROOM_ROOMS base)
  list(REMOVE_ITEM ROOM_ROOMS ${name})
  list(REMOVE_DUPLICATES ROOM_ROOMS)
  list(TRANSFORM ROOM_ROOMS PREPEND room_)
  add_library(room_${name} STATIC ${ROOM_SOURCES})
  target_link_libraries(room_${name} PUBLIC saywell_options ${ROOM_ROOMS} ${ROOM_LIBRARIES})
  if(ROOM_PROGRAM_ONLY)
    set_property(GLOBAL APPEND PROPERTY SAYWELL_PROGRAM_ROOMS ${name})
  else()
    set_property(GLOBAL APPEND PROPERTY SAYWELL_ROOMS ${name})
  endif()
  set_property(GLOBAL PROPERTY SAYWELL_ROOM_LIBRARIES_${name} "${ROOM_LIBRARIES}")
  if(SAYWELL_TESTS)
    saywell_room_testing(${name} "${ROOM_ROOMS}" ${ROOM_TESTING})
  endif()
  if(SAYWELL_TESTS AND ROOM_TESTS)
    saywell_room_test(${name} ${ROOM_TESTS})
  endif()
endfunction()

# room_NAME_testing: with sources a library, without a name for the room and the testing libraries of `rooms`
# (names of their targets).
function(saywell_room_testing name rooms)
  list(TRANSFORM rooms APPEND _testing)
  if(ARGN)
    add_library(room_${name}_testing STATIC ${ARGN})
    target_link_libraries(room_${name}_testing PUBLIC room_${name} ${rooms} GTest::gtest)
    saywell_test_options(room_${name}_testing)
  else()
    add_library(room_${name}_testing INTERFACE)
    target_link_libraries(room_${name}_testing INTERFACE room_${name} ${rooms} GTest::gtest)
  endif()
endfunction()

# One test program per room, linked against that room, those it may include, and their testing libraries.
function(saywell_room_test name)
  add_executable(${name}_test ${ARGN})
  target_link_libraries(${name}_test PRIVATE room_${name}_testing GTest::gtest GTest::gmock GTest::gtest_main)
  saywell_test_options(${name}_test)
  add_test(NAME ${name}_test COMMAND ${name}_test)
  set(labels unit)
  if(name IN_LIST SAYWELL_PARSER_ROOMS)
    list(APPEND labels parser)
    add_dependencies(parser_tests ${name}_test)
  endif()
  set_tests_properties(${name}_test PROPERTIES LABELS "${labels}" TIMEOUT 300
    ENVIRONMENT "SAYWELL_MODEL_DIR=${SAYWELL_MODEL_DIR}")
endfunction()

add_custom_target(parser_tests)
