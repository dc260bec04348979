#include "core/csv/csv_text.hpp"

#include <fmt/format.h>
#include <utf8.h>

#include <cerrno>
#include <cstring>
#include <iterator>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/file.hpp"

namespace keyhole::csv {
namespace {

constexpr std::size_t buffer_size = std::size_t{256} << 10;

bool is_high_surrogate(unsigned unit) { return unit >= 0xD800 && unit < 0xDC00; }

} // namespace

Text::Text(const std::filesystem::path& path)
    : in_(path, std::ios::binary), name_(escape_controls(path.filename().string())), buffer_(new char[buffer_size]) {
    const int error = errno;
    if (!in_ || std::filesystem::is_directory(path)) {
        throw io_error(fmt::format("cannot read {} ({}; check the name)", shown(path),
                                   in_ ? "it is a folder" : std::strerror(error)));
    }
    fill();
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
    if (!text_.starts_with("\xFF\xFE") && !text_.starts_with("\xFE\xFF")) return;
    encoding_ = text_[0] == '\xFF' ? Encoding::utf16_little : Encoding::utf16_big;
    text_.remove_prefix(2);
    append_utf16();
}

// Adds what was read as text; false at the end of the file.
bool Text::fill() {
    at_ = 0;
    text_ = {};
    while (text_.empty() && in_) {
        in_.read(buffer_.get(), buffer_size);
        if (in_.bad()) throw io_error(fmt::format("cannot read {} (the disk refuses; try again)", name_));
        text_ = {buffer_.get(), static_cast<std::size_t>(in_.gcount())};
        if (encoding_ != Encoding::utf8) append_utf16();
    }
    return !text_.empty();
}

void Text::append_utf16() {
    rest_ += text_;
    converted_.clear();
    const auto unit = [&](std::size_t at) {
        const auto first = static_cast<unsigned char>(rest_[at]), second = static_cast<unsigned char>(rest_[at + 1]);
        return static_cast<std::uint16_t>(encoding_ == Encoding::utf16_big ? first << 8 | second : second << 8 | first);
    };
    const bool last = !in_;
    std::u16string units;
    std::size_t at = 0;
    for (; at + 1 < rest_.size(); at += 2) {
        const bool cut = is_high_surrogate(unit(at)) && at + 3 >= rest_.size();
        if (cut && !last) break;
        units += static_cast<char16_t>(unit(at));
    }
    rest_.erase(0, at);
    try {
        if (last && !rest_.empty()) throw utf8::invalid_utf16(0);
        utf8::utf16to8(units.begin(), units.end(), std::back_inserter(converted_));
    } catch (const utf8::exception&) {
        throw bad_input(
            fmt::format("{} is no text (it begins as UTF-16, but holds what is none; save it as UTF-8)", name_));
    }
    text_ = converted_;
}

int Text::take() {
    const int c = peek();
    if (c == end) return c;
    ++at_;
    if (c == '\n' || (c == '\r' && peek() != '\n')) ++line_;
    return c;
}

} // namespace keyhole::csv
