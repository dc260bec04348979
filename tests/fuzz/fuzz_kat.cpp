// Known-answer files, whose first byte chooses the name (from which the mode may be told). A failure names a line of
// the file, and every record that can be opened as a trace can really be.
#include <algorithm>

#include "core/kat/kat.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using namespace keyhole;
using namespace keyhole::fuzz;

void check(const KatFile& file, std::size_t lines) {
    hold(!file.results.empty(), "a file without a record is refused");
    hold(file.passed() + file.failed() == file.results.size(), "every record passes or fails");
    for (const KatResult& result : file.results) {
        hold(result.line >= 1 && result.line <= lines, "a record stands in the file");
        if (result.failure) {
            hold(result.failure->line >= result.line && result.failure->line <= lines, "a failure stands in the file");
            hold(result.failure->expected != result.failure->got, "a failure is a difference", result.failure->got);
        }
        if (const auto* des = std::get_if<KatDes>(&result.trace)) {
            accepted([&] { record_des(des->settings, des->direction, des->iv, des->data); });
        } else if (const auto* power = std::get_if<PowerSettings>(&result.trace)) {
            accepted([&] { record_power(*power); });
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view text = text_of(data + 1, size - 1);
    // A line may end in LF, CR LF or CR.
    const auto lines =
        static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return c == '\n' || c == '\r'; }));
    accepted([&] {
        if (const auto file = run_kat_text(data[0] % 2 == 0 ? "TECBfuzz.rsp" : "TCBCfuzz.rsp", text)) {
            check(*file, lines + 1);
        }
    });
    return 0;
}
