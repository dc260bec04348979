#include "viz/picture/head.hpp"

#include <algorithm>
#include <numeric>

namespace keyhole::viz {
namespace {

class Head {
  public:
    Head(Canvas& canvas, const StageHead& head, Rect room)
        : canvas_(canvas), head_(head), room_(room), em_(canvas.em()), gap_(0.12F * em_) {
        const float title = canvas.width(FontRole::title, head.title);
        const float stops = std::accumulate(head.stops.begin(), head.stops.end(), 0.0F,
                                            [&](float sum, const HeadStop& s) { return sum + stop_width(s); });
        words_at_ = room.x + title + 0.8F * em_;
        beside_ = title + em_ + stops <= room.w;
        stops_at_ = beside_ ? room.right() - stops : room.right();
    }

    float draw() {
        canvas_.text(FontRole::title, room_.corner(), Ink::text, head_.title);
        const float foot = words(room_.y + 1.75F * em_);
        if (head_.stops.empty()) return foot;
        if (beside_) return stops({stops_at_, room_.y + 0.15F * em_}), foot;
        return stops({room_.x, foot}) + 0.4F * em_;
    }

  private:
    float stop_width(const HeadStop& stop) const {
        return std::max(canvas_.width(FontRole::figures_tiny, stop.label) + 0.3F * em_, 1.13F * em_) + gap_;
    }

    // Beside the title where they fit, else below it.
    float words(float below) {
        constexpr FontRole font = FontRole::small;
        const bool fit = words_at_ + 0.5F * em_ + canvas_.width(font, head_.words) <= stops_at_;
        const Point at = fit ? Point{words_at_, room_.y + 0.4F * em_} : Point{room_.x, below};
        const float foot = fit ? below : below + canvas_.paragraph_height(font, room_.w, head_.words) + 0.2F * em_;
        if (head_.followed.empty()) {
            canvas_.paragraph(font, at, fit ? stops_at_ - at.x : room_.w, Ink::muted, head_.words);
        } else {
            const float end = fit ? stops_at_ - 0.5F * em_ : room_.right();
            canvas_.text(font, at, Ink::current, canvas_.shortened(font, head_.followed, end - at.x));
        }
        return foot;
    }

    // Returns the foot of the last row.
    float stops(Point at) {
        const float tall = 1.1F * em_;
        for (std::size_t i = 0; i < head_.stops.size(); ++i) {
            const HeadStop& stop = head_.stops[i];
            const float step = stop_width(stop);
            if (at.x + step > room_.right() + gap_ + 1) at = {room_.x, at.y + tall + gap_};
            const Rect rect{at.x, at.y, step - gap_, tall};
            const bool here = head_.current == i;
            const std::string id = "stop." + stop.label;
            canvas_.box(rect, here ? Ink::current : Ink::raised, here ? Ink::current : Ink::border,
                        here ? 2.2F * canvas_.line() : 0, id);
            canvas_.link(id, rect, stop.go_to);
            canvas_.text_centred(FontRole::figures_tiny, rect.centre(), here ? Ink::on_current : Ink::text, stop.label);
            at.x += step;
        }
        return at.y + tall;
    }

    Canvas& canvas_;
    const StageHead& head_;
    Rect room_;
    float em_, gap_; // pixels; between two stops
    float words_at_, stops_at_;
    bool beside_; // the stops stand beside the title
};

} // namespace

float draw_head(Canvas& canvas, const StageHead& head, Rect room) { return Head(canvas, head, room).draw(); }

float draw_bit_words(Canvas& canvas, Point at, float width, std::string_view hint, unsigned followed,
                     const std::function<std::string(unsigned bit)>& words) {
    constexpr FontRole font = FontRole::small;
    std::size_t most = 0;
    const auto count = [&](std::string_view text) {
        most = std::max(most, wrapped(canvas.type(), font, text, width).size());
    };
    count(hint);
    for (unsigned bit = 1; bit <= 64; ++bit) count(words(bit));
    if (followed == 0) {
        canvas.paragraph(font, at, width, Ink::muted, hint);
    } else {
        canvas.paragraph(font, at, width, Ink::current, words(followed));
    }
    return static_cast<float>(most);
}

} // namespace keyhole::viz
