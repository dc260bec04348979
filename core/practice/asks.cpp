#include "core/practice/asks.hpp"

#include <algorithm>

#include "core/practice/answer.hpp"
#include "core/practice/ask_table.hpp"
#include "core/steps/address.hpp"

namespace keyhole::practice {
namespace {

constexpr std::size_t widest_power = 32; // bits of a modulus with which a person reckons
constexpr std::size_t longest_message = 64;

std::string quoted(const Step& step, std::string_view what) {
    const std::string_view name = what.substr(0, what.find(':'));
    const Datum& datum = *step.find(name);
    if (what.ends_with(":bits")) return plain_binary(std::get<Bits>(datum));
    if (what.ends_with(":places")) return std::get<Count>(datum).value == 1 ? "one place" : "two places";
    return full_text(datum);
}

std::string rule_text(const Step& step, std::string_view rule) {
    std::string out;
    while (!rule.empty()) {
        const std::size_t open = std::min(rule.find('{'), rule.size());
        out += rule.substr(0, open);
        rule.remove_prefix(open);
        if (rule.empty()) break;
        const std::size_t close = rule.find('}');
        out += quoted(step, rule.substr(1, close - 1));
        rule.remove_prefix(close + 1);
    }
    return out;
}

// The same value, kept alive by itself.
Datum owned(const Datum& datum) {
    const auto* bytes = std::get_if<Octets>(&datum);
    if (bytes == nullptr) return datum;
    Octets out = octets(Bytes(bytes->view.begin(), bytes->view.end()));
    out.text = bytes->text;
    return out;
}

bool by_hand(const Datum& datum) {
    if (const auto* big = std::get_if<BigValue>(&datum)) return big->bits <= widest_power;
    if (const auto* bytes = std::get_if<Octets>(&datum))
        return bytes->view.size() <= longest_message && !bytes->view.empty();
    if (const auto* count = std::get_if<Count>(&datum)) return count->value <= 0xFFFFFFFF;
    return true;
}

// Counts have no width of their own: as wide as all counts of the question need, so that it does not tell the answer.
unsigned width_of(const Question& question) {
    if (!std::holds_alternative<Count>(question.expected)) return static_cast<unsigned>(bit_size(question.expected));
    std::uint64_t most = std::get<Count>(question.expected).value;
    for (const Value& value : question.given) {
        if (const auto* count = std::get_if<Count>(&value.datum)) most = std::max(most, count->value);
    }
    return most < 256 ? 8 : 32;
}

bool gives_itself_away(const Question& question) {
    const auto answer = number_in(question.expected);
    return !answer || std::ranges::any_of(question.given, [&](const Value& v) { return number_in(v.datum) == answer; });
}

// Whether a variant of DES does something else there than the rule says: then there is no such question.
bool rule_holds(const Trace& trace, const Node& node, const Ask& ask) {
    const des::Variant& variant = trace.recording().variant;
    switch (node.kind()) {
        case Kind::ip:
        case Kind::fp: return variant.has_ip;
        case Kind::permute: return variant.has_p;
        case Kind::schedule: return ask.kind != QuestionKind::weak || variant.is_des();
        case Kind::schedule_round: {
            const auto round = static_cast<unsigned>(node.last().number);
            return ask.value != "subkey" || des::subkey_source(variant.subkeys, round) == round;
        }
        default: return true;
    }
}

// What has to be known beside the step's own values.
void add_settings(const Trace& trace, Question& question) {
    const auto& parameters = trace.recording().parameters;
    if (question.kind == QuestionKind::derive && parameters)
        question.given.insert(question.given.begin(), {"kdf", Word{std::string(dh::name(parameters->kdf))}});
}

} // namespace

std::vector<Question> questions_at(const Trace& trace, const Node& node) {
    std::vector<Question> out;
    if (std::ranges::find(asks(), node.kind(), &Ask::step) == asks().end()) return out;
    const Step step = trace.step(node);
    for (const Ask& ask : asks()) {
        if (ask.step != node.kind() || step.find(ask.value) == nullptr) continue;
        if (!std::ranges::all_of(ask.given, [&](std::string_view name) { return step.find(name) != nullptr; }))
            continue;
        if (!ask.when(trace, step) || !rule_holds(trace, node, ask)) continue;
        Question question;
        question.kind = ask.kind;
        question.node = node;
        question.address = step.address;
        question.title = step.title;
        question.ask = ask.value;
        question.expected = *step.find(ask.value);
        for (const std::string_view name : ask.given) question.given.push_back({name, *step.find(name)});
        const bool fits = by_hand(question.expected) &&
                          std::ranges::all_of(question.given, [](const Value& v) { return by_hand(v.datum); });
        if (!fits || gives_itself_away(question)) continue;
        question.expected = owned(question.expected);
        for (Value& value : question.given) value.datum = owned(value.datum);
        question.bits = width_of(question);
        add_settings(trace, question);
        question.rule = rule_text(step, ask.rule);
        question.explanation = step.explanation;
        out.push_back(std::move(question));
    }
    return out;
}

} // namespace keyhole::practice
