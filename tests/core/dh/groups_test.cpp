// The named groups, computed from pi and e, against the numbers that the RFCs print (assets/kat).
#include "core/dh/groups.hpp"

#include <set>

#include "core/base/resources.hpp"
#include "core/dh/dh.hpp"
#include "core/kat/kat.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;

TEST_CASE("The named groups are those that RFC 2409, RFC 3526 and RFC 7919 print", "[groups][kat]") {
    std::size_t records = 0;
    for (const char* file : {"rfc2409_groups.rsp", "rfc3526_groups.rsp", "rfc7919_groups.rsp"}) {
        const auto result = run_kat_file(resources::asset_dir() / "kat" / file);
        CAPTURE(file);
        CHECK(result->failed() == 0);
        records += result->passed();
    }
    CHECK(records == 13);
}

TEST_CASE("Fourteen groups are there, each of the size in its name, safe, with a generator of prime order",
          "[groups]") {
    std::set<std::string> names;
    for (const Group& group : named_groups()) {
        CAPTURE(group.name);
        names.insert(group.name);
        CHECK_FALSE(group.source.empty());
        if (group.name == "toy23") continue;
        CHECK(bit_length(group.p) == std::stoul(group.name.substr(group.name.find_first_of("0123456789"))));
        CHECK(group.g == 2);
        CHECK(dh::check_parameters(group.p, group.g).g_generates_squares);
        CHECK(group.exponent_bits < bit_length(group.p));
        // Primality is trusted for the largest: it takes seconds, and the RFCs print the same numbers.
        if (bit_length(group.p) > 2048) continue;
        const Number q = (group.p - 1) / 2;
        CHECK(mpz_probab_prime_p(group.p.get_mpz_t(), 28) != 0);
        CHECK(mpz_probab_prime_p(q.get_mpz_t(), 28) != 0);
    }
    CHECK(names == std::set<std::string>{"toy23", "modp768", "modp1024", "modp1536", "modp2048", "modp3072", "modp4096",
                                         "modp6144", "modp8192", "ffdhe2048", "ffdhe3072", "ffdhe4096", "ffdhe6144",
                                         "ffdhe8192"});
}

TEST_CASE("A group is found by its name and by its numbers", "[groups]") {
    const Group* toy = find_group("toy23");
    REQUIRE(toy != nullptr);
    CHECK(toy->p == 23);
    CHECK(toy->g == 5);
    CHECK(find_group(Number(23), Number(5)) == toy);
    CHECK(find_group(Number(23), Number(7)) == nullptr);
    for (const Group& group : named_groups()) {
        CHECK(find_group(group.name) == &group);
        std::string upper = group.name;
        std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return std::toupper(c); });
        CHECK(find_group(upper) == &group);
        CHECK(find_group(group.p, group.g) == &group);
    }
    for (const char* name : {"", "custom", "FFDHE", "modp", "ffdhe1024"}) CHECK(find_group(name) == nullptr);
}

TEST_CASE("e and pi come out to the last bit", "[groups]") {
    // 2.718281828459045.. = 2.B7E151628AED2A6ABF7158.. and 3.14159265358979.. = 3.243F6A8885A308D313198A2E03707344.. in
    // hex
    CHECK(scaled_e(0) == 2);
    CHECK(scaled_pi(0) == 3);
    CHECK(scaled_e(88).get_str(16) == "2b7e151628aed2a6abf7158");
    CHECK(scaled_pi(128).get_str(16) == "3243f6a8885a308d313198a2e03707344");
    for (const unsigned bits : {100U, 638U, 1406U, 8062U}) {
        CAPTURE(bits);
        CHECK(scaled_e(bits) == scaled_e(bits + 200) >> 200);
        CHECK(scaled_pi(bits) == scaled_pi(bits + 200) >> 200);
    }
}
