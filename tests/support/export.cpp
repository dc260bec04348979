#include "tests/support/export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "core/csv/csv.hpp"
#include "core/csv/csv_reader.hpp"
#include "tests/support/verdict.hpp"

namespace keyhole::testing {

Cells read_cells(const std::filesystem::path& path) {
    Cells out;
    for (csv::Reader reader(path); reader.next();) {
        out.emplace_back();
        for (std::size_t i = 0; i < reader.size(); ++i) out.back().emplace_back(reader.cell(i));
    }
    return out;
}

std::string joined(const Cells& cells) {
    std::string out;
    for (const auto& row : cells) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            const bool plain = row[i].find_first_of(",\"\r\n") == std::string::npos;
            std::string cell;
            for (const char c : row[i]) cell += c == '"' ? std::string("\"\"") : std::string(1, c);
            out += (i == 0 ? "" : ",") + (plain ? row[i] : '"' + cell + '"');
        }
        out += "\r\n";
    }
    return out;
}

std::size_t column_of(const Cells& cells, const std::string& name) {
    const auto found = std::ranges::find(cells[0], name);
    if (found == cells[0].end()) throw std::invalid_argument(name);
    return static_cast<std::size_t>(found - cells[0].begin());
}

Cells only(const Cells& cells, const std::vector<std::string>& names) {
    Cells out(cells.size());
    for (const std::string& name : names) {
        for (std::size_t row = 0; row < cells.size(); ++row) out[row].push_back(cells[row][column_of(cells, name)]);
    }
    return out;
}

std::string altered(const std::string& cell, std::uint64_t random) {
    const auto is_digit = [](unsigned char c) { return std::isdigit(c) != 0; };
    if (cell == "encrypt" || cell == "decrypt") return cell == "encrypt" ? "decrypt" : "encrypt";
    if (cell.empty()) return "7";
    if (std::ranges::all_of(cell, is_digit) && cell.size() < 18)
        return fmt::to_string(std::stoull(cell) + 1 + random % 3);
    std::string out = cell;
    const std::size_t first = cell.starts_with("0x") ? 2 : 0;
    char& one = out[first + random % (cell.size() - first)];
    const std::string kind = first == 2                                  ? "0123456789ABCDEF"
                             : is_digit(static_cast<unsigned char>(one)) ? "123456789"
                                                                         : "abcdefghijk";
    const std::size_t at = kind.find(one);
    one = kind[at == std::string::npos ? random % kind.size() : (at + 1 + random % (kind.size() - 1)) % kind.size()];
    return out;
}

Export::Export(const Recording& recording) {
    write_csv(recording, folder_.path());
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
        files_[entry.path().filename().string()] = read_cells(entry.path());
}

std::vector<std::string> Export::files() const {
    std::vector<std::string> out;
    for (const auto& [name, cells] : files_) out.push_back(name);
    return out;
}

const std::string& Export::cell(const std::string& file, std::size_t row, const std::string& column) const {
    return cells(file).at(row)[column_of(cells(file), column)];
}

void Export::keep(const std::vector<std::string>& files) {
    for (const std::string& name : this->files()) {
        if (std::ranges::find(files, name) != files.end()) continue;
        std::filesystem::remove(folder_.path() / name);
        files_.erase(name);
    }
}

void Export::keep_columns(const std::string& file, const std::vector<std::string>& columns) {
    files_.at(file) = only(cells(file), columns);
    write_text(folder_.path() / file, joined(cells(file)));
}

std::string Export::said() const { return verdict(folder_.path()); }

std::string Export::with_cells(const std::string& file, const Cells& cells) {
    write_text(folder_.path() / file, joined(cells));
    const std::string out = said();
    write_text(folder_.path() / file, joined(this->cells(file)));
    return out;
}

std::string Export::with(const std::string& file, std::size_t row, const std::string& column,
                         const std::string& value) {
    Cells other = cells(file);
    other.at(row)[column_of(other, column)] = value;
    return with_cells(file, other);
}

std::string Export::without(const std::string& file, std::size_t row) {
    Cells other = cells(file);
    other.erase(other.begin() + static_cast<std::ptrdiff_t>(row));
    return with_cells(file, other);
}

std::string Export::doubled(const std::string& file, std::size_t row) {
    Cells other = cells(file);
    const auto copy = other.at(row);
    other.insert(other.begin() + static_cast<std::ptrdiff_t>(row), copy);
    return with_cells(file, other);
}

std::string Export::named(const std::string& file, std::size_t row, const std::string& column, const std::string& value,
                          const std::string& expected) const {
    return fmt::format("{}:{}: {} is {}, expected {}", file, row + 1, column, value.empty() ? "empty" : value,
                       expected);
}

} // namespace keyhole::testing
