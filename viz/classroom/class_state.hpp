// What the window knows of its class: where it can be reached, who is there, and what became of the question.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "classroom/room.hpp"

namespace keyhole::viz {

struct ClassStudent {
    std::string name;
    std::string at;        // where the student looks around; empty: with the lecturer
    bool here = false;     // a device of this name is connected
    bool answered = false; // the last question
};

struct ClassState {
    std::uint64_t version = 0;               // another one for each change
    std::vector<std::string> addresses = {}; // that students type, the likeliest one first; empty until it listens
    std::string error = {};                  // one line; empty when all is well
    bool has_window = false;                 // students can open the window in their browser, too
    std::size_t here = 0, followers = 0, answered = 0; // students, devices, students who are here and answered
    std::vector<ClassStudent> students = {};           // in the order in which they came
    classroom::Room::State asked = classroom::Room::State::none;
    std::uint64_t number = 0; // of the question, from 1
    std::optional<classroom::Question> question = {};
    classroom::Counts counts = {}; // empty while the question is open
};

} // namespace keyhole::viz
