# What the machine offers and the preset asks for: a fast linker and a compiler cache when they are
# there (never required), sanitizers, coverage. Third parties built by a parent are left alone.
include_guard()
if(NOT PROJECT_IS_TOP_LEVEL)
  return()
endif()

find_program(PREORDAIN_CCACHE ccache)
if(PREORDAIN_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${PREORDAIN_CCACHE})
endif()

include(CheckLinkerFlag)
set(preordain_linkers mold lld)
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  set(preordain_linkers lld mold)  # the compiler and the linker of one release know each other best
endif()
foreach(linker IN LISTS preordain_linkers)
  check_linker_flag(CXX -fuse-ld=${linker} PREORDAIN_HAS_${linker})
  if(PREORDAIN_HAS_${linker})
    add_link_options(-fuse-ld=${linker})
    break()
  endif()
endforeach()

if(PREORDAIN_SANITIZE)
  # The fuzzer's own main is linked by preordain_fuzzer() alone; the rest needs its counters.
  string(REPLACE fuzzer fuzzer-no-link preordain_sanitize "${PREORDAIN_SANITIZE}")
  add_compile_options(-fsanitize=${preordain_sanitize} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${preordain_sanitize})
  if(PREORDAIN_SANITIZE MATCHES undefined)
    add_compile_options(-fno-sanitize-recover=undefined)
  endif()
endif()

option(PREORDAIN_COVERAGE "Instrument for llvm-cov" OFF)
if(PREORDAIN_COVERAGE)
  add_compile_options(-fprofile-instr-generate -fcoverage-mapping)
  add_link_options(-fprofile-instr-generate)
endif()
