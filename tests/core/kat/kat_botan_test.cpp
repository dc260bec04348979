// Botan's records of ciphers. The text is that of FIPS 81's examples; what the padded and the three-key ones become
// comes from OpenSSL.
#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/kat/kat.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;

namespace {

const std::string text = "4E6F77206973207468652074696D6520666F7220616C6C20";

KatFile run(const std::string& records) { return *run_kat_text("any.vec", records); }

std::string record(const std::string& section, const std::string& in, const std::string& out,
                   const std::string& key = "0123456789ABCDEF", const std::string& more = "") {
    return fmt::format("[{}]\nKey = {}\nNonce = 1234567890ABCDEF\n{}In = {}\nOut = {}\n\n", section, key, more, in,
                       out);
}

} // namespace

TEST_CASE("Botan's records of ciphers pass in every mode, padded and not, and fail on one digit", "[kat]") {
    const std::string three_keys = "0123456789ABCDEF23456789ABCDEF01456789ABCDEF0123";
    const std::string padded = "E5C7CDDE872BF27C43E934008C389C0F683788499A7C05F662C16A27E4FCF277";
    const std::string stream =
        "[CTR-BE(DES)]\nKey = 0123456789ABCDEF\nNonce = 1234567890ABCDEF\nOut = BD661569AE874E257E5F\n";
    const std::string right[] = {
        stream,
        "[DES]\nKey = 0123456789ABCDEF\nIn = 4E6F772069732074\nOut = 3FA40E8A984D4815\n",
        "[DES]\nKey = 0123456789ABCDEF\nIn = 666F7220616C6C2068652074696D6520\nOut = "
        "893D51EC4B563B536A271787AB8883F9\n",
        record("DES/CBC/NoPadding", text, padded.substr(0, 48)),
        record("DES/CBC/PKCS7", text, padded),
        record("DES/CBC/OneAndZeros", "61", "D34CA175F0E0756A"),
        record("DES/CFB", text, "F3096249C7F46E51A69E839B1A92F78403467133898EA622"),
        record("DES/CFB(8)", text, "F31FDA07011462EE187F43D80A7CD9B5B0D290DA6E5B9A87"),
        record("OFB(DES)", text, "F3096249C7F46E5135F24A242EEB3D3F3D6D5BE3255AF8C3"),
        record("CTR-BE(DES)", text, "F3096249C7F46E51163A8CA0FFC94C27FA2F80F480B86F75"),
        record("CTR-BE(DES)", "00000000000000", "D496A429079C40", "0123456789ABCDEF", "Seek = 11\n"),
        record("TripleDES/CBC/NoPadding", text, "F3C0FF026C023089656FBB169DEF7EDB30BA36075D6F0176", three_keys),
    };
    std::string all;
    for (const std::string& one : right) {
        INFO(one);
        CHECK(run(one).passed() == 1);
        all += one + "\n";
        std::string altered = one;
        char& digit = altered[altered.find("Out = ") + 6];
        digit = digit == '0' ? '1' : '0';
        const KatFile failed = run(altered);
        REQUIRE(failed.failed() == 1);
        CHECK(failed.results[0].failure->field == "Out");
    }
    const KatFile whole = run(all);
    CHECK(whole.passed() == std::size(right));
    CHECK(whole.left_out == 0);
}

TEST_CASE("Ciphers, modes and paddings that Keyhole does not have are counted, not passed over in silence", "[kat]") {
    const std::string foreign[] = {"AES-128/CBC/PKCS7", "DES/CBC/CTS",  "DES/CFB(32)",      "DES/CBC/X9.23",
                                   "CTR-BE(AES-128,4)", "OFB(AES-128)", "Noekeon/CBC/PKCS7"};
    std::string all = record("DES/CBC/NoPadding", text, "E5C7CDDE872BF27C43E934008C389C0F683788499A7C05F6");
    for (const std::string& section : foreign) all += record(section, text, text);
    const KatFile file = run(all);
    CHECK(file.passed() == 1);
    CHECK(file.failed() == 0);
    CHECK(file.left_out == std::size(foreign));
    CHECK_THROWS_WITH(run(record(foreign[0], text, text)),
                      "any.vec has no record of DES or three-key DES (1 record of other ciphers; leave it out)");
}

TEST_CASE("What a record of Botan's lacks or has too much is told by its line", "[kat]") {
    CHECK_THROWS_WITH(run("[DES/CBC/PKCS7]\nKey = 0123456789ABCDEF\nIn = 00\nOut = 0011223344556677\n"),
                      Catch::StartsWith("any.vec:2: the record has no NONCE"));
    CHECK_THROWS_WITH(run("[DES]\nKey = 0123456789ABCDEF\nOut = 0011223344556677\n"),
                      Catch::StartsWith("any.vec:2: the record has no IN"));
    CHECK_THROWS_WITH(run(record("DES/CBC/PKCS7", "0", "0011223344556677")),
                      Catch::StartsWith("any.vec:4: In '0' is no hex"));
    CHECK_THROWS_WITH(run(record("TripleDES/CBC/NoPadding", text, text)),
                      Catch::StartsWith("any.vec:2: KEY '0123456789ABCDEF' is no key for three-key DES"));
    CHECK_THROWS_WITH(run("[DES/CFB]\nKey = 0123456789ABCDEF\nNonce = 1234567890ABCDEF\nOut = 0011\n"),
                      Catch::StartsWith("any.vec:2: the record has no IN"));
    CHECK_THROWS_WITH(run("[DES]\nKey = 0123456789ABCDEF\nIn = 00\nPlaintext = 01\nOut = 0011\n"),
                      Catch::StartsWith("any.vec:3: In and PLAINTEXT are in one record"));
    CHECK_THROWS_WITH(run(record("OFB(DES)", text, text, "0123456789ABCDEF", "Seek = 8\n")),
                      Catch::StartsWith("any.vec:4: Keyhole seeks in ctr only"));
    CHECK_THROWS_WITH(run(record("CTR-BE(DES)", text, text, "0123456789ABCDEF", "Seek = -1\n")),
                      Catch::StartsWith("any.vec:4: SEEK '-1' is no number"));
}
