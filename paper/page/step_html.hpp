// One step as a piece of a page: its heading, its named values as a table, its words.
#pragma once

#include <functional>
#include <string>

#include "core/steps/trace.hpp"

namespace keyhole::paper {

/// Whether a value may not be seen yet, because somebody is asked for it.
using HiddenValue = std::function<bool(const Value&)>;

/// Heading (h2 for the steps at the top, one deeper for each level), source, paragraph and table. Where `hidden` hides
/// a value there is a question mark in its place and no paragraph, which would tell it.
std::string step_html(const Step& step, const HiddenValue& hidden = {});

/// Whether the step has a value that is hidden.
bool hides(const Step& step, const HiddenValue& hidden);

/// The rounds of a block as a table, each with a link to its step.
std::string rounds_html(const Trace& trace, const Node& block);

} // namespace keyhole::paper
