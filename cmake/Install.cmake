# The shared library `saywell`, and the files of `make install`:
#
#   bin/saywell   lib/libsaywell.so.0   lib/libonnxruntime.so.1   include/saywell/
#   lib/cmake/saywell/   lib/pkgconfig/saywell.pc   share/saywell/models/   share/saywell/web/
#   bin/.debug/   lib/.debug/
#
# The folder may be moved as a whole: every file finds its neighbours relative to itself.
set(CMAKE_INSTALL_LIBDIR lib CACHE PATH "Libraries, below the prefix")
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# The code of all rooms; it exports only the symbols that include/saywell/ marks with SAYWELL_EXPORT.
get_property(rooms GLOBAL PROPERTY SAYWELL_ROOMS)
add_library(saywell SHARED)
add_library(saywell::saywell ALIAS saywell)
foreach(room ${rooms})
  target_sources(saywell PRIVATE $<TARGET_OBJECTS:room_${room}>)
  get_property(libraries GLOBAL PROPERTY SAYWELL_ROOM_LIBRARIES_${room})
  target_link_libraries(saywell PRIVATE ${libraries})
endforeach()
target_link_libraries(saywell PRIVATE $<BUILD_INTERFACE:saywell_options>)
target_include_directories(saywell PUBLIC
  "$<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/include>" "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>")
target_compile_features(saywell PUBLIC cxx_std_20)
set_target_properties(saywell PROPERTIES LINKER_LANGUAGE CXX
  VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR} INSTALL_RPATH "$ORIGIN")
set_target_properties(saywell_program PROPERTIES INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")

install(TARGETS saywell_program RUNTIME)
install(TARGETS saywell EXPORT saywell_targets LIBRARY)
install(DIRECTORY "${CMAKE_SOURCE_DIR}/include/saywell" TYPE INCLUDE)

# Debug information goes into a file of its own, .debug/NAME.debug beside the installed file, where debuggers find it.
function(saywell_split_debug_information folder name)
  install(CODE "
    set(folder \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${folder}\")
    file(MAKE_DIRECTORY \"\${folder}/.debug\")
    execute_process(COMMAND \"${CMAKE_OBJCOPY}\" --only-keep-debug ${name} .debug/${name}.debug
      WORKING_DIRECTORY \"\${folder}\" COMMAND_ERROR_IS_FATAL ANY)
    execute_process(COMMAND \"${CMAKE_OBJCOPY}\" --strip-unneeded --add-gnu-debuglink=.debug/${name}.debug ${name}
      WORKING_DIRECTORY \"\${folder}\" COMMAND_ERROR_IS_FATAL ANY)")
endfunction()
saywell_split_debug_information("${CMAKE_INSTALL_BINDIR}" saywell)
saywell_split_debug_information("${CMAKE_INSTALL_LIBDIR}" libsaywell.so.${PROJECT_VERSION})

install(DIRECTORY "${SAYWELL_MODEL_DIR}/" DESTINATION "${CMAKE_INSTALL_DATADIR}/saywell/models"
  PATTERN "*.part" EXCLUDE)
# The practice page, if it was built.
install(DIRECTORY "${CMAKE_BINARY_DIR}/web/" DESTINATION "${CMAKE_INSTALL_DATADIR}/saywell/web" OPTIONAL)
# The fetched runtime is installed too, a system's own is not.
cmake_path(IS_PREFIX SAYWELL_ORT_DIR "${ORT_LIBRARY}" NORMALIZE runtime_was_fetched)
if(runtime_was_fetched)
  install(FILES "${ORT_LIBRARY}" TYPE LIB)
endif()

install(EXPORT saywell_targets NAMESPACE saywell:: FILE saywell-config.cmake
  DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/saywell")
write_basic_package_version_file("${CMAKE_BINARY_DIR}/saywell-config-version.cmake" COMPATIBILITY SameMinorVersion)
configure_file("${CMAKE_SOURCE_DIR}/cmake/saywell.pc.in" "${CMAKE_BINARY_DIR}/saywell.pc" @ONLY)
install(FILES "${CMAKE_BINARY_DIR}/saywell-config-version.cmake"
  DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/saywell")
install(FILES "${CMAKE_BINARY_DIR}/saywell.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
