// What each action of a party does: the checks of docs/protocol.md, Diffie-Hellman, and messages through the cipher.
// An action that finds the peer at fault returns the fault. Only what was found good enters the recording.
#include <fmt/format.h>

#include <cassert>

#include "core/dh/modexp.hpp"
#include "netsim/protocol/party.hpp"

namespace keyhole {
namespace {

// The digits, unless they stand for more than `bits` bits: longer numbers are not even converted.
std::optional<Number> bounded_hex(std::string_view digits, std::size_t bits) {
    std::string_view significant = digits;
    while (significant.size() > 1 && significant.front() == '0') significant.remove_prefix(1);
    if (significant.size() > (bits + 3) / 4) return std::nullopt;
    return number_from_hex(significant);
}

bool is_hex(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

// Every cause gets the very same answer, so that no peer learns from it what was wrong with the padding.
Fault bad_ciphertext() { return {WireCode::bad_ciphertext, "the message cannot be deciphered"}; }

} // namespace

std::variant<Offer, Fault> read_offer(const ParamsFrame& frame) {
    const auto bad = [](std::string why) { return Fault{WireCode::bad_params, std::move(why)}; };
    const auto kdf = dh::find_kdf(frame.kdf);
    const auto mode = find_mode(frame.mode);
    if (frame.protocol != protocol_name) return bad("the protocol is unknown");
    if (!kdf) return bad("the kdf is unknown");
    if (!mode) return bad("the mode is unknown");
    if (!is_hex(frame.p) || !is_hex(frame.g)) return bad("p or g is not hex");
    const auto p = bounded_hex(frame.p, dh::max_prime_bits);
    if (!p) return bad(fmt::format("p has more than {} bits", dh::max_prime_bits));
    const auto g = bounded_hex(frame.g, dh::max_prime_bits);
    if (!g) return bad("g is outside 2..p-2");
    const dh::ParameterReport report = dh::check_parameters(*p, *g);
    if (!report.ok()) return bad(report.fault);
    // The name is for people; p and g are what counts.
    const Group* named = find_group(*p, *g);
    return Offer{.group = named ? *named : Group{.name = "custom", .source = {}, .p = *p, .g = *g},
                 .kdf = *kdf,
                 .mode = *mode,
                 .report = report};
}

std::variant<Number, Fault> read_public_key(std::string_view hex, const Offer& offer) {
    const auto bad = [](std::string why) { return Fault{WireCode::bad_public_key, std::move(why)}; };
    if (!is_hex(hex)) return bad("the public value is not hex");
    const auto y = bounded_hex(hex, offer.report.p_bits);
    if (!y) return bad("the public value is outside 2..p-2");
    if (std::string fault = dh::public_value_fault(*y, offer.group.p, offer.report); !fault.empty()) {
        return bad(std::move(fault));
    }
    return *y;
}

std::optional<Fault> Party::act(Action action) {
    switch (action) {
        case Action::choose: choose(); break;
        case Action::send_params: send_line(encode_frame(offered_)); break;
        case Action::receive_params: receive_params(); break;
        case Action::check_params: return check_params();
        case Action::draw_private: draw_private(); break;
        case Action::compute_public:
            own().public_key = power(agreed_->group.g, *own().private_key, agreed_->group.p);
            break;
        case Action::send_public: send_line(encode_frame(PublicKeyFrame{to_wire_hex(*own().public_key)})); break;
        case Action::receive_public:
            peer_key_ = std::get<PublicKeyFrame>(std::get<Frame>(inbox_.take().content)).y;
            break;
        case Action::check_public: return check_public();
        case Action::compute_shared: compute_shared(); break;
        case Action::derive: finish_handshake(); break;
        case Action::encode: encode(); break;
        case Action::encrypt: encrypt(); break;
        case Action::frame: {
            MessageRecord& message = recording_.messages.back();
            MessageFrame frame{.seq = message.seq, .iv = {}, .ciphertext = to_base64(message.sent->ciphertext)};
            if (message.sent->iv) frame.iv = to_base64(block_bytes(*message.sent->iv));
            message.sent->frame = encode_frame(frame);
            break;
        }
        case Action::send: send_line(recording_.messages.back().sent->frame); break;
        case Action::decode: return decode();
        case Action::decrypt: return decrypt();
        case Action::send_bye: send_line(encode_frame(ByeFrame{})); break;
        case Action::receive_bye:
            inbox_.take();
            emit(PeerLeft{.said_bye = true});
            break;
        case Action::receive_error: {
            const Arrival arrival = inbox_.take();
            const auto& error = std::get<ErrorFrame>(std::get<Frame>(arrival.content));
            emit(Refused{.by_peer = true, .code = error.code, .detail = error.detail});
            break;
        }
        case Action::receive_end: emit(PeerLeft{.said_bye = false}); break;
        case Action::refuse: break;
        case Action::send_error:
            send_line(encode_frame(ErrorFrame{std::string(name(fault_.code)), fault_.detail}));
            emit(Refused{.by_peer = false, .code = std::string(name(fault_.code)), .detail = fault_.detail});
            break;
        case Action::close: break;
    }
    return std::nullopt;
}

void Party::agree(Offer offer) {
    recording_.parameters = Parameters{
        .group = offer.group.name, .p = offer.group.p, .g = offer.group.g, .kdf = offer.kdf, .mode = offer.mode};
    agreed_ = std::move(offer);
    own().agreed = true;
}

void Party::choose() {
    agree(*options_.offer);
    offered_ = {.protocol = std::string(protocol_name),
                .group = agreed_->group.name,
                .p = to_wire_hex(agreed_->group.p),
                .g = to_wire_hex(agreed_->group.g),
                .kdf = std::string(name(agreed_->kdf)),
                .mode = std::string(name(agreed_->mode))};
}

void Party::receive_params() { offered_ = std::get<ParamsFrame>(std::get<Frame>(inbox_.take().content)); }

std::optional<Fault> Party::check_params() {
    auto read = read_offer(offered_);
    if (const Fault* fault = std::get_if<Fault>(&read)) return *fault;
    agree(std::get<Offer>(std::move(read)));
    peer().agreed = true; // it chose them
    return std::nullopt;
}

Random Party::draw(std::string_view purpose) const {
    return options_.random.fork(fmt::format("{}.{}", name(role_), purpose));
}

void Party::draw_private() {
    Random random = draw("private");
    own().private_key = dh::draw_private_key(agreed_->group, agreed_->report, random);
}

std::optional<Fault> Party::check_public() {
    auto read = read_public_key(peer_key_, *agreed_);
    if (const Fault* fault = std::get_if<Fault>(&read)) return *fault;
    peer().public_key = std::get<Number>(std::move(read));
    peer().agreed = true; // its key says so
    return std::nullopt;
}

void Party::compute_shared() { own().shared = power(*peer().public_key, *own().private_key, agreed_->group.p); }

void Party::finish_handshake() {
    own().derived = true;
    key_ = session_key(recording_, role_);
    established_ = true;
    emit(HandshakeDone{});
}

MessageRecord& Party::add_message(Role sender) {
    if (!options_.keep_messages) recording_.messages.clear();
    const std::uint64_t seq = ++last_seq_[static_cast<std::size_t>(sender)];
    return recording_.messages.emplace_back(MessageRecord{.sender = sender, .seq = seq, .sent = {}, .received = {}});
}

void Party::encode() {
    plaintext_ = to_bytes(outbox_.front());
    unsent_ -= line_size(outbox_.front());
    outbox_.pop_front();
}

void Party::encrypt() {
    const Mode mode = recording_.parameters->mode;
    MessageRecord& message = add_message(role_);
    SentMessage sent{.plaintext = std::move(*plaintext_), .iv = {}, .ciphertext = {}, .frame = {}};
    plaintext_.reset();
    if (mode != Mode::ecb) sent.iv = draw("message." + std::to_string(message.seq) + ".iv").block();
    const Bytes padded = mode == Mode::ctr ? sent.plaintext : pad_pkcs7(sent.plaintext);
    sent.ciphertext = apply_mode(mode, Direction::encrypt, *key_, sent.iv.value_or(0), padded);
    message.sent = std::move(sent);
}

std::optional<Fault> Party::decode() {
    Arrival arrival = inbox_.take();
    const auto& frame = std::get<MessageFrame>(std::get<Frame>(arrival.content));
    if (frame.seq != last_seq_[static_cast<std::size_t>(other(role_))] + 1) {
        return Fault{WireCode::bad_sequence, "the seq is not the next"};
    }
    const Mode mode = recording_.parameters->mode;
    ReceivedMessage received{.frame = {}, .iv = {}, .ciphertext = {}, .padded = {}, .plaintext = {}};
    auto iv = from_base64(frame.iv.value_or(""));
    if (mode != Mode::ecb && iv && iv->size() == 8) received.iv = load_block(*iv);
    auto ciphertext = from_base64(frame.ciphertext);
    received.ciphertext = ciphertext.value_or(Bytes{});
    received.frame = std::move(arrival.line);
    const std::size_t size = received.ciphertext.size();
    const bool iv_ok = received.iv.has_value() == (mode != Mode::ecb);
    // In ctr nothing is padded: any length will do, and the empty ciphertext is the empty text.
    const bool size_ok =
        mode == Mode::ctr ? size <= max_text_bytes : size > 0 && size % 8 == 0 && size <= max_text_bytes + 8;
    add_message(other(role_)).received = std::move(received);
    if (!ciphertext || !iv_ok || !size_ok) return bad_ciphertext();
    return std::nullopt;
}

std::optional<Fault> Party::decrypt() {
    ReceivedMessage& received = *recording_.messages.back().received;
    decipher(received, recording_.parameters->mode, *key_);
    if (!received.plaintext) return bad_ciphertext();
    emit(TextArrived{to_string(*received.plaintext)});
    return std::nullopt;
}

void Party::send_line(const std::string& line) {
    output_ += line;
    output_ += '\n';
}

} // namespace keyhole
