# Finds what packages.txt installs; nothing is vendored, nothing is downloaded.
# Gives: keyhole::crypto keyhole::gmp keyhole::pcap keyhole::asio keyhole::stb keyhole::utf8 keyhole::opencl_headers
# keyhole::imgui keyhole::fontconfig keyhole::freetype keyhole::harfbuzz keyhole::md4c keyhole::qrencode ZLIB::ZLIB, and
# fmt::fmt nlohmann_json::nlohmann_json CLI11::CLI11 glfw OpenGL::EGL OpenGL::OpenGL Threads::Threads;
# with BUILD_TESTING
# Catch2::Catch2WithMain.
# Headers of imported targets are system headers, so our warnings do not reach into them.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Python3 REQUIRED COMPONENTS Interpreter)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
add_library(keyhole::crypto ALIAS OpenSSL::Crypto)
set(KEYHOLE_CRYPTO openssl) # core/base/crypto/crypto_openssl.cpp
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(OpenGL REQUIRED COMPONENTS OpenGL EGL)
find_package(glfw3 3.3 REQUIRED)

# Release 2 (2.13 or later) and release 3 alike: tests/support/catch.hpp makes them one. The tests are built where Catch2
# is found, or where they are asked for (-DBUILD_TESTING=ON, as ./dev test does).
find_package(Catch2 QUIET)
option(BUILD_TESTING "Build the tests" ${Catch2_FOUND})
if(BUILD_TESTING)
    find_package(Catch2 REQUIRED)
else()
    message(STATUS "No tests are built (./dev test installs Catch2 and builds them)")
endif()

pkg_check_modules(GMP REQUIRED IMPORTED_TARGET gmpxx gmp)
add_library(keyhole::gmp ALIAS PkgConfig::GMP)

pkg_check_modules(PCAP REQUIRED IMPORTED_TARGET libpcap)
add_library(keyhole::pcap ALIAS PkgConfig::PCAP)

pkg_check_modules(STB REQUIRED IMPORTED_TARGET stb)
add_library(keyhole::stb ALIAS PkgConfig::STB)

pkg_check_modules(IMGUI REQUIRED IMPORTED_TARGET imgui)
add_library(keyhole::imgui ALIAS PkgConfig::IMGUI)

pkg_check_modules(FONTCONFIG REQUIRED IMPORTED_TARGET fontconfig)
add_library(keyhole::fontconfig ALIAS PkgConfig::FONTCONFIG)

pkg_check_modules(FREETYPE REQUIRED IMPORTED_TARGET freetype2)
add_library(keyhole::freetype ALIAS PkgConfig::FREETYPE)

pkg_check_modules(HARFBUZZ REQUIRED IMPORTED_TARGET harfbuzz-subset)
# Debian 13's has -pthread in it, and what is compiled so cannot use the precompiled header; no thread is started there.
set_target_properties(PkgConfig::HARFBUZZ PROPERTIES INTERFACE_COMPILE_OPTIONS "")
add_library(keyhole::harfbuzz ALIAS PkgConfig::HARFBUZZ)

pkg_check_modules(QRENCODE REQUIRED IMPORTED_TARGET libqrencode)
add_library(keyhole::qrencode ALIAS PkgConfig::QRENCODE)

find_package(ZLIB REQUIRED)

pkg_check_modules(MD4C REQUIRED IMPORTED_TARGET md4c)
add_library(keyhole::md4c ALIAS PkgConfig::MD4C)

# utfcpp: headers only; Debian 12 keeps them in a folder of their own.
find_path(UTF8_INCLUDE_DIR utf8.h PATH_SUFFIXES utf8cpp)
if(NOT UTF8_INCLUDE_DIR)
    message(FATAL_ERROR "utf8.h not found (install libutfcpp-dev, or run ./dev setup)")
endif()
add_library(keyhole::utf8 INTERFACE IMPORTED)
target_include_directories(keyhole::utf8 SYSTEM INTERFACE "${UTF8_INCLUDE_DIR}")

# OpenCL: headers only; its loader is opened at run time, where there is one.
find_path(OPENCL_INCLUDE_DIR CL/cl.h)
if(NOT OPENCL_INCLUDE_DIR)
    message(FATAL_ERROR "CL/cl.h not found (install opencl-c-headers, or run ./dev setup)")
endif()
add_library(keyhole::opencl_headers INTERFACE IMPORTED)
target_include_directories(keyhole::opencl_headers SYSTEM INTERFACE "${OPENCL_INCLUDE_DIR}")

# Boost: headers only, of which Asio, Beast and System are used; netsim/tcp/asio.hpp is the way to Asio.
find_path(BOOST_INCLUDE_DIR boost/asio.hpp)
if(NOT BOOST_INCLUDE_DIR)
    message(FATAL_ERROR "boost/asio.hpp not found (install libboost-dev, or run ./dev setup)")
endif()
add_library(keyhole::asio INTERFACE IMPORTED)
target_include_directories(keyhole::asio SYSTEM INTERFACE "${BOOST_INCLUDE_DIR}")
if(CMAKE_CXX_FLAGS MATCHES "-fsanitize=thread")
    # ThreadSanitizer cannot follow memory fences; asio's locks order the same memory.
    target_compile_definitions(keyhole::asio INTERFACE BOOST_ASIO_DISABLE_FENCED_BLOCK)
endif()
target_link_libraries(keyhole::asio INTERFACE Threads::Threads)
