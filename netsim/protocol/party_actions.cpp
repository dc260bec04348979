#include "netsim/protocol/party_actions.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/utf8.hpp"
#include "core/dh/modexp.hpp"

namespace keyhole {
namespace {

// Every cause gets the very same answer, so that no peer learns from it what was wrong with the padding.
Fault bad_ciphertext(std::string reason) {
    return {WireCode::bad_ciphertext, "the message cannot be deciphered", std::move(reason)};
}

std::size_t size_with_line_end(std::string_view text) { return text.size() + 1; }

} // namespace

PartyActions::PartyActions(Role own_role, PartyOptions own_options) : role(own_role), options(std::move(own_options)) {
    recording.connected = true;
    recording.variant = options.variant;
}

std::optional<Fault> PartyActions::act(Action action) {
    switch (action) {
        case Action::choose: choose(); break;
        case Action::send_params: send_line(encode_frame(offered_)); break;
        case Action::receive_params: offered_ = take_frame<ParamsFrame>(); break;
        case Action::check_params: return check_params();
        case Action::draw_private: draw_private(); break;
        case Action::compute_public: compute_public(); break;
        case Action::send_public:
            send_line(encode_frame(PublicKeyFrame{to_wire_hex(*own().public_key), options.name}));
            break;
        case Action::receive_public: receive_public(); break;
        case Action::check_public: return check_public();
        case Action::compute_shared: compute_shared(); break;
        case Action::derive: derive(); break;
        case Action::encode: encode(); break;
        case Action::encrypt: encrypt(); break;
        case Action::frame: frame(); break;
        case Action::send:
            send_line(recording.messages.back().sent->frame);
            unconfirmed_.push_back({recording.messages.back().seq, said_});
            break;
        case Action::decode: return decode();
        case Action::decrypt: return decrypt();
        case Action::send_bye:
            if (!wordless) send_line(encode_frame(ByeFrame{}));
            break;
        case Action::receive_bye:
            inbox.take();
            events.emplace_back(PeerLeft{.said_bye = true});
            break;
        case Action::receive_error: receive_error(); break;
        case Action::receive_end:
            events.emplace_back(PeerLeft{.said_bye = false, .loss = loss, .phase = phase()});
            break;
        case Action::refuse: break;
        case Action::send_error: send_error(); break;
        case Action::close: break;
    }
    return std::nullopt;
}

void PartyActions::queue(std::string text) {
    unsent_ += size_with_line_end(text);
    outbox_.push_back(std::move(text));
}

void PartyActions::forget_unsent() {
    outbox_.clear();
    unsent_ = 0;
}

void PartyActions::confirm(std::uint64_t bytes) {
    for (; !unconfirmed_.empty() && unconfirmed_.front().end <= bytes; unconfirmed_.pop_front()) ++confirmed_messages_;
}

void PartyActions::drop_unsent() {
    if (!undelivered.any() && !outbox_.empty()) undelivered.first = outbox_.front();
    undelivered.unsent += outbox_.size();
    forget_unsent();
}

void PartyActions::settle_unconfirmed() {
    drop_unsent();
    for (const Sent& one : std::exchange(unconfirmed_, {})) {
        const auto found = std::ranges::find_if(
            recording.messages, [&](const MessageRecord& m) { return m.sender == role && m.seq == one.seq; });
        const bool kept = found != recording.messages.end();
        if (kept) found->sent->unconfirmed = true;
        // What was sent was said before what was not.
        if (undelivered.sent == 0) undelivered.first = kept ? to_string(found->sent->plaintext) : "";
        ++undelivered.sent;
    }
}

bool PartyActions::takes_long(Action action) const {
    constexpr std::size_t long_check = 1024, long_power = 2048; // bits of p
    switch (action) {
        case Action::check_params: return offered_.p.size() > long_check / 4;
        case Action::draw_private:
        case Action::compute_public:
        case Action::compute_shared:
            return agreed->report.p_bits > (agreed->group.exponent_bits > 0 ? long_power : long_check);
        default: return false;
    }
}

void PartyActions::agree(Offer offer) {
    recording.parameters = Parameters{
        .group = offer.group.name, .p = offer.group.p, .g = offer.group.g, .kdf = offer.kdf, .mode = offer.mode};
    agreed = std::move(offer);
    own().agreed = true;
}

void PartyActions::choose() {
    agree(*options.offer);
    offered_ = params_frame(*agreed);
}

std::optional<Fault> PartyActions::check_params() {
    auto read = read_offer(offered_);
    if (const Fault* found = std::get_if<Fault>(&read)) return *found;
    agree(std::get<Offer>(std::move(read)));
    peer().agreed = true; // it chose them
    return std::nullopt;
}

Random PartyActions::draw(std::string_view purpose) const {
    return options.random.fork(fmt::format("{}.{}", name(role), purpose));
}

void PartyActions::draw_private() {
    if (options.private_key) {
        check_private_key(*options.private_key, *agreed, role);
        own().private_key = options.private_key;
        return;
    }
    Random random = draw("private");
    own().private_key = dh::draw_private_key(agreed->group, agreed->report, random);
}

void PartyActions::receive_public() {
    const PublicKeyFrame frame = take_frame<PublicKeyFrame>();
    peer_key_ = frame.y;
    // It is only for showing: nothing proves it.
    if (!frame.name) return;
    const std::string_view text = std::string_view(*frame.name).substr(0, 4 * longest_name);
    const auto all = characters(text);
    peer_name_ = escape_controls(text.substr(0, all.size() > longest_name ? all[longest_name].offset : text.size()));
}

void PartyActions::compute_public() { own().public_key = power(agreed->group.g, *own().private_key, agreed->group.p); }

std::optional<Fault> PartyActions::check_public() {
    auto read = read_public_key(peer_key_, *agreed);
    if (const Fault* found = std::get_if<Fault>(&read)) return *found;
    peer().public_key = std::get<Number>(std::move(read));
    peer().agreed = true; // its key says so
    return std::nullopt;
}

void PartyActions::compute_shared() { own().shared = power(*peer().public_key, *own().private_key, agreed->group.p); }

void PartyActions::derive() {
    own().derived = true;
    key_ = session_key(recording, role);
    established = true;
    events.emplace_back(HandshakeDone{});
}

MessageRecord& PartyActions::add_message(Role sender) {
    if (!options.keep_messages) recording.messages.clear();
    const std::uint64_t seq = ++last_seq_[static_cast<std::size_t>(sender)];
    return recording.messages.emplace_back(MessageRecord{.sender = sender, .seq = seq, .sent = {}, .received = {}});
}

void PartyActions::encode() {
    plaintext_ = to_bytes(outbox_.front());
    unsent_ -= size_with_line_end(outbox_.front());
    outbox_.pop_front();
}

void PartyActions::encrypt() {
    const Mode mode = recording.parameters->mode;
    MessageRecord& message = add_message(role);
    SentMessage sent{.plaintext = std::move(*plaintext_), .iv = {}, .ciphertext = {}, .frame = {}};
    plaintext_.reset();
    if (mode != Mode::ecb) sent.iv = draw("message." + std::to_string(message.seq) + ".iv").block();
    const Bytes padded = pad(usual_padding(mode), sent.plaintext);
    sent.ciphertext = apply_mode(mode, Direction::encrypt, *key_, sent.iv.value_or(0), padded, recording.variant);
    message.sent = std::move(sent);
}

void PartyActions::frame() {
    MessageRecord& message = recording.messages.back();
    MessageFrame line{.seq = message.seq, .iv = {}, .ciphertext = to_base64(message.sent->ciphertext)};
    if (message.sent->iv) line.iv = to_base64(block_bytes(*message.sent->iv));
    message.sent->frame = encode_frame(line);
}

std::optional<Fault> PartyActions::decode() {
    Arrival arrival = inbox.take();
    const auto& line = std::get<MessageFrame>(std::get<Frame>(arrival.content));
    if (const std::uint64_t next = last_seq_[static_cast<std::size_t>(other(role))] + 1; line.seq != next) {
        return Fault{WireCode::bad_sequence, "the seq is not the next",
                     fmt::format("seq is {}, {} is the next", line.seq, next)};
    }
    const Mode mode = recording.parameters->mode;
    ReceivedMessage received{.frame = {}, .iv = {}, .ciphertext = {}, .padded = {}, .plaintext = {}};
    const auto iv = from_base64(line.iv.value_or(""));
    if (mode != Mode::ecb && iv && iv->size() == 8) received.iv = load_block(*iv);
    const auto ciphertext = from_base64(line.ciphertext);
    received.ciphertext = ciphertext.value_or(Bytes{});
    received.frame = std::move(arrival.line);
    const std::size_t size = received.ciphertext.size();
    const bool iv_ok = received.iv.has_value() == (mode != Mode::ecb);
    // In ctr nothing is padded: any length will do, and the empty ciphertext is the empty text.
    const bool size_ok =
        mode == Mode::ctr ? size <= max_text_bytes : size > 0 && size % 8 == 0 && size <= max_text_bytes + 8;
    add_message(other(role)).received = std::move(received);
    if (ciphertext && iv_ok && size_ok) return std::nullopt;
    const std::string reason = refusal(recording, recording.messages.back());
    return bad_ciphertext(!reason.empty() ? reason : fmt::format("ciphertext has {} bytes, too many", size));
}

std::optional<Fault> PartyActions::decrypt() {
    ReceivedMessage& received = *recording.messages.back().received;
    decipher(received, recording.parameters->mode, *key_, recording.variant);
    if (!received.plaintext) return bad_ciphertext(refusal(recording, recording.messages.back()));
    events.emplace_back(TextArrived{to_string(*received.plaintext)});
    return std::nullopt;
}

void PartyActions::receive_error() {
    ErrorFrame error = take_frame<ErrorFrame>();
    events.emplace_back(Refused{.by_peer = true, .code = std::move(error.code), .detail = std::move(error.detail)});
}

void PartyActions::send_error() {
    const std::string code(name(fault.code));
    send_line(encode_frame(ErrorFrame{code, fault.detail}));
    events.emplace_back(Refused{.by_peer = false, .code = code, .detail = fault.detail, .reason = fault.reason});
}

void PartyActions::send_line(const std::string& line) {
    output += line;
    output += '\n';
    said_ += size_with_line_end(line);
}

} // namespace keyhole
