// What a lecturer types while a class goes on, one command a line.
#pragma once

#include <string>
#include <string_view>
#include <variant>

namespace keyhole::cli {

/// A move of --step: n i o b s e u r, g ADDRESS, or an empty line.
struct MoveWord {
    std::string line;
};
/// ask VALUE, ask VALUE at ADDRESS; with neither, the lesson's next question.
struct AskWord {
    std::string value, address;
};
/// ask choices A|B|C
struct ChoicesWord {
    std::string choices;
};
enum class PlainWord { close, reveal, who, help, quit };

using ClassWord = std::variant<MoveWord, AskWord, ChoicesWord, PlainWord>;

/// Throws Error (bad_input) for an ask that nobody can follow; what it does not know is a move, for the stepper to
/// judge.
ClassWord read_class_word(std::string_view line);

} // namespace keyhole::cli
