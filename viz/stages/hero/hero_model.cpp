#include "viz/stages/hero/hero_model.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/words.hpp"
#include "viz/base/number_model.hpp"

namespace keyhole::viz {
namespace {

// What is longer is no hero: the stage shows it whole.
constexpr std::size_t most_text = 24; // characters

std::string short_number(const Datum& datum) {
    const auto* big = std::get_if<BigValue>(&datum);
    return big != nullptr ? short_text(*big) : full_text(datum);
}

std::string value(const Step& step, std::string_view name) {
    const Datum* datum = step.find(name);
    return datum == nullptr ? std::string("?") : short_number(*datum);
}

bool tiny(const Step& step, std::string_view name) { return value(step, name).size() <= 6; }

// "5^{13} mod 23 = 21", or what it is called where the numbers are large.
Hero power(const Step& step, std::string_view result_name, std::string_view called) {
    const std::string result = value(step, result_name);
    if (tiny(step, "base") && tiny(step, "exponent") && tiny(step, "modulus"))
        return {fmt::format("{}^{{{}}} mod {} =", value(step, "base"), value(step, "exponent"), value(step, "modulus")),
                result, Meaning::plain};
    return {fmt::format("{} =", called), result, Meaning::plain};
}

Hero exponent_bit(const Step& step) {
    const bool multiplies = step.find("multiplied") != nullptr;
    const std::string result = value(step, multiplies ? "multiplied" : "squared");
    if (!tiny(step, "modulus"))
        return {
            fmt::format("bit {}: {} ", value(step, "bit_index"), multiplies ? "square, multiply" : "square"), {}, {}};
    return {multiplies ? fmt::format("{}^{{2}} · {} mod {} =", value(step, "before"), value(step, "base"),
                                     value(step, "modulus"))
                       : fmt::format("{}^{{2}} mod {} =", value(step, "before"), value(step, "modulus")),
            result, Meaning::plain};
}

std::string_view letter(Role role, std::string_view servers, std::string_view clients) {
    return role == Role::server ? servers : clients;
}

Hero both(const Step& step, std::string_view servers, std::string_view clients, std::string_view names) {
    const bool has_server = step.find(servers) != nullptr, has_client = step.find(clients) != nullptr;
    if (!has_server && !has_client) return {};
    const std::string a = value(step, servers), b = value(step, clients);
    if (names == "s")
        return {has_server && has_client ? a == b ? "both have s =" : "two different secrets:" : "s =",
                has_server && has_client && a != b ? fmt::format("{} \u2260 {}", a, b)
                : has_server                       ? a
                                                   : b,
                Meaning::secret};
    return {{}, fmt::format("A = {}   B = {}", a, b), Meaning::plain};
}

std::string quoted(const Step& step, std::string_view name) {
    const Datum* datum = step.find(name);
    const auto* octets = datum != nullptr ? std::get_if<Octets>(datum) : nullptr;
    if (octets == nullptr) return {};
    if (!octets->text) return shown_text(*datum, most_text);
    const std::string text = to_string(octets->view);
    const std::string_view head = whole_characters(text, most_text);
    if (head.size() == text.size()) return fmt::format("\u201C{}\u201D", escape_controls(text));
    return fmt::format("\u201C{}\u2026\u201D ({})", escape_controls(head), counted(text.size(), "byte"));
}

Hero look_up(const Step& step) {
    const auto bits = [&](std::string_view name, unsigned width) {
        const auto* found = std::get_if<Bits>(step.find(name));
        return found != nullptr ? plain_binary({found->value, width}) : std::string("?");
    };
    return {fmt::format("{}({}) =", indexed("S", static_cast<unsigned>(step.node.last().number)), bits("input", 6)),
            fmt::format("{} = {}", decimal_text(*step.find("output")), bits("output", 4)), Meaning::sbox};
}

Hero of_block(const Trace& trace, const Step& step) {
    using enum Kind;
    const Node& node = step.node;
    const auto bits = [&](std::string_view name) { return value(step, name); };
    if (node.kind() == block) return {fmt::format("{} \u2192", bits("input")), bits("result"), Meaning::plain};
    if (node.kind() == ip) return {"L\u2080 R\u2080 =", bits("left_out"), Meaning::left, bits("right_out")};
    const des::Variant& variant = trace.recording().variant;
    if (node.kind() == swap) {
        const std::string left = indexed("L", variant.rounds), right = indexed("R", variant.rounds);
        return {variant.final_swap ? fmt::format("{} {} =", right, left) : fmt::format("{} {} =", left, right),
                bits("preoutput"), Meaning::plain};
    }
    if (node.kind() == fp) return {variant.has_ip ? "IP^{-1} \u2192" : "\u2192", bits("output"), Meaning::plain};
    const des::RoundTrace& r = trace.round(node);
    const auto n = static_cast<unsigned>(node.number(round));
    const std::string old_right = indexed("R", n - 1), new_right = indexed("R", n), old_left = indexed("L", n - 1);
    switch (node.kind()) {
        case round:
            return {fmt::format("{} {} =", indexed("L", n), new_right), hex_text({r.left_out, 32}), Meaning::left,
                    hex_text({r.right_out, 32})};
        case expand: return {fmt::format("E({}) =", old_right), hex_text({r.expanded, 48}), Meaning::right};
        case mix:
            return {fmt::format("E({}) \u2295 {} =", old_right,
                                indexed("K", des::subkey_number(n, trace.pass(node).cipher_direction(), variant))),
                    hex_text({r.mixed, 48}), Meaning::plain};
        case sbox: return look_up(step);
        case permute: return {variant.has_p ? "P(S) =" : "S =", hex_text({r.p_out, 32}), Meaning::sbox};
        default:
            return {fmt::format("{} = {} \u2295 f =", new_right, old_left), hex_text({r.right_out, 32}),
                    Meaning::right};
    }
}

// "13 bytes + 3 × 0x03 = 16 bytes"
Hero padding(const Step& step, Padding padding) {
    const auto count = [&](std::string_view name) { return std::get<Count>(*step.find(name)).value; };
    const std::uint64_t added = count("padding_bytes");
    const std::string length = counted(count("length"), "byte"), padded = counted(count("padded_length"), "byte");
    if (added == 0) return {"no padding:", padded, Meaning::plain};
    const std::string byte = value(step, "padding_byte");
    if (padding == Padding::iso7816)
        return {added == 1 ? fmt::format("{} + {} =", length, byte)
                           : fmt::format("{} + {} and {} =", length, byte, counted(added - 1, "zero")),
                padded, Meaning::plain};
    return {fmt::format("{} + {} \u00D7 {} =", length, added, byte), padded, Meaning::plain};
}

Hero of_message(const Trace& trace, const Step& step) {
    using enum Kind;
    switch (step.node.kind()) {
        case message:
        case encode:
        case unpad: return {{}, quoted(step, "text"), Meaning::plain};
        case pad: return padding(step, trace.recording().padding());
        default: return {};
    }
}

Hero uncovered(const Trace& trace, const Step& step) {
    using enum Kind;
    const Node& node = step.node;
    switch (node.kind()) {
        case parameters:
        case choose:
        case check: return {{}, fmt::format("p = {}   g = {}", value(step, "p"), value(step, "g")), Meaning::plain};
        case keys: return both(step, "server_public", "client_public", "AB");
        case private_key:
            return {fmt::format("{} =", letter(node.last().role, "a", "b")), value(step, "private_key"),
                    Meaning::secret};
        case public_key:
            if (step.find("base") == nullptr)
                return {fmt::format("{} =", letter(node.last().role, "A", "B")), value(step, "public_key"), {}};
            return power(step, "public_key", letter(node.last().role, "A", "B"));
        case shared: {
            Hero out = power(step, "shared_secret", "s");
            out.meaning = Meaning::secret;
            return out;
        }
        case modexp: return power(step, "result", "the power");
        case bit: return exponent_bit(step);
        case secret: return both(step, "server_shared", "client_shared", "s");
        case derive: return {"DES key", value(step, "key"), Meaning::key};
        case schedule: return {"key", value(step, "key"), Meaning::key};
        case schedule_round:
            return {fmt::format("{} =", indexed("K", static_cast<unsigned>(node.last().number))), value(step, "subkey"),
                    Meaning::key};
        default: return node.within(block) ? of_block(trace, step) : of_message(trace, step);
    }
}

} // namespace

Hero hero(const Trace& trace, const Step& step, bool covered) {
    Hero out = uncovered(trace, step);
    if (!covered || out.empty()) return out;
    out.result = "?";
    out.right.clear();
    return out;
}

} // namespace keyhole::viz
