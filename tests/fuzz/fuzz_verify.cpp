// Hand-made CSV files: a line `=== NAME` begins each. Whatever they hold, verify either refuses them or has an answer:
// all is well, or one cell of one of these files.
#include <array>
#include <map>

#include "core/verify/verify.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/recordings.hpp"

namespace {

using namespace keyhole;
using namespace keyhole::fuzz;

std::map<std::string, std::string> split(std::string_view text) {
    constexpr std::array names = {"blocks.csv",      "rounds.csv", "sboxes.csv",
                                  "keyschedule.csv", "modexp.csv", "exchange.csv"};
    constexpr std::string_view mark = "=== ";
    std::map<std::string, std::string> files;
    for (std::size_t at = text.find(mark); at != std::string_view::npos;) {
        const std::size_t next = text.find(mark, at + 1);
        const std::string_view part =
            text.substr(at + mark.size(), next == text.npos ? text.npos : next - at - mark.size());
        const std::size_t line = part.find('\n');
        for (const std::string_view name : names) {
            if (part.substr(0, line) == name && line != part.npos) files[std::string(name)] = part.substr(line + 1);
        }
        at = next;
    }
    return files;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const keyhole::testing::TemporaryFolder folder;
    const auto files = split(text_of(data, size));
    for (const auto& [name, text] : files) keyhole::testing::write_text(folder.path() / name, text);
    accepted([&] {
        const verify::Report report = verify::check(folder.path());
        if (!report.wrong) return hold(report.files.size() == files.size(), "every file was checked");
        const verify::WrongCell& wrong = *report.wrong;
        hold_clean(wrong.text());
        hold(files.contains(wrong.file), "the wrong cell is in one of the files", wrong.text());
        const std::string& text = files.at(wrong.file);
        const auto lines =
            static_cast<std::uint64_t>(std::ranges::count_if(text, [](char c) { return c == '\n' || c == '\r'; }));
        hold(wrong.line <= lines + 1, "the wrong cell is on one of its lines", wrong.text());
        hold(wrong.value.empty() || wrong.value != wrong.expected, "a wrong cell is not what is expected",
             wrong.text());
    });
    for (const auto& [name, text] : files) std::filesystem::remove(folder.path() / name);
    return 0;
}
