// Catch2's own main(), compiled here: release 2 is one header, release 3 one source file beside it.
#if __has_include(<catch2/catch.hpp>)
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
#else
#include <catch_amalgamated.cpp>
#endif
#include <gmpxx.h>

#include <cstdlib>
#include <memory>
#include <ostream>

// Catch2 prints numbers with it; GMP has it in a library that no program for a browser needs.
std::ostream& operator<<(std::ostream& out, mpz_srcptr number) {
    return out << std::unique_ptr<char, decltype(&std::free)>(mpz_get_str(nullptr, 10, number), std::free).get();
}
