#include "core/workbench.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/file.hpp"

namespace keyhole {
namespace {

std::string quoted(const std::string& text) { return "'" + escape_controls(text.substr(0, 40)) + "'"; }

Bytes read_data(const WorkbenchText& text) {
    const int given = (text.hex ? 1 : 0) + (text.text ? 1 : 0) + (text.file ? 1 : 0);
    if (given == 0) throw bad_input("no input (nothing to work on; give --hex H, --text T or --in FILE)");
    if (given > 1) throw bad_input("more than one input (they contradict; give one of --hex, --text and --in)");
    if (text.file == "-") {
        throw bad_input("--in - is no file (standard input has a name here; write --in /dev/stdin)");
    }
    if (text.file) return to_bytes(read_file(*text.file, max_workbench_bytes));
    if (text.text) {
        if (!is_utf8(*text.text)) throw bad_input("the text is not UTF-8 (give other bytes with --hex or --in)");
        return to_bytes(*text.text);
    }
    const auto bytes = from_hex(*text.hex);
    if (!bytes)
        throw bad_input(fmt::format("{} is not hex (two digits 0-9, A-F are needed for each byte)", quoted(*text.hex)));
    return *bytes;
}

} // namespace

WorkbenchInput resolve(const WorkbenchText& text, Random random) {
    WorkbenchInput out;
    out.settings.key = parse_block(text.key, "key");
    if (text.mode) {
        const auto mode = find_mode(*text.mode);
        if (!mode) throw bad_input(fmt::format("no mode {} (choose ecb, cbc or ctr)", quoted(*text.mode)));
        out.settings.mode = *mode;
    }
    out.settings.padding = text.hex ? Padding::none : Padding::pkcs7;
    if (text.padding) {
        const auto padding = find_padding(*text.padding);
        if (!padding) throw bad_input(fmt::format("no padding {} (choose pkcs7 or none)", quoted(*text.padding)));
        out.settings.padding = *padding;
    }
    out.stage = text.decrypt ? Stage::decrypt : Stage::encrypt;
    if (text.iv) {
        if (out.settings.mode == Mode::ecb) {
            throw bad_input("an IV with mode ecb (ecb has no IV; leave --iv out or choose --mode cbc or ctr)");
        }
        out.iv = parse_block(*text.iv, "IV");
    } else if (out.settings.mode != Mode::ecb) {
        if (text.decrypt) {
            throw bad_input(fmt::format("no IV (to decrypt in {} the IV of the encryption is needed; give --iv)",
                                        name(out.settings.mode)));
        }
        out.iv = random.block();
        out.iv_drawn = true;
    }
    out.data = read_data(text);
    return out;
}

} // namespace keyhole
