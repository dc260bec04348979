#include "core/recording/workbench.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/bytes.hpp"
#include "core/base/file.hpp"

namespace keyhole {
namespace {

Bytes read_data(const WorkbenchText& text) {
    const int given = (text.hex ? 1 : 0) + (text.text ? 1 : 0) + (text.file ? 1 : 0);
    if (given == 0) throw bad_input("no input (nothing to work on; give --hex H, --text T or --in FILE)");
    if (given > 1) throw bad_input("more than one input (they contradict; give one of --hex, --text and --in)");
    if (text.file == "-") {
        throw bad_input("--in - is no file (standard input has a name here; write --in /dev/stdin)");
    }
    if (text.file) return to_bytes(read_file(*text.file, max_workbench_bytes));
    if (text.text) {
        if (!is_utf8(*text.text))
            throw bad_input("the text is not UTF-8 (a text has to be; give other bytes with --hex or --in)");
        return to_bytes(*text.text);
    }
    const auto bytes = from_hex(*text.hex);
    if (!bytes)
        throw bad_input(
            fmt::format("'{}' is not hex (each byte takes two digits; write it with an even number of 0-9, A-F)",
                        excerpt(*text.hex)));
    return *bytes;
}

Mode read_mode(const std::string& text) {
    const auto mode = find_mode(text);
    if (!mode)
        throw bad_input(fmt::format("no mode '{}' (it is none of Keyhole's; choose {})", excerpt(text), mode_names()));
    return *mode;
}

Padding read_padding(const WorkbenchText& text) {
    if (!text.padding) return text.hex ? Padding::none : Padding::pkcs7;
    const auto padding = find_padding(*text.padding);
    if (!padding)
        throw bad_input(
            fmt::format("no padding '{}' (it is none of Keyhole's; choose pkcs7 or none)", excerpt(*text.padding)));
    return *padding;
}

void read_iv(const WorkbenchText& text, WorkbenchInput& out, Random& random) {
    if (text.iv) {
        if (out.settings.mode == Mode::ecb) {
            throw bad_input("an IV with mode ecb (ecb has no IV; leave --iv out or choose another --mode)");
        }
        out.iv = parse_block(*text.iv, "IV");
    } else if (out.settings.mode != Mode::ecb) {
        if (text.decrypt) {
            throw bad_input(fmt::format("no IV (decryption in {} begins with it; give that of the encryption)",
                                        name(out.settings.mode)));
        }
        out.iv = random.block();
        out.iv_drawn = true;
    }
}

} // namespace

bool WorkbenchReading::good(WorkbenchField field) const {
    return std::ranges::find(faults, field, &WorkbenchFault::field) == faults.end();
}

WorkbenchReading read_workbench(const WorkbenchText& text, Random random) {
    WorkbenchReading out;
    WorkbenchInput& input = out.input;
    const auto in_field = [&](WorkbenchField field, auto read) {
        try {
            read();
        } catch (const Error& error) {
            out.faults.push_back({field, error});
        }
    };
    input.direction = text.decrypt ? Direction::decrypt : Direction::encrypt;
    in_field(WorkbenchField::key, [&] { input.settings.key = parse_block(text.key, "key"); });
    if (text.mode) in_field(WorkbenchField::mode, [&] { input.settings.mode = read_mode(*text.mode); });
    in_field(WorkbenchField::padding, [&] { input.settings.padding = read_padding(text); });
    if (out.good(WorkbenchField::mode)) in_field(WorkbenchField::iv, [&] { read_iv(text, input, random); });
    in_field(WorkbenchField::data, [&] { input.data = read_data(text); });
    return out;
}

WorkbenchInput resolve(const WorkbenchText& text, Random random) {
    WorkbenchReading reading = read_workbench(text, std::move(random));
    if (!reading.faults.empty()) throw reading.faults.front().error;
    return std::move(reading.input);
}

} // namespace keyhole
