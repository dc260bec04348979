#include "core/verify/verify_exchange_facts.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

#include "core/base/error.hpp"
#include "core/dh/modexp.hpp"

namespace keyhole::verify {
namespace {

constexpr Role both_roles[] = {Role::server, Role::client};

// What of a JSON line counts: seq, IV and ciphertext; empty when it is no such line.
struct LineContent {
    std::string seq, iv, ciphertext;

    std::string text() const { return seq + " " + iv + " " + ciphertext; }
};

std::optional<LineContent> read_line(std::string_view line) {
    using nlohmann::json;
    if (std::count(line.begin(), line.end(), '[') + std::count(line.begin(), line.end(), '{') > 64) return std::nullopt;
    const json object = json::parse(line, nullptr, false);
    if (!object.is_object() || object.value("type", json()) != "message") return std::nullopt;
    const json seq = object.value("seq", json()), iv = object.value("iv", json()),
               ciphertext = object.value("ciphertext", json());
    if (!seq.is_number_unsigned() || !ciphertext.is_string()) return std::nullopt;
    const auto octets = from_base64(ciphertext.get_ref<const std::string&>());
    const auto start = iv.is_string() ? from_base64(iv.get_ref<const std::string&>()) : std::optional(Bytes{});
    if (!octets || !start) return std::nullopt;
    return LineContent{fmt::to_string(seq.get<std::uint64_t>()), to_hex(*start), to_hex(*octets)};
}

std::optional<std::uint64_t> message_number(std::string_view word) {
    constexpr std::string_view prefix = "message.";
    if (!word.starts_with(prefix)) return std::nullopt;
    word.remove_prefix(prefix.size());
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
    return number;
}

std::string iv_hex(const std::optional<des::Block>& iv) { return iv ? to_hex(block_bytes(*iv)) : std::string(); }

} // namespace

bool line_says(std::string_view line, std::uint64_t seq, const std::optional<des::Block>& iv, const Bytes& ciphertext) {
    const auto content = read_line(line);
    return content && content->text() == LineContent{fmt::to_string(seq), iv_hex(iv), to_hex(ciphertext)}.text();
}

void ExchangeFacts::vote_number(const std::string& about, std::string_view value) {
    try {
        vote(about, to_text(parse_number(value, about)));
    } catch (const Error&) {
        return; // it is no number, so it says nothing here; the comparison of rows will name it
    }
}

void ExchangeFacts::vote_block(const std::string& about, std::string_view value) {
    if (const auto bytes = from_hex(value)) vote(about, to_hex(*bytes));
}

void ExchangeFacts::add(std::string_view address, std::string_view party, std::string_view name,
                        std::string_view value) {
    const std::size_t slash = address.find('/');
    const std::string_view top = address.substr(0, slash);
    const std::string_view rest = slash == std::string_view::npos ? "" : address.substr(slash + 1);
    if (rest.find('/') == std::string_view::npos) steps_.emplace(address);
    const auto number = message_number(top);
    if (top == "modexp") return add_power(rest, name, value);
    if (!number) return add_handshake(address, name, value);
    if (*number == 0 || *number > messages_ + 1) return; // messages are counted without a gap
    messages_ = std::max(messages_, *number);
    if (rest.find('/') == std::string_view::npos) add_message(*number, rest, party, name, value);
}

void ExchangeFacts::add_handshake(std::string_view address, std::string_view name, std::string_view value) {
    if (name == "p" || name == "modulus") vote_number("p", value);
    if (name == "g" || (name == "base" && address.starts_with("keys/"))) vote_number("g", value);
    if (name == "group" || (name == "kdf" && dh::find_kdf(value)) || (name == "mode" && find_mode(value))) {
        vote(std::string(name), std::string(value));
    }
    for (const Role role : both_roles) {
        const std::string who(keyhole::name(role)), peer(keyhole::name(other(role)));
        if (address == "keys/" + who + ".private" && name == "private_key") vote_number(who + " x", value);
        if (name == "exponent" && (address == "keys/" + who + ".public" || address == "secret/" + who + ".shared")) {
            vote_number(who + " x", value);
        }
        if (address == "keys/" + who + ".public" && name == "public_key") vote_number(who + " y", value);
        if (address == "keys" && name == who + "_public") vote_number(who + " y", value);
        if (name == "base" && address.starts_with("secret/" + peer + ".shared")) vote_number(who + " y", value);
    }
}

void ExchangeFacts::add_power(std::string_view bit, std::string_view name, std::string_view value) {
    if (name == "base" || name == "exponent" || name == "modulus" || name == "result") {
        vote_number(std::string(name), value);
    }
    if (bit.starts_with("bit.") && name == "bit") exponent_bits_ += value.ends_with('1') ? '1' : '0';
}

void ExchangeFacts::add_message(std::uint64_t number, std::string_view step, std::string_view party,
                                std::string_view name, std::string_view value) {
    const std::string message = fmt::format("{} ", number);
    const bool receiving = step == "decode" || step == "decrypt";
    const bool sending = step == "encode" || step == "pad" || step == "encrypt";
    if (name == "sender") vote(message + "sender", std::string(value));
    if (name == "seq") vote_number(message + "seq", value);
    if (name == "mode" && find_mode(value)) vote("mode", std::string(value));
    if ((sending || receiving) && (party == "server" || party == "client")) {
        const bool server = (party == "server") == sending;
        vote(message + "sender", server ? "server" : "client");
    }
    const std::string side = receiving ? "received " : "sent ";
    if (name == "iv" || name == "counter") vote_block(message + side + "iv", value);
    if (name == "ciphertext") vote_block(message + side + "ciphertext", value);
    if (name == "line") add_line(number, side, value);
    if (step == "encode" || step.empty()) {
        if (name == "text") vote(message + "plaintext", to_hex(to_bytes(value)));
        if (name == "plaintext") vote_block(message + "plaintext", value);
    }
    // What the encryption takes is padded, but it says the same.
    if (step == "pad" && name == "padded") {
        if (const auto bytes = from_hex(value)) {
            if (const auto text = unpad_pkcs7(*bytes)) vote(message + "plaintext", to_hex(*text));
        }
    }
}

void ExchangeFacts::add_line(std::uint64_t number, const std::string& side, std::string_view line) {
    const std::string message = fmt::format("{} ", number);
    lines_[message + side] = line;
    const auto content = read_line(line);
    if (!content) return;
    contents_[message + side] = content->text();
    vote(message + "seq", content->seq);
    vote(message + side + "ciphertext", content->ciphertext);
    if (!content->iv.empty()) vote(message + side + "iv", content->iv);
}

std::optional<std::string> ExchangeFacts::winner(const std::string& about) const {
    const auto found = votes_.find(about);
    if (found == votes_.end()) return std::nullopt;
    return std::max_element(found->second.begin(), found->second.end(),
                            [](const auto& a, const auto& b) { return a.second < b.second; })
        ->first;
}

std::optional<Number> ExchangeFacts::number(const std::string& about) const {
    const auto text = winner(about);
    return text ? std::optional(parse_number(*text, about)) : std::nullopt;
}

// The two values with the most votes, the first of them first.
std::vector<Number> ExchangeFacts::candidates(const std::string& about) const {
    std::vector<Number> out;
    const auto found = votes_.find(about);
    if (found == votes_.end()) return out;
    std::vector<std::pair<std::size_t, std::string>> order;
    for (const auto& [text, count] : found->second) order.emplace_back(count, text);
    std::sort(order.rbegin(), order.rend());
    for (std::size_t i = 0; i < std::min<std::size_t>(order.size(), 2); ++i) {
        out.push_back(parse_number(order[i].second, about));
    }
    return out;
}

// Base, exponent and modulus are those of the candidates that give the result.
std::optional<Recording> ExchangeFacts::power_recording() const {
    const std::vector<Number> bases = candidates("base"), moduli = candidates("modulus"),
                              results = candidates("result");
    std::vector<Number> exponents = candidates("exponent");
    if (!exponent_bits_.empty() && exponent_bits_.size() <= max_power_bits) {
        exponents.insert(exponents.begin(), Number(exponent_bits_, 2));
    }
    std::optional<Recording> first;
    for (const Number& exponent : exponents) {
        for (const Number& modulus : moduli) {
            for (const Number& base : bases) {
                try {
                    Recording recording = record_power({base, exponent, modulus});
                    const bool right = !results.empty() && power(base, exponent, modulus) == results.front();
                    if (right) return recording;
                    if (!first) first = std::move(recording);
                } catch (const Error&) {
                    continue; // no such exponentiation is ever traced
                }
            }
        }
    }
    return first;
}

std::optional<Recording> ExchangeFacts::recording() const {
    if (has("modexp") && !has("parameters")) return power_recording();
    Recording out;
    out.connected = true;
    if (!handshake(out)) return std::nullopt;
    for (std::uint64_t i = 1; i <= messages_; ++i) {
        if (!message(out, i)) return std::nullopt;
    }
    return out;
}

bool ExchangeFacts::handshake(Recording& out) const {
    const auto p = number("p"), g = number("g");
    auto group = winner("group");
    const auto kdf = winner("kdf"), mode = winner("mode");
    if (!p || !g || !group || !mode) return false;
    if (*p < 5 || mpz_even_p(p->get_mpz_t()) || bit_length(*p) > dh::max_prime_bits || *g >= *p) return false;
    // Where p and g are those of a named group and some row says so, a row that says otherwise is the altered one.
    const Group* const named = find_group(*p, *g);
    if (named != nullptr && votes_.at("group").contains(named->name)) group = named->name;
    const auto found_mode = find_mode(*mode);
    const auto found_kdf = dh::find_kdf(kdf.value_or("sha256"));
    if (!found_mode || !found_kdf) return false;
    out.parameters = Parameters{.group = *group, .p = *p, .g = *g, .kdf = *found_kdf, .mode = *found_mode};
    return std::all_of(std::begin(both_roles), std::end(both_roles), [&](Role role) { return party(out, role); }) &&
           std::all_of(std::begin(both_roles), std::end(both_roles), [&](Role role) {
               PartyRecord& record = out.party(role);
               const auto& peer = out.party(other(role)).public_key;
               if (!has(fmt::format("secret/{}.shared", name(role)))) return true;
               if (!record.private_key || !peer) return false;
               record.shared = power(*peer, *record.private_key, *p);
               record.derived = has(fmt::format("secret/{}.derive", name(role)));
               return true;
           });
}

bool ExchangeFacts::party(Recording& out, Role role) const {
    const std::string who(name(role));
    PartyRecord& record = out.party(role);
    record.agreed = has(role == Role::server ? "parameters/server.choose" : "parameters/client.check");
    const Number& p = out.parameters->p;
    if (has("keys/" + who + ".private")) {
        record.private_key = number(who + " x");
        if (!record.private_key || *record.private_key < 1 || *record.private_key >= p) return false;
    }
    if (has("keys/" + who + ".public")) {
        record.public_key = record.private_key ? power(out.parameters->g, *record.private_key, p) : number(who + " y");
        if (!record.public_key || *record.public_key >= p) return false;
    }
    return true;
}

// The line that says what was agreed on, even where one of two copies was altered.
std::string ExchangeFacts::line(std::uint64_t number, const std::string& side, const std::string& other_side,
                                const std::string& content) const {
    const std::string message = fmt::format("{} ", number);
    for (const std::string& candidate : {side, other_side}) {
        const auto found = contents_.find(message + candidate);
        if (found != contents_.end() && found->second == content) return lines_.at(message + candidate);
    }
    const auto found = lines_.find(message + side);
    return found == lines_.end() ? std::string() : found->second;
}

bool ExchangeFacts::message(Recording& out, std::uint64_t number) const {
    const std::string at = fmt::format("message.{}", number), about = fmt::format("{} ", number);
    const auto sender = winner(about + "sender"), seq = winner(about + "seq");
    if (!sender || !seq || !has(at)) return false;
    MessageRecord message{.sender = *sender == "server" ? Role::server : Role::client, .sent = {}, .received = {}};
    const Number seq_number = parse_number(*seq, "seq");
    message.seq = seq_number.fits_ulong_p() ? seq_number.get_ui() : 0;
    const Mode mode = out.mode();
    const auto block = [&](const std::string& what) -> std::optional<des::Block> {
        const auto text = winner(about + what);
        const auto bytes = text ? from_hex(*text) : std::nullopt;
        return bytes && bytes->size() == 8 ? std::optional(load_block(*bytes)) : std::nullopt;
    };
    if (has(at + "/encode")) {
        const auto plaintext = winner(about + "plaintext");
        const auto key = session_key(out, message.sender);
        if (!plaintext || !key) return false;
        SentMessage sent{.plaintext = *from_hex(*plaintext), .iv = block("sent iv"), .ciphertext = {}, .frame = {}};
        if (sent.iv.has_value() != (mode != Mode::ecb)) return false;
        const Bytes padded = mode == Mode::ctr ? sent.plaintext : pad_pkcs7(sent.plaintext);
        sent.ciphertext = apply_mode(mode, Direction::encrypt, *key, sent.iv.value_or(0), padded);
        const LineContent content{*seq, iv_hex(sent.iv), to_hex(sent.ciphertext)};
        sent.frame = line(number, "sent ", "received ", content.text());
        message.sent = std::move(sent);
    }
    if (has(at + "/decode")) {
        const auto ciphertext = winner(about + "received ciphertext");
        const auto key = session_key(out, other(message.sender));
        if (!ciphertext || (!key && !is_overheard(out))) return false;
        ReceivedMessage received{.frame = {},
                                 .iv = block("received iv"),
                                 .ciphertext = *from_hex(*ciphertext),
                                 .padded = {},
                                 .plaintext = {}};
        const LineContent content{*seq, iv_hex(received.iv), *ciphertext};
        received.frame = line(number, "received ", "sent ", content.text());
        if (has(at + "/decrypt")) {
            if (!key || received.iv.has_value() != (mode != Mode::ecb)) return false;
            if (mode != Mode::ctr && received.ciphertext.size() % 8 != 0) return false;
            received.padded = apply_mode(mode, Direction::decrypt, *key, received.iv.value_or(0), received.ciphertext);
            received.plaintext = mode == Mode::ctr ? received.padded : unpad_pkcs7(received.padded);
            if (received.plaintext && !is_utf8(to_string(*received.plaintext))) received.plaintext.reset();
        }
        message.received = std::move(received);
    }
    if (!message.sent && !message.received) return false;
    out.messages.push_back(std::move(message));
    return true;
}

} // namespace keyhole::verify
