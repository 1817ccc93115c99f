# A room is one folder of src/: an object library, with its *_test.cc beside the sources.
#
#   saywell_room(signal SOURCES f0.cc vad.cc TESTS f0_test.cc ROOMS audio infer LIBRARIES PkgConfig::EBUR128)
#
# ROOMS names the only rooms it may include ('base' always); tests/room_rules_test checks the includes
# against docs/architecture.md.
add_library(saywell_options INTERFACE)
target_include_directories(saywell_options INTERFACE "${CMAKE_SOURCE_DIR}/src" "${CMAKE_SOURCE_DIR}/include")
target_compile_options(saywell_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
  -Wold-style-cast -Wcast-align -Woverloaded-virtual -Wimplicit-fallthrough -Werror)
target_compile_definitions(saywell_options INTERFACE SAYWELL_VERSION="${PROJECT_VERSION}")
if(SAYWELL_SANITIZE)
  target_compile_options(saywell_options INTERFACE -fsanitize=${SAYWELL_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(saywell_options INTERFACE -fsanitize=${SAYWELL_SANITIZE})
endif()

set_property(GLOBAL PROPERTY SAYWELL_ROOMS "")

function(saywell_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;TESTS;ROOMS;LIBRARIES" ${ARGN})
  add_library(room_${name} OBJECT ${ROOM_SOURCES})
  target_link_libraries(room_${name} PUBLIC saywell_options ${ROOM_LIBRARIES})
  set_property(GLOBAL APPEND PROPERTY SAYWELL_ROOMS ${name})
  set_property(GLOBAL PROPERTY SAYWELL_ROOM_LIBRARIES_${name} "${ROOM_LIBRARIES}")
  foreach(room ${ROOM_ROOMS})
    target_link_libraries(room_${name} PUBLIC $<TARGET_PROPERTY:room_${room},INTERFACE_LINK_LIBRARIES>)
  endforeach()
  if(SAYWELL_TESTS AND ROOM_TESTS)
    set_property(GLOBAL APPEND PROPERTY SAYWELL_TESTED_ROOMS ${name})
    list(TRANSFORM ROOM_TESTS PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/")
    set_property(GLOBAL PROPERTY SAYWELL_ROOM_TESTS_${name} "${ROOM_TESTS}")
  endif()
endfunction()

# One test program a room, linked against the whole core: called once all rooms are known.
function(saywell_room_tests)
  get_property(rooms GLOBAL PROPERTY SAYWELL_TESTED_ROOMS)
  foreach(room ${rooms})
    get_property(tests GLOBAL PROPERTY SAYWELL_ROOM_TESTS_${room})
    add_executable(${room}_test ${tests})
    target_link_libraries(${room}_test PRIVATE saywell_core GTest::gtest GTest::gmock GTest::gtest_main)
    target_compile_definitions(${room}_test PRIVATE SAYWELL_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    add_test(NAME ${room}_test COMMAND ${room}_test)
    set_tests_properties(${room}_test PROPERTIES LABELS unit TIMEOUT 300
      ENVIRONMENT "SAYWELL_MODEL_DIR=${SAYWELL_MODEL_DIR}")
  endforeach()
endfunction()
