// What the three stages of a message share: the strip of stations above, the band of words, and the place in a list
// that may be millions long. A list moves by whole rows, so that no position is ever too large for a pixel's
// arithmetic.
#pragma once

#include "viz/frame/views.hpp"
#include "viz/stages/message/message_model.hpp"

namespace keyhole::viz {

/// Title, one line of figures or words below it, the stations, each a way there. Returns the foot.
float draw_message_head(FrameContext& context, ScreenCanvas& canvas, std::string_view title, std::string_view words);

/// What of the stage's panel is in sight at once, and whether that is little.
float stage_height();
bool low_stage(float em);

/// Tells ImGui how far the stage reaches; after a step the stage is shown from its head, or, where it is low, from its
/// picture, and with the words of its head at the foot.
void end_stage(const FrameContext& context, ScreenCanvas& canvas, ImVec2 origin, float picture, float foot,
               std::string_view words);

/// The first row shown of a list, kept by ImGui between frames under `id` in the current window.
class LongList {
  public:
    LongList(std::string_view id, std::uint64_t total, std::uint64_t shown);

    std::uint64_t first() const;
    bool whole() const { return total_ <= shown_; }
    /// Scrolls no further than needed.
    void bring_into_sight(std::uint64_t row);
    /// The bar that scrolls it, the mouse wheel over `area`, Page Up and Page Down where `keys`.
    void scroll(const FrameContext& context, ScreenCanvas& canvas, Rect bar, Rect area, bool keys);

  private:
    void set(std::uint64_t first);

    ImGuiID id_;
    std::uint64_t total_, shown_;
};

/// True in the frame in which the key goes down or repeats, unless somebody types.
bool pressed(ImGuiKey key);

/// Words of one line where they fit, else as few as needed below one another. Returns the foot.
inline float words_at(ScreenCanvas& canvas, ImVec2 at, float width, ImU32 ink, std::string_view words) {
    return canvas.paragraph(canvas.fonts().small, at, width, ink, words);
}

} // namespace keyhole::viz
