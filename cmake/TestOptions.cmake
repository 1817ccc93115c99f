# How tests are compiled. They run once, so optimising them takes longer than it saves; and most of what the compiler
# reads for one is GoogleTest and the standard library, so these are precompiled. For the rooms that was no gain: to
# load precompiled headers took as long as to parse those that a room's source includes. The preset `dev` builds
# without, so that a test that does not include what it uses is noticed.
add_library(saywell_test_headers OBJECT "${CMAKE_SOURCE_DIR}/cmake/test_headers.cc")
target_link_libraries(saywell_test_headers PRIVATE saywell_options GTest::gtest GTest::gmock)
target_compile_options(saywell_test_headers PRIVATE -O1)
target_precompile_headers(saywell_test_headers PRIVATE "${CMAKE_SOURCE_DIR}/cmake/test_headers.h")

# SAYWELL_SOURCE_DIR is defined for those sources alone that name it: it differs between checkouts, and a compiler's
# cache would be of no use to the others.
function(saywell_test_options target)
  target_compile_options(${target} PRIVATE -O1)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # At -O1 GCC 12 takes joined strings for overlapping or overlong copies (GCC bugs 105329, 105651).
    target_compile_options(${target} PRIVATE -Wno-error=array-bounds -Wno-error=restrict
      -Wno-error=maybe-uninitialized -Wno-error=stringop-overflow -Wno-error=stringop-overread)
  endif()
  target_precompile_headers(${target} REUSE_FROM saywell_test_headers)
  # The headers are compiled as a library's: for -fPIC, a program's own -fPIE would not do.
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
  target_compile_options(${target} PRIVATE -fPIC)
  get_target_property(sources ${target} SOURCES)
  foreach(source ${sources})
    file(STRINGS "${source}" uses REGEX "SAYWELL_SOURCE_DIR" LIMIT_COUNT 1)
    if(uses)
      set_property(SOURCE "${source}" APPEND PROPERTY COMPILE_DEFINITIONS SAYWELL_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    endif()
  endforeach()
endfunction()
