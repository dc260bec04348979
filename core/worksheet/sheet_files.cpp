#include "core/worksheet/sheet_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "core/base/choice.hpp"
#include "core/base/file.hpp"
#include "core/base/words.hpp"
#include "core/csv/csv_field.hpp"
#include "core/recording/json_object.hpp"
#include "core/worksheet/handed_in.hpp"
#include "core/worksheet/sheet_numbers.hpp"
#include "core/worksheet/sheet_page.hpp"

namespace keyhole::worksheet {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_sheet_file = std::size_t{1} << 20;
constexpr std::size_t most_columns = 64;

// All that the seal vouches for.
std::string sealed_text(const SheetSettings& settings, const std::vector<std::string>& blanks) {
    return nlohmann::ordered_json{{"fade", settings.fade}, {"columns", settings.columns}, {"blanks", blanks}}.dump();
}

std::vector<std::string> places(const Sheet& sheet) {
    std::vector<std::string> out;
    for (const CellId id : sheet.blanks()) out.push_back(sheet.place(id));
    return out;
}

std::string seal_of(const SheetSettings& settings, const std::vector<std::string>& blanks, std::string_view seed) {
    return SheetNumbers(seed, settings.student, name(settings.kind)).seal(sealed_text(settings, blanks));
}

std::vector<std::string> texts(const JsonObject& object, const std::string& field) {
    std::vector<std::string> out;
    for (const nlohmann::json& one : object.array(field)) {
        if (!one.is_string())
            throw bad_input(fmt::format("sheet.json: {} holds something that is no text (make the sheet anew)", field));
        out.push_back(one.get<std::string>());
    }
    return out;
}

void create(const fs::path& folder) {
    std::error_code code;
    fs::create_directories(folder, code);
    if (code)
        throw io_error(fmt::format("cannot create {} ({}; choose another folder)", shown(folder), code.message()));
}

// Several files that get their names together.
class Files {
  public:
    explicit Files(fs::path folder) : folder_(std::move(folder)) { create(folder_); }

    void add(const std::string& name, std::string_view bytes) {
        writers_.push_back(std::make_unique<FileWriter>(folder_ / name));
        writers_.back()->write(bytes);
    }
    void commit() {
        for (const auto& writer : writers_) writer->finish();
        for (const auto& writer : writers_) writer->commit();
    }

  private:
    fs::path folder_;
    std::vector<std::unique_ptr<FileWriter>> writers_;
};

void write_all(const fs::path& folder, const Sheet& sheet, std::string_view seed, bool solved) {
    Files files(folder);
    files.add("worksheet.html", sheet_page(sheet, solved));
    for (const SheetTable& table : sheet.tables) files.add(table.file, table_csv(sheet, table, solved));
    files.add("sheet.json", sheet_json(sheet, seed));
    files.commit();
}

// "rounds.handed-in.csv", or with a number where that is taken.
fs::path free_name(const fs::path& path) {
    for (unsigned n = 1;; ++n) {
        fs::path out = path;
        out.replace_extension(n == 1 ? std::string(".handed-in.csv") : fmt::format(".handed-in.{}.csv", n));
        std::error_code code;
        if (!fs::exists(out, code)) return out;
    }
}

} // namespace

std::string table_csv(const Sheet& sheet, const SheetTable& table, bool solved) {
    std::string out = fmt::format("{}\r\n", fmt::join(table.columns, ","));
    for (const auto& row : table.rows) {
        std::string line;
        for (const CellId id : row) {
            const SheetCell& cell = sheet.cells[id];
            if (!line.empty() || cell.column > 0) line += ',';
            if (solved || !cell.blank) line += csv::field(cell.text);
        }
        out += line + "\r\n";
    }
    return out;
}

std::string sheet_json(const Sheet& sheet, std::string_view seed) {
    const SheetSettings& s = sheet.settings;
    nlohmann::ordered_json given = nlohmann::ordered_json::object();
    for (const auto& [what, text] : sheet.given) given[what] = text;
    const std::vector<std::string> blanks = places(sheet);
    return nlohmann::ordered_json{{"kind", name(s.kind)},
                                  {"student", s.student},
                                  {"fade", s.fade},
                                  {"columns", s.columns},
                                  {"given", std::move(given)},
                                  {"blanks", blanks},
                                  {"seal", seal_of(s, blanks, seed)}}
               .dump(1) +
           "\n";
}

SheetFile read_sheet_file(const fs::path& folder) {
    const fs::path path = folder / "sheet.json";
    const std::string text = read_file(path, longest_sheet_file);
    const auto document = nlohmann::json::parse(text, nullptr, false);
    if (!document.is_object())
        throw bad_input(
            fmt::format("{} is no JSON object (it was altered; take the one that came with the sheet)", shown(path)));
    try {
        const JsonObject object(document, "");
        SheetFile out;
        out.settings.kind = object.word("kind", [](const std::string& word) { return find_named(every_kind, word); });
        out.settings.student = object.text("student");
        const std::uint64_t fade = object.count("fade");
        out.settings.fade = static_cast<unsigned>(std::min<std::uint64_t>(fade, most_faded + 1));
        out.settings.columns = texts(object, "columns");
        out.blanks = texts(object, "blanks");
        out.seal = object.text("seal");
        if (out.settings.columns.size() > most_columns) throw bad_input("it names too many columns");
        return out;
    } catch (const Error& error) {
        throw bad_input(fmt::format("{} is no worksheet's: {}", shown(path), error.what()));
    }
}

bool is_sealed(const SheetFile& file, const Sheet& sheet, std::string_view seed) {
    return file.blanks == places(sheet) && file.seal == seal_of(file.settings, file.blanks, seed);
}

Filled filled(const fs::path& folder, const Sheet& sheet) {
    bool any = false;
    for (std::size_t i = 0; i < sheet.tables.size(); ++i) {
        std::error_code code;
        if (!fs::exists(folder / sheet.tables[i].file, code)) continue;
        any = true;
        const HandedIn there = read_handed_in(folder, sheet, i);
        for (const CellId id : sheet.blanks()) {
            if (sheet.cells[id].table == i && there.cells.contains(id) && !there.cells.at(id).text.empty())
                return Filled::something;
        }
    }
    return any ? Filled::nothing : Filled::missing;
}

void write_sheet(const fs::path& folder, const Sheet& sheet, std::string_view seed) {
    Filled there = Filled::missing;
    try {
        there = filled(folder, sheet);
    } catch (const Error&) {
        there = Filled::something; // a table that cannot be read is somebody's
    }
    if (there == Filled::something) {
        throw bad_input(
            fmt::format("{} holds a sheet that is filled in (a new one would take its place; choose another --out)",
                        shown(folder)));
    }
    write_all(folder, sheet, seed, false);
}

std::vector<std::string> write_solution(const fs::path& folder, const Sheet& sheet, std::string_view seed) {
    std::vector<std::string> kept;
    create(folder);
    for (const SheetTable& table : sheet.tables) {
        const fs::path path = folder / table.file;
        std::error_code code;
        if (!fs::exists(path, code)) continue;
        const std::string there = read_file(path, longest_table);
        if (there == table_csv(sheet, table, false) || there == table_csv(sheet, table, true)) continue;
        const fs::path other = free_name(path);
        write_file(other, there);
        kept.push_back(other.filename().string());
    }
    write_all(folder, sheet, seed, true);
    return kept;
}

} // namespace keyhole::worksheet
