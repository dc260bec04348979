// The known-answer runner (key 3): published vectors against what Keyhole computes. Failures stand first; a file shows
// its records, a record opens as a trace.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "viz/draw/row_bar.hpp"
#include "viz/frame/page.hpp"
#include "viz/pages/kat/kat_model.hpp"

namespace keyhole::viz {

class KatPage : public Page {
  public:
    void draw(FrameContext& context, Rect room) override;
    bool press(const KeyPress& press, FrameContext& context) override;
    void tick(Seconds now) override;
    std::optional<Seconds> due() const override;

  private:
    void start();
    /// What was chosen stays chosen where `keep` is in the list, else the first.
    void list_anew(const std::optional<KatItem>& keep);
    void choose(std::size_t item);
    bool move_choice(const KeyPress& press);
    bool leave();
    void open_chosen(FrameContext& context);
    void open_file(std::size_t file);
    void copy_chosen(FrameContext& context) const;

    // Each draws from its area's top on and returns the foot.
    float draw_field(FrameContext& context, ScreenCanvas& canvas, Rect area);
    float draw_result(FrameContext& context, ScreenCanvas& canvas, Rect area);
    std::string foot_words() const;

    // In kat_list_view.cpp.
    void draw_list(FrameContext& context, ScreenCanvas& canvas, Rect area);
    void draw_item(FrameContext& context, ScreenCanvas& canvas, std::size_t item, Rect area);
    void draw_failure(FrameContext& context, ScreenCanvas& canvas, const KatItem& item, Rect area);
    void draw_file(FrameContext& context, ScreenCanvas& canvas, const KatFileRun& file, Rect area);
    void draw_record(FrameContext& context, ScreenCanvas& canvas, const KatResult& result, Rect area);

    std::string path_; // as typed; empty: the vectors that come with Keyhole
    std::unique_ptr<KatRun> run_;
    KatList list_;
    std::optional<std::size_t> open_file_; // the file whose records are listed
    std::size_t chosen_ = 0;
    KatItem opened_;          // what led to the file whose records are listed
    std::size_t shift_ = 0;   // of long values, in characters
    std::size_t longest_ = 0; // value in sight that does not fit, in characters
    RowWindow lines_;
    bool started_ = false, field_active_ = false, focus_field_ = false, keep_in_sight_ = false;
    RowBar bar_;
    Seconds now_{0};
};

std::unique_ptr<Page> make_kat_page();

} // namespace keyhole::viz
