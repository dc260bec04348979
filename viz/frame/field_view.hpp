// Fields and choices of the pages that take typed input: what is wrong with one stands below it, in its own colour.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <utility>

#include "viz/frame/frame_context.hpp"

namespace keyhole::viz {

struct FieldLook;

/// The fields of a page in their order: Tab goes round them. (ImGui's own Tab needs its navigation, which would take
/// the arrows.) `begin` before the first, `end` after the last of a frame.
class FieldRing {
  public:
    void begin() {
        count_ = 0;
        editing_ = false;
    }
    void end();
    /// The field of that number, from 0, gets the keyboard when it is drawn next.
    void focus(int field) { wanted_ = field; }
    /// Whether one of them had the keyboard when they were drawn last.
    bool editing() const { return editing_; }

    /// Enter, and Escape while a field has the keyboard. True: used.
    bool press(const KeyPress& press);
    /// As a press of Enter does.
    void enter() { entered_ = true; }
    /// Once after each Enter; to be asked when the fields have been drawn, for then they hold what was typed before it.
    bool take_entered() { return std::exchange(entered_, false); }

  private:
    friend bool text_field(FrameContext&, ScreenCanvas&, FieldRing&, const FieldLook&, std::string&);
    int count_ = 0, wanted_ = none, next_ = none;
    bool editing_ = false, entered_ = false;
    static constexpr int none = -2;
};

struct FieldLook {
    const char* label = "";
    std::string hint = {};  // in the empty field
    std::string fault = {}; // below it; empty where nothing is wrong
    float label_width = 0;
    bool stays = false; // it keeps the keyboard after Enter
};

/// A field as wide as the panel. True while it has the keyboard.
bool text_field(FrameContext& context, ScreenCanvas& canvas, FieldRing& ring, const FieldLook& look, std::string& text);

/// Buttons side by side, in more rows where the panel is narrow; the chosen one is filled. Returns the one that is
/// chosen now.
std::size_t choice(FrameContext& context, ScreenCanvas& canvas, const char* label,
                   std::span<const std::string_view> words, std::size_t chosen, float label_width);

/// The same for a value that counts from 0, as enumerations do.
template <class Value>
void choose(FrameContext& context, ScreenCanvas& canvas, const char* label, std::span<const std::string_view> words,
            Value& chosen, float label_width) {
    chosen = static_cast<Value>(choice(context, canvas, label, words, static_cast<std::size_t>(chosen), label_width));
}

/// The value after it of an enumeration that has `count`; after the last the first.
template <class Value>
Value turned(Value value, std::size_t count) {
    return static_cast<Value>((static_cast<std::size_t>(value) + 1) % count);
}

/// A button in the flow, in a new row where it does not fit behind the item before. `first` starts a row.
bool flow_button(FrameContext& context, const char* words, bool enabled, bool first);

/// How high buttons with these words are in the flow, `width` pixels wide, with the space below them.
float flow_height(const FrameContext& context, std::span<const char* const> words, float width);

/// A panel within the page that scrolls by itself, and by Page Up and Page Down; other keys stay with the page.
void draw_column(const FrameContext& context, const char* id, Rect room,
                 const std::function<void(ScreenCanvas&)>& draw);

/// Scrolls the panel that is being drawn by so many of its heights.
void scroll(float heights);

/// At the end of a column: shows what lies below, and after the end its head again.
void scroll_on();

} // namespace keyhole::viz
