// Pictures for tests: makes the picture of any step with the window's fonts and without a window, and finds what is
// wrong with it as a drawing.
#pragma once

#include <imgui.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "core/base/resources.hpp"
#include "core/steps/address.hpp"
#include "tests/support/catch.hpp"
#include "viz/draw/fonts.hpp"
#include "viz/draw/painter.hpp"
#include "viz/stages/stages.hpp"

namespace keyhole::viz::testing {

/// The panel of the stage in windows of 1280 x 720 and 1600 x 900, and in a small one.
inline constexpr std::array stage_rooms = {Rect{340, 90, 560, 540}, Rect{340, 90, 800, 720}, Rect{10, 60, 420, 300}};

class DrawnStage {
  public:
    /// `em` is the height of a line of text in pixels.
    explicit DrawnStage(const Recording& recording, float em = 18)
        : recording_(recording), trace_(recording_), em_(em) {
        ImGui::CreateContext();
        load();
    }
    ~DrawnStage() { ImGui::DestroyContext(); }
    DrawnStage(const DrawnStage&) = delete;
    DrawnStage& operator=(const DrawnStage&) = delete;

    const Trace& trace() const { return trace_; }
    const Style& style() const { return style_; }

    StageInput input(const Rect& room, bool covered = false) const {
        return {.trace = trace_, .step = step_, .style = style_, .room = room, .covered = covered, .state = state};
    }

    Picture at(std::string_view address, const Rect& room, bool covered = false) {
        step_ = trace_.step(trace_.tree().at(address));
        const auto make = [&] { return stage(stage_of(step_.node)).make(input(room, covered)); };
        Picture picture = make();
        while (take_lacking(fonts_, none_)) {
            load();
            picture = make();
        }
        return picture;
    }

    StageState state;

  private:
    void load() { load_fonts(*ImGui::GetIO().Fonts, fonts_, resources::font_dir(), em_, none_); }

    Recording recording_;
    Trace trace_;
    float em_; // pixels
    SystemFonts none_;
    Fonts fonts_;
    ScreenTypeface type_{fonts_};
    Style style_{theme(ThemeName::dark), type_};
    Step step_;
};

/// The names of the cells that look so: those of the step, or on the way of what is followed.
inline std::set<std::string> cells_that_are(const Picture& picture, shape::CellLook look) {
    std::set<std::string> out;
    for (const Shape& shape : picture.shapes) {
        const auto* cell = std::get_if<shape::Cell>(&shape.form);
        if (cell != nullptr && cell->look == look) out.insert(shape.id);
    }
    return out;
}

inline std::set<std::string> lit_cells(const Picture& picture) { return cells_that_are(picture, shape::CellLook::lit); }
inline std::set<std::string> followed_cells(const Picture& picture) {
    return cells_that_are(picture, shape::CellLook::followed);
}

/// The area that the mouse hits in the middle of the shape with this name.
inline const Area& area_on(const Picture& picture, const std::string& id) {
    INFO(id);
    REQUIRE(picture.find(id) != nullptr);
    const Area* area = picture.at(extent(*picture.find(id)).centre(), 18);
    REQUIRE(area != nullptr);
    return *area;
}

inline const Area& area_called(const Picture& picture, std::string_view id) {
    const auto found = std::ranges::find(picture.areas, id, &Area::id);
    INFO(id);
    REQUIRE(found != picture.areas.end());
    return *found;
}

inline const shape::Box& box_of(const Picture& picture, std::string_view id) {
    const Shape* shape = picture.find(id);
    INFO(id);
    REQUIRE(shape != nullptr);
    return std::get<shape::Box>(shape->form);
}

/// How many shapes have a name that begins so.
inline std::size_t count_of(const Picture& picture, std::string_view prefix) {
    return static_cast<std::size_t>(
        std::ranges::count_if(picture.shapes, [&](const Shape& s) { return s.id.starts_with(prefix); }));
}

/// All words of the picture, in the order of drawing.
inline std::string words_of(const Picture& picture) {
    std::string out;
    for (const Shape& shape : picture.shapes) {
        if (const auto* text = std::get_if<shape::Text>(&shape.form)) out += text->words + "\n";
    }
    return out;
}

/// What is wrong with the drawing: a name that stands twice, text or cells that leave the room at a side, cells of one
/// row that overlap, areas that nobody can hit or that lead to no step. Empty where all is well.
inline std::vector<std::string> faults(const Picture& picture, const Rect& room, const StepTree& tree) {
    std::vector<std::string> out;
    std::map<std::string_view, int> names;
    std::map<float, std::vector<Rect>> rows;
    const auto inside = [&](const Rect& r) { return r.x >= room.x - 1 && r.right() <= room.right() + 1; };
    for (const Shape& shape : picture.shapes) {
        const auto* text = std::get_if<shape::Text>(&shape.form);
        const auto* cell = std::get_if<shape::Cell>(&shape.form);
        if (!shape.id.empty() && text == nullptr && ++names[shape.id] == 2) out.push_back("twice: " + shape.id);
        if (text != nullptr && !inside(text->box)) out.push_back("text outside: " + text->words);
        if (cell == nullptr) continue;
        if (!inside(cell->rect)) out.push_back("cell outside: " + shape.id);
        rows[cell->rect.y].push_back(cell->rect);
    }
    for (auto& [y, cells] : rows) {
        std::ranges::sort(cells, {}, &Rect::x);
        for (std::size_t i = 1; i < cells.size(); ++i) {
            if (cells[i].x < cells[i - 1].right()) out.push_back(fmt::format("cells overlap at {}, {}", cells[i].x, y));
        }
    }
    for (const Area& area : picture.areas) {
        const bool hit = area.wire ? area.to.y > area.from.y : area.rect.w > 0 && area.rect.h > 0;
        if (!hit) out.push_back("nothing to point at: " + area.id);
        if (area.go_to && !tree.contains(*area.go_to)) out.push_back("no such step: " + address(*area.go_to));
    }
    return out;
}

} // namespace keyhole::viz::testing
