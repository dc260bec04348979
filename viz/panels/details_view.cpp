// The panel on the right: heading and source, the explanation, and the step's named values in every form.
#include <fmt/format.h>

#include <algorithm>

#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/frame/stage_memory.hpp"
#include "viz/panels/panels.hpp"
#include "viz/session/stage_model.hpp"
#include "viz/session/values_model.hpp"
#include "viz/stages/round/origin_model.hpp"
#include "viz/stages/round/round_picture.hpp"

namespace keyhole::viz {
namespace {

// More of one value than a page holds is for the CSV export.
constexpr std::size_t most_characters = 2600;

std::size_t columns(const Canvas& canvas, FontRole font, float width) {
    return static_cast<std::size_t>(std::max(1.0F, width / canvas.width(font, "0")));
}

void heading(FrameContext& context, ScreenCanvas& canvas) {
    const Step& step = context.step;
    canvas.paragraph(FontRole::title, Ink::current, step.title);
    std::string source = step.source;
    // In a trace without an exchange there are no parties, whatever the recording calls them.
    if (step.party && context.trace.recording().parameters)
        source += fmt::format("{}done by the {}", source.empty() ? "" : " \u00B7 ", keyhole::name(*step.party));
    canvas.paragraph(FontRole::small, Ink::muted, source);
}

// The fewest columns that need no more lines: 8 groups in two lines stand four and four.
std::size_t balanced(const std::string& text, std::size_t most) {
    const std::size_t lines = wrapped(text, most).size();
    while (most > 1 && lines > 1 && wrapped(text, most - 1).size() == lines) --most;
    return most;
}

struct Line {
    FontRole font;
    Paint ink;
    std::string text;
};

// A box for one value; a click copies the whole of it.
void value_box(FrameContext& context, const ValueRow& row, const Value& value, int id) {
    const Datum& datum = value.datum;
    ScreenCanvas canvas(context.theme, context.fonts);
    const float em = context.fonts.em;
    const float width = ImGui::GetContentRegionAvail().x;
    const float pad = 0.55F * em;
    const float inner = width - 2 * pad - 0.2F * em;
    const Point at = to_point(ImGui::GetCursorScreenPos());

    std::vector<Line> lines;
    const auto add = [&](FontRole font, Paint ink, const std::string& words) {
        const std::string text = drawable(canvas.type(), font, words);
        const std::size_t most = columns(canvas, font, inner);
        for (std::string& line : wrapped(text, text.size() <= 200 ? balanced(text, most) : most))
            lines.push_back({font, ink, std::move(line)});
    };
    const float name_width = canvas.width(FontRole::small, row.name);
    const float text_width = canvas.width(FontRole::figures, row.text);
    const bool beside =
        row.one_line || (row.binary.empty() && row.decimal.empty() && name_width + text_width + 2 * em < inner);
    if (!beside) {
        if (row.in_figures) add(FontRole::figures, Ink::text, row.text);
        if (!row.in_figures) add(FontRole::text, Ink::text, row.text);
        if (!row.binary.empty()) add(FontRole::figures_small, Ink::muted, row.binary);
    }
    // The decimal stands beside the name where there is room, else on lines of its own.
    const bool decimal_beside =
        row.one_line || canvas.width(FontRole::figures_small, row.decimal) + name_width + em < inner;
    if (!decimal_beside) add(FontRole::figures_small, Ink::muted, row.decimal);

    float height = 1.6F * em;
    for (const Line& line : lines) height += 1.15F * canvas.height(line.font);
    if (!lines.empty()) height += 0.3F * em;
    const Rect rect{at.x, at.y, width, height};

    const auto [clicked, hovered] = button_over(rect, id);
    if (clicked) context.requests.copy(full_text(datum), row.name);
    if (hovered) ImGui::SetTooltip("%s: click to copy, right click for other forms", row.name.c_str());
    draw_value_menu(context, value);
    canvas.box(rect, Ink::raised, hovered ? Ink::current : Ink::border);
    const Paint ink = ink_of(row.meaning);
    if (row.meaning != Meaning::plain) canvas.box({at.x, at.y, 0.22F * em, height}, ink, Ink::none);
    const float x = at.x + pad + 0.2F * em;
    const float middle = at.y + 0.8F * em;
    canvas.text(FontRole::small, {x, middle - canvas.height(FontRole::small) / 2},
                row.meaning == Meaning::plain ? Ink::muted : ink,
                row.name == context.ui.copied ? row.name + " \u2713" : row.name);
    const float edge = rect.right() - pad;
    if (row.one_line) {
        canvas.text_to_right(FontRole::figures, {edge, middle}, Ink::text, row.decimal);
        canvas.text_to_right(FontRole::figures, {edge - 3.4F * em, middle}, Ink::text, row.binary);
        canvas.text_to_right(FontRole::figures_small,
                             {edge - 3.4F * em - canvas.width(FontRole::figures, row.binary) - em, middle}, Ink::faint,
                             inner > 15 * em ? row.text : "");
    } else if (beside) {
        canvas.text_to_right(row.in_figures ? FontRole::figures : FontRole::text, {edge, middle}, Ink::text, row.text);
    } else if (decimal_beside) {
        canvas.text_to_right(FontRole::figures_small, {edge, middle}, Ink::muted, row.decimal);
    }
    float y = at.y + 1.55F * em;
    for (const Line& line : lines) {
        canvas.text(line.font, {x, y}, line.ink, line.text);
        y += 1.15F * canvas.height(line.font);
    }
}

// What is to be guessed: its name, and no value.
void covered_box(FrameContext& context, const std::string& name) {
    ScreenCanvas canvas(context.theme, context.fonts);
    const float em = context.fonts.em;
    const Point at = to_point(ImGui::GetCursorScreenPos());
    const Rect rect{at.x, at.y, ImGui::GetContentRegionAvail().x, 1.6F * em};
    ImGui::Dummy({1, rect.h});
    canvas.box(rect, Ink::raised, Ink::border);
    const FontRole font = FontRole::small;
    canvas.text(font, {at.x + 0.75F * em, at.y + 0.8F * em - canvas.height(font) / 2}, Ink::muted, name);
    canvas.text_to_right(FontRole::figures, {rect.right() - 0.55F * em, at.y + 0.8F * em}, Ink::muted, "?");
}

void buttons(FrameContext& context) {
    const bool covered = context.covered();
    const auto button = [&](const char* words, Command command, bool first) {
        if (flow_button(context, words, true, first)) context.requests.run(command);
    };
    if (context.ui.covers(context.step) && !context.unseen()) {
        button("Reveal (Enter)", Command::reveal, true);
        if (flow_button(context, "Type the answer (9)", true, false)) context.requests.show(PageName("practice"));
    }
    button(context.ui.predicting ? "End predicting (P)" : "Predict, then reveal (P)", Command::predict, !covered);
    if (!covered) button("Copy address (Ctrl+C)", Command::copy_address, false);
}

std::string_view words(const FrameContext& context) {
    if (context.unseen()) return "The lecture has not come so far. What the lecturer asks stays covered until then.";
    if (!context.covered()) return context.step.explanation;
    return context.lecture_covers ? "What does this step give? Say it first; the lecturer uncovers it."
                                  : "What does this step give? Say it first, then uncover it.";
}

// In a round: which bits belong to the step, or to the bit that is followed.
void origins(FrameContext& context, ScreenCanvas& canvas, std::optional<BitRef> followed) {
    if (stage_of(context.step.node) != StageKind::round || context.covered()) return;
    const RoundModel round = make_round_model(context.trace, context.step.node);
    const auto rows = origin_rows(round, followed ? trace_bit(*followed, round.has_p) : round.live);
    if (rows.empty()) return;
    const float em = context.fonts.em;
    ImGui::Dummy({1, 0.3F * em});
    canvas.paragraph(FontRole::small, Ink::muted, "Where it comes from, where it goes");
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0.3F * em, 0.1F * em});
    for (const OriginRow& row : rows) {
        canvas.text(FontRole::text, to_point(ImGui::GetCursorScreenPos()), ink_of(row.meaning), row.label);
        ImGui::Indent(2.2F * em);
        canvas.paragraph(FontRole::text, Ink::text, row.words);
        ImGui::Unindent(2.2F * em);
    }
    ImGui::PopStyleVar();
}

} // namespace

void draw_details(FrameContext& context) {
    const float em = context.fonts.em;
    const bool covered = context.covered();
    const std::optional<BitRef> followed =
        followed_bit(context.state.of<StageMemory>().state(StageKind::round).followed);
    ScreenCanvas canvas(context.theme, context.fonts);
    heading(context, canvas);
    // The words before the values: those of a big number may fill pages, and nobody would look for words below them.
    ImGui::Dummy({1, 0.2F * em});
    canvas.paragraph(FontRole::text, Ink::text, words(context));
    if (covered) buttons(context);
    if (followed) origins(context, canvas, followed);
    ImGui::Dummy({1, 0.3F * em});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0.3F * em, 0.25F * em});
    const std::vector<ValueRow> rows = value_rows(context.step, most_characters);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Value& value = context.step.values[i];
        if (context.unseen() || (covered && is_result(context.step.node.kind(), value.name))) {
            covered_box(context, rows[i].name);
        } else {
            value_box(context, rows[i], value, static_cast<int>(i));
        }
    }
    ImGui::PopStyleVar();
    if (!followed) origins(context, canvas, followed);
    ImGui::Dummy({1, 0.3F * em});
    if (!covered) buttons(context);
}

} // namespace keyhole::viz
