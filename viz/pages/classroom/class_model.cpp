#include "viz/pages/classroom/class_model.hpp"

#include "core/base/error.hpp"
#include "core/steps/address.hpp"
#include "paper/classroom/class_pages.hpp"

namespace keyhole::viz {

void ClassModel::update() {
    running_ = controller_.running();
    if (controller_.version() != state_.version) state_ = controller_.state();
}

bool ClassModel::start() {
    listen_error.clear();
    try {
        controller_.start(parse_host_port(listen), paper::class_pages());
    } catch (const Error& error) {
        listen_error = error.what();
        return false;
    }
    update();
    return true;
}

void ClassModel::stand_at(const Trace& trace, const Node& node) {
    std::string here = address(node);
    if (here == address_) return;
    address_ = std::move(here);
    values_.clear();
    for (const Value& value : trace.step(node).values) values_.emplace_back(value.name);
    chosen_ = values_.empty() ? 0 : values_.size() - 1; // the last one is what the step gives
}

void ClassModel::choose_by(int by) {
    const auto count = static_cast<int>(values_.size());
    if (count > 0) chosen_ = static_cast<std::size_t>((static_cast<int>(chosen_) + by + count) % count);
}

void ClassModel::ask_value(const Trace& trace, const Node& node) {
    if (!can_ask() || chosen_ >= values_.size()) return;
    controller_.ask(classroom::question_for(trace, node, values_[chosen_]));
}

void ClassModel::ask_choices(const std::string& address) {
    choices_error.clear();
    try {
        controller_.ask(classroom::question_with(address, choices));
    } catch (const Error& error) {
        choices_error = error.what();
    }
}

} // namespace keyhole::viz
