// The text of a table file, byte by byte in UTF-8, however a spreadsheet wrote it: UTF-8 with or without a byte order
// mark, or UTF-16 with one (Excel's "Unicode text"). Memory stays flat however long the file is.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>

namespace keyhole::csv {

class Text {
  public:
    static constexpr int end = -1;

    /// Throws Error (io) when the file cannot be read.
    explicit Text(const std::filesystem::path& path);

    /// The next byte, or `end`; `take` passes it. Throws Error: io when the disk refuses, bad_input for what is no
    /// UTF-16 in a file that begins as UTF-16.
    int peek() {
        if (at_ == text_.size() && !fill()) return end;
        return static_cast<unsigned char>(text_[at_]);
    }
    int take();

    /// The line of the next byte (1 is the first), and the file's name without its folder. Lines end with LF, CR LF or
    /// CR.
    std::uint64_t line() const { return line_; }
    const std::string& name() const { return name_; }

  private:
    enum class Encoding : std::uint8_t { utf8, utf16_little, utf16_big };

    bool fill();
    void append_utf16();

    std::ifstream in_;
    std::string name_;
    std::unique_ptr<char[]> buffer_;
    std::string_view text_;        // what is to be read: in buffer_, or in converted_
    std::string converted_, rest_; // rest_: what of the UTF-16 read so far is no whole character yet
    std::size_t at_ = 0;
    std::uint64_t line_ = 1;
    Encoding encoding_ = Encoding::utf8;
};

} // namespace keyhole::csv
