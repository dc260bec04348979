#include "viz/session/predict_model.hpp"

#include <algorithm>
#include <initializer_list>

namespace keyhole::viz {
namespace {

constexpr std::size_t widest_modulus = 32; // bits, of powers that somebody may reckon with a pocket calculator

bool one_of(std::string_view value, std::initializer_list<std::string_view> names) {
    return std::ranges::find(names, value) != names.end();
}

bool has_small_modulus(const Step& step) {
    const Datum* modulus = step.find("modulus");
    return modulus != nullptr && bit_size(*modulus) <= widest_modulus;
}

} // namespace

bool can_predict(const Step& step) {
    using enum Kind;
    switch (step.node.kind()) {
        case public_key:
        case shared:
        case modexp:
        case bit: return has_small_modulus(step);
        case derive:
        case schedule:
        case schedule_round:
        case pad:
        case unpad:
        case encrypt:
        case decrypt:
        case block:
        case ip:
        case round:
        case expand:
        case mix:
        case sbox:
        case permute:
        case join:
        case swap:
        case fp:
            return std::ranges::any_of(step.values,
                                       [&](const Value& value) { return is_result(step.node.kind(), value.name); });
        default: return false;
    }
}

bool is_result(Kind kind, std::string_view value) {
    using enum Kind;
    switch (kind) {
        case public_key:
        case shared:
        case modexp: return one_of(value, {"public_key", "shared_secret", "result", "squarings", "multiplications"});
        case bit: return one_of(value, {"squared", "multiplied"});
        case derive: return one_of(value, {"raw", "key"});
        case schedule: return one_of(value, {"c", "d", "distinct_subkeys"});
        case schedule_round: return one_of(value, {"c", "d", "subkey"});
        case pad: return value != "length";
        case unpad: return !one_of(value, {"padded", "padded_length"});
        case encrypt: return value == "ciphertext";
        case decrypt: return value == "padded";
        case block: return !one_of(value, {"key", "input", "previous"});
        case ip: return value != "chained";
        case round: return !one_of(value, {"left_in", "right_in", "subkey"});
        case expand: return value == "expanded";
        case mix: return value == "mixed";
        case sbox: return value != "input";
        case permute: return value == "p_out";
        case join: return one_of(value, {"left_out", "right_out"});
        case swap: return value == "preoutput";
        case fp: return value == "output";
        default: return false;
    }
}

Covered hidden_of(const StepTree& tree, const Curtain& curtain, const Step& step) {
    const Covered hidden = covered(tree, curtain, step.node);
    if (hidden != Covered::result || can_predict(step)) return hidden;
    return step.node == curtain.at ? Covered::nothing : Covered::all;
}

bool beside(const Node& one, const Node& other) {
    return one.depth() > 0 && one.depth() == other.depth() && one.parent().kind() == Kind::round &&
           one.parent() == other.parent();
}

} // namespace keyhole::viz
