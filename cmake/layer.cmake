# One layer of the house: the static library pre_<name>, the alias preordain::<name>, its public
# headers, its warnings, its place in the installed package (one component a layer).
#
#   preordain_layer(native
#     DEPENDS preordain::seam             # visible to users of the layer
#     PRIVATE_DEPENDS Threads::Threads    # used in .cpp files alone
#     PACKAGES Threads                    # what find_package(preordain) must find again
#     HEADERS include/preordain/native/native.hpp
#     SOURCES src/native/clock.cpp)
#
# Public headers live under include/, private ones under src/ and are included relative to it.
# Every header set can be checked alone: target all_verify_interface_header_sets.
function(preordain_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 layer "" "" "DEPENDS;PRIVATE_DEPENDS;PACKAGES;HEADERS;SOURCES")
  set(target pre_${name})

  add_library(${target} STATIC ${layer_SOURCES})
  add_library(preordain::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name}
    VERIFY_INTERFACE_HEADER_SETS ON)
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS include FILES ${layer_HEADERS})
  target_include_directories(${target} PRIVATE src)
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_link_libraries(${target} PUBLIC ${layer_DEPENDS} PRIVATE ${layer_PRIVATE_DEPENDS})
  preordain_warnings(${target})

  set_property(GLOBAL APPEND PROPERTY PREORDAIN_LAYERS ${name})
  set(needs ${layer_DEPENDS} ${layer_PRIVATE_DEPENDS})
  list(FILTER needs INCLUDE REGEX "^preordain::")
  list(TRANSFORM needs REPLACE "^preordain::" "")
  list(TRANSFORM needs REPLACE "^seam$" runtime)
  set_property(GLOBAL PROPERTY PREORDAIN_NEEDS_${name} ${needs})
  set_property(GLOBAL PROPERTY PREORDAIN_PACKAGES_${name} ${layer_PACKAGES})

  if(PREORDAIN_INSTALL)
    install(TARGETS ${target} EXPORT preordain-${name}
      ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT ${name}
      FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT ${name})
    install(EXPORT preordain-${name} NAMESPACE preordain:: COMPONENT ${name}
      DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/preordain)
  endif()
endfunction()

# preordain-config.cmake: the components that this build has, what each needs, in order.
function(preordain_install_package)
  include(CMakePackageConfigHelpers)
  get_property(layers GLOBAL PROPERTY PREORDAIN_LAYERS)
  set(table "set(_preordain_layers ${layers})\n")
  foreach(name IN LISTS layers)
    get_property(needs GLOBAL PROPERTY PREORDAIN_NEEDS_${name})
    get_property(packages GLOBAL PROPERTY PREORDAIN_PACKAGES_${name})
    string(APPEND table "set(_preordain_needs_${name} \"${needs}\")\n"
      "set(_preordain_packages_${name} \"${packages}\")\n")
  endforeach()
  set(PREORDAIN_TABLE "${table}")

  set(to ${CMAKE_INSTALL_LIBDIR}/cmake/preordain)
  configure_package_config_file(cmake/preordain-config.cmake.in preordain-config.cmake
    INSTALL_DESTINATION ${to})
  write_basic_package_version_file(preordain-config-version.cmake COMPATIBILITY SameMajorVersion)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/preordain-config.cmake
    ${CMAKE_CURRENT_BINARY_DIR}/preordain-config-version.cmake
    DESTINATION ${to} COMPONENT runtime)
endfunction()
