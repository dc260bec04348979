// Words that people choose from: any case of letters, and the nearest one offered.
#include "core/base/choice.hpp"

#include "tests/support/catch.hpp"

using namespace keyhole;

namespace {

constexpr std::array<std::string_view, 7> modes = {"ecb", "cbc", "cfb", "cfb8", "cfb1", "ofb", "ctr"};
constexpr std::array<std::string_view, 5> flags = {"--key", "--key-text", "--text", "--in", "--iv"};

} // namespace

TEST_CASE("A word is the same in any case of letters, and in no other way", "[choice]") {
    CHECK(same_word("cbc", "CbC"));
    CHECK(same_word("", ""));
    for (const char* other : {"cb", "cbcc", "cbd", " cbc",
                              "c\xE2"
                              "c"})
        CHECK_FALSE(same_word("cbc", other));
}

TEST_CASE("The nearest words are offered for a wrong one", "[choice]") {
    const auto mode = [](std::string_view wrong) { return did_you_mean(wrong, modes); };
    CHECK(mode("ebc") == "did you mean ecb or cbc? ");       // turned round
    CHECK(mode("cct") == "");                                // two letters of three
    CHECK(mode("CB") == "did you mean cbc? ");               // its beginning
    CHECK(mode("cf") == "did you mean cfb, cfb8 or cfb1? "); //
    CHECK(mode("ctrr") == "did you mean ctr? ");
    CHECK(mode("of") == "did you mean ofb? ");
    for (const char* far : {"", "aes", "x", "gcm", "--"}) CHECK(mode(far).empty());
    CHECK(mode(std::string(100000, 'c')).empty());

    const auto flag = [](std::string_view wrong) { return did_you_mean(wrong, flags); };
    CHECK(flag("-k") == "did you mean --key or --key-text? ");
    CHECK(flag("-K") == "did you mean --key or --key-text? ");
    CHECK(flag("-in") == "did you mean --in? ");
    CHECK(flag("--kye") == "did you mean --key? ");
    CHECK(flag("--keytext") == "did you mean --key-text? ");
    CHECK(flag("--password").empty());
}

TEST_CASE("An unknown word is told in one clean line with all that could stand there", "[choice][hostile]") {
    CHECK(
        std::string(unknown_word("--mode", "CBCC", modes).what()) ==
        "--mode 'CBCC' is not known (it is none of Keyhole's; did you mean cbc? give ecb, cbc, cfb, cfb8, cfb1, ofb or "
        "ctr)");
    CHECK_THAT(unknown_word("--mode", "\x1b[2J" + std::string(1000, 'A'), modes).what(),
               !Catch::Contains("\x1b") && Catch::Contains("A..'"));
    CHECK(one_of(std::span(modes).first(1)) == "ecb");
    CHECK(one_of(std::span(modes).first(2)) == "ecb or cbc");
    CHECK(one_of({}).empty());
}
