// Catch2's own main(), compiled here: release 2 is one header, release 3 one source file beside it.
#if __has_include(<catch2/catch.hpp>)
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
#else
#include <catch_amalgamated.cpp>
#endif
