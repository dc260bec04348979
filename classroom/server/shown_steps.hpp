// The steps of what a class is shown, as its plain page gets them one by one: without what is asked for, and without
// what the lecturer still covers.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "classroom/room.hpp"
#include "classroom/server/class_pages.hpp"
#include "core/steps/curtain.hpp"
#include "netsim/lecture/lecture_line.hpp"
#include "netsim/web/web_site.hpp"

namespace keyhole::classroom {

class ShownSteps {
  public:
    /// Both must outlive it.
    ShownSteps(const ClassPages& pages, const Room& room) : pages_(pages), room_(room) {}

    /// Where the lecturer stands, and what is covered from there on.
    void go(const std::string& address, LectureCover cover);
    const std::string& address() const { return address_; }
    /// Another recording is shown, or the question is in another state: other values are hidden.
    void forget() { made_.clear(); }

    /// The answer to /step?ADDRESS.
    WebAnswer at(const Trace& trace, const std::string& address);

  private:
    Covered covered_at(const Trace& trace, const Node& node) const;
    std::function<bool(const Value&)> hidden_at(const std::string& address, const Node& node, Covered covered) const;

    const ClassPages& pages_;
    const Room& room_;
    std::string address_;
    LectureCover cover_ = LectureCover::nothing;
    std::map<std::string, WebAnswer> made_; // by address
};

} // namespace keyhole::classroom
