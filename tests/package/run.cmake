# cmake -DHOW=installed|embedded ... -P run.cmake: builds the consumer in a fresh directory, runs it.
# installed: the components are installed alone, so a header or package forgotten there is missed.
function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ECHO STDOUT COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})
set(options -G Ninja -S ${SOURCE}/tests/package/consumer -B ${WORK}/build
  -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_BUILD_TYPE=RelWithDebInfo
  -DPREORDAIN_COMPONENTS=${COMPONENTS})
if(HOW STREQUAL installed)
  string(REPLACE "," ";" components ${COMPONENTS})
  foreach(component IN LISTS components)
    run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix --component ${component})
  endforeach()
  list(APPEND options -DCMAKE_PREFIX_PATH=${WORK}/prefix)
else()
  list(APPEND options -DPREORDAIN_FROM=${SOURCE})
endif()
if(LAUNCHER)
  list(APPEND options -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER})
endif()
run(${CMAKE_COMMAND} ${options})
run(${CMAKE_COMMAND} --build ${WORK}/build)
run(${WORK}/build/consumer)
