#include "core/csv/csv_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.hpp"

namespace keyhole::csv {
namespace {

constexpr std::string_view no_break_space = "\xC2\xA0";

} // namespace

std::string_view trimmed(std::string_view text) {
    while (true) {
        if (text.starts_with(' ') || text.starts_with('\t')) {
            text.remove_prefix(1);
        } else if (text.ends_with(' ') || text.ends_with('\t')) {
            text.remove_suffix(1);
        } else if (text.starts_with(no_break_space)) {
            text.remove_prefix(no_break_space.size());
        } else if (text.ends_with(no_break_space)) {
            text.remove_suffix(no_break_space.size());
        } else {
            return text;
        }
    }
}

void Reader::malformed(std::string_view why) const {
    throw bad_input(fmt::format("{}:{} is no CSV ({}; write it as RFC 4180 has it)", name(), text_.line(), why));
}

void Reader::append(int c) {
    if (cells_.size() >= max_row_bytes) malformed("the row is too long");
    cells_ += static_cast<char>(c);
}

// After the opening quote, up to and including the closing one.
void Reader::read_quoted() {
    while (true) {
        const int c = text_.take();
        if (c == Text::end) malformed("a quoted cell never ends");
        if (c == '"' && text_.peek() != '"') return;
        if (c == '"') text_.take();
        append(c);
    }
}

// The first separator that stands in the table tells what separates all of its cells.
bool Reader::ends_cell(int c) {
    if (separator_ == 0 && (c == ',' || c == ';' || c == '\t')) separator_ = c;
    return c == separator_ || c == '\n' || c == '\r' || c == Text::end;
}

// One cell and what ends it; false when that is the end of the row.
bool Reader::read_cell() {
    const std::size_t begin = ends_.empty() ? 0 : ends_.back();
    bool quoted = false;
    int c = text_.take();
    for (; !ends_cell(c); c = text_.take()) {
        const bool blank = c == ' ' || c == '\t';
        if (quoted && !blank) malformed("something follows a closing quote");
        if (quoted) continue;
        if (c == '"') {
            if (!trimmed(std::string_view(cells_).substr(begin)).empty()) {
                malformed("a quote stands inside a cell that is not quoted");
            }
            cells_.resize(begin);
            read_quoted();
            quoted = true;
        } else {
            append(c);
        }
    }
    ends_.push_back(cells_.size());
    if (c == '\r' && text_.peek() == '\n') text_.take();
    return c == separator_;
}

bool Reader::read_row() {
    cells_.clear();
    ends_.clear();
    row_line_ = text_.line();
    if (text_.peek() == Text::end) return false;
    while (read_cell()) continue;
    return true;
}

bool Reader::next() {
    while (read_row()) {
        constexpr std::string_view sep = "sep=";
        if (row_line_ == 1 && cells_.starts_with(sep) && cells_.size() <= sep.size() + 1) {
            separator_ = cells_.size() > sep.size() ? cells_.back() : separator_;
            continue;
        }
        for (std::size_t i = 0; i < size(); ++i) {
            if (!trimmed(cell(i)).empty()) return true;
        }
    }
    return false;
}

} // namespace keyhole::csv
