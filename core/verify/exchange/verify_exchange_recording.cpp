#include "core/verify/exchange/verify_exchange_recording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/error.hpp"
#include "core/base/number_word.hpp"
#include "core/dh/modexp.hpp"

namespace keyhole::verify {
namespace {

// Base, exponent and modulus are those of the candidates that give the result.
std::optional<Recording> power_recording(const ExchangeFacts& facts) {
    const std::vector<Number> bases = facts.candidates("base"), moduli = facts.candidates("modulus"),
                              results = facts.candidates("result");
    std::vector<Number> exponents = facts.candidates("exponent");
    if (!facts.exponent_bits().empty() && facts.exponent_bits().size() <= max_power_bits) {
        exponents.insert(exponents.begin(), Number(facts.exponent_bits(), 2));
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

bool add_keys(const ExchangeFacts& facts, Recording& out, Role role) {
    const std::string who(name(role));
    PartyRecord& record = out.party(role);
    record.agreed = facts.has(role == Role::server ? "parameters/server.choose" : "parameters/client.check");
    const Number& p = out.parameters->p;
    if (facts.has("keys/" + who + ".private")) {
        record.private_key = facts.number(who + " x");
        if (!record.private_key || *record.private_key < 1 || *record.private_key >= p) return false;
    }
    if (facts.has("keys/" + who + ".public")) {
        record.public_key =
            record.private_key ? power(out.parameters->g, *record.private_key, p) : facts.number(who + " y");
        if (!record.public_key || *record.public_key >= p) return false;
    }
    return true;
}

bool add_secret(const ExchangeFacts& facts, Recording& out, Role role) {
    if (!facts.has(fmt::format("secret/{}.shared", name(role)))) return true;
    PartyRecord& record = out.party(role);
    const auto& peer = out.party(other(role)).public_key;
    if (!record.private_key || !peer) return false;
    record.shared = power(*peer, *record.private_key, out.parameters->p);
    record.derived = facts.has(fmt::format("secret/{}.derive", name(role)));
    return true;
}

bool add_handshake(const ExchangeFacts& facts, Recording& out) {
    const auto p = facts.number("p"), g = facts.number("g");
    auto group = facts.winner("group");
    const auto kdf = facts.winner("kdf"), mode = facts.winner("mode");
    if (!p || !g || !group || !mode) return false;
    if (*p < 5 || mpz_even_p(p->get_mpz_t()) || bit_length(*p) > dh::max_prime_bits || *g >= *p) return false;
    // Where p and g are those of a named group and some row says so, a row that says otherwise is the altered one.
    const Group* const named = find_group(*p, *g);
    if (named != nullptr && facts.mentions("group", named->name)) group = named->name;
    const auto found_mode = find_chat_mode(*mode);
    const auto found_kdf = dh::find_kdf(kdf.value_or("sha256"));
    if (!found_mode || !found_kdf) return false;
    out.parameters = Parameters{.group = *group, .p = *p, .g = *g, .kdf = *found_kdf, .mode = *found_mode};
    return std::ranges::all_of(every_role, [&](Role role) { return add_keys(facts, out, role); }) &&
           std::ranges::all_of(every_role, [&](Role role) { return add_secret(facts, out, role); });
}

// What the sender did: everything but the text and the IV is computed anew.
bool add_sent(const ExchangeFacts& facts, const Recording& recording, std::uint64_t number, const std::string& seq,
              MessageRecord& out) {
    const Mode mode = recording.mode();
    const auto plaintext = facts.winner(fmt::format("{} plaintext", number));
    const auto key = session_key(recording, out.sender);
    if (!plaintext || !key) return false;
    SentMessage sent{.plaintext = *from_hex(*plaintext),
                     .iv = facts.block(fmt::format("{} sent iv", number)),
                     .ciphertext = {},
                     .frame = {},
                     .unconfirmed = facts.winner(fmt::format("{} confirmed", number)) == "no"};
    if (sent.iv.has_value() != (mode != Mode::ecb)) return false;
    const Bytes padded = pad(usual_padding(mode), sent.plaintext);
    sent.ciphertext = apply_mode(mode, Direction::encrypt, *key, sent.iv.value_or(0), padded, recording.variant);
    sent.frame = facts.line(number, "sent", LineContent(seq, sent.iv, sent.ciphertext));
    out.sent = std::move(sent);
    return true;
}

bool add_received(const ExchangeFacts& facts, const Recording& recording, std::uint64_t number, const std::string& seq,
                  MessageRecord& out) {
    const Mode mode = recording.mode();
    const auto ciphertext = facts.winner(fmt::format("{} received ciphertext", number));
    const auto key = session_key(recording, other(out.sender));
    if (!ciphertext || (!key && !is_overheard(recording))) return false;
    ReceivedMessage received{.frame = {},
                             .iv = facts.block(fmt::format("{} received iv", number)),
                             .ciphertext = *from_hex(*ciphertext),
                             .padded = {},
                             .plaintext = {}};
    received.frame = facts.line(number, "received", LineContent(seq, received.iv, received.ciphertext));
    if (facts.has(fmt::format("message.{}/decrypt", number))) {
        if (!key || received.iv.has_value() != (mode != Mode::ecb)) return false;
        if (!makes_key_stream(mode) && received.ciphertext.size() % 8 != 0) return false;
        decipher(received, mode, *key, recording.variant);
    }
    out.received = std::move(received);
    return true;
}

bool add_message(const ExchangeFacts& facts, Recording& out, std::uint64_t number) {
    const std::string at = fmt::format("message.{}", number);
    const auto sender = facts.winner(fmt::format("{} sender", number)),
               seq = facts.winner(fmt::format("{} seq", number));
    if (!sender || !seq || !facts.has(at)) return false;
    const Number seq_number = parse_number(*seq, "seq");
    MessageRecord message{.sender = *sender == "server" ? Role::server : Role::client,
                          .seq = bit_length(seq_number) <= 64 ? low_word(seq_number) : 0,
                          .sent = {},
                          .received = {}};
    if (facts.has(at + "/encode") && !add_sent(facts, out, number, *seq, message)) return false;
    if (facts.has(at + "/decode") && !add_received(facts, out, number, *seq, message)) return false;
    if (!message.sent && !message.received) return false;
    out.messages.push_back(std::move(message));
    return true;
}

} // namespace

std::optional<Recording> recording_from(const ExchangeFacts& facts, const des::Variant& variant) {
    if (facts.has("modexp") && !facts.has("parameters")) return power_recording(facts);
    Recording out;
    out.connected = true;
    out.variant = variant;
    if (!add_handshake(facts, out)) return std::nullopt;
    for (std::uint64_t i = 1; i <= facts.messages(); ++i) {
        if (!add_message(facts, out, i)) return std::nullopt;
    }
    return out;
}

} // namespace keyhole::verify
