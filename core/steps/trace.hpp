// A recording made visible: its step tree, and each step's values and words, computed when looked at. What costs more
// than a block (a whole modular exponentiation, a padded message) is remembered.
#pragma once

#include <map>
#include <memory>

#include "core/dh/fast_modexp.hpp"
#include "core/steps/step.hpp"
#include "core/steps/step_tree.hpp"

namespace keyhole {

class Trace {
  public:
    /// The recording may grow afterwards; what it holds may not change. It must outlive the trace.
    explicit Trace(const Recording& recording) : recording_(&recording), tree_(recording) {}
    Trace(const Trace&) = delete;
    Trace& operator=(const Trace&) = delete;

    const Recording& recording() const { return *recording_; }
    const StepTree& tree() const { return tree_; }

    /// Everything about one step. The step must be in the tree. Values may view the recording or this trace.
    Step step(const Node& node) const;

    /// One stage of a message, as in Recording's cipher_pass, kept.
    const Pass& pass(std::uint64_t message, Direction direction) const;
    /// The pass of the message that the node lies in; the node is within encrypt or decrypt.
    const Pass& pass(const Node& node) const;
    /// The block that the node lies in (the last one asked for is kept).
    const BlockRun& block(const Node& node) const;
    /// The round that the node lies in.
    const des::RoundTrace& round(const Node& node) const;
    /// The exponentiation that the node, a public key, a shared secret, `modexp` or a bit of them, lies in.
    const PowerRecord& power(const Node& node) const;
    /// The key schedule that the node lies in.
    const des::KeySchedule& schedule(const Node& node) const;
    const dh::Derivation& derivation(Role role) const;
    const dh::ParameterReport& parameter_report() const;
    /// Whether these bytes of the recording are UTF-8 (kept for long ones).
    bool is_text(ByteView bytes) const;

    /// The record of that message (1 ..) has more than before: what was kept of it is made anew.
    void forget(std::uint64_t message);

    /// Computes now what the first look at a long message would wait for.
    void prepare() const;

  private:
    struct KeptPass {
        Bytes padded;
        Pass pass;
    };
    const Recording* recording_;
    StepTree tree_;
    mutable std::map<std::pair<std::uint64_t, Direction>, std::unique_ptr<KeptPass>> passes_;
    mutable std::map<std::string, PowerRecord> powers_;
    mutable std::map<std::string, des::KeySchedule> schedules_;
    mutable std::map<Role, dh::Derivation> derivations_;
    mutable std::optional<dh::ParameterReport> report_;
    mutable std::map<std::pair<const std::uint8_t*, std::size_t>, bool> texts_;
    mutable Node block_node_;
    mutable BlockRun block_;
};

} // namespace keyhole
