#include "core/practice/asks.hpp"

#include <algorithm>

#include "core/practice/answer.hpp"
#include "core/steps/address.hpp"

namespace keyhole::practice {
namespace {

constexpr std::size_t widest_power = 32; // bits of a modulus with which a person reckons
constexpr std::size_t longest_message = 64;

// The step's values by their names, as rules quote them.
struct Facts {
    const Step& step;

    const Datum* find(std::string_view name) const { return step.find(name); }
    bool has(std::string_view name) const { return find(name) != nullptr; }
};

using Condition = bool (*)(const Trace&, const Facts&);

struct Ask {
    QuestionKind kind;
    Kind step;
    std::string_view value;
    std::vector<std::string_view> given;
    /// `{name}` is that value, `{name:bits}` its bits, `{name:places}` one or two of them.
    std::string_view rule;
    Condition when = [](const Trace&, const Facts&) { return true; };
};

bool pads_as_pkcs7(const Trace& trace, const Facts&) { return trace.recording().padding() == Padding::pkcs7; }
bool adds_chain_before(const Trace& trace, const Facts& f) {
    const Pass& pass = trace.pass(f.step.node);
    return pass.mode == Mode::cbc && pass.direction == Direction::encrypt;
}
bool adds_chain_after(const Trace& trace, const Facts& f) {
    const Pass& pass = trace.pass(f.step.node);
    return pass.mode == Mode::cbc && pass.direction == Direction::decrypt;
}
bool hashes(const Trace&, const Facts& f) { return f.has("digest"); }
bool takes_low_64(const Trace&, const Facts& f) { return !f.has("digest"); }

// Numbers in a rule that are none of the question's are written as words, or with a zero in front: nobody shall take
// one for the answer.
constexpr std::string_view turn_c =
    "Turn the 28 bits of {c_in} to the left by {shift:places} (the shift of this round): what falls off on the left "
    "comes back on the right.";
constexpr std::string_view turn_d =
    "Turn the 28 bits of {d_in} to the left by {shift:places} (the shift of this round): what falls off on the left "
    "comes back on the right.";
constexpr std::string_view squarings =
    "Write the exponent {exponent} in binary: every digit costs a squaring, the first one included.";
constexpr std::string_view multiplications =
    "Write the exponent {exponent} in binary: every digit that is set costs a multiplication.";
constexpr std::string_view own_power =
    "g raised to the private key: {base} to the power {exponent} modulo {modulus}. Square and multiply does it: begin "
    "with one, take the exponent's binary digits from the top, square for each and multiply by {base} where the digit "
    "is set, always modulo {modulus}.";
constexpr std::string_view shared_power =
    "The other side's public key raised to one's own private key: {base} to the power {exponent} modulo {modulus}. "
    "Square and multiply does it: begin with one, take the exponent's binary digits from the top, square for each and "
    "multiply by {base} where the digit is set, always modulo {modulus}.";
constexpr std::string_view any_power =
    "{base} to the power {exponent} modulo {modulus}. Square and multiply does it: begin with one, take the exponent's "
    "binary digits from the top, square for each and multiply by {base} where the digit is set, always modulo "
    "{modulus}.";

// clang-format off
const std::vector<Ask>& asks() {
    using enum QuestionKind;
    using K = keyhole::Kind;
    static const std::vector<Ask> all = {
        {ip, K::ip, "left_out", {"chained"},
         "The left half is the first half of IP, the first four rows of its table (58 50 42 .., 60 52 .., 62 .., 64 ..): these are the "
         "numbers of the bits of {chained}, counted from the left, that come to stand there, each row from its high number down in steps "
         "of eight."},
        {ip, K::ip, "right_out", {"chained"},
         "The right half is the second half of IP, the last four rows of its table (57 49 41 .., 59 51 .., 61 .., 63 ..): these are the "
         "numbers of the bits of {chained}, counted from the left, that come to stand there, each row from its high number down in steps "
         "of eight."},
        {ip, K::ip, "after_ip", {"chained"},
         "IP moves the bits of {chained}: its table (58 50 42 34 .., 60 52 .., and so on) names for every place, from the left, the number "
         "of the bit that comes there."},
        {expand, K::expand, "expanded", {"right_in"},
         "E cuts {right_in} into eight groups of four bits and gives each group its neighbours: the last bit of the group before it in "
         "front, the first bit of the group after it behind. The first and the last group are neighbours, too."},
        {mix, K::mix, "mixed", {"expanded", "subkey"},
         "{expanded} XOR {subkey}: a bit of the result is set where the two differ. In hex: digit by digit."},
        {sbox, K::sbox, "row", {"input"},
         "The outer two of the six bits {input:bits}, the first and the last, are the number of the row."},
        {sbox, K::sbox, "column", {"input"},
         "The inner four of the six bits {input:bits}, all but the first and the last, are the number of the column."},
        {sbox, K::sbox, "output", {"input"},
         "The first and the last bit of {input:bits} are the row of the box's table, the four between them the column, both counted from "
         "nought; what stands there is the output."},
        {permute, K::permute, "p_out", {"s_out"},
         "P moves the bits of {s_out}: its table (16 7 20 21, 29 12 28 17, and so on) names for every place, from the left, the number of "
         "the bit that comes there."},
        {join, K::join, "right_out", {"left_in", "p_out"},
         "The new right half is the old left half XOR what f gave: {left_in} XOR {p_out}."},
        {fp, K::fp, "output", {"preoutput"},
         "The final permutation moves the bits of {preoutput}: its table (40 8 48 16 56 24 64 32, 39 7 .., and so on) names for every "
         "place, from the left, the number of the bit that comes there."},
        {schedule, K::schedule, "c", {"key"},
         "C0 is the first half of PC-1 (57 49 41 33 25 17 9, 1 58 50 .., and so on): the numbers of the bits of {key}, counted from the "
         "left; every eighth bit is left out."},
        {schedule, K::schedule, "d", {"key"},
         "D0 is the second half of PC-1 (63 55 47 39 31 23 15, 7 62 54 .., and so on): the numbers of the bits of {key}, counted from the "
         "left; every eighth bit is left out."},
        {schedule, K::schedule_round, "c", {"c_in", "shift"}, turn_c},
        {schedule, K::schedule_round, "d", {"d_in", "shift"}, turn_d},
        {schedule, K::schedule_round, "subkey", {"c", "d"},
         "PC-2 (14 17 11 24 01 05, 03 28 15 .., and so on) names for every place of the subkey the number of a bit of {c} {d}: 01 to 28 "
         "stand in C, 29 to 56 in D."},
        {pad, K::pad, "padding_bytes", {"length"},
         "The message is filled up to the next multiple of eight bytes above {length}; one that is whole blocks already gets a whole one "
         "more.", pads_as_pkcs7},
        {pad, K::pad, "padding_byte", {"length"},
         "Each byte of padding says how many there are: as many as {length} bytes lack to the next multiple of eight above.",
         pads_as_pkcs7},
        {pad, K::pad, "padded_length", {"length"},
         "The message is filled up to the next multiple of eight bytes above {length}, never to the same length.", pads_as_pkcs7},
        {pad, K::pad, "blocks", {"length"},
         "A block is eight bytes, and {length} bytes get at least one more before they are cut into blocks.", pads_as_pkcs7},
        {pad, K::unpad, "padding_bytes", {"padded"},
         "The last byte of {padded} says how many bytes of padding there are.", pads_as_pkcs7},
        {pad, K::unpad, "length", {"padded"},
         "Count the bytes of {padded}, two digits each; the last one says how many of them are padding.", pads_as_pkcs7},
        {chain, K::block, "chained", {"input", "previous"},
         "CBC adds the ciphertext block before (before the first one the IV) to the block: {input} XOR {previous}.", adds_chain_before},
        {chain, K::block, "result", {"output", "previous"},
         "CBC takes the ciphertext block before (before the first one the IV) off again, from what the cipher gave: {output} XOR "
         "{previous}.", adds_chain_after},
        {chain, K::block, "result", {"input", "key_stream"},
         "This mode never enciphers the text itself: it adds a key stream to it: {input} XOR {key_stream}."},
        {parity, K::derive, "key", {"raw"},
         "Seven bits of each byte of {raw} stay; the lowest is set so that the byte has an odd number of ones."},
        {weak, K::schedule, "distinct_subkeys", {"key", "c", "d"},
         "Every subkey is made of C and D turned to the left. Look at {c} and {d} in bits: a half of equal bits is the same however far it "
         "is turned, one that repeats after two or after four bits soon becomes itself again; any other makes all subkeys differ."},
        {modexp, K::bit, "squared", {"before", "modulus"},
         "Every bit squares the running value: {before} times {before}, and of that the remainder modulo {modulus}."},
        {modexp, K::bit, "multiplied", {"squared", "base", "modulus"},
         "The bit is set, so what was squared is multiplied by the base: {squared} times {base}, and of that the remainder modulo "
         "{modulus}."},
        {modexp, K::modexp, "result", {"base", "exponent", "modulus"}, any_power},
        {modexp, K::modexp, "squarings", {"exponent"}, squarings},
        {modexp, K::modexp, "multiplications", {"exponent"}, multiplications},
        {public_key, K::public_key, "public_key", {"base", "exponent", "modulus"}, own_power},
        {public_key, K::public_key, "squarings", {"exponent"}, squarings},
        {public_key, K::public_key, "multiplications", {"exponent"}, multiplications},
        {shared, K::shared, "shared_secret", {"base", "exponent", "modulus"}, shared_power},
        {shared, K::shared, "squarings", {"exponent"}, squarings},
        {shared, K::shared, "multiplications", {"exponent"}, multiplications},
        {derive, K::derive, "raw", {"digest"},
         "The first eight bytes of the digest {digest} become the key; parity comes later.", hashes},
        {derive, K::derive, "key", {"digest"},
         "Take the first eight bytes of the digest {digest}; then the lowest bit of each byte is set so that the byte has an odd number of "
         "ones.", hashes},
        {derive, K::derive, "key", {"secret"},
         "low64: the lowest eight bytes of the secret {secret}, with zeros in front where there are fewer; then the lowest bit of each byte "
         "is set so that the byte has an odd number of ones, in bytes of zeros, too.", takes_low_64},
    };
    return all;
}
// clang-format on

std::string quoted(const Facts& facts, std::string_view what) {
    const std::string_view name = what.substr(0, what.find(':'));
    const Datum& datum = *facts.find(name);
    if (what.ends_with(":bits")) return plain_binary(std::get<Bits>(datum));
    if (what.ends_with(":places")) return std::get<Count>(datum).value == 1 ? "one place" : "two places";
    return full_text(datum);
}

std::string rule_text(const Facts& facts, std::string_view rule) {
    std::string out;
    while (!rule.empty()) {
        const std::size_t open = std::min(rule.find('{'), rule.size());
        out += rule.substr(0, open);
        rule.remove_prefix(open);
        if (rule.empty()) break;
        const std::size_t close = rule.find('}');
        out += quoted(facts, rule.substr(1, close - 1));
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
    const Facts facts{step};
    for (const Ask& ask : asks()) {
        if (ask.step != node.kind() || !facts.has(ask.value)) continue;
        if (!std::ranges::all_of(ask.given, [&](std::string_view name) { return facts.has(name); })) continue;
        if (!ask.when(trace, facts) || !rule_holds(trace, node, ask)) continue;
        Question question;
        question.kind = ask.kind;
        question.node = node;
        question.address = step.address;
        question.title = step.title;
        question.ask = ask.value;
        question.expected = *facts.find(ask.value);
        for (const std::string_view name : ask.given) question.given.push_back({name, *facts.find(name)});
        const bool fits = by_hand(question.expected) &&
                          std::ranges::all_of(question.given, [](const Value& v) { return by_hand(v.datum); });
        if (!fits || gives_itself_away(question)) continue;
        question.expected = owned(question.expected);
        for (Value& value : question.given) value.datum = owned(value.datum);
        question.bits = width_of(question);
        add_settings(trace, question);
        question.rule = rule_text(facts, ask.rule);
        question.explanation = step.explanation;
        out.push_back(std::move(question));
    }
    return out;
}

} // namespace keyhole::practice
