#include "viz/stages/covered_picture.hpp"

#include <algorithm>

#include "viz/session/predict_model.hpp"
#include "viz/session/values_model.hpp"

namespace keyhole::viz {
namespace {

constexpr std::size_t most_characters = 160; // of one value: what is longer nobody reckons with by hand

class Card {
  public:
    Card(const StageInput& input, Canvas& canvas)
        : input_(input), canvas_(canvas), em_(canvas.em()), rows_(value_rows(input.step, most_characters)) {
        for (const ValueRow& row : rows_) names_ = std::max(names_, canvas.width(FontRole::text, row.name));
        names_ = std::min(names_ + 1.2F * em_, 0.4F * input.room.w);
    }

    /// Returns the foot.
    float draw() {
        y_ = canvas_.paragraph(FontRole::title, {input_.room.x, input_.room.y}, input_.room.w, Ink::text,
                               input_.step.title);
        heading("From this:");
        for (std::size_t i = 0; i < rows_.size(); ++i)
            if (!asked(i)) given(i);
        heading("What comes of it?");
        for (std::size_t i = 0; i < rows_.size(); ++i)
            if (asked(i)) ask(i);
        return y_;
    }

  private:
    bool asked(std::size_t i) const { return is_result(input_.step.node.kind(), input_.step.values[i].name); }
    std::string id(std::string_view what, std::size_t i) const {
        return std::string(what).append(".").append(input_.step.values[i].name);
    }

    void heading(std::string_view words) {
        y_ = canvas_.paragraph(FontRole::text, {input_.room.x, y_ + 0.5F * em_}, input_.room.w, Ink::muted, words) +
             0.2F * em_;
    }

    float name(std::size_t i) {
        canvas_.text(FontRole::text, {input_.room.x, y_}, Ink::text,
                     canvas_.shortened(FontRole::text, rows_[i].name, names_ - 0.4F * em_));
        return input_.room.x + names_;
    }

    void given(std::size_t i) {
        const ValueRow& row = rows_[i];
        const float x = name(i), width = input_.room.right() - x;
        y_ = canvas_.paragraph(row.in_figures ? FontRole::figures : FontRole::text, {x, y_}, width, ink_of(row.meaning),
                               row.text, id("given", i));
        if (!row.decimal.empty())
            y_ = canvas_.paragraph(FontRole::figures_small, {x, y_}, width, Ink::muted, row.decimal);
        if (!row.binary.empty())
            y_ = canvas_.paragraph(FontRole::figures_small, {x, y_}, width, Ink::muted, row.binary);
        y_ += 0.25F * em_;
    }

    void ask(std::size_t i) {
        const float x = name(i), height = 1.5F * em_;
        const Rect rect{x, y_ - 0.1F * em_, std::min(6 * em_, input_.room.right() - x), height};
        canvas_.box(rect, Ink::raised, Ink::current, 0, id("asked", i));
        canvas_.text_centred(FontRole::figures, rect.centre(), Ink::current, "?");
        y_ += height + 0.3F * em_;
    }

    const StageInput& input_;
    Canvas& canvas_;
    float em_, names_ = 0, y_ = 0;
    std::vector<ValueRow> rows_;
};

} // namespace

Picture covered_picture(const StageInput& input) {
    Picture picture;
    Canvas canvas(input.style, picture);
    picture.foot = Card(input, canvas).draw();
    return picture;
}

Picture unseen_picture(const StageInput& input) {
    Picture picture;
    Canvas canvas(input.style, picture);
    const Rect& room = input.room;
    const float y = canvas.paragraph(FontRole::title, {room.x, room.y}, room.w, Ink::text, input.step.title);
    picture.foot = canvas.paragraph(FontRole::text, {room.x, y + 0.5F * canvas.em()}, room.w, Ink::muted,
                                    "The lecture has not come so far: what it still asks would stand here.", "unseen");
    return picture;
}

} // namespace keyhole::viz
