#include "classroom/class_line.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/bytes.hpp"
#include "core/base/utf8.hpp"
#include "core/base/words.hpp"
#include "core/steps/address.hpp"
#include "netsim/lecture/lecture_line.hpp"

namespace keyhole::classroom {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr int deepest = 2; // levels of JSON: an object with plain fields

// What moves the cursor, hides or turns the direction of a line would spoil the list of names, or look like no name.
bool is_plain(std::string text) {
    if (!is_visible(text)) return false;
    std::erase(text, '\\'); // escape_controls() doubles it, and it does no harm here
    return escape_controls(text) == text;
}

const std::string* text_in(const json& object, const char* field) {
    const auto found = object.find(field);
    return found == object.end() ? nullptr : found->get_ptr<const std::string*>();
}

bool is_id(std::string_view text) {
    return text.size() == id_digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

ClassLine read_join(const json& object) {
    JoinLine join;
    if (object.contains("id")) {
        const std::string* id = text_in(object, "id");
        if (id == nullptr || !is_id(*id)) return NoLine{"an id is the one that the class gave"};
        join.id = *id;
    }
    if (!object.contains("name"))
        return join.id.empty() ? ClassLine(NoLine{"who joins needs a name"}) : ClassLine(join);
    const std::string* name = text_in(object, "name");
    if (name == nullptr) return NoLine{"a name is text"};
    join.name = trimmed(*name);
    if (characters(join.name).size() > longest_name)
        return NoLine{fmt::format("a name has at most {} characters", longest_name)};
    if (join.name.empty()) return NoLine{"a name has at least one character"};
    if (!is_plain(join.name)) return NoLine{"a name is of characters that can be seen"};
    return join;
}

ClassLine read_answer(const json& object) {
    const auto number = object.find("question");
    if (number == object.end() || !number->is_number_unsigned())
        return NoLine{"an answer has the number of its question"};
    const std::string* answer = text_in(object, "answer");
    if (answer == nullptr) return NoLine{"an answer is text"};
    return AnswerLine{number->get<std::uint64_t>(), *answer};
}

ClassLine read_at(const json& object) {
    const std::string* address = text_in(object, "address");
    if (address == nullptr || address->size() > longest_place || !parse_address(*address))
        return NoLine{"a place is the address of a step"};
    return AtLine{*address};
}

std::string text_of(const ordered_json& line) { return line.dump(-1, ' ', false, json::error_handler_t::replace); }

} // namespace

ClassLine read_class_line(std::string_view line) {
    if (line.size() > longest_line) return NoLine{fmt::format("a line has at most {} bytes", longest_line)};
    bool too_deep = false;
    const auto shallow = [&](int depth, json::parse_event_t, json&) {
        too_deep = too_deep || depth > deepest;
        return !too_deep;
    };
    const json object = json::parse(line, shallow, false);
    if (too_deep || !object.is_object()) return NoLine{"a line is one JSON object with plain fields"};
    const std::string* type = text_in(object, "type");
    if (type == nullptr) return NoLine{"a line has a type"};
    if (*type == "join") return read_join(object);
    if (*type == "answer") return read_answer(object);
    if (*type == "at") return read_at(object);
    return NoLine{"a line is join, answer or at"};
}

std::string joined_line(const std::string& id, const std::string& name) {
    return text_of({{"type", "joined"}, {"id", id}, {"name", name}});
}

std::string ask_line(std::uint64_t number, const Question& question) {
    ordered_json line = {{"type", "ask"}, {"question", number}, {"address", question.address}};
    if (question.choices.empty()) {
        line["value"] = question.value;
        line["bits"] = question.bits;
    } else {
        line["choices"] = question.choices;
    }
    line["words"] = question.words;
    return text_of(line);
}

std::string closed_line(std::uint64_t number, const Counts& counts) {
    return text_of({{"type", "closed"}, {"question", number}, {"counts", counts}});
}

std::string revealed_line(std::uint64_t number, const Question& question, const Counts& counts) {
    return text_of({{"type", "revealed"}, {"question", number}, {"answer", question.right}, {"counts", counts}});
}

std::string answered_line(std::uint64_t number, const std::string& answer) {
    return text_of({{"type", "answered"}, {"question", number}, {"answer", answer}});
}

std::string not_taken_line(std::uint64_t number, std::string_view why) {
    return text_of({{"type", "not_taken"}, {"question", number}, {"why", why}});
}

} // namespace keyhole::classroom
