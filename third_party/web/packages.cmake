# What third_party/packages.cmake finds on this machine, for the browser: headers of Debian's packages as they are, and
# libraries built from the Debian sources that third_party/web/prepare.sh put into build/web-deps. Under the same names.
# Not here, for want of them in a browser: OpenSSL (LibTomCrypt does the hashing), asio, OpenCL, fontconfig, GLFW.
set(KEYHOLE_WEB_DEPS "${PROJECT_SOURCE_DIR}/build/web-deps" CACHE PATH "Where third_party/web/prepare.sh put its results")
if(NOT EXISTS "${KEYHOLE_WEB_DEPS}/ready")
    message(FATAL_ERROR "the libraries of the browser's build are missing (run ./dev web)")
endif()

find_package(Python3 REQUIRED COMPONENTS Interpreter)

# Never -I/usr/include, where this machine's own C library is: single folders are linked into one of ours.
set(web_headers "${PROJECT_BINARY_DIR}/headers")
file(MAKE_DIRECTORY "${web_headers}")
function(keyhole_web_headers variable what folder)
    find_path(${variable} "${what}" PATHS /usr/include PATH_SUFFIXES ${ARGN} NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH)
    if(NOT ${variable})
        message(FATAL_ERROR "${what} was not found (run ./dev web, which installs what it needs)")
    endif()
    if(NOT EXISTS "${web_headers}/${folder}")
        file(CREATE_LINK "${${variable}}/${folder}" "${web_headers}/${folder}" SYMBOLIC)
    endif()
endfunction()
keyhole_web_headers(WEB_JSON nlohmann/json.hpp nlohmann)
keyhole_web_headers(WEB_CLI CLI/CLI.hpp CLI)
keyhole_web_headers(WEB_STB stb_truetype.h . stb)
keyhole_web_headers(WEB_UTF8 utf8.h . utf8cpp)

function(keyhole_web_interface name)
    add_library(${name} INTERFACE IMPORTED GLOBAL)
    target_include_directories(${name} SYSTEM INTERFACE ${ARGN})
endfunction()
keyhole_web_interface(nlohmann_json::nlohmann_json "${web_headers}")
keyhole_web_interface(CLI11::CLI11 "${web_headers}")
keyhole_web_interface(keyhole::utf8 "${WEB_UTF8}")
keyhole_web_interface(keyhole::gmp "${KEYHOLE_WEB_DEPS}/gmp/include")
target_link_libraries(keyhole::gmp INTERFACE "${KEYHOLE_WEB_DEPS}/gmp/lib/libgmp.a")

# One library a source package. Their warnings are not ours.
function(keyhole_web_library name)
    add_library(keyhole_web_${name} STATIC ${ARGN})
    target_compile_options(keyhole_web_${name} PRIVATE -w)
    add_library(keyhole::${name} ALIAS keyhole_web_${name})
endfunction()

keyhole_web_library(fmt "${KEYHOLE_WEB_DEPS}/fmtlib/src/format.cc")
target_include_directories(keyhole_web_fmt SYSTEM PUBLIC "${KEYHOLE_WEB_DEPS}/fmtlib/include")
add_library(fmt::fmt ALIAS keyhole_web_fmt)

set(imgui "${KEYHOLE_WEB_DEPS}/imgui")
keyhole_web_library(imgui "${imgui}/imgui.cpp" "${imgui}/imgui_draw.cpp" "${imgui}/imgui_tables.cpp"
    "${imgui}/imgui_widgets.cpp" "${imgui}/backends/imgui_impl_opengl3.cpp" "${imgui}/misc/cpp/imgui_stdlib.cpp"
    third_party/web/stb.c)
target_include_directories(keyhole_web_imgui SYSTEM PUBLIC "${imgui}" "${imgui}/backends" "${WEB_STB}")
file(CREATE_LINK "${imgui}/misc/cpp/imgui_stdlib.h" "${web_headers}/imgui_stdlib.h" SYMBOLIC)
target_compile_definitions(keyhole_web_imgui PUBLIC IMGUI_IMPL_OPENGL_ES3 IMGUI_DISABLE_DEMO_WINDOWS IMGUI_DISABLE_DEBUG_TOOLS)
add_library(keyhole::stb ALIAS keyhole_web_imgui)

set(md4c "${KEYHOLE_WEB_DEPS}/md4c/src")
keyhole_web_library(md4c "${md4c}/md4c.c")
target_include_directories(keyhole_web_md4c SYSTEM PUBLIC "${md4c}")

# LibTomCrypt: only what is named, in plain C.
set(tomcrypt "${KEYHOLE_WEB_DEPS}/libtomcrypt/src")
file(GLOB tomcrypt_sources "${tomcrypt}/hashes/sha1.c" "${tomcrypt}/hashes/sha2/sha*.c" "${tomcrypt}/misc/base64/*.c"
    "${tomcrypt}/mac/hmac/hmac_*.c" "${tomcrypt}/hashes/helper/hash_memory.c" "${tomcrypt}/misc/crypt/crypt_argchk.c"
    "${tomcrypt}/misc/crypt/crypt_find_hash.c" "${tomcrypt}/misc/crypt/crypt_register_hash.c"
    "${tomcrypt}/misc/crypt/crypt_hash_*.c" "${tomcrypt}/misc/zeromem.c" "${tomcrypt}/misc/compare_testvector.c"
    "${tomcrypt}/misc/mem_neq.c")
list(FILTER tomcrypt_sources EXCLUDE REGEX "_test\\.c$|hmac_file")
keyhole_web_library(tomcrypt ${tomcrypt_sources})
add_library(keyhole::crypto ALIAS keyhole_web_tomcrypt)
target_include_directories(keyhole_web_tomcrypt SYSTEM PUBLIC "${tomcrypt}/headers")
target_compile_definitions(keyhole_web_tomcrypt PUBLIC LTC_NO_TEST PRIVATE LTC_SOURCE LTC_NO_FILE LTC_NO_ASM)

# libpcap, for reading files only.
set(pcap "${KEYHOLE_WEB_DEPS}/libpcap")
keyhole_web_library(pcap third_party/web/pcap/rest.c "${pcap}/savefile.c" "${pcap}/sf-pcap.c" "${pcap}/sf-pcapng.c"
    "${pcap}/pcap-common.c" "${pcap}/pcap.c" "${pcap}/fmtutils.c" "${pcap}/bpf_filter.c" "${pcap}/pcap-util.c"
    "${pcap}/pcap-usb-linux-common.c" "${pcap}/pcap-null.c")
target_include_directories(keyhole_web_pcap SYSTEM PUBLIC "${pcap}" PRIVATE "${PROJECT_SOURCE_DIR}/third_party/web/pcap")
target_compile_definitions(keyhole_web_pcap PRIVATE HAVE_CONFIG_H)
