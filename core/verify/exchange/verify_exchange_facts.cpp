#include "core/verify/exchange/verify_exchange_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/spelling/whole_number.hpp"
#include "core/dh/dh.hpp"
#include "core/dh/role.hpp"
#include "core/modes/modes.hpp"
#include "core/recording/frame.hpp"
#include "core/verify/cells/number_cell.hpp"

namespace keyhole::verify {
namespace {

std::optional<std::uint64_t> message_number(std::string_view word) {
    constexpr std::string_view prefix = "message.";
    if (!word.starts_with(prefix)) return std::nullopt;
    word.remove_prefix(prefix.size());
    return whole_number<std::uint64_t>(word);
}

} // namespace

std::optional<std::string> input_told(std::string_view address, std::string_view name) {
    if (name == "p" || name == "modulus") return "p";
    if (name == "g" || (name == "base" && address.starts_with("keys/"))) return "g";
    for (const Role role : every_role) {
        const std::string who(keyhole::name(role)), peer(keyhole::name(other(role)));
        const bool public_step = address == "keys/" + who + ".public",
                   shared_step = address == "secret/" + who + ".shared";
        if ((address == "keys/" + who + ".private" && name == "private_key") ||
            ((public_step || shared_step) && name == "exponent"))
            return who + " x";
        if ((public_step && name == "public_key") || (address == "keys" && name == who + "_public") ||
            (address.starts_with("secret/" + peer + ".shared") && name == "base"))
            return who + " y";
    }
    return std::nullopt;
}

LineContent::LineContent(std::string seq_text, const std::optional<des::Block>& iv_block, ByteView ciphertext_bytes)
    : seq(std::move(seq_text)),
      iv(iv_block ? to_hex(block_bytes(*iv_block)) : std::string()),
      ciphertext(to_hex(ciphertext_bytes)) {}

std::optional<LineContent> read_line(std::string_view line) {
    const auto frame = read_frame(line);
    if (!frame || !frame->ciphertext || (frame->iv && frame->iv->empty())) return std::nullopt;
    LineContent content(fmt::to_string(frame->seq), std::nullopt, *frame->ciphertext);
    if (frame->iv) content.iv = to_hex(*frame->iv);
    return content;
}

void ExchangeFacts::vote_number(const std::string& about, std::string_view value) {
    // What is no number says nothing here; the comparison of rows will name it.
    if (const auto number = number_in_cell(value)) vote(about, to_text(*number));
}

void ExchangeFacts::vote_hex(const std::string& about, std::string_view value) {
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
    if (const auto about = input_told(address, name)) vote_number(*about, value);
    if (name == "group" || (name == "kdf" && dh::find_kdf(value)) || (name == "mode" && find_mode(value))) {
        vote(std::string(name), std::string(value));
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
    const std::string side = receiving ? "received" : "sent";
    if (name == "iv" || name == "counter") vote_hex(message + side + " iv", value);
    if (name == "ciphertext") vote_hex(message + side + " ciphertext", value);
    if (name == "line") add_line(number, side, value);
    if (name == "confirmed") vote(message + "confirmed", std::string(value));
    if (step == "encode" || step.empty()) {
        // A spreadsheet alters all cells of a text alike, so that together they have one vote.
        if (name == "text" && texts_.emplace(number, value).second)
            vote(message + "plaintext", to_hex(to_bytes(value)));
        if (name == "plaintext") vote_hex(message + "plaintext", value);
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
    vote(message + "seq", content->seq);
    vote(message + side + " ciphertext", content->ciphertext);
    if (!content->iv.empty()) vote(message + side + " iv", content->iv);
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

std::optional<des::Block> ExchangeFacts::block(const std::string& about) const {
    const auto text = winner(about);
    const auto bytes = text ? from_hex(*text) : std::nullopt;
    return bytes && bytes->size() == 8 ? std::optional(load_block(*bytes)) : std::nullopt;
}

bool ExchangeFacts::mentions(const std::string& about, const std::string& value) const {
    const auto found = votes_.find(about);
    return found != votes_.end() && found->second.contains(value);
}

std::size_t ExchangeFacts::rows(const std::string& about) const {
    const auto found = votes_.find(about);
    std::size_t out = 0;
    if (found != votes_.end())
        for (const auto& [text, count] : found->second) out += count;
    return out;
}

bool ExchangeFacts::agreed(const std::string& about) const {
    const auto found = votes_.find(about);
    if (found == votes_.end()) return false;
    std::size_t most = 0, second = 0;
    for (const auto& [text, count] : found->second) {
        second = std::max(second, std::min(most, count));
        most = std::max(most, count);
    }
    return most > second;
}

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

std::string ExchangeFacts::line(std::uint64_t message, const std::string& side, const LineContent& expected) const {
    const auto own = lines_.find(fmt::format("{} {}", message, side));
    const auto others = lines_.find(fmt::format("{} {}", message, side == "sent" ? "received" : "sent"));
    for (const auto& copy : {own, others}) {
        if (copy != lines_.end() && read_line(copy->second) == expected) return copy->second;
    }
    return own == lines_.end() ? std::string() : own->second;
}

} // namespace keyhole::verify
