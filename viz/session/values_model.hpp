// A step's named values as the values panel writes them: every form in which a person may want to read them.
#pragma once

#include <string>
#include <vector>

#include "core/steps/step.hpp"
#include "viz/base/meaning.hpp"

namespace keyhole::viz {

struct ValueRow {
    std::string name;    // "right in"
    std::string text;    // hex, text or a word; hex in groups of 8 digits so that long ones wrap
    std::string binary;  // in groups; empty where there are no bits or too many
    std::string decimal; // empty where it would only repeat `text` or is too long; a short big number's size instead
    Meaning meaning = Meaning::plain;
    bool in_figures = false; // hex or a number: set in the figures' font
    bool one_line = false;   // short enough for one line: binary and decimal beside the name
};

/// At most `limit` characters of a value are written out; what is cut says its size.
std::vector<ValueRow> value_rows(const Step& step, std::size_t limit);

/// The digits of a hex number in groups of eight, counted from the right, or those of bytes from the left; `0x` in
/// front stays. Other text is unchanged.
std::string grouped_hex(const std::string& text, bool from_left = false);

/// `text` cut into lines of at most `columns` characters, at spaces where there are any.
std::vector<std::string> wrapped(const std::string& text, std::size_t columns);

} // namespace keyhole::viz
