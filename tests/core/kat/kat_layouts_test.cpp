// Other houses' layouts of known answers: NIST's KAS FFC files, OpenSSL's evp tests, Botan's and pyca's. All records
// pass, fail on one altered digit, and a misspelt field is named.
#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/kat/kat.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;

namespace {

KatFile run(const std::string& text, const std::string& name = "x.fax") { return *run_kat_text(name, text); }

std::string with(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

// A prime of 64 bits, a subgroup of 32; one right record and one of each kind of F.
const std::string kas = R"(#  CAVS 11.0
[FA]
[SHA(s) supported (Used for hashing Z): SHA1 ]
#  Generated

[FA - SHA1]
P = 8000002431ed4b65
Q = 9a3c4d25
G = 6141de5a8a8eeb76



COUNT = 0
XstatCAVS = 1f3b5d79
YstatCAVS = 20800a33fff5720e
XstatIUT = 2468ace1
YstatIUT = 0fe180b72d931ab7
Z = 3216267e6788772a
Result = P (0 - Correct)


COUNT = 1
XstatCAVS = 22446688
YstatCAVS = 7cfa4e742d54834c
XstatIUT = 13579bdf
YstatIUT = 6657f495ef2f9d94
Z = 62e0d6932781de69
Result = F (5 - Z changed )


COUNT = 2
XstatCAVS = 0badcafe
YstatCAVS = 5f49a90d5f964257
XstatIUT = 0c0ffee1
YstatIUT = 431f5108940620b3
Z = 492030c0af59bf4c
Result = F (1 - CAVS's Static public key fails PKV 5.6.2.4)


COUNT = 3
XstatCAVS = 31415926
YstatCAVS = 5e1332eb93ce2c5d
XstatIUT = 27182819
YstatIUT = 2b4d84712ec7ae7d
Z = 6abd40f3d4ee28d0
Result = F (4 - IUT's Static private key changed-prikey validity)
)";

// An own private key and a peer's public key in the same group.
const std::string agreement = "P = 9223372192311233381\nG = 2\nX = 123456789\nY = 7536848190725714641\n";

} // namespace

TEST_CASE("NIST's KAS FFC files: P passes, each kind of F is found wrong", "[kat][dh]") {
    const KatFile file = run(kas);
    CHECK(file.results.size() == 4);
    CHECK(file.failed() == 0);
    CHECK(std::holds_alternative<PowerSettings>(file.results[0].trace));

    // The other kind: the public key of this side is altered to one outside the subgroup.
    const std::string outside = with(with(kas, "0fe180b72d931ab7", "5f49a90d5f964257"), "P (0 - Correct)",
                                     "F (3 - IUT's Static public key fails PKV 5.6.2.4)");
    CHECK(run(outside).failed() == 0);
}

TEST_CASE("A KAS record that is not as its Result says fails at its line", "[kat][dh]") {
    const KatFile wrong = run(with(kas, "3216267e6788772a", "3216267e6788772b"));
    REQUIRE(wrong.failed() == 1);
    CHECK(wrong.results[0].failure->field == "Z");
    CHECK(wrong.results[0].failure->line == 18);
    CHECK(wrong.results[0].failure->got == "3216267e6788772a");
    const KatFile key = run(with(kas, "XstatIUT = 2468ace1", "XstatIUT = 2468ace2"));
    REQUIRE(key.failed() == 1);
    CHECK(key.results[0].failure->field == "YSTATIUT");
    const KatFile outside = run(with(kas, "20800a33fff5720e", "20800a33fff5720d"));
    REQUIRE(outside.failed() == 1);
    CHECK(outside.results[0].failure->field == "YSTATCAVS");
    // All is well, but the file says that it is not.
    const KatFile told = run(with(kas, "P (0 - Correct)", "F (5 - Z changed )"));
    REQUIRE(told.failed() == 1);
    CHECK(told.results[0].failure->field == "RESULT");
}

TEST_CASE("KAS records: P, Q and G may stand in the record, lines be free within it, and Z be hashed", "[kat][dh]") {
    const std::string spread =
        "[A.1]\nCOUNT=0\nP = 8000002431ed4b65\nQ = 9a3c4d25\nG = 6141de5a8a8eeb76\n\nXstatCAVS = 1f3b5d79\n"
        "YstatCAVS = 20800a33fff5720e\n\nXstatIUT = 2468ace1\nYstatIUT = 0fe180b72d931ab7\n\nZ = 3216267e6788772a\n\n"
        "Result = P (0 - Correct)\n";
    CHECK(run(spread).results.size() == 1);
    CHECK(run(spread).failed() == 0);
    CHECK(run(with(spread, "877", "876")).failed() == 1);
    // SHA-1 of 3216267e6788772a, from sha1sum.
    const std::string hashed = with(kas, "Result = P", "CAVSHashZZ = HASH\nResult = P");
    CHECK(run(with(hashed, "HASH", "e68e194f339dc4a05b153873f26ffb2f4f28d3e7")).failed() == 0);
    CHECK(run(with(hashed, "HASH", "e68e194f339dc4a05b153873f26ffb2f4f28d3e6")).failed() == 1);
}

TEST_CASE("Records of an own private key and a peer's public key: decimal, hex, mixed, spaced", "[kat][dh]") {
    CHECK(run(agreement + "K = 5562086fc82ec0f\n").failed() == 0);
    CHECK(run(agreement + "K = 05 56 20 86 fc 82 ec 0f\n").failed() == 0);
    CHECK(run(agreement + "K = 05:56:20:86:FC:82:EC:0F\n").failed() == 0);
    CHECK(run(agreement + fmt::format("K = {}\n", 0x5562086fc82ec0f)).failed() == 0);
    CHECK(run(agreement + "K = 5562086fc82ec0e\n").failed() == 1);
    CHECK(
        run("P = 0x8000002431ED4B65\nG = 2\nX = 0x75BCD15\nY = 7536848190725714641\nK = 5562086fc82ec0f\n").failed() ==
        0);
    CHECK(run("P = 23\nG = 5\nX = 6\nY = 19\nK = 2\n", "dh.vec").failed() == 0);
    CHECK(run("P = 17\nG = 5\nX = a\nY = 13\nK = 6\n").failed() == 0); // hex by its letter: 19^10 mod 23 is 6
    // K through KDF2, by Python's hashlib.
    const std::string derived = agreement +
                                "KDF = KDF2(SHA-1)\nOutLen = 33\nK = "
                                "0D55F2B2DA23A5E322E1060C96262E3CF4EFF4109B4C280561C4F33EE9BB39CACD\n";
    CHECK(run(derived).failed() == 0);
    CHECK(run(with(derived, "CACD", "CACE")).failed() == 1);
    CHECK_THROWS_WITH(run(agreement + "KDF = HKDF\nOutLen = 5\nK = 0011223344\n"), Catch::Contains("no KDF HKDF"));
}

TEST_CASE("Botan's keys that must be refused, with the group once above them", "[kat][dh]") {
    const std::string text =
        "G = 0x6141de5a8a8eeb76\nP = 0x8000002431ed4b65\nQ = 0x9a3c4d25\n\n# outside the subgroup\n"
        "InvalidKey = 0x5f49a90d5f964257\n\nInvalidKey = 0x1\n\nInvalidKey = 0x8000002431ed4b64\n";
    CHECK(run(text, "dh_invalid.vec").results.size() == 3);
    CHECK(run(text, "dh_invalid.vec").failed() == 0);
    CHECK(run(with(text, "5f49a90d5f964257", "20800a33fff5720e"), "dh_invalid.vec").failed() == 1);
}

TEST_CASE("OpenSSL's layout of ciphers", "[kat][des]") {
    const std::string text =
        "Title = home-made\n\nCipher = DES-ECB\nKey = 6f72636869647321\nPlaintext = 0011223344556677\n"
        "Ciphertext = ACD315C910FF5696\n\nCipher = DES-CBC\nKey = 6f72636869647321\nIV = 0f1e2d3c4b5a6978\n"
        "Plaintext = 00112233445566778899aabbccddeeff\nCiphertext = B9A53EE693A18E03E77635674CE8C294\n";
    CHECK(run(text, "evpciph.txt").results.size() == 2);
    CHECK(run(text, "evpciph.txt").failed() == 0);
    CHECK(run(with(text, "5696", "5697"), "evpciph.txt").results[0].failure->line == 6);
    const std::string decrypting =
        with(text, "Plaintext = 00112233445566778899", "Operation = DECRYPT\nPlaintext = 00112233445566778899");
    CHECK(run(decrypting, "evpciph.txt").failed() == 0);
    // One key three times is single DES.
    CHECK(run("Cipher = DES-EDE3-ECB\nKey = 6f726368696473216f726368696473216f72636869647321\nPlaintext = "
              "0011223344556677\n"
              "Ciphertext = ACD315C910FF5696\n")
              .failed() == 0);
    CHECK_THROWS_WITH(run("Cipher = AES-128-ECB\nKey = 00\nPlaintext = 00\nCiphertext = 00\n"),
                      Catch::StartsWith("x.fax:1: Keyhole has no cipher AES-128-ECB"));
}

TEST_CASE("A misspelt field is named, with what was meant", "[kat][hostile]") {
    CHECK_THROWS_WITH(run(with(kas, "YstatIUT = 0f", "YsatIUT = 0f")),
                      Catch::StartsWith("x.fax:17: there is no field YSATIUT (did you mean YSTATIUT?"));
    CHECK_THROWS_WITH(run("KEY = 133457799BBCDFF1\nPLAINTXT = 0123456789ABCDEF\nCIPHERTEXT = 85E813540F0AB405\n"),
                      Catch::Contains("there is no field PLAINTXT (did you mean PLAINTEXT?"));
    // A note is nobody's business.
    CHECK(run("P = 23\nG = 5\nX = 6\nY = 19\nK = 2\nSOURCE = a textbook\n").failed() == 0);
}
