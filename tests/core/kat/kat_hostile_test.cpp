// Known-answer files that are malformed, empty, binary or too large: each ends in an error that names file and line.
#include "core/base/error.hpp"
#include "core/base/resources.hpp"
#include "core/kat/kat.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;

namespace {

KatFile run(const std::string& text) { return *run_kat_text("x.rsp", text); }

} // namespace

TEST_CASE("A malformed record is an error with file and line, never skipped", "[kat][hostile]") {
    for (const auto& [text, start] :
         {std::pair("KEY = 133457799BBCDFF1\nPLAINTEXT = 0123456789ABCDEF\n", "x.rsp:1: the record has no CIPHERTEXT"),
          {"COUNT = 7\nKEY = 133457799BBCDFF1\nCIPHERTEXT = 00\n", "x.rsp:1: the record COUNT = 7 has no PLAINTEXT"},
          {"PLAINTEXT = 0123456789ABCDEF\nCIPHERTEXT = 85E813540F0AB405\n", "x.rsp:1: the record has no KEY"},
          {"\nKEY = 133457799BBCDFF\nPLAINTEXT = 00\nCIPHERTEXT = 00\n",
           "x.rsp:2: KEY '133457799BBCDFF' is no 64-bit value"},
          {"KEY = 133457799BBCDFF1\nPLAINTEXT = 012345678\nCIPHERTEXT = 00\n",
           "x.rsp:2: PLAINTEXT '012345678' is no hex"},
          {"KEY = 133457799BBCDFF1\nPLAINTEXT =\nCIPHERTEXT = 00\n", "x.rsp:2: PLAINTEXT '' is no hex"},
          {"KEY = 133457799BBCDFF1\nPLAINTEXT = 0123456789ABCDEF\nCIPHERTEXT = 85E8\n",
           "x.rsp:3: CIPHERTEXT has 2 bytes"},
          {"[MODE = cbc]\nKEY = 133457799BBCDFF1\nPLAINTEXT = 0123456789ABCDEF\nCIPHERTEXT = 85E813540F0AB405\n",
           "x.rsp:2: the record has no IV"},
          {"KEY = 00\nFOO = 1\nFOO = 2\n", "x.rsp:3: FOO is here twice"},
          {"FOO = 1\nBAR = 2\n", "x.rsp:1: the record is of no known kind"},
          {"COUNT = 0\n", "x.rsp:1: the record COUNT = 0 is of no known kind"},
          {"P = 17\nG = 5g\nXA = 1\nYA = 5\n", "x.rsp:2: G '5g' is no number"},
          {"P = 17\nG = -5\nXA = 1\nYA = 5\n", "x.rsp:2: G '-5' is no number"},
          {"KYE = 133457799BBCDFF1\nPLAINTEXT = 0123456789ABCDEF\nCIPHERTEXT = 85E813540F0AB405\n",
           "x.rsp:1: there is no field KYE (did you mean KEY?"},
          {"KEY = 133457799BBCDFF1\nIVV = 00\nPLAINTEXT = 0123456789ABCDEF\nCIPHERTEXT = 85E813540F0AB405\n",
           "x.rsp:2: there is no field IVV (did you mean IV?"},
          {"P = 0\nG = 5\nX = 6\nY = 19\nK = 2\n", "x.rsp:1: P is 0"},
          {"P = 23\nG = 5\nX = 6\nY = 19\nK =\n", "x.rsp:5: K '' is no number"},
          {"BASE = 5\nEXPONENT = 6\nMODULUS = 0\nRESULT = 8\n", "x.rsp:3: MODULUS is 0"},
          {"[ENCRYPT\n", "x.rsp:1: '[ENCRYPT' is no section"},
          {"KEY 133457799BBCDFF1\n", "x.rsp:1: 'KEY 133457799BBCDFF1' is no line"},
          {"= 1\n", "x.rsp:1: '= 1' is no line"}}) {
        CAPTURE(text);
        CHECK_THROWS_WITH(run(text), Catch::StartsWith(start));
    }
    // Decimal numbers have bounds, too.
    const std::string agreement = "P = 23\nG = 5\nX = 6\nY = 19\nK = ";
    CHECK_NOTHROW(run(agreement + "2\n"));
    CHECK_THROWS_WITH(run(agreement + std::string(20000, '1') + "\n"), Catch::StartsWith("x.rsp:5: K '1111"));
    CHECK_THROWS_WITH(run("P = " + std::string(3000, '1') + "\nG = 5\nX = 6\nY = 19\nK = 2\n"),
                      Catch::StartsWith("x.rsp:1: P is too long (it has 9963 bits; give 8192 at most"));
    // The first record is right, the second is not: still an error.
    CHECK_THROWS_AS(run("BASE = 5\nEXPONENT = 6\nMODULUS = 17\nRESULT = 8\n\nKEY = 12\n"), Error);
}

TEST_CASE("A file without a record is an error", "[kat][hostile]") {
    for (const char* text : {"", "\n\n", "# only a comment\n", "[ENCRYPT]\n", "\xEF\xBB\xBF", "\r\r\n"}) {
        CHECK_THROWS_WITH(run(text), Catch::StartsWith("x.rsp has no record ("));
    }
}

TEST_CASE("Binary, endless lines and floods of records end in an error that is safe to print", "[kat][hostile]") {
    std::string binary;
    for (int i = 0; i < 100000; ++i) binary += static_cast<char>(i * 7 + i / 256);
    CHECK_THROWS_AS(run(binary), Error);
    CHECK_THROWS_WITH(run(std::string("\x1b[2J\0\n", 6)), !Catch::Contains("\x1b"));
    CHECK_THROWS_WITH(run("KEY = " + std::string(2 << 20, 'A')), Catch::StartsWith("x.rsp:1: the line is too long"));
    std::string flood;
    for (int i = 0; i < 300000; ++i) flood += "A=1\n\n";
    CHECK_THROWS_WITH(run(flood), Catch::Contains("there is too much in this file"));
    flood.clear();
    for (int i = 0; i < 100000; ++i) flood += "A" + std::to_string(i) + "=1\n";
    CHECK_THROWS_WITH(run(flood), Catch::StartsWith("x.rsp:65: there is too much"));
}

TEST_CASE("Files that cannot be read are file trouble", "[kat][hostile]") {
    const auto status = [](const std::filesystem::path& path) {
        try {
            run_kat_file(path);
        } catch (const Error& error) {
            return error.exit_status();
        }
        return 0;
    };
    CHECK(status("no/such/file.rsp") == 3);
    CHECK(status(resources::asset_dir()) == 3);
    CHECK_THROWS_AS(list_kat_files("no/such/folder"), Error);
}
