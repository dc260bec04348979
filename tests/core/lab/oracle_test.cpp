// An oracle's file in the forms that people's programs write, and in those that nobody can take.
#include "core/lab/attack/oracle.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/refusal.hpp"

using namespace keyhole;
using namespace keyhole::testing;

namespace {

std::vector<KnownPair> read(const std::string& text) {
    const TemporaryFolder folder; // cases may run side by side
    write_text(folder.path() / "oracle.csv", text);
    return lab::read_oracle(folder.path() / "oracle.csv");
}
std::string refused(const std::string& text) {
    return refusal_of([&] { read(text); });
}

const std::vector<KnownPair> pair = {{0x0123456789ABCDEF, 0x85E813540F0AB405}};

} // namespace

TEST_CASE("An oracle's file is taken in every form of a table", "[lab]") {
    CHECK(read("plaintext,ciphertext\n0x0123456789ABCDEF,0x85E813540F0AB405\n") == pair);
    CHECK(read("\xEF\xBB\xBF"
               "Ciphertext;number;PLAINTEXT\r\n85e813540f0ab405;1; 0123456789abcdef\r\n;;\r\n") == pair);
    CHECK(read("sep=;\nplaintext;ciphertext\n123456789ABCDEF;85E813540F0AB405\n") == pair); // a zero is lost
}

TEST_CASE("A bad oracle is one line with file and line", "[lab]") {
    CHECK(refused("").starts_with("oracle.csv is empty "));
    CHECK(refused("plaintext,ciphertext\n").find("no texts") != std::string::npos);
    CHECK(refused("plaintext\n0x0123456789ABCDEF\n").find("ciphertext") != std::string::npos);
    for (const char* const cell : {"xyz", "0x0123456789ABCDEF0", "-1", "1.5E+18", "0x01234567 89ABCDEG", "\"a\nb\""}) {
        CAPTURE(cell);
        const std::string why = refused(std::string("plaintext,ciphertext\n0x01,0x02\n0x03,") + cell + "\n");
        CHECK(why.starts_with("oracle.csv:3"));
        CHECK(why.find('\n') == std::string::npos);
    }
    CHECK(refused("plaintext,ciphertext\n0x01,\n").starts_with("oracle.csv:2 has no ciphertext"));
    CHECK(refused("plaintext,ciphertext\n0x01\n").starts_with("oracle.csv:2 "));
}
