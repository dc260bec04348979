// What the steps of a recording compute, by the node that asks for it: passes, blocks, key schedules, exponentiations.
// A recording holds only inputs and results; everything between is computed when somebody looks, and what costs more
// than a block (a whole exponentiation, a padded message) is remembered.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "core/dh/fast_modexp.hpp"
#include "core/dh/order.hpp"
#include "core/recording/recording.hpp"
#include "core/steps/node.hpp"

namespace keyhole {

class TraceValues {
  public:
    /// The recording may grow afterwards; what it holds may not change. It must outlive this object.
    explicit TraceValues(const Recording& recording) : recording_(&recording) {}
    TraceValues(const TraceValues&) = delete;
    TraceValues& operator=(const TraceValues&) = delete;

    const Recording& recording() const { return *recording_; }

    /// Message `message` (1 ..) in that direction; cipher_pass of core/recording/recording.hpp.
    const Pass& pass(std::uint64_t message, Direction direction) const;
    /// The pass of the message that the node lies in; the node is within encrypt or decrypt.
    const Pass& pass(const Node& node) const;
    /// The block that the node lies in; only the last one asked for is remembered.
    const BlockRun& block(const Node& node) const;
    /// The round that the node lies in.
    const des::RoundTrace& round(const Node& node) const;
    /// The exponentiation that the node, a public key, a shared secret, `modexp` or a bit of them, lies in.
    const PowerRecord& power(const Node& node) const;
    /// The key schedule that the node lies in.
    const des::KeySchedule& schedule(const Node& node) const;
    const dh::Derivation& derivation(Role role) const;
    const dh::ParameterReport& parameter_report() const;
    /// The order of g; the parameters must be good ones.
    const dh::Order& generator_order() const;
    /// Whether these bytes of the recording are UTF-8.
    bool is_text(ByteView bytes) const;

    /// The recording has more of that message (1 ..) than before: what is remembered of it is computed again.
    void forget(std::uint64_t message);

    /// Computes now what the first look at a long message would have to wait for.
    void prepare() const;

  private:
    struct PaddedPass {
        Bytes padded;
        Pass pass;
    };
    const Recording* recording_;
    mutable std::map<std::pair<std::uint64_t, Direction>, PaddedPass> passes_;
    mutable std::map<std::string, PowerRecord> powers_;
    mutable std::map<std::string, des::KeySchedule> schedules_;
    mutable std::map<Role, dh::Derivation> derivations_;
    mutable std::optional<dh::ParameterReport> report_;
    mutable std::optional<dh::Order> order_;
    mutable std::map<std::pair<const std::uint8_t*, std::size_t>, bool> texts_;
    mutable Node block_node_;
    mutable BlockRun block_;
};

} // namespace keyhole
