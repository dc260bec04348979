#include "core/steps/trace_values.hpp"

#include "core/steps/address.hpp"

namespace keyhole {
namespace {

constexpr std::size_t long_message = std::size_t{64} << 10; // bytes

Direction direction_of(const Node& node) {
    return node.within(Kind::encrypt) ? Direction::encrypt : Direction::decrypt;
}

// A step's exponentiation is that of the nearest step that has exponent bits.
Node power_node(const Node& node) { return node.kind() == Kind::bit ? node.parent() : node; }

PowerSettings power_settings(const Recording& r, const Node& node) {
    if (node.kind() == Kind::modexp) return *r.power;
    const Role role = node.last().role;
    const PartyRecord& own = r.party(role);
    const Number& base = node.kind() == Kind::public_key ? r.parameters->g : *r.party(other(role)).public_key;
    return {base, *own.private_key, r.parameters->p};
}

} // namespace

const Pass& TraceValues::pass(std::uint64_t message, Direction direction) const {
    auto& remembered = passes_[{message, direction}];
    if (!remembered) {
        remembered = std::make_unique<PaddedPass>();
        remembered->pass = cipher_pass(*recording_, message, direction, remembered->padded);
    }
    return remembered->pass;
}

bool TraceValues::is_text(ByteView bytes) const {
    const auto check = [&] { return is_utf8(as_text(bytes)); };
    if (bytes.size() < long_message) return check();
    const auto [found, added] = texts_.try_emplace({bytes.data(), bytes.size()});
    if (added) found->second = check();
    return found->second;
}

void TraceValues::forget(std::uint64_t message) {
    passes_.erase({message, Direction::encrypt});
    passes_.erase({message, Direction::decrypt});
    block_node_ = {};
}

void TraceValues::prepare() const {
    for (std::size_t i = 0; i < recording_->messages.size(); ++i) {
        const MessageRecord& m = recording_->messages[i];
        if (m.sent && m.sent->plaintext.size() >= long_message) {
            is_text(m.sent->plaintext);
            if (!m.sent->ciphertext.empty()) pass(i + 1, Direction::encrypt);
        }
        if (m.received && m.received->plaintext && m.received->plaintext->size() >= long_message)
            is_text(*m.received->plaintext);
    }
}

const Pass& TraceValues::pass(const Node& node) const { return pass(node.number(Kind::message), direction_of(node)); }

const BlockRun& TraceValues::block(const Node& node) const {
    const Node block = node.up_to(Kind::block);
    if (block != block_node_) {
        block_ = pass(node).block(block.last().number);
        block_node_ = block;
    }
    return block_;
}

const des::RoundTrace& TraceValues::round(const Node& node) const {
    return block(node).trace.rounds[node.number(Kind::round) - 1];
}

const PowerRecord& TraceValues::power(const Node& node) const {
    const Node owner = power_node(node);
    const std::string key = address(owner);
    auto found = powers_.find(key);
    if (found == powers_.end()) {
        const PowerSettings s = power_settings(*recording_, owner);
        found = powers_.emplace(key, PowerRecord(s.base, s.exponent, s.modulus)).first;
    }
    return found->second;
}

const des::KeySchedule& TraceValues::schedule(const Node& node) const {
    const Node owner = node.up_to(Kind::schedule);
    const std::string key = address(owner);
    auto found = schedules_.find(key);
    if (found == schedules_.end()) {
        const des::Block des_key = recording_->des ? recording_->des->key : derivation(owner.last().role).key;
        found = schedules_.emplace(key, des::key_schedule(des_key)).first;
    }
    return found->second;
}

const dh::Derivation& TraceValues::derivation(Role role) const {
    auto found = derivations_.find(role);
    if (found == derivations_.end()) {
        const Parameters& parameters = *recording_->parameters;
        found =
            derivations_.emplace(role, dh::derive(*recording_->party(role).shared, parameters.p, parameters.kdf)).first;
    }
    return found->second;
}

const dh::ParameterReport& TraceValues::parameter_report() const {
    if (!report_) report_ = dh::check_parameters(recording_->parameters->p, recording_->parameters->g);
    return *report_;
}

} // namespace keyhole
