#include "core/steps/trace.hpp"

#include "core/steps/address.hpp"
#include "core/steps/explain.hpp"
#include "core/steps/step_kinds.hpp"

namespace keyhole {
namespace {

// Which party acts in this step; empty where both do or none.
std::optional<Role> acting_party(const Recording& recording, const Node& node) {
    using enum Kind;
    if (recording.des) return std::nullopt; // nobody sends anything
    for (std::size_t i = 0; i < node.depth(); ++i) {
        if (info(node.part(i).kind).of_party) return node.part(i).role;
    }
    if (node.depth() < 2 || node.part(0).kind != message) return std::nullopt;
    const Role sender = recording.messages[node.part(0).number - 1].sender;
    const Kind stage = node.part(1).kind;
    return stage == decode || stage == decrypt || stage == unpad ? other(sender) : sender;
}

// Whether the variant does something else in this step than the standard.
bool is_changed(const des::Variant& variant, const Node& node) {
    using enum Kind;
    switch (node.kind()) {
        case ip:
        case fp: return !variant.has_ip;
        case swap: return !variant.final_swap;
        case permute: return !variant.has_p;
        case sbox: return variant.changes_box(static_cast<unsigned>(node.last().number));
        case schedule:
        case schedule_round: return variant.subkeys != des::Variant::Subkeys::standard;
        default: return false;
    }
}

// What the table names is the usual case; a step that does something else has another source, or none.
std::string source_in_standard(const TraceValues& trace, const Node& node) {
    using enum Kind;
    const Recording& r = trace.recording();
    std::string usual(info(node.kind()).source);
    const bool ffdhe = r.parameters && r.parameters->group.starts_with("ffdhe");
    switch (node.kind()) {
        case parameters:
        case check: return ffdhe ? usual : "RFC 2631, section 2.2.2";
        case choose: {
            const Group* group = find_group(r.parameters->p, r.parameters->g);
            return ffdhe ? usual : group != nullptr && group->name != "toy23" ? group->source : "";
        }
        case private_key: return ffdhe ? usual : "RFC 2631, section 2.2";
        case derive: return r.parameters->kdf == dh::Kdf::sha256 ? usual : "";
        case encode: return trace.is_text(r.messages[node.number(message) - 1].sent->plaintext) ? usual : "";
        case pad:
        case unpad:
            if (r.padding() == Padding::zero) return "ISO/IEC 9797-1, padding method 1";
            if (r.padding() == Padding::iso7816) return "ISO/IEC 9797-1, padding method 2";
            return r.padding() == Padding::pkcs7 ? usual : "";
        case encrypt:
        case decrypt: return r.mode() == Mode::ctr ? "NIST SP 800-38A, section 6.5" : usual;
        case block:
        case ip:
        case round:
        case join:
        case swap:
        case fp: return trace.pass(node).cipher_direction() == Direction::decrypt ? "FIPS 46-3, Deciphering" : usual;
        default: return usual;
    }
}

std::string source_of(const TraceValues& trace, const Node& node) {
    const std::string source = source_in_standard(trace, node);
    return is_changed(trace.recording().variant, node) ? "changed from " + source : source;
}

} // namespace

Step Trace::step(const Node& node) const {
    using enum Kind;
    Step step{.node = node,
              .address = address(node),
              .title = title(node, recording().variant.rounds),
              .source = source_of(*this, node),
              .party = acting_party(recording(), node),
              .mark = mark_,
              .summary = {},
              .values = {},
              .explanation = {}};
    if (node.within(block) || node.within(schedule)) {
        explain_des_step(*this, step);
    } else if (node.within(message)) {
        explain_message_step(*this, step);
    } else {
        explain_dh_step(*this, step);
    }
    return step;
}

} // namespace keyhole
