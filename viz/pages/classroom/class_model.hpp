// What the class's page keeps beside the class itself: the address as typed, and what can be asked of the step.
#pragma once

#include <string>
#include <vector>

#include "core/steps/trace.hpp"
#include "viz/classroom/class_controller.hpp"

namespace keyhole::viz {

class ClassModel {
  public:
    // As typed, and what is wrong with it.
    std::string listen = "0.0.0.0:8080", listen_error;
    std::string choices, choices_error;

    ClassController& controller() { return controller_; }
    const ClassState& state() const { return state_; }
    bool running() const { return running_; }
    /// Takes what happened since.
    void update();

    /// False, with `listen_error` filled, when the address is wrong.
    bool start();

    /// The step that is shown: its values can be asked for. Another step lets go of the value that was chosen.
    void stand_at(const Trace& trace, const Node& node);
    /// Their names; those of another step once stand_at() was called for it.
    const std::vector<std::string>& values() const { return values_; }
    std::size_t chosen() const { return chosen_; }
    void choose(std::size_t value) { chosen_ = value; }
    void choose_by(int by);

    bool can_ask() const { return running_ && !state_.addresses.empty(); }
    /// For the chosen value of the step.
    void ask_value(const Trace& trace, const Node& node);
    /// What `choices` has, or `choices_error` says what is wrong with it.
    void ask_choices(const std::string& address);

  private:
    ClassController controller_;
    ClassState state_;
    bool running_ = false;
    std::string address_; // of the step that `values_` are of
    std::vector<std::string> values_;
    std::size_t chosen_ = 0;
};

} // namespace keyhole::viz
