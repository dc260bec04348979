# How everything for the browser is compiled and linked, under emscripten (emcmake cmake --preset web).
# Exceptions are WebAssembly's own, which cost nothing until one is thrown. There are no threads: a page from a plain-HTTP
# address in a local network may not share memory with a worker.
add_compile_options(-fwasm-exceptions)
add_link_options(-fwasm-exceptions)

# From 3.1.25 on the stack is 64 KiB, unless it is told otherwise.
if(EMSCRIPTEN_VERSION VERSION_GREATER_EQUAL 3.1.25)
    add_link_options(-sSTACK_SIZE=4194304)
endif()

# libc++ 13 lacks algorithms of std::ranges; the file in front of its <algorithm> has them.
add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-isystem${PROJECT_SOURCE_DIR}/third_party/web/libcxx>)

# What the folders' lists of sources choose by: crypto_web.cpp in place of crypto_openssl.cpp, job_runner_web.cpp, and so on.
set(KEYHOLE_CRYPTO web)
set(KEYHOLE_WEB _web)
set(KEYHOLE_WEB_FOLDER /web)

# emcc and em++ are programs in Python that take as long to call the compiler as it takes for a small file: they are asked
# once what they call, and that is called for each source. Linking is theirs.
foreach(language C CXX)
    string(TOLOWER "probe.${language}" probe)
    set(probe "${PROJECT_BINARY_DIR}/${probe}")
    file(WRITE "${probe}" "int probe;\n")
    execute_process(COMMAND "${CMAKE_${language}_COMPILER}" -v -Os -fwasm-exceptions -c "${probe}" -o "${probe}.o"
        ERROR_VARIABLE said OUTPUT_QUIET)
    string(REGEX MATCH "\"[^\"]*clang[^\"]*\" [^\n]*-Xclang [^\n]* -v " call "${said}")
    if(NOT call)
        message(FATAL_ERROR "${CMAKE_${language}_COMPILER} does not say what it calls: ${said}")
    endif()
    string(REGEX REPLACE " -v $" "" call "${call}")
    set(CMAKE_${language}_COMPILE_OBJECT "${call} <DEFINES> <INCLUDES> <FLAGS> -o <OBJECT> -c <SOURCE>")
endforeach()
