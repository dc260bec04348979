#include "cli/classroom/class_words.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "core/base/choice.hpp"
#include "core/base/words.hpp"

namespace keyhole::cli {
namespace {

std::string_view take_word(std::string_view& line) {
    line = trimmed(line);
    const std::size_t end = std::min(line.find_first_of(white_space), line.size());
    const std::string_view word = line.substr(0, end);
    line = trimmed(line.substr(end));
    return word;
}

struct Named {
    std::string_view word;
    PlainWord means;
};
constexpr std::array plain_words = {
    Named{"close", PlainWord::close}, Named{"reveal", PlainWord::reveal}, Named{"who", PlainWord::who},
    Named{"help", PlainWord::help},   Named{"?", PlainWord::help},        Named{"h", PlainWord::help},
    Named{"quit", PlainWord::quit},   Named{"q", PlainWord::quit},        Named{"exit", PlainWord::quit},
};

ClassWord read_ask(std::string_view rest) {
    const std::string_view value = take_word(rest);
    if (same_word(value, "choices")) return ChoicesWord{std::string(rest)};
    if (rest.empty()) return AskWord{std::string(value), {}};
    std::string_view address = rest;
    if (!same_word(take_word(address), "at") || address.empty() ||
        address.find_first_of(white_space) != std::string_view::npos)
        throw bad_input(
            "ask VALUE, ask VALUE at ADDRESS or ask choices A|B|C (one value; what follows it is no address)");
    return AskWord{std::string(value), std::string(address)};
}

} // namespace

ClassWord read_class_word(std::string_view line) {
    std::string_view rest = line;
    const std::string_view word = take_word(rest);
    if (same_word(word, "ask")) return read_ask(rest);
    const auto* plain = std::ranges::find_if(plain_words, [&](const Named& one) { return same_word(one.word, word); });
    if (plain != plain_words.end() && rest.empty()) return plain->means;
    return MoveWord{std::string(line)};
}

} // namespace keyhole::cli
