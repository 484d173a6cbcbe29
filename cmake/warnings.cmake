# The warnings every target of ours is built with. Generated code does not call this.
function(preordain_warnings target)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Woverloaded-virtual)
  if(PREORDAIN_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
    # GCC says it of a protected destructor too when the class has a friend.
    target_compile_options(${target} PRIVATE -Wnon-virtual-dtor)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # GCC 12 at -O2 takes a variant or an expected that holds the other member for uninitialised.
    target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized)
  endif()
endfunction()
