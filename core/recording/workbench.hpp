// The workbench's inputs as a person types them (key, text or hex or file, mode, IV, padding) and what they mean.
// Command line and window both use it, so that both say the same about the same mistake.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/random.hpp"
#include "core/recording/recording.hpp"

namespace keyhole {

/// As typed; an absent field was not given.
struct WorkbenchText {
    std::optional<std::string> key, key_text;           // exactly one of them
    std::optional<std::string> hex, text, base64, file; // exactly one of them; the file "-" is standard input
    std::optional<std::string> mode, iv, padding;
    std::optional<std::string> variant;
    bool decrypt = false;
    std::string_view key_text_is_given = "give it with --key-text"; // a key that is text
};

/// As meant. `iv` is 0 in ecb.
struct WorkbenchInput {
    DesSettings settings;
    Direction direction = Direction::encrypt;
    des::Block iv = 0;
    bool iv_drawn = false; // encryption without an IV in a mode that has one: a random one
    Bytes data;
    des::Variant variant = {};
};

inline constexpr std::size_t max_workbench_bytes = std::size_t{256} << 20;

/// Where something is typed. `data` is the message, in whichever form.
enum class WorkbenchField { key, data, mode, iv, padding, variant };

/// What is wrong with one field.
struct WorkbenchFault {
    WorkbenchField field = WorkbenchField::key;
    Error error;
};

/// What was typed, as far as it has a meaning: the part of `input` that belongs to a field with a fault is not set.
struct WorkbenchReading {
    WorkbenchInput input;
    std::vector<WorkbenchFault> faults; // at most one a field, in the order in which the fields are read

    bool good(WorkbenchField field) const;
};

/// A box of a variant as a file has it. Throws Error as read_file does.
std::string read_box(const std::string& path);
/// The same for a window that reads while somebody types: what is no regular file, such as a pipe that might keep it
/// waiting, is refused (bad_input).
std::string read_regular_box(const std::string& path);

/// What --variant was given, with the boxes that it takes from files. Throws Error (bad_input; io for a file).
des::Variant read_variant(std::string_view list, const des::ReadBox& box = read_box);

/// Mode ecb unless said otherwise; padding none for hex, else pkcs7. A fault is bad_input for anything missing,
/// malformed or contradictory, and for what OpenSSL enciphered with a password; io for a file that cannot be read.
WorkbenchReading read_workbench(const WorkbenchText& text, Random random = Random::system(),
                                const des::ReadBox& box = read_box);

/// The same, but throws the first fault's Error.
WorkbenchInput resolve(const WorkbenchText& text, Random random = Random::system());

} // namespace keyhole
