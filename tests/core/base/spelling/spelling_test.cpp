// "Did you mean": slips of the finger are recognised, other words are left alone.
#include "core/base/spelling/spelling.hpp"

#include "tests/support/catch.hpp"

using namespace keyhole;

TEST_CASE("A slip of the finger leads to the word that was meant", "[spelling]") {
    constexpr std::string_view known[] = {"KEY", "KEYS", "PLAINTEXT", "CIPHERTEXT", "XSTATIUT", "YSTATIUT", "KEY1"};
    CHECK(near_word("PLAINTXT", known) == "PLAINTEXT");
    CHECK(near_word("PLIANTEXT", known) == "PLAINTEXT");
    CHECK(near_word("CYPHERTEXT", known) == "CIPHERTEXT");
    CHECK(near_word("CIPHERTEXTT", known) == "CIPHERTEXT");
    CHECK(near_word("XSATIUT", known) == "XSTATIUT");
    CHECK(near_word("KESY", known) == "KEYS");
    for (const char* word :
         {"", "K", "NOTE", "SOURCE", "KEY2", "PLAINTEXT2", "TEXT", "A-WORD-THAT-IS-LIKE-NONE-OF-THEM"}) {
        CAPTURE(word);
        CHECK_FALSE(near_word(word, known));
    }
    CHECK_FALSE(near_word(std::string(100'000, 'K'), known));
}
