#include "cli/terminal/key_line.hpp"

#include <utility>

namespace keyhole::cli {
namespace {

constexpr char escape = '\x1B', backspace = '\b', rub_out = '\x7F', kill_line = '\x15';
constexpr std::size_t longest_line = 4096, longest_escape = 16; // bytes

bool continues_a_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80; }
bool is_control(char byte) { return static_cast<unsigned char>(byte) < 0x20; }

// The last character of a line that is shown; empty: there is none.
void drop_last(std::string& line, std::string& echo) {
    if (line.empty()) return;
    while (line.size() > 1 && continues_a_character(line.back())) line.pop_back();
    line.pop_back();
    echo += "\b \b";
}

} // namespace

std::optional<std::string> KeyLine::take(char byte, std::string& echo) {
    echo.clear();
    if (!escape_.empty()) return take_escape(byte, echo);
    if (byte == escape) {
        escape_ = byte;
    } else if (byte == '\n' || byte == '\r') {
        echo = "\n";
        return std::exchange(line_, {});
    } else if (byte == end_of_input && line_.empty()) {
        return std::string(1, byte);
    } else if (byte == backspace || byte == rub_out) {
        drop_last(line_, echo);
    } else if (byte == kill_line) {
        while (!line_.empty()) drop_last(line_, echo);
    } else if (!is_control(byte) && line_.size() < longest_line) {
        line_ += byte;
        echo = byte;
    }
    return std::nullopt;
}

// `ESC [ parameters letter` or `ESC O letter`, as ECMA-48 and terminals have them.
std::optional<std::string> KeyLine::take_escape(char byte, std::string& echo) {
    escape_ += byte;
    const bool begins = escape_.size() == 2 && (byte == '[' || byte == 'O');
    const bool goes_on = escape_.size() > 2 && byte < '@' && escape_.size() < longest_escape;
    if (begins || goes_on) return std::nullopt;
    std::string key = std::exchange(escape_, {});
    if (!line_.empty() || key.size() == 2) return std::nullopt; // in the middle of a line, or no key of its own
    echo = "\n";
    return key;
}

} // namespace keyhole::cli
