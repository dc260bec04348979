#include "viz/stages/message/message_model.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/words.hpp"
#include "core/steps/step_kinds.hpp"
#include "viz/stages/message/byte_sheet.hpp"

namespace keyhole::viz {
namespace {

std::string size_of(const Trace& trace, const MessageRecord& m, const Node& station) {
    const auto shown = [](std::size_t count) { return grouped_decimal(count) + " B"; };
    const std::uint64_t number = station.number(Kind::message);
    switch (station.kind()) {
        case Kind::encode: return shown(m.sent->plaintext.size());
        case Kind::pad: return shown(trace.pass(number, Direction::encrypt).input.size());
        case Kind::encrypt: return shown(m.sent->ciphertext.size());
        case Kind::frame: return shown((m.sent ? m.sent->frame : m.received->frame).size() + 1);
        case Kind::decode: return shown(m.received->ciphertext.size());
        case Kind::decrypt: return shown(m.received->padded.size());
        default: return m.received->plaintext ? shown(m.received->plaintext->size()) : "refused";
    }
}

// `unseen` bytes are counted and not shown: the line end.
Layer layer(ByteView bytes, bool text, const std::optional<Node>& made, std::size_t unseen = 0) {
    return {.known = true, .bytes = bytes, .text = text, .size = counted(bytes.size() + unseen, "byte"), .made = made};
}

Layer unknown(std::string why) {
    return {.known = false, .bytes = {}, .text = false, .size = std::move(why), .made = {}};
}

} // namespace

std::vector<Station> stations(const Trace& trace, const Node& node) {
    const StepTree& tree = trace.tree();
    const Node message = node.up_to(Kind::message);
    const MessageRecord& m = trace.recording().messages[message.last().number - 1];
    std::vector<Station> out;
    for (std::uint64_t i = 0; i < tree.child_count(message); ++i) {
        const Node child = tree.child(message, i);
        const Kind kind = child.kind();
        out.push_back({.node = child,
                       .name = std::string(info(kind).word),
                       .size = size_of(trace, m, child),
                       .received = kind == Kind::decode || kind == Kind::decrypt || kind == Kind::unpad,
                       .current = child == node || node.up_to(kind) == child});
    }
    return out;
}

MessageModel make_message_model(const Trace& trace, const Node& node) {
    const Recording& r = trace.recording();
    const Node message = node.up_to(Kind::message);
    const std::uint64_t number = message.last().number;
    const MessageRecord& m = r.messages[number - 1];
    const auto step = [&](Kind kind) -> std::optional<Node> {
        const Node child = message.child({.kind = kind});
        return trace.tree().contains(child) ? std::optional(child) : std::nullopt;
    };
    MessageModel model;
    model.number = number;
    model.exchange = !r.des;
    model.refusal = refusal(r, m);
    const auto party = [](Role role) { return role == Role::server ? "Server" : "Client"; };
    model.parties = {fmt::format("{}, sends", party(m.sender)), fmt::format("{}, receives", party(other(m.sender)))};
    if (!model.exchange) model.parties = {"Enciphering", "Deciphering"};

    const auto pair = [&](std::string name, Layer sent, Layer received) {
        const bool same = sent.known && received.known && std::ranges::equal(sent.bytes, received.bytes);
        model.layers.push_back({std::move(name), {std::move(sent), std::move(received)}, same});
    };
    const bool overheard = is_overheard(r);
    const Layer not_here = unknown(!model.exchange ? ""
                                   : overheard     ? "not known on the wire"
                                                   : "not known on this side");
    const Layer refused = !model.refusal.empty() ? unknown("refused")
                          : overheard            ? not_here
                                                 : unknown("not deciphered yet");
    const auto sent = [&](const auto& make) { return m.sent ? make(*m.sent) : not_here; };
    const auto received = [&](const auto& make) { return m.received ? make(*m.received) : not_here; };
    const auto shows_text = [](ByteView bytes) { return reads_as_text(bytes); };
    pair("text", sent([&](const SentMessage& s) { return layer(s.plaintext, shows_text(s.plaintext), {}); }),
         received([&](const ReceivedMessage& got) {
             return got.plaintext ? layer(*got.plaintext, shows_text(*got.plaintext), step(Kind::unpad)) : refused;
         }));
    pair("bytes", sent([&](const SentMessage& s) { return layer(s.plaintext, false, step(Kind::encode)); }),
         received([&](const ReceivedMessage& got) {
             return got.plaintext ? layer(*got.plaintext, false, step(Kind::unpad)) : refused;
         }));
    pair(r.padding() == Padding::none ? "bytes, no padding" : "padded bytes", sent([&](const SentMessage&) {
             return layer(trace.pass(number, Direction::encrypt).input, false, step(Kind::pad));
         }),
         received([&](const ReceivedMessage& got) {
             const auto made = step(Kind::decrypt);
             return made ? layer(got.padded, false, made) : refused;
         }));
    pair("ciphertext", sent([&](const SentMessage& s) { return layer(s.ciphertext, false, step(Kind::encrypt)); }),
         received([&](const ReceivedMessage& got) { return layer(got.ciphertext, false, step(Kind::decode)); }));
    if (model.exchange) {
        pair("JSON line",
             sent([&](const SentMessage& s) { return layer(as_bytes(s.frame), true, step(Kind::frame), 1); }),
             received(
                 [&](const ReceivedMessage& got) { return layer(as_bytes(got.frame), true, step(Kind::decode), 1); }));
    }
    model.steps[0] = {step(Kind::encode), step(Kind::pad), step(Kind::encrypt)};
    // Taking the padding off and reading the text is one step of the receiver.
    model.steps[1] = {step(Kind::unpad), step(Kind::unpad), step(Kind::decrypt)};
    if (model.exchange) {
        model.steps[0].push_back(m.sent ? step(Kind::frame) : std::nullopt);
        model.steps[1].push_back(step(Kind::decode));
    }
    return model;
}

std::optional<Node> MessageModel::named_step(std::size_t side, std::size_t i) const {
    const auto& all = steps[side];
    const bool goes_on = side == 0 ? i > 0 && all[i - 1] == all[i] : i + 1 < all.size() && all[i + 1] == all[i];
    return goes_on ? std::nullopt : all[i];
}

std::string refusal_words(std::string_view why) {
    return fmt::format(
        "Refused: {}. Only this side is told so: the sender hears bad_ciphertext, whatever was wrong. If answers told "
        "the faults apart, somebody on the wire could send altered blocks and read the text out of the answers, byte "
        "by byte (a padding oracle; Vaudenay 2002).",
        why);
}

std::string no_authentication_words() {
    return "Nothing authenticates this message: a change on the way is deciphered like any other text, and nobody can "
           "prove who sent it.";
}

} // namespace keyhole::viz
