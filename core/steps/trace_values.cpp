#include "core/steps/trace_values.hpp"

#include "core/steps/address.hpp"

namespace keyhole {
namespace {

constexpr std::size_t long_message = std::size_t{64} << 10; // bytes

// What the map has under the key, made when it is first asked for.
template <class Map, class Make>
const auto& remembered(Map& map, const typename Map::key_type& key, Make make) {
    auto found = map.find(key);
    if (found == map.end()) found = map.emplace(key, make()).first;
    return found->second;
}

Direction direction_of(const Node& node) {
    return node.within(Kind::encrypt) ? Direction::encrypt : Direction::decrypt;
}

PowerSettings power_settings(const Recording& r, const Node& node) {
    if (node.kind() == Kind::modexp) return *r.power;
    const Role role = node.last().role;
    const PartyRecord& own = r.party(role);
    const Number& base = node.kind() == Kind::public_key ? r.parameters->g : *r.party(other(role)).public_key;
    return {base, *own.private_key, r.parameters->p};
}

} // namespace

const Pass& TraceValues::pass(std::uint64_t message, Direction direction) const {
    const auto [found, added] = passes_.try_emplace({message, direction});
    auto& [padded, pass] = found->second;
    if (added) pass = cipher_pass(*recording_, message, direction, padded);
    return pass;
}

bool TraceValues::is_text(ByteView bytes) const {
    const auto check = [&] { return is_utf8(as_text(bytes)); };
    return bytes.size() < long_message ? check() : remembered(texts_, {bytes.data(), bytes.size()}, check);
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
    const Node owner = node.kind() == Kind::bit ? node.parent() : node;
    return remembered(powers_, address(owner), [&] {
        const PowerSettings s = power_settings(*recording_, owner);
        return PowerRecord(s.base, s.exponent, s.modulus);
    });
}

const des::KeySchedule& TraceValues::schedule(const Node& node) const {
    const Node owner = node.up_to(Kind::schedule);
    return remembered(schedules_, address(owner), [&] {
        return des::key_schedule(recording_->des ? recording_->des->key : derivation(owner.last().role).key,
                                 recording_->variant);
    });
}

const dh::Derivation& TraceValues::derivation(Role role) const {
    const Parameters& parameters = *recording_->parameters;
    return remembered(derivations_, role,
                      [&] { return dh::derive(*recording_->party(role).shared, parameters.p, parameters.kdf); });
}

const dh::ParameterReport& TraceValues::parameter_report() const {
    if (!report_) report_ = dh::check_parameters(recording_->parameters->p, recording_->parameters->g);
    return *report_;
}

const dh::Order& TraceValues::generator_order() const {
    const Parameters& parameters = *recording_->parameters;
    if (!order_) order_ = dh::order_of(parameters.g, parameters.p, parameter_report());
    return *order_;
}

} // namespace keyhole
