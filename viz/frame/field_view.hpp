// Fields and choices of the pages that take typed input: what is wrong with one stands below it, in its own colour.
#pragma once

#include <span>
#include <string>

#include "viz/frame/frame_context.hpp"

namespace keyhole::viz {

struct FieldLook;

/// The fields of a page in their order: Tab goes round them. (ImGui's own Tab needs its navigation, which would take
/// the arrows.) `begin` before the first, `end` after the last of a frame.
class FieldRing {
  public:
    void begin() { count_ = 0; }
    void end();
    /// The field of that number, from 0, gets the keyboard when it is drawn next.
    void focus(int field) { wanted_ = field; }

  private:
    friend bool text_field(FrameContext&, ScreenCanvas&, FieldRing&, const FieldLook&, std::string&);
    int count_ = 0, wanted_ = none, next_ = none;
    static constexpr int none = -2;
};

struct FieldLook {
    const char* label = "";
    std::string hint = {};  // in the empty field
    std::string fault = {}; // below it; empty where nothing is wrong
    float label_width = 0;
    bool stays = false; // Enter leaves it the keyboard
};

/// A field as wide as the panel. True while it has the keyboard.
bool text_field(FrameContext& context, ScreenCanvas& canvas, FieldRing& ring, const FieldLook& look, std::string& text);

/// Buttons side by side, in more rows where the panel is narrow; the chosen one is filled. Returns the one that is
/// chosen now.
std::size_t choice(FrameContext& context, ScreenCanvas& canvas, const char* label,
                   std::span<const std::string_view> words, std::size_t chosen, float label_width);

/// A button in the flow, in a new row where it does not fit behind the item before. `first` starts a row.
bool flow_button(FrameContext& context, const char* words, bool enabled, bool first);

/// A panel within the page that scrolls by itself, and by Page Up and Page Down; other keys stay with the page.
bool begin_column(const FrameContext& context, const char* id, Rect room);

/// Scrolls the panel that is being drawn by so many of its heights.
void scroll(float heights);

/// At the end of a column: shows what lies below, and after the end its head again.
void scroll_on();

} // namespace keyhole::viz
