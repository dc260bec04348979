// `keyhole kat`: runs known-answer files and tells which records disagree, and where.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/commands.hpp"
#include "core/base/error.hpp"
#include "core/base/resources.hpp"
#include "core/base/words.hpp"
#include "core/kat/kat.hpp"
#include "flags/variant_flag.hpp"

namespace keyhole::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* footer =
    R"(A folder stands for its .rsp, .fax, .vec and .txt files. Files are in the form of NIST's CAVP response files: `NAME = VALUE`
lines, `[SECTION]` lines, # comments, a blank line or a COUNT between two records. These go together:
  KEY, IV, PLAINTEXT, CIPHERTEXT   DES; also KEYs, or KEY1 KEY2 KEY3; below [ENCRYPT] or [DECRYPT].
                                   The mode is that of `[MODE = cbc]` (ecb, cbc, cfb or cfb64, cfb8, cfb1, ofb, ctr), else
                                   told from the file's name. In cfb1 texts of 0 and 1 only are bits, else hex.
  COUNT, L, R                      the halves after round COUNT of the DES record above; also E K X S P C D
  X0 .. X16                        Rivest's recirculation test
  KEY, PAIR                        below [WEAK], [SEMI-WEAK] or [POSSIBLY-WEAK]
  P, G, XA, YA, XB, YB, Z          Diffie-Hellman, in hex; also Q and RESULT = valid or invalid
  BASE, EXPONENT, MODULUS, RESULT  modular exponentiation, in hex
  NAME, BITS, P, Q, G              a group
  XstatCAVS, YstatCAVS, XstatIUT,  NIST's KAS FFC, in hex; also Xephem.., Yephem.., CAVSHashZZ; P, Q, G once a section;
  YstatIUT, Z, Result              Result = F (..) is right where something is wrong
  P, G, X, Y, K                    Botan and pyca: P, G, X, Y decimal or 0x.., K hex; also KDF = KDF2(..), OutLen
  P, Q, G, InvalidKey              Botan: a public key that must be refused
  Key, Nonce, In, Out              Botan, below [DES], [DES/CBC/PKCS7], [CTR-BE(DES)] ..; also Seek; other ciphers are left
                                   out and counted
  Cipher, Key, IV, Plaintext ..    OpenSSL's evp tests: DES-ECB, DES-CBC ..
  Derive, PeerKey, SharedSecret    OpenSSL's evp tests, with PrivateKey, PublicKey in PEM; also PrivPubKeyPair, Result

Exit status: 0 when all passed, 1 when a record failed, 2 when a file is malformed or has no record, 3 when a file
cannot be read; the highest wins, and the other files run all the same.

Example:
  keyhole kat TCBCMMT1.rsp)";

// A file's values may be very long; the start is enough for a person.
std::string shortened(const std::string& value) {
    constexpr std::size_t most = 4096;
    return value.size() <= most ? value : value.substr(0, most) + fmt::format("... ({} characters)", value.size());
}

// Keyhole's own files by their names in its folder of assets, wherever that is.
std::string name_of(const std::string& path) {
    const std::string folder = resources::asset_dir().string() + "/";
    return escape_controls(path.starts_with(folder) ? path.substr(folder.size()) : path);
}

void print(const KatFile& file) {
    const std::size_t failed = file.failed();
    fmt::print("{} {}: {} of {}{}\n", failed == 0 ? "ok    " : "FAILED", name_of(file.path), file.passed(),
               counted(file.results.size(), "record"),
               file.left_out == 0 ? "" : fmt::format(" ({} of other ciphers or modes left out)", file.left_out));
    for (const KatResult& result : file.results) {
        if (!result.failure) continue;
        const KatFailure& f = *result.failure;
        fmt::print("{}:{}: {} of {}: expected {}, got {}\n", name_of(f.file), f.line, f.field, f.record,
                   shortened(f.expected), shortened(f.got));
    }
}

void run(const std::vector<std::string>& arguments, int& status) {
    // The first error is thrown at the end, so that main() says it; later ones are said here.
    std::optional<Error> first;
    const auto keep = [&](const Error& error) {
        status = std::max(status, error.exit_status());
        if (!first) {
            first = error;
        } else {
            fmt::print(stderr, "keyhole: error: {}\n", error.what());
        }
    };

    std::vector<fs::path> files;
    for (const std::string& argument :
         arguments.empty() ? std::vector{(resources::asset_dir() / "kat").string()} : arguments) {
        try {
            const std::vector<fs::path> found = find_kat_files(argument);
            files.insert(files.end(), found.begin(), found.end());
        } catch (const Error& error) {
            keep(error);
        }
    }

    std::size_t passed = 0, failed = 0;
    for (const fs::path& path : files) {
        try {
            const auto file = run_kat_file(path);
            print(*file);
            passed += file->passed();
            failed += file->failed();
        } catch (const Error& error) {
            keep(error);
        }
    }
    if (passed + failed > 0 || !first) fmt::print("{} passed, {} failed\n", passed, failed);
    if (failed > 0) status = std::max(status, 1);
    if (first) throw Error(static_cast<Failure>(status), first->what());
}

} // namespace

void add_kat(CLI::App& app, int& status) {
    CLI::App* command =
        app.add_subcommand("kat", "Check known answers: published vectors against what Keyhole computes");
    refuse_variant(command, "kat", "published answers are those of DES");
    command->footer(footer);
    auto files = std::make_shared<std::vector<std::string>>();
    command->add_option("FILE", *files, "Known-answer files or folders; none: every vector that comes with Keyhole");
    command->callback([files, &status] { run(*files, status); });
}

} // namespace keyhole::cli
