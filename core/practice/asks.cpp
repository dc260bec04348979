#include "core/practice/asks.hpp"

#include <fmt/format.h>

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

    const Datum* find(std::string_view name) const {
        const auto value = std::ranges::find(step.values, name, &Value::name);
        return value == step.values.end() ? nullptr : &value->datum;
    }
    bool has(std::string_view name) const { return find(name) != nullptr; }
    std::string text(std::string_view name) const { return full_text(*find(name)); }
    std::string bits(std::string_view name) const { return plain_binary(std::get<Bits>(*find(name))); }
};

using Condition = bool (*)(const Trace&, const Facts&);
using Rule = std::string (*)(const Facts&);

struct Ask {
    QuestionKind kind;
    Kind step;
    std::string_view value;
    std::vector<std::string_view> given;
    Rule rule;
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

std::string power_rule(const Facts& f, std::string_view what) {
    return fmt::format(
        "{}: {} to the power {} modulo {}. Square and multiply does it: begin with one, take the exponent's binary "
        "digits "
        "from the top, square for each and multiply by {} where the digit is set, always modulo {}.",
        what, f.text("base"), f.text("exponent"), f.text("modulus"), f.text("base"), f.text("modulus"));
}
std::string public_rule(const Facts& f) { return power_rule(f, "g raised to the private key"); }
std::string shared_rule(const Facts& f) {
    return power_rule(f, "The other side's public key raised to one's own private key");
}
std::string result_rule(const Facts& f) { return power_rule(f, "The base raised to the exponent"); }
std::string squarings_rule(const Facts& f) {
    return fmt::format("Write the exponent {} in binary: every digit costs a squaring, the first one included.",
                       f.text("exponent"));
}
std::string multiplications_rule(const Facts& f) {
    return fmt::format("Write the exponent {} in binary: every digit that is set costs a multiplication.",
                       f.text("exponent"));
}

std::string turn_rule(const Facts& f, std::string_view half) {
    return fmt::format(
        "Turn the 28 bits of {} to the left by {} (the shift of this round): what falls off on the left comes back on "
        "the "
        "right.",
        f.text(half), f.text("shift") == "1" ? "one place" : "two places");
}

const std::vector<Ask>& asks() {
    using enum QuestionKind;
    using K = keyhole::Kind;
    static const std::vector<Ask> all = {
        {ip,
         K::ip,
         "left_out",
         {"chained"},
         [](const Facts& f) {
             return fmt::format(
                 "The left half is the first half of IP, the first four rows of its table (58 50 42 .., 60 52 "
                 ".., 62 .., 64 ..): these are the numbers of the bits of {}, counted from the left, that "
                 "come to stand there, each row from its high number down in steps of eight.",
                 f.text("chained"));
         }},
        {ip,
         K::ip,
         "right_out",
         {"chained"},
         [](const Facts& f) {
             return fmt::format(
                 "The right half is the second half of IP, the last four rows of its table (57 49 41 .., 59 51 "
                 ".., 61 .., 63 ..): these are the numbers of the bits of {}, counted from the left, that "
                 "come to stand there, each row from its high number down in steps of eight.",
                 f.text("chained"));
         }},
        {ip,
         K::ip,
         "after_ip",
         {"chained"},
         [](const Facts& f) {
             return fmt::format(
                 "IP moves the bits of {}: its table (58 50 42 34 .., 60 52 .., and so on) names for every "
                 "place, from the left, the number of the bit that comes there.",
                 f.text("chained"));
         }},
        {expand,
         K::expand,
         "expanded",
         {"right_in"},
         [](const Facts& f) {
             return fmt::format(
                 "E cuts {} into eight groups of four bits and gives each group its neighbours: the last bit "
                 "of the group before it in front, the first bit of the group after it behind. The first "
                 "and the last group are neighbours, too.",
                 f.text("right_in"));
         }},
        {mix,
         K::mix,
         "mixed",
         {"expanded", "subkey"},
         [](const Facts& f) {
             return fmt::format("{} XOR {}: a bit of the result is set where the two differ. In hex: digit by digit.",
                                f.text("expanded"), f.text("subkey"));
         }},
        {sbox,
         K::sbox,
         "row",
         {"input"},
         [](const Facts& f) {
             return fmt::format("The outer two of the six bits {}, the first and the last, are the number of the row.",
                                f.bits("input"));
         }},
        {sbox,
         K::sbox,
         "column",
         {"input"},
         [](const Facts& f) {
             return fmt::format(
                 "The inner four of the six bits {}, all but the first and the last, are the number of the "
                 "column.",
                 f.bits("input"));
         }},
        {sbox,
         K::sbox,
         "output",
         {"input"},
         [](const Facts& f) {
             return fmt::format(
                 "The first and the last bit of {} are the row of the box's table, the four between them the "
                 "column, both counted from nought; what stands there is the output.",
                 f.bits("input"));
         }},
        {permute,
         K::permute,
         "p_out",
         {"s_out"},
         [](const Facts& f) {
             return fmt::format(
                 "P moves the bits of {}: its table (16 7 20 21, 29 12 28 17, and so on) names for every "
                 "place, from the left, the number of the bit that comes there.",
                 f.text("s_out"));
         }},
        {join,
         K::join,
         "right_out",
         {"left_in", "p_out"},
         [](const Facts& f) {
             return fmt::format("The new right half is the old left half XOR what f gave: {} XOR {}.",
                                f.text("left_in"), f.text("p_out"));
         }},
        {fp,
         K::fp,
         "output",
         {"preoutput"},
         [](const Facts& f) {
             return fmt::format(
                 "The final permutation moves the bits of {}: its table (40 8 48 16 56 24 64 32, 39 7 .., and "
                 "so on) names for every place, from the left, the number of the bit that comes there.",
                 f.text("preoutput"));
         }},
        {schedule,
         K::schedule,
         "c",
         {"key"},
         [](const Facts& f) {
             return fmt::format(
                 "C0 is the first half of PC-1 (57 49 41 33 25 17 9, 1 58 50 .., and so on): the numbers of "
                 "the bits of {}, counted from the left; every eighth bit is left out.",
                 f.text("key"));
         }},
        {schedule,
         K::schedule,
         "d",
         {"key"},
         [](const Facts& f) {
             return fmt::format(
                 "D0 is the second half of PC-1 (63 55 47 39 31 23 15, 7 62 54 .., and so on): the numbers of "
                 "the bits of {}, counted from the left; every eighth bit is left out.",
                 f.text("key"));
         }},
        {schedule, K::schedule_round, "c", {"c_in", "shift"}, [](const Facts& f) { return turn_rule(f, "c_in"); }},
        {schedule, K::schedule_round, "d", {"d_in", "shift"}, [](const Facts& f) { return turn_rule(f, "d_in"); }},
        {schedule,
         K::schedule_round,
         "subkey",
         {"c", "d"},
         [](const Facts& f) {
             return fmt::format(
                 "PC-2 (14 17 11 24 01 05, 03 28 15 .., and so on) names for every place of the subkey the "
                 "number of a bit of {} {}: 01 to 28 stand in C, 29 to 56 in D.",
                 f.text("c"), f.text("d"));
         }},
        {pad,
         K::pad,
         "padding_bytes",
         {"length"},
         [](const Facts& f) {
             return fmt::format(
                 "The message is filled up to the next multiple of eight bytes above {}; one that is whole "
                 "blocks already gets a whole one more.",
                 f.text("length"));
         },
         pads_as_pkcs7},
        {pad,
         K::pad,
         "padding_byte",
         {"length"},
         [](const Facts& f) {
             return fmt::format(
                 "Each byte of padding says how many there are: as many as {} bytes lack to the next "
                 "multiple of eight above.",
                 f.text("length"));
         },
         pads_as_pkcs7},
        {pad,
         K::pad,
         "padded_length",
         {"length"},
         [](const Facts& f) {
             return fmt::format(
                 "The message is filled up to the next multiple of eight bytes above {}, never to the same length.",
                 f.text("length"));
         },
         pads_as_pkcs7},
        {pad,
         K::pad,
         "blocks",
         {"length"},
         [](const Facts& f) {
             return fmt::format(
                 "A block is eight bytes, and {} bytes get at least one more before they are cut "
                 "into blocks.",
                 f.text("length"));
         },
         pads_as_pkcs7},
        {pad,
         K::unpad,
         "padding_bytes",
         {"padded"},
         [](const Facts& f) {
             return fmt::format("The last byte of {} says how many bytes of padding there are.", f.text("padded"));
         },
         pads_as_pkcs7},
        {pad,
         K::unpad,
         "length",
         {"padded"},
         [](const Facts& f) {
             return fmt::format(
                 "Count the bytes of {}, two digits each; the last one says how many of them are padding.",
                 f.text("padded"));
         },
         pads_as_pkcs7},
        {chain,
         K::block,
         "chained",
         {"input", "previous"},
         [](const Facts& f) {
             return fmt::format(
                 "CBC adds the ciphertext block before (before the first one the IV) to the block: {} XOR {}.",
                 f.text("input"), f.text("previous"));
         },
         adds_chain_before},
        {chain,
         K::block,
         "result",
         {"output", "previous"},
         [](const Facts& f) {
             return fmt::format(
                 "CBC takes the ciphertext block before (before the first one the IV) off again, from what "
                 "the cipher gave: {} XOR {}.",
                 f.text("output"), f.text("previous"));
         },
         adds_chain_after},
        {chain,
         K::block,
         "result",
         {"input", "key_stream"},
         [](const Facts& f) {
             return fmt::format("This mode never enciphers the text itself: it adds a key stream to it: {} XOR {}.",
                                f.text("input"), f.text("key_stream"));
         }},
        {parity,
         K::derive,
         "key",
         {"raw"},
         [](const Facts& f) {
             return fmt::format(
                 "Seven bits of each byte of {} stay; the lowest is set so that the byte has an odd number of "
                 "ones.",
                 f.text("raw"));
         }},
        {weak,
         K::schedule,
         "distinct_subkeys",
         {"key", "c", "d"},
         [](const Facts& f) {
             return fmt::format(
                 "Every subkey is made of C and D turned to the left. Look at {} and {} in bits: a half of "
                 "equal bits is the same however far it is turned, one that repeats after two or after four "
                 "bits soon becomes itself again; any other makes all subkeys differ.",
                 f.text("c"), f.text("d"));
         }},
        {modexp,
         K::bit,
         "squared",
         {"before", "modulus"},
         [](const Facts& f) {
             return fmt::format(
                 "Every bit squares the running value: {} times {}, and of that the remainder modulo {}.",
                 f.text("before"), f.text("before"), f.text("modulus"));
         }},
        {modexp,
         K::bit,
         "multiplied",
         {"squared", "base", "modulus"},
         [](const Facts& f) {
             return fmt::format(
                 "The bit is set, so what was squared is multiplied by the base: {} times {}, and of that the "
                 "remainder modulo {}.",
                 f.text("squared"), f.text("base"), f.text("modulus"));
         }},
        {modexp, K::modexp, "result", {"base", "exponent", "modulus"}, result_rule},
        {modexp, K::modexp, "squarings", {"exponent"}, squarings_rule},
        {modexp, K::modexp, "multiplications", {"exponent"}, multiplications_rule},
        {public_key, K::public_key, "public_key", {"base", "exponent", "modulus"}, public_rule},
        {public_key, K::public_key, "squarings", {"exponent"}, squarings_rule},
        {public_key, K::public_key, "multiplications", {"exponent"}, multiplications_rule},
        {shared, K::shared, "shared_secret", {"base", "exponent", "modulus"}, shared_rule},
        {shared, K::shared, "squarings", {"exponent"}, squarings_rule},
        {shared, K::shared, "multiplications", {"exponent"}, multiplications_rule},
        {derive,
         K::derive,
         "raw",
         {"digest"},
         [](const Facts& f) {
             return fmt::format("The first eight bytes of the digest {} become the key; parity comes later.",
                                f.text("digest"));
         },
         hashes},
        {derive,
         K::derive,
         "key",
         {"digest"},
         [](const Facts& f) {
             return fmt::format(
                 "Take the first eight bytes of the digest {}; then the lowest bit of each byte is set so "
                 "that the byte has an odd number of ones.",
                 f.text("digest"));
         },
         hashes},
        {derive,
         K::derive,
         "key",
         {"secret"},
         [](const Facts& f) {
             return fmt::format(
                 "low64: the lowest eight bytes of the secret {}, with zeros in front where there are fewer; "
                 "then the lowest bit of each byte is set so that the byte has an odd number of ones, in "
                 "bytes of zeros, too.",
                 f.text("secret"));
         },
         takes_low_64},
    };
    return all;
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
    const auto answer = number_of(question.expected);
    return !answer || std::ranges::any_of(question.given, [&](const Value& v) { return number_of(v.datum) == answer; });
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
        if (!ask.when(trace, facts)) continue;
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
        question.rule = ask.rule(facts);
        question.explanation = step.explanation;
        out.push_back(std::move(question));
    }
    return out;
}

} // namespace keyhole::practice
