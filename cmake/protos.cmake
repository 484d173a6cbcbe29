# preordain_protos(pre_wire ROOT FILES...): an object library of generated protobuf code. Its headers
# are included by the path of the .proto below ROOT; no warnings of ours apply to it.
function(preordain_protos target root)
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/${target})
  file(MAKE_DIRECTORY ${generated})
  set(sources)
  foreach(proto IN LISTS ARGN)
    string(REGEX REPLACE "\\.proto$" ".pb" to "${generated}/${proto}")
    add_custom_command(OUTPUT ${to}.cc ${to}.h
      COMMAND protobuf::protoc --proto_path=${root} --cpp_out=${generated} ${root}/${proto}
      DEPENDS ${root}/${proto} VERBATIM)
    list(APPEND sources ${to}.cc ${to}.h)
  endforeach()
  add_library(${target} OBJECT ${sources})
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_include_directories(${target} SYSTEM PUBLIC ${generated})
  target_link_libraries(${target} PUBLIC protobuf::libprotobuf)
endfunction()
