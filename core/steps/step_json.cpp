#include "core/steps/step_json.hpp"

namespace keyhole {
namespace {

nlohmann::ordered_json value_json(const Value& value) {
    nlohmann::ordered_json out = {{"name", value.name}};
    const std::string hex = prefixed_hex(value.datum);
    if (hex.empty()) {
        out["text"] = full_text(value.datum);
    } else {
        out["hex"] = hex;
    }
    if (const std::string bits = binary_text(value.datum); !bits.empty()) out["bits"] = bits;
    if (const std::string decimal = decimal_text(value.datum); !decimal.empty()) out["decimal"] = decimal;
    return out;
}

} // namespace

nlohmann::ordered_json step_json(const Step& step) {
    nlohmann::ordered_json values = nlohmann::ordered_json::array();
    for (const Value& value : step.values) values.push_back(value_json(value));
    nlohmann::ordered_json out = {
        {"address", step.address},        {"title", step.title},
        {"source", step.source},          {"party", step.party ? std::string(name(*step.party)) : std::string()},
        {"summary", step.summary},        {"values", std::move(values)},
        {"explanation", step.explanation}};
    if (!step.mark.empty()) out["mark"] = step.mark;
    return out;
}

} // namespace keyhole
