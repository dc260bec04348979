// The public parameters as the stage shows them: p and g, where they come from, every check with its live numbers and
// its result, and for a toy group the powers of g one after the other. (RFC 7919; NIST SP 800-56A, section 5.5.1.)
#pragma once

#include <string>
#include <vector>

#include "core/steps/trace.hpp"
#include "viz/base/number_model.hpp"

namespace keyhole::viz {

/// How a check ended. `doubted`: no, which leads to no refusal but is something to know. `remark`: only that.
enum class Verdict { passed, failed, doubted, unknown, remark, not_reached };
/// "yes", "no" (failed or doubted), "unknown", "beware", "not reached".
std::string_view word(Verdict verdict);

struct CheckRow {
    std::string question; // "p is odd"
    std::string finding;  // "23 ends in the bit 1"
    Verdict verdict = Verdict::passed;
};

struct ParametersModel {
    std::string group, source; // "toy23", "for the blackboard"
    NumberText p, g;
    std::string settings; // "23 has 5 bits; key derivation sha256; messages in mode cbc"
    std::string story;    // who does what in this step, and who can see it
    std::vector<CheckRow> checks;
    std::string verdict; // "accepted", or why not
    bool accepted = true;
    // g, g², g³ .. mod p until 1 comes, for a p small enough to be drawn; else empty.
    std::vector<unsigned> powers;
    std::string powers_words;
};

/// The node is `parameters` or a step of it.
ParametersModel make_parameters_model(const Trace& trace, const Node& node);

/// The same for any p and g, accepted or not; `order` is that of g where they are accepted. `story` stays empty.
ParametersModel describe_parameters(const Parameters& parameters, const dh::ParameterReport& report,
                                    const dh::Order& order);

} // namespace keyhole::viz
