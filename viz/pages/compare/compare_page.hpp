// The comparison's page (key 5): A and B, the bits to flip, the differences of every round and the halves of the chosen
// one.
#pragma once

#include <optional>
#include <string>

#include "viz/frame/field_view.hpp"
#include "viz/frame/page.hpp"
#include "viz/pages/compare/compare_input.hpp"
#include "viz/pages/compare/compare_model.hpp"

namespace keyhole::viz {

class ComparePage final : public Page {
  public:
    bool press(const KeyPress& press, FrameContext& context) override;
    void draw(FrameContext& context, Rect room) override;

  private:
    void follow(const FrameContext& context);
    void head(FrameContext& context, ScreenCanvas& canvas);
    void fields(FrameContext& context, ScreenCanvas& canvas);
    void strip(FrameContext& context, ScreenCanvas& canvas, Flipped which);
    void rounds(FrameContext& context, ScreenCanvas& canvas, float height);
    void flip(Flipped where, unsigned position);
    void open_a(FrameContext& context) const;
    void open_b(FrameContext& context) const { open(context, bench_.comparison().b, "comparison: B"); }
    void open(FrameContext& context, const BlockCase& what, const char* title) const;
    BlockCase followed() const { return source_ ? source_->what : textbook_case; }
    std::string origin() const;
    std::string address_of_round(const std::string& block) const;

    CompareBench bench_;
    std::optional<CompareSource> source_; // where A comes from; empty: typed, or the textbook's
    bool follows_ = true;                 // A is the current block of the trace
    std::uint64_t session_ = 0;
    Node node_;
    Flipped where_ = Flipped::text;
    unsigned position_ = 1, round_ = 1;
    FieldRing ring_;
    bool editing_ = false, entered_ = false, scrolls_on_ = false;
};

} // namespace keyhole::viz
