// Known-answer files of cfb, cfb8, cfb1 and ofb as NIST's CAVP names and writes them.
#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/kat/kat.hpp"
#include "core/recording/recording.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;

namespace {

KatFile run(const std::string& name, const std::string& text) { return *run_kat_text(name, text); }

// An example of our own, recomputed with OpenSSL.
std::string example(const std::string& ciphertext, const std::string& direction = "ENCRYPT") {
    return "# CAVS 11.1\n[" + direction +
           "]\n\nCOUNT = 0\nKEYs = 6f72636869647321\nIV = 0f1e2d3c4b5a6978\n"
           "PLAINTEXT = 6d656574206174206e696e652c206761746520372e2e2e2e\nCIPHERTEXT = " +
           ciphertext + "\n";
}

const std::string three_ivs =
    "[ENCRYPT]\nCOUNT = 0\nKEYs = 6f72636869647321\nIV1 = 0f1e2d3c4b5a6978\nIV2 = 64738291a0afbecd\n"
    "IV3 = b9c8d7e6f6051422\nPLAINTEXT = 0000000000000000\nCIPHERTEXT1 = dc8882f40bb7d994\n";

} // namespace

TEST_CASE("CAVP's files of cfb64, cfb8 and ofb pass in both directions, and a wrong digit fails", "[kat][des]") {
    for (const auto& [file, ciphertext] :
         {std::pair("TCFB64vartext.rsp", "b1ede7802bd6adb44e7c5a2c8171e25353ad0ed8e4439346"),
          {"01_TCFB8demo.rsp", "b141aa1a574b6d7cafddb21d0f6e7d980d8e9bf632c048d3"},
          {"TOFBinvperm.rsp", "b1ede7802bd6adb47bdfa8eb45be454a42ecb498b52a291c"}}) {
        CAPTURE(file);
        for (const char* direction : {"ENCRYPT", "DECRYPT"}) {
            CHECK(run(file, example(ciphertext, direction)).passed() == 1);
            std::string wrong = ciphertext;
            wrong.front() = 'a';
            CHECK(run(file, example(wrong, direction)).failed() == 1);
        }
    }
    CHECK(run("x.rsp", "[MODE = CFB64]\n" + example("b1ede7802bd6adb44e7c5a2c8171e25353ad0ed8e4439346")).passed() == 1);
    CHECK(run("x.rsp", "[MODE = ofb]\n" + example("b1ede7802bd6adb47bdfa8eb45be454a42ecb498b52a291c")).passed() == 1);
}

TEST_CASE("Texts of cfb1 are bits, as many as are written, and hex where they are not", "[kat][des]") {
    // CAVS 11.1, TCFB1MMT1, COUNT = 0 to 3.
    const std::string bits =
        "[ENCRYPT]\n\nCOUNT = 0\nKEY1 = 5b409e7c67c44a0d\nKEY2 = 5b409e7c67c44a0d\nKEY3 = 5b409e7c67c44a0d\n"
        "IV = 4dac2b87d7ea180b\nPLAINTEXT = 1\nCIPHERTEXT = 1\n\n"
        "COUNT = 1\nKEY1 = 7c3efbb00bf7e5f8\nKEY2 = 7c3efbb00bf7e5f8\nKEY3 = 7c3efbb00bf7e5f8\n"
        "IV = f91752d1f31f9243\nPLAINTEXT = 11\nCIPHERTEXT = 11\n\n"
        "COUNT = 2\nKEY1 = 8af8f8d3a1469b7f\nKEY2 = 8af8f8d3a1469b7f\nKEY3 = 8af8f8d3a1469b7f\n"
        "IV = 84c19c85cd9e1feb\nPLAINTEXT = 010\nCIPHERTEXT = 101\n\n"
        "COUNT = 3\nKEY1 = 1a576d861015922f\nKEY2 = 1a576d861015922f\nKEY3 = 1a576d861015922f\n"
        "IV = cb78b6d8d2f4d219\nPLAINTEXT = 0010\nCIPHERTEXT = 0100\n";
    CHECK(run("TCFB1MMT1.rsp", bits).passed() == 4);
    std::string wrong = bits;
    wrong.replace(wrong.rfind("0100"), 4, "0101");
    const KatFile file = run("TCFB1MMT1.rsp", wrong);
    REQUIRE(file.failed() == 1);
    CHECK(file.results[3].failure->got == "0100");
    CHECK(file.results[3].failure->expected == "0101");
    CHECK(std::get<KatDes>(file.results[3].trace).data == Bytes{0x20});
    CHECK(run("TCFB1x.rsp", "KEY = 133457799BBCDFF1\nIV = 0123456789ABCDEF\nPLAINTEXT = 6D\nCIPHERTEXT = 6D\n")
              .results.size() == 1);
    CHECK_THROWS_WITH(
        run("TCFB1x.rsp", "KEY = 133457799BBCDFF1\nIV = 0123456789ABCDEF\nPLAINTEXT = 2\nCIPHERTEXT = 1\n"),
        Catch::Contains("PLAINTEXT '2' is no hex"));
}

TEST_CASE("Interleaved and pipelined files are refused by their names", "[kat][des]") {
    CHECK_THROWS_WITH(run("01_TOFBIdemo.rsp", three_ivs), Catch::Contains("Keyhole has no mode ofb-i (interleaved)"));
    CHECK_THROWS_WITH(run("01_TCFBP64demo.rsp", three_ivs), Catch::Contains("Keyhole has no mode cfb-p (pipelined)"));
    CHECK_THROWS_WITH(run("TCBCIinvperm.rsp", three_ivs), Catch::Contains("Keyhole has no mode cbc-i (interleaved)"));
    CHECK_THROWS_WITH(run("cfb128.rsp", example("00")), Catch::Contains("Keyhole has no mode cfb128"));
}

TEST_CASE("Monte Carlo files of cfb and ofb run as NIST SP 800-20 says", "[kat][des]") {
    // Values of an implementation of our own over OpenSSL's DES, with the algorithm of NIST's validation system.
    const std::string one = "KEYs = 133457799bbcdff1\nIV = 1234567890abcdef\n";
    const std::string three =
        "KEY1 = 133457799bbcdff1\nKEY2 = 0e329232ea6d0d73\nKEY3 = 7ca110454a1a6e57\nIV = 1234567890abcdef\n";
    struct Case {
        const char *file, *text, *one_out, *one_back, *three_out, *three_back;
    };
    for (const Case& c : {Case{"TCFB64Monte1.rsp", "0123456789abcdef", "e50ced69ac1c547e", "8f1b6d35da98e657",
                               "a1af8aa849ceea9f", "9c0dcbb59b2aadf7"},
                          Case{"TCFB8Monte3.rsp", "a5", "bb", "4c", "02", "fb"},
                          Case{"TOFBMonte1.rsp", "0123456789abcdef", "8ed4b8d5d30fbc1b", "8ed4b8d5d30fbc1b",
                               "9ff68717eed91896", "9ff68717eed91896"}}) {
        CAPTURE(c.file);
        const std::string text = c.text;
        const auto passes = [&](const std::string& record) { return run(c.file, record).passed() == 1; };
        CHECK(passes(one + "PLAINTEXT = " + text + "\nCIPHERTEXT = " + c.one_out + "\n"));
        CHECK(passes("[DECRYPT]\n" + one + "CIPHERTEXT = " + text + "\nPLAINTEXT = " + c.one_back + "\n"));
        CHECK(passes(three + "PLAINTEXT = " + text + "\nCIPHERTEXT = " + c.three_out + "\n"));
        CHECK(passes("[DECRYPT]\n" + three + "CIPHERTEXT = " + text + "\nPLAINTEXT = " + c.three_back + "\n"));
    }
    // One bit is right by chance every other time: eight IVs, and what each gives.
    const std::string encrypted = "01101001", decrypted = "01110010";
    for (unsigned i = 0; i < 8; ++i) {
        const std::string start =
            fmt::format("KEYs = 133457799bbcdff1\nIV = {:016x}\n", std::uint64_t{0x1234567890ABCDEF} + i);
        CHECK(run("TCFB1Monte1.rsp", start + "PLAINTEXT = 1\nCIPHERTEXT = " + encrypted[i] + "\n").passed() == 1);
        CHECK(run("TCFB1Monte1.rsp", "[DECRYPT]\n" + start + "CIPHERTEXT = 1\nPLAINTEXT = " + decrypted[i] + "\n")
                  .passed() == 1);
    }
    CHECK_THROWS_WITH(run("TCFB8Monte1.rsp", one + "PLAINTEXT = 0011\nCIPHERTEXT = 0011\n"),
                      Catch::Contains("Keyhole has no such test"));
}
