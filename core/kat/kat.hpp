// The known-answer runner: takes a response file as NIST publishes them, or one of our own in assets/kat, computes
// every record anew with the classroom algorithms, and tells which disagree and where. What a file may hold is said in
// kat_des.hpp, kat_intermediates.hpp, kat_numbers.hpp, kat_kas.hpp, kat_evp.hpp and kat_botan.hpp.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/kat/records/kat_trace.hpp"

namespace keyhole {

/// A value of a file that is not what was computed.
struct KatFailure {
    std::string file;
    std::size_t line = 0;      // of the field that disagrees
    std::string record;        // "record COUNT = 3"
    std::string field;         // "CIPHERTEXT"
    std::string expected, got; // in the file's own spelling
};

/// One record that was checked.
struct KatResult {
    std::size_t line = 0; // where the record starts
    std::string record;   // "record COUNT = 3"
    std::optional<KatFailure> failure;
    KatTrace trace;
};

struct KatFile {
    std::string path;
    std::vector<KatResult> results;
    std::size_t left_out = 0; // records of other ciphers, or of modes that Keyhole does not have

    std::size_t failed() const;
    std::size_t passed() const { return results.size() - failed(); }
};

/// Called with the number of records that are done and of all records, several times during a long one; returns false
/// to stop.
using KatProgress = std::function<bool(std::size_t done, std::size_t total)>;

/// Checks every record of a file; empty when `progress` stopped it. Throws Error: io where the file cannot be read,
/// bad_input where a record is malformed, the mode is none of Keyhole's, or the file has no record.
std::optional<KatFile> run_kat_file(const std::filesystem::path& path, const KatProgress& progress = {});

/// The same for a text; `path` is its name, from which the mode may be told.
std::optional<KatFile> run_kat_text(const std::string& path, std::string_view text, const KatProgress& progress = {});

/// The known-answer files (.rsp, .fax, .vec, .txt) in a folder and the folders in it, in order. Throws Error (io).
std::vector<std::filesystem::path> list_kat_files(const std::filesystem::path& folder);

/// What a person means by `path`: the file itself, or a folder's known-answer files. Throws Error: io where the folder
/// cannot be read, bad_input where it has none.
std::vector<std::filesystem::path> find_kat_files(const std::filesystem::path& path);

} // namespace keyhole
