// A true export with one digit of one cell changed to another: verify notices it, and where it names a cell, it names
// this one.
#include <map>
#include <vector>

#include "core/csv/csv.hpp"
#include "core/verify/verify.hpp"
#include "netsim/protocol/loopback.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/samples.hpp"

namespace {

using namespace keyhole;
using namespace keyhole::fuzz;

struct Export {
    explicit Export(const Recording& recording) {
        write_csv(recording, folder.path());
        for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
            texts[entry.path().filename()] = keyhole::testing::read_text(entry.path());
        }
    }
    keyhole::testing::TemporaryFolder folder;
    std::map<std::string, std::string> texts;
};

const std::vector<std::unique_ptr<Export>>& exports() {
    static const auto all = [] {
        std::vector<std::unique_ptr<Export>> out;
        // Short ones: every cell is checked in every run.
        out.push_back(std::make_unique<Export>(run_exchange({.group = *find_group("toy23"),
                                                             .random = Random::seeded("cell"),
                                                             .says = {{.role = Role::client, .text = "hi"}}})));
        out.push_back(std::make_unique<Export>(samples::workbench(Direction::encrypt, Mode::ecb, 9)));
        out.push_back(std::make_unique<Export>(samples::workbench(Direction::decrypt, Mode::ecb, 1)));
        out.push_back(std::make_unique<Export>(samples::power()));
        for (const auto& one : out) hold(!verify::check(one->folder.path()).wrong, "what was exported is true");
        return out;
    }();
    return all;
}

/// The name of the column at `place` of the text; empty in the header, in a text column and outside digits.
std::string number_column(const std::string& text, std::size_t place) {
    const std::size_t row = text.rfind('\n', place) + 1;
    if (row == 0 || text.substr(row, place - row).find('"') != std::string::npos) return {};
    const auto column = std::count(text.begin() + static_cast<std::ptrdiff_t>(row),
                                   text.begin() + static_cast<std::ptrdiff_t>(place), ',');
    std::size_t from = 0;
    for (std::ptrdiff_t i = 0; i < column; ++i) from = text.find(',', from) + 1;
    return text.substr(from, text.find_first_of(",\r\n", from) - from);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    FuzzedDataProvider in(data, size);
    const Export& original = *exports()[in.ConsumeIntegralInRange<std::size_t>(0, exports().size() - 1)];
    const auto file =
        std::next(original.texts.begin(), in.ConsumeIntegralInRange<std::ptrdiff_t>(0, std::ssize(original.texts) - 1));
    if (file->first == "exchange.csv") return 0; // words: what its cells may hold is not one digit's matter
    std::string text = file->second;
    const std::size_t place = in.ConsumeIntegralInRange<std::size_t>(0, text.size() - 1);
    constexpr std::string_view decimal = "0123456789", hex = "0123456789ABCDEF";
    const std::size_t cell = text.find_last_of(",\n", place) + 1;
    const bool is_hex = text.compare(cell, 2, "0x") == 0;
    const std::string_view digits = is_hex ? hex : decimal;
    if (digits.find(text[place]) == std::string_view::npos || (is_hex && place < cell + 2)) return 0;
    const std::string column = number_column(text, place);
    if (column.empty() || column == "operation") return 0;
    const char digit = digits[in.ConsumeIntegralInRange<std::size_t>(0, digits.size() - 1)];
    if (digit == text[place]) return 0;
    text[place] = digit;

    keyhole::testing::write_text(original.folder.path() / file->first, text);
    accepted([&] {
        const verify::Report report = verify::check(original.folder.path());
        const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(place), '\n');
        const std::string what = file->first + ":" + std::to_string(line) + " " + column;
        hold(report.wrong.has_value(), "a changed digit is noticed", what);
        const verify::WrongCell& wrong = *report.wrong;
        if (!wrong.doubt.empty()) return;
        hold(wrong.file == file->first && wrong.line == static_cast<std::uint64_t>(line) && wrong.column == column,
             "the changed cell is named", what + ", named: " + wrong.text());
    });
    keyhole::testing::write_text(original.folder.path() / file->first, file->second);
    return 0;
}
