# Finds every outside library, once. scripts/packages/ lists their packages.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(CLI11 REQUIRED)
find_package(spdlog REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(prometheus-cpp CONFIG REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json)
pkg_check_modules(LIBAV REQUIRED IMPORTED_TARGET libavformat libavcodec libavutil libswresample)
pkg_check_modules(EBUR128 REQUIRED IMPORTED_TARGET libebur128)
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(TOMLPP REQUIRED IMPORTED_TARGET tomlplusplus)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)

# ONNX Runtime: as fetched by scripts/fetch-runtime, or a system package.
set(SAYWELL_ORT_DIR "${CMAKE_SOURCE_DIR}/build/onnxruntime" CACHE PATH "ONNX Runtime: include/ and lib/")
find_path(ORT_INCLUDE_DIR onnxruntime_cxx_api.h
  PATHS "${SAYWELL_ORT_DIR}/include" NO_DEFAULT_PATH)
find_path(ORT_INCLUDE_DIR onnxruntime_cxx_api.h PATH_SUFFIXES onnxruntime REQUIRED)
find_library(ORT_LIBRARY NAMES libonnxruntime.so.1 onnxruntime PATHS "${SAYWELL_ORT_DIR}/lib" NO_DEFAULT_PATH)
find_library(ORT_LIBRARY NAMES onnxruntime REQUIRED)
add_library(onnxruntime SHARED IMPORTED)
set_target_properties(onnxruntime PROPERTIES IMPORTED_LOCATION "${ORT_LIBRARY}"
  INTERFACE_INCLUDE_DIRECTORIES "${ORT_INCLUDE_DIR}")

# The compiled parts of Asio and Beast, once for every room that includes their headers.
add_library(saywell_beast STATIC "${CMAKE_SOURCE_DIR}/cmake/asio_separate.cc")
target_link_libraries(saywell_beast PUBLIC Boost::headers OpenSSL::SSL Threads::Threads)
target_compile_definitions(saywell_beast PUBLIC
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)
target_compile_options(saywell_beast PRIVATE -O1 -g1)

# flite has neither a CMake nor a pkg-config file.
find_path(FLITE_INCLUDE_DIR flite/flite.h REQUIRED)
find_library(FLITE_LIBRARY flite REQUIRED)
find_library(FLITE_USENGLISH_LIBRARY flite_usenglish REQUIRED)
find_library(FLITE_CMULEX_LIBRARY flite_cmulex REQUIRED)
find_library(FLITE_VOICE_LIBRARY flite_cmu_us_slt REQUIRED)
add_library(flite_text INTERFACE)
target_include_directories(flite_text SYSTEM INTERFACE "${FLITE_INCLUDE_DIR}")
target_link_libraries(flite_text INTERFACE
  "${FLITE_USENGLISH_LIBRARY}" "${FLITE_CMULEX_LIBRARY}" "${FLITE_LIBRARY}" m)
add_library(flite_voice INTERFACE)
target_link_libraries(flite_voice INTERFACE "${FLITE_VOICE_LIBRARY}" flite_text)

if(SAYWELL_TESTS)
  find_package(GTest REQUIRED)
  include(GoogleTest)
endif()
if(SAYWELL_BENCH)
  find_package(benchmark REQUIRED)
endif()
