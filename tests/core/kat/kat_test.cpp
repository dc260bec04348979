// The known-answer runner: every kind of record passes, fails on one altered digit at the right line, and says so.
#include "core/kat/kat.hpp"

#include "core/base/error.hpp"
#include "core/base/resources.hpp"
#include "core/recording/recording.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;

namespace {

KatFile run(const std::string& text, const std::string& name = "x.rsp") { return *run_kat_text(name, text); }

std::string with(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

std::vector<KatFailure> failures(const KatFile& file) {
    std::vector<KatFailure> out;
    for (const KatResult& result : file.results) {
        if (result.failure) out.push_back(*result.failure);
    }
    return out;
}

const std::string ecb =
    "# comment\n"
    "[ENCRYPT]\n"
    "\n"
    "COUNT = 0\n"
    "KEYs = 133457799bbcdff1\n"
    "PLAINTEXT = 0123456789abcdef\n"
    "CIPHERTEXT = 85e813540f0ab405\n"
    "\n"
    "[DECRYPT]\n"
    "\n"
    "COUNT = 0\n"
    "KEY = 0E329232EA6D0D73\n"
    "CIPHERTEXT = 0000000000000000\n"
    "PLAINTEXT = 8787878787878787\n";

// FIPS 81, table C1.
const std::string cbc =
    "KEY = 0123456789ABCDEF\n"
    "IV = 1234567890ABCDEF\n"
    "PLAINTEXT = 4E6F77206973207468652074696D6520666F7220616C6C20\n"
    "CIPHERTEXT = E5C7CDDE872BF27C43E934008C389C0F683788499A7C05F6\n";

const std::string toy = "P = 17\nG = 5\nXA = 6\nYA = 8\nXB = F\nYB = 13\nZ = 2\n";

} // namespace

TEST_CASE("Every vector that comes with Keyhole passes", "[kat][disk]") {
    const auto files = list_kat_files(resources::asset_dir() / "kat");
    CHECK(files.size() >= 20);
    std::size_t passed = 0;
    for (const auto& path : files) {
        const auto file = run_kat_file(path);
        CAPTURE(path.string());
        CHECK(file->failed() == 0);
        passed += file->passed();
    }
    CHECK(passed > 1000);
}

TEST_CASE("Any line ends, a BOM, blanks, comments and case make no difference", "[kat][parse]") {
    const auto with_ends = [](const char* end) {
        std::string text;
        for (const char c : ecb) text += c == '\n' ? end : std::string(1, c);
        return text;
    };
    for (const char* end : {"\n", "\r\n", "\r"}) CHECK(run(with_ends(end)).passed() == 2);
    CHECK(run("\xEF\xBB\xBF" + ecb).passed() == 2);
    CHECK(run(ecb.substr(0, ecb.size() - 1)).passed() == 2); // no final newline
    CHECK(run(with_ends("  \t\n")).passed() == 2);
    CHECK(run("  key=0x133457799BBCDFF1 # the key\n\tPlainText=0123456789abcdef\nciphertext = 85E813540f0ab405")
              .passed() == 1);
    CHECK(run("COUNT = 1\n\nKEY = 133457799BBCDFF1\nPLAINTEXT = 0123456789ABCDEF\nCIPHERTEXT = 85E813540F0AB405")
              .passed() == 1);
    // Records without COUNT and without blank lines: the first name comes again.
    CHECK(run(cbc + cbc + cbc).passed() == 3);
}

TEST_CASE("One altered digit fails with file, line, field, expected and got in the file's own spelling", "[kat][des]") {
    const auto failed = failures(run(with(ecb, "85e813540f0ab405", "85e813540f0ab404"), "dir/x.rsp"));
    REQUIRE(failed.size() == 1);
    CHECK(failed[0].file == "dir/x.rsp");
    CHECK(failed[0].line == 7);
    CHECK(failed[0].record == "record COUNT = 0");
    CHECK(failed[0].field == "CIPHERTEXT");
    CHECK(failed[0].expected == "85e813540f0ab404");
    CHECK(failed[0].got == "85e813540f0ab405");

    // In the other direction the plaintext is judged; a prefix and upper case stay.
    const auto decrypt = failures(run(with(ecb, "8787878787878787", "0x878787878787878A")));
    REQUIRE(decrypt.size() == 1);
    CHECK(decrypt[0].line == 14);
    CHECK(decrypt[0].field == "PLAINTEXT");
    CHECK(decrypt[0].got == "0x8787878787878787");

    CHECK(failures(run(with(ecb, "133457799bbcdff1", "133457799bbcdfe1"))).size() == 1);
    // A parity bit is no part of the key.
    CHECK(run(with(ecb, "133457799bbcdff1", "133457799bbcdff0")).failed() == 0);
}

TEST_CASE("The mode comes from a MODE line, else from the file's name, else from an IV", "[kat][des]") {
    CHECK(run(cbc, "TCBCMMT1.rsp").passed() == 1);
    CHECK(run(cbc, "a/b/my_cbc_vectors.txt").passed() == 1);
    CHECK(run(cbc, "x.rsp").passed() == 1);
    CHECK(run(cbc, "TECBx.rsp").failed() == 1);
    CHECK(run("[MODE = CBC]\n" + cbc, "TECBx.rsp").passed() == 1);
    CHECK(run("[MODE = ecb]\n" + cbc, "TCBCx.rsp").failed() == 1);
    CHECK(run("[MODE=ctr]\nKEY = 133457799BBCDFF1\nIV = 0123456789ABCDEF\nPLAINTEXT = 0000000000\n"
              "CIPHERTEXT = 85E813540F")
              .passed() == 1);
    CHECK_THROWS_WITH(run("[MODE = gcm]\n" + cbc), Catch::StartsWith("x.rsp:2: Keyhole has no mode gcm ("));
}

TEST_CASE("Three keys are TDEA as NIST's multi-block files have it", "[kat][des]") {
    // CAVS 11.1, TECBMMT2 and TCBCMMT3, COUNT = 0.
    CHECK(run("KEY1 = ad192fd064b5579e\nKEY2 = 7a4fb3c8f794f22a\nKEY3 = ad192fd064b5579e\n"
              "PLAINTEXT = 13bad542f3652d67\nCIPHERTEXT = 908e543cf2cb254f\n")
              .passed() == 1);
    const std::string three =
        "KEY1 = b5cb1504802326c7\nKEY2 = 3df186e3e352a20d\nKEY3 = e643b0d63ee30e37\nIV = 43f791134c5647ba\n"
        "PLAINTEXT = dcc153cef81d6f24\nCIPHERTEXT = 92538bd8af18d3ba\n";
    CHECK(run(three).passed() == 1);
    CHECK(run("[DECRYPT]\n" + three).passed() == 1);
    CHECK(run(with(three, "18d3ba", "18d3bb")).failed() == 1);
    CHECK_THROWS_WITH(run(with(three, "KEY3 = e643b0d63ee30e37\n", "")), Catch::Contains("has no KEY3"));
}

TEST_CASE("Monte Carlo files run ten thousand blocks a record", "[kat][des]") {
    // Values of an implementation of our own over OpenSSL's DES (NIST SP 800-20, section 5).
    const std::string one = "KEYs = 133457799bbcdff1\n";
    const std::string three = "KEY1 = 133457799bbcdff1\nKEY2 = 0e329232ea6d0d73\nKEY3 = 7ca110454a1a6e57\n";
    const std::string iv = "IV = 1234567890abcdef\n";
    const auto encrypt = [](const std::string& keys, const std::string& last) {
        return keys + "PLAINTEXT = 0123456789abcdef\nCIPHERTEXT = " + last + "\n";
    };
    const auto decrypt = [](const std::string& keys, const std::string& last) {
        return "[DECRYPT]\n" + keys + "CIPHERTEXT = 0123456789abcdef\nPLAINTEXT = " + last + "\n";
    };
    CHECK(run(encrypt(one, "2dd5b9ae332c04e8"), "TECBMonte1.rsp").passed() == 1);
    CHECK(run(decrypt(one, "4f4e9a7e8f8e4ba6"), "TECBMonte1.rsp").passed() == 1);
    CHECK(run(encrypt(one + iv, "8f69dc2c052ff07c"), "TCBCMonte1.rsp").passed() == 1);
    CHECK(run(decrypt(one + iv, "f1a79e117381e46d"), "TCBCMonte1.rsp").passed() == 1);
    CHECK(run(encrypt(three, "0620bf50822e832c"), "TECBMonte3.rsp").passed() == 1);
    CHECK(run(decrypt(three, "8e594240bf94cfc8"), "TECBMonte3.rsp").passed() == 1);
    CHECK(run(encrypt(three + iv, "c04c3b9451007b6b"), "TCBCMonte3.rsp").passed() == 1);
    CHECK(run(decrypt(three + iv, "d538d12d4e44cb04"), "TCBCMonte3.rsp").passed() == 1);
    CHECK(run(decrypt(three + iv, "d538d12d4e44cb05"), "TCBCMonte3.rsp").failed() == 1);
}

TEST_CASE("Intermediate values are checked where a file has them", "[kat][des]") {
    const std::string text =
        "KEY = 133457799BBCDFF1\nPLAINTEXT = 0123456789ABCDEF\nIP = CC00CCFFF0AAF0AA\nR16L16 = 0A4CD99543423234\n"
        "CIPHERTEXT = 85E813540F0AB405\n\n"
        "[ROUNDS]\nCOUNT = 0\nL = CC00CCFF\nR = F0AAF0AA\n\n"
        "COUNT = 1\nK = 1B02EFFC7072\nE = 7A15557A1555\nX = 6117BA866527\nS = 5C82B597\nP = 234AA9BB\n"
        "C = E19955F\nD = AACCF1E\nL = F0AAF0AA\nR = EF4A6544\n\n"
        "COUNT = 16\nL = 43423234\nR = 0A4CD995\n";
    CHECK(run(text).passed() == 4);
    for (const auto& [from, to, line] : {std::tuple("CC00CCFFF0AAF0AA", "CC00CCFFF0AAF0AB", 3U),
                                         {"0A4CD99543423234", "0A4CD99543423235", 4U},
                                         {"L = CC00CCFF", "L = CC00CCFE", 9U},
                                         {"R = F0AAF0AA", "R = F0AAF0AB", 10U},
                                         {"1B02EFFC7072", "1B02EFFC7073", 13U},
                                         {"7A15557A1555", "7A15557A1554", 14U},
                                         {"6117BA866527", "6117BA866526", 15U},
                                         {"5C82B597", "5C82B598", 16U},
                                         {"234AA9BB", "234AA9BC", 17U},
                                         {"E19955F", "E19955E", 18U},
                                         {"AACCF1E", "AACCF1F", 19U},
                                         {"EF4A6544", "EF4A6545", 21U},
                                         {"0A4CD995\n", "0A4CD994\n", 25U}}) {
        const auto failed = failures(run(with(text, from, to)));
        CAPTURE(from);
        REQUIRE(failed.size() == 1);
        CHECK(failed[0].line == line);
    }
    CHECK_THROWS_WITH(run("COUNT = 1\nL = F0AAF0AA\nR = EF4A6544\n"), Catch::Contains("belongs to no DES record"));
    CHECK_THROWS_WITH(run(with(text, "COUNT = 16", "COUNT = 17")), Catch::StartsWith("x.rsp:23: there is no round 17"));
}

TEST_CASE("Rivest's recirculation test is understood", "[kat][des]") {
    const std::string text = "X0 = 9474B8E8C73BCA7D\nX1 = 8DA744E0C94E5E17\nX16 = 1B1A2DDB4C642438\n";
    CHECK(run(text).passed() == 1);
    const auto failed = failures(run(with(text, "1B1A2DDB4C642438", "1B1A2DDB4C642439")));
    REQUIRE(failed.size() == 1);
    CHECK(failed[0].line == 3);
    CHECK(failed[0].got == "1B1A2DDB4C642438");
    CHECK_THROWS_WITH(run("X0 = 9474B8E8C73BCA7D\n"), Catch::Contains("has no X16"));
}

TEST_CASE("Weak keys are judged by what they are", "[kat][des]") {
    CHECK(run("[WEAK]\nKEY = 0101010101010101\n\n[SEMI-WEAK]\nKEY = 011F011F010E010E\nPAIR = 1F011F010E010E01\n\n"
              "[POSSIBLY-WEAK]\nKEY = 01011F1F01010E0E\n")
              .passed() == 3);
    const auto ordinary = failures(run("[WEAK]\nCOUNT = 0\nKEY = 0101010101010102\n"));
    REQUIRE(ordinary.size() == 1);
    CHECK(ordinary[0].line == 3);
    CHECK(ordinary[0].expected == "weak key");
    CHECK(ordinary[0].got == "ordinary key");
    CHECK(failures(run("[SEMI-WEAK]\nKEY = 011F011F010E010E\nPAIR = 1F011F010E010E0E\n"))[0].line == 3);
}

TEST_CASE("Exchanges are checked as far as their numbers go", "[kat][dh]") {
    CHECK(run(toy).passed() == 1);
    for (const auto& [from, to, line] : {std::tuple("YA = 8", "YA = 9", 4U),
                                         {"YB = 13", "YB = 12", 6U},
                                         {"Z = 2", "Z = 3", 7U},
                                         {"XA = 6", "XA = 7", 4U}}) {
        const auto failed = failures(run(with(toy, from, to)));
        CAPTURE(from);
        REQUIRE(failed.size() == 1);
        CHECK(failed[0].line == line);
    }
    CHECK(failures(run(with(toy, "Z = 2", "Z = 0x0a")))[0].got == "0x02");
    // One side is enough, and leading zeros are nothing.
    CHECK(run("P = 17\nG = 5\nXA = 6\nYA = 0008\n").passed() == 1);
    CHECK(run("P = 17\nG = 5\nXA = 6\nYB = 13\nZ = 2\n").passed() == 1);
    CHECK(run("P = 17\nG = 5\nXB = F\nYA = 8\nZ = 2\n").passed() == 1);
    CHECK(failures(run("P = 17\nG = 5\nXA = 6\nXB = F\nZ = 3\n")).size() == 1);
    CHECK_THROWS_WITH(run("P = 17\nG = 5\nYA = 8\nYB = 13\n"), Catch::Contains("nothing can be checked"));
    CHECK_THROWS_WITH(run("P = 17\nXA = 6\nYA = 8\n"), Catch::Contains("has no G"));
    CHECK_THROWS_WITH(run("P = 0\nG = 5\nXA = 6\nYA = 8\n"), Catch::StartsWith("x.rsp:1: P is 0"));
    CHECK_THROWS_WITH(run("P = " + std::string(2049, 'F') + "\nG = 5\nXA = 6\nYA = 8\n"),
                      Catch::StartsWith("x.rsp:1: P is too long"));
}

TEST_CASE("An exchange that says invalid passes when an honest party refuses it, and one that says valid fails",
          "[kat][dh]") {
    const auto says = [](const char* numbers, const char* result) {
        return run(std::string(numbers) + "RESULT = " + result + "\n");
    };
    for (const char* numbers : {"P = 17\nG = 5\nXA = 6\nYA = 8\nYB = 1\n", "P = 17\nG = 5\nXA = 6\nYB = 16\n",
                                "P = 17\nG = 2\nXA = 6\nYB = 5\n",                    // outside the subgroup of squares
                                "P = 19\nG = 2\nYB = 3\n", "P = 16\nG = 5\nYB = 3\n", // not prime, even
                                "P = D\nQ = 3\nG = 3\nYB = 2\n",                      // outside the subgroup of order Q
                                "P = 0\nG = 0\nYB = 0\n", "P = 17\nG = 5\nXA = 6\nYB = 13\nZ = 3\n"}) {
        CAPTURE(numbers);
        CHECK(says(numbers, "invalid").failed() == 0);
        CHECK(says(numbers, "Fail (2 - out of range)").failed() == 0);
        if (std::string(numbers).starts_with("P = 0")) continue;
        CHECK(says(numbers, "valid").failed() == 1);
    }
    CHECK(says(toy.c_str(), "valid").passed() == 1);
    const auto failed = failures(says(toy.c_str(), "invalid"));
    REQUIRE(failed.size() == 1);
    CHECK(failed[0].field == "RESULT");
    CHECK(failed[0].line == 8);
    CHECK_THROWS_WITH(says(toy.c_str(), "maybe"), Catch::StartsWith("x.rsp:8: RESULT says neither"));
}

TEST_CASE("Modular exponentiations are checked traced and untraced", "[kat][modexp]") {
    const std::string text = "BASE = 5\nEXPONENT = 6\nMODULUS = 17\nRESULT = 08\n";
    CHECK(run(text).passed() == 1);
    const auto failed = failures(run(with(text, "08", "0a")));
    REQUIRE(failed.size() == 1);
    CHECK(failed[0].line == 4);
    CHECK(failed[0].expected == "0a");
    CHECK(failed[0].got == "08");
    CHECK_THROWS_WITH(run(with(text, "MODULUS = 17", "MODULUS = 0")), Catch::StartsWith("x.rsp:3: MODULUS is 0"));
    CHECK_THROWS_WITH(run(with(text, "MODULUS = 17\n", "")), Catch::Contains("has no MODULUS"));
}

TEST_CASE("Groups are checked against ours where they have a name of ours, else for what they are", "[kat][groups]") {
    const std::string text = "NAME = toy23\nBITS = 5\nP = 17\nQ = B\nG = 5\n";
    CHECK(run(text).passed() == 1);
    CHECK(failures(run(with(text, "BITS = 5", "BITS = 6")))[0].got == "5");
    CHECK(failures(run(with(text, "P = 17", "P = 1D")))[0].got == "17");
    CHECK(failures(run(with(text, "Q = B", "Q = C")))[0].line == 4);
    CHECK(failures(run(with(text, "G = 5", "G = 7")))[0].got == "5");

    const std::string other = "NAME = mine\nBITS = 4\nP = D\nQ = 3\nG = 3\n";
    CHECK(run(other).passed() == 1);
    CHECK(failures(run(with(other, "P = D", "P = F")))[0].got == "p is not prime");
    CHECK(failures(run(with(other, "Q = 3", "Q = 5")))[0].got == "no divisor of P - 1");
    CHECK(failures(run(with(other, "Q = 3", "Q = 4")))[0].got == "Q is not prime");
    CHECK(failures(run(with(other, "G = 3", "G = 2")))[0].got == "Q is not the order of G");
    CHECK(failures(run(with(other, "G = 3", "G = 1")))[0].line == 5);
}

TEST_CASE("A run tells how far it is and can be stopped", "[kat]") {
    std::vector<std::size_t> told;
    const auto file = run_kat_text("x.rsp", cbc + cbc + cbc, [&](std::size_t done, std::size_t total) {
        CHECK(total == 3);
        told.push_back(done);
        return true;
    });
    REQUIRE(file);
    CHECK(told == std::vector<std::size_t>{0, 1, 2, 3});
    CHECK_FALSE(run_kat_text("x.rsp", cbc + cbc, [](std::size_t done, std::size_t) { return done < 1; }));
    // Within a long record as well.
    int asked = 0;
    CHECK_FALSE(run_kat_text("TECBMonte1.rsp", ecb, [&](std::size_t, std::size_t) { return ++asked < 5; }));
}

TEST_CASE("A record of DES or of an exponentiation opens as a trace", "[kat]") {
    const KatFile file = run("[DECRYPT]\n" + cbc + "\nBASE = 5\nEXPONENT = 6\nMODULUS = 17\nRESULT = 8\n\n" + toy);
    REQUIRE(file.results.size() == 3);
    CHECK(file.results[0].line == 2);
    const auto& message = std::get<KatDes>(file.results[0].trace);
    CHECK(message.direction == Direction::decrypt);
    CHECK(message.settings == DesSettings{0x0123456789ABCDEF, Mode::cbc, Padding::none});
    const Recording recording = record_des(message.settings, message.direction, message.iv, message.data);
    CHECK(to_string(recording.messages.at(0).received->padded) == "Now is the time for all ");
    CHECK(std::get<PowerSettings>(file.results[1].trace) == PowerSettings{5, 6, 23});
    CHECK(std::get<PowerSettings>(file.results[2].trace) == PowerSettings{19, 6, 23}); // the secret, from A
}
