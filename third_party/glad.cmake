# Generates the OpenGL 3.3 core loader with python3-glad, offline and the same each time. Gives keyhole::glad.
find_program(GLAD_PROGRAM glad)
if(NOT GLAD_PROGRAM)
    message(FATAL_ERROR "the glad generator was not found (install python3-glad, or run ./dev setup)")
endif()

set(glad_dir "${PROJECT_BINARY_DIR}/glad")
add_custom_command(
    OUTPUT "${glad_dir}/src/gl.c" "${glad_dir}/include/glad/gl.h" "${glad_dir}/include/KHR/khrplatform.h"
    COMMAND "${GLAD_PROGRAM}" --quiet --reproducible --api gl:core=3.3 --extensions "" --out-path "${glad_dir}" c
    COMMENT "Generating the OpenGL loader"
    VERBATIM)
add_library(keyhole_glad STATIC "${glad_dir}/src/gl.c")
target_include_directories(keyhole_glad SYSTEM PUBLIC "${glad_dir}/include")
add_library(keyhole::glad ALIAS keyhole_glad)
