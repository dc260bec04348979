#include "core/csv/csv_reader.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/file.hpp"

namespace keyhole::csv {
namespace {

constexpr std::size_t buffer_size = std::size_t{256} << 10;
constexpr int end_of_file = -1;

} // namespace

Reader::Reader(const std::filesystem::path& path)
    : in_(path, std::ios::binary), name_(escape_controls(path.filename().string())), buffer_(new char[buffer_size]) {
    const int error = errno;
    if (!in_ || std::filesystem::is_directory(path)) {
        throw io_error(fmt::format("cannot read {} ({}; check the name)", shown(path),
                                   in_ ? "it is a folder" : std::strerror(error)));
    }
    in_.read(buffer_.get(), buffer_size);
    filled_ = static_cast<std::size_t>(in_.gcount());
    if (std::string_view(buffer_.get(), filled_).starts_with("\xEF\xBB\xBF")) at_ = 3;
}

int Reader::peek() {
    if (at_ == filled_) {
        at_ = filled_ = 0;
        if (!in_) return end_of_file;
        in_.read(buffer_.get(), buffer_size);
        filled_ = static_cast<std::size_t>(in_.gcount());
        if (in_.bad()) throw io_error(fmt::format("cannot read {} (the disk refuses; try again)", name_));
        if (filled_ == 0) return end_of_file;
    }
    return static_cast<unsigned char>(buffer_[at_]);
}

int Reader::take() {
    const int c = peek();
    if (c == end_of_file) return c;
    ++at_;
    if (c == '\n') ++line_;
    return c;
}

void Reader::malformed(std::string_view why) const {
    throw bad_input(fmt::format("{}:{} is no CSV ({}; write it as RFC 4180 has it)", name_, line_, why));
}

// After the opening quote, up to and including the closing one.
void Reader::read_quoted() {
    while (true) {
        const int c = take();
        if (c == end_of_file) malformed("a quoted cell never ends");
        if (c == '"' && peek() != '"') return;
        if (c == '"') take();
        if (text_.size() >= max_row_bytes) malformed("the row is too long");
        text_ += static_cast<char>(c);
    }
}

bool Reader::next() {
    text_.clear();
    ends_.clear();
    while (peek() == '\n' || peek() == '\r') take(); // blank lines
    row_line_ = line_;
    if (peek() == end_of_file) return false;
    while (true) {
        const bool quoted = peek() == '"';
        if (quoted) {
            take();
            read_quoted();
        }
        int c = take();
        for (; c != ',' && c != '\n' && c != '\r' && c != end_of_file; c = take()) {
            if (quoted) malformed("something follows a closing quote");
            if (c == '"') malformed("a quote stands inside a cell that is not quoted");
            if (text_.size() >= max_row_bytes) malformed("the row is too long");
            text_ += static_cast<char>(c);
        }
        ends_.push_back(text_.size());
        if (c == '\r' && peek() == '\n') take();
        if (c != ',') return true;
    }
}

} // namespace keyhole::csv
