// The stage of a round: nine rows of cells that can be counted, the wires of E and P between them, the eight S-boxes.
// What belongs to the current step is outlined; the bit under the mouse lights up all that it comes from and goes to.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/draw/bit_strip.hpp"
#include "viz/frame/followed_bit.hpp"
#include "viz/frame/views.hpp"
#include "viz/stages/round/round_model.hpp"
#include "viz/stages/round/sbox_model.hpp"

namespace keyhole::viz {
namespace {

// Where everything lies: the left end of both kinds of rows, and the top of each row.
struct Grid {
    float pitch, cell, height; // of a cell with its gap, without it, and upwards
    float left_48, left_32, right;
    std::array<float, lane_count> top{};
    float boxes_top = 0, boxes_height = 0, foot = 0;

    float left(Lane lane) const { return lane_width(lane) == 48 ? left_48 : left_32; }
    ImVec2 corner(BitRef bit) const {
        return {left(bit.lane) + pitch * static_cast<float>(bit.position - 1), top[index(bit.lane)]};
    }
    ImVec2 upper(BitRef bit) const { return {corner(bit).x + cell / 2, top[index(bit.lane)]}; }
    ImVec2 lower(BitRef bit) const { return {corner(bit).x + cell / 2, top[index(bit.lane)] + height}; }
};

// In em: between two rows, above the S-boxes, the boxes, and between them and their bits; tight at 0, loose at 1.
constexpr float above_boxes = 0.8F;
constexpr float row_gap(float loose) { return 0.28F + 0.27F * loose; }
constexpr float boxes(float loose) { return 3.3F + 0.2F * loose; }
constexpr float fan(float loose) { return 1.15F + 0.45F * loose; }

Grid make_grid(ImVec2 at, ImVec2 room, float em) {
    Grid g{};
    const float label = 2.5F * em;
    g.pitch = std::floor(std::min((room.x - label - 0.4F * em) / 48, 1.2F * em));
    g.pitch = std::max(g.pitch, 0.36F * em);
    g.cell = g.pitch - std::max(2.0F, std::round(0.12F * g.pitch));
    g.height = std::round(std::clamp(1.25F * g.cell, 0.85F * em, 1.1F * em));
    g.left_48 = std::round(at.x + label + std::max(0.0F, (room.x - label - 48 * g.pitch) / 2));
    g.left_32 = g.left_48 + 8 * g.pitch;
    g.right = g.left_48 + 48 * g.pitch;
    // In a low window the rows move together before the wires get too short to follow.
    constexpr float shortest = 1.65F;
    const auto height_without_wires = [&](float loose) {
        return 9 * g.height + (5 * row_gap(loose) + above_boxes + boxes(loose) + fan(loose)) * em;
    };
    const float loose = room.y >= height_without_wires(1) + 2 * shortest * em ? 1.0F : 0.0F;
    const float step = g.height + row_gap(loose) * em;
    g.boxes_height = boxes(loose) * em;
    const float wires = std::clamp((room.y - height_without_wires(loose)) / 2, shortest * em, 7 * em);
    float y = at.y;
    const auto row = [&](Lane lane, float below) {
        g.top[index(lane)] = std::round(y);
        y += below;
    };
    row(Lane::right_in, g.height + wires);
    row(Lane::expanded, step);
    row(Lane::subkey, step);
    row(Lane::mixed, g.height + above_boxes * em);
    g.boxes_top = std::round(y);
    y += g.boxes_height + fan(loose) * em;
    row(Lane::s_out, g.height + wires);
    row(Lane::p_out, step);
    row(Lane::left_in, step);
    row(Lane::right_out, step);
    row(Lane::left_out, g.height);
    g.foot = y;
    return g;
}

class RoundStage {
  public:
    RoundStage(FrameContext& context, const RoundModel& round, Canvas& canvas, const Grid& grid)
        : context_(context), round_(round), canvas_(canvas), g_(grid), em_(context.fonts.em) {
        if (context.covered()) covered_ = result_cells(context.step.node.kind(), round.box.value_or(1));
    }

    // What is lit: the traced bit's relations when there is one, else the step's cells.
    void draw() {
        find_hovered_bit();
        const auto& followed = context_.state.of<FollowedBit>().bit;
        lit_ = followed ? trace_bit(*followed) : round_.live;
        wires(false);
        wires(true);
        for (const LaneModel& lane : round_.lanes) draw_lane(lane);
        for (unsigned box = 1; box <= 8; ++box) draw_box(box);
        remarks();
    }

    /// The box to show as a table: that of the step, else that under the mouse.
    std::optional<unsigned> box() const { return round_.box ? round_.box : hovered_box_; }

  private:
    void find_hovered_bit() {
        auto& [followed, kept] = context_.state.of<FollowedBit>();
        std::optional<BitRef> found;
        for (const LaneModel& lane : round_.lanes) {
            for (unsigned i = 1; i <= lane.bits.width; ++i) {
                const ImVec2 from = g_.corner({lane.lane, i});
                if (canvas_.hovered(from, {from.x + g_.pitch, from.y + g_.height})) found = BitRef{lane.lane, i};
            }
        }
        for (const Wire& wire : round_wires()) {
            if (!found && drawn(wire) && canvas_.on_wire(g_.lower(wire.from), g_.upper(wire.to))) found = wire.to;
        }
        if (found && ImGui::IsMouseClicked(0)) {
            kept = !(kept && followed == found);
            followed = found;
        }
        if (const int step = context_.ui.item_step; step != 0) {
            followed = next_bit(followed, step);
            kept = true;
        }
        if (!kept) followed = found;
    }

    // Straight neighbours need no line: the cells stand above one another.
    static bool drawn(const Wire& wire) {
        return (wire.from.lane == Lane::right_in && wire.to.lane == Lane::expanded) || wire.from.lane == Lane::s_out;
    }

    void wires(bool lit) {
        const bool all = lit_.full(Lane::expanded) || lit_.full(Lane::p_out);
        for (const Wire& wire : round_wires()) {
            if (!drawn(wire) || connects(lit_, wire) != lit) continue;
            const LaneModel& source = round_.lanes[index(wire.from.lane)];
            const ImU32 own = colour(context_.theme, source.meaning);
            const float thin = canvas_.line();
            const ImU32 ink = !lit ? faded(own, context_.theme.wire_alpha) : context_.theme.current;
            canvas_.wire(g_.lower(wire.from), g_.upper(wire.to), ink, lit ? (all ? 1.4F : 2.2F) * thin : thin);
        }
    }

    void draw_lane(const LaneModel& lane) {
        const ImU32 own = colour(context_.theme, lane.meaning);
        const ImVec2 first = g_.corner({lane.lane, 1});
        const float middle = first.y + g_.height / 2;
        const bool whole = lit_.full(lane.lane);
        for (unsigned i = 1; i <= lane.bits.width; ++i) {
            const BitRef bit{lane.lane, i};
            const bool live = !whole && lit_.contains(bit);
            if (covered_.contains(bit)) {
                canvas_.covered_cell(g_.corner(bit), {g_.cell, g_.height}, own, live);
            } else {
                canvas_.cell(g_.corner(bit), {g_.cell, g_.height}, bit_at(lane.bits.value, lane.bits.width, i), own,
                             live);
            }
        }
        const float end = first.x + g_.pitch * static_cast<float>(lane.bits.width);
        if (whole) {
            const float out = 0.16F * em_;
            canvas_.box({first.x - out, first.y - out}, {end - g_.pitch + g_.cell + out, first.y + g_.height + out}, 0,
                        context_.theme.current, 2.2F * canvas_.line());
        }
        const float label_end = first.x - 0.4F * em_;
        const float label = Canvas::size(context_.fonts.text, lane.label).x;
        canvas_.text_to_right(context_.fonts.text, {label_end, middle}, own, lane.label);
        canvas_.text_to_right(context_.fonts.text, {label_end - label - (label > 0 ? 0.25F * em_ : 0), middle},
                              context_.theme.muted, lane.sign);
        if (lane.bits.width == 32) {
            const bool covered = covered_.masks[index(lane.lane)] != 0;
            std::string hex = covered ? std::string("?") : hex_text(lane.bits).substr(2);
            // The other half is the old right one as it is: the idea of Feistel's ladder.
            const ImFont* font = context_.fonts.figures_small;
            const std::string same = covered ? hex : hex + fmt::format(" = {}", indexed("R", round_.round - 1));
            const float edge = ImGui::GetWindowPos().x + ImGui::GetWindowContentRegionMax().x;
            if (lane.lane == Lane::left_out && end + 0.35F * em_ + Canvas::size(font, same).x <= edge) hex = same;
            canvas_.text(font, {end + 0.35F * em_, middle - font->FontSize / 2}, context_.theme.muted, hex);
        }
    }

    void draw_box(unsigned box) {
        const des::SboxTrace& s = round_.sboxes[box - 1];
        const Theme& theme = context_.theme;
        const float from_x = g_.left_48 + g_.pitch * static_cast<float>(6 * (box - 1));
        const float width = 6 * g_.pitch - 0.16F * em_;
        const ImVec2 from{from_x - 0.04F * em_, g_.boxes_top};
        const ImVec2 to{from.x + width, g_.boxes_top + g_.boxes_height};
        const bool current = round_.box == box;
        const bool lit = lit_.contains({Lane::s_out, 4 * box}) && !lit_.full(Lane::s_out);
        const bool hovered = canvas_.hovered(from, to);
        if (hovered) hovered_box_ = box;
        if (hovered && ImGui::IsMouseClicked(0))
            context_.requests.go_to(context_.step.node.up_to(Kind::round).child({.kind = Kind::sbox, .number = box}));
        const ImU32 line = current || lit ? theme.current : theme.faint;
        const float centre = (from.x + to.x) / 2;
        canvas_.straight({centre, g_.lower({Lane::mixed, 1}).y + 0.1F * em_}, {centre, from.y}, line,
                         (current ? 2.2F : 1.0F) * canvas_.line());
        // Below the box its four bits fan out to the S row.
        for (unsigned i = 4 * box - 3; i <= 4 * box; ++i) {
            const ImVec2 target = g_.upper({Lane::s_out, i});
            const float start = centre + (static_cast<float>(i) - static_cast<float>(4 * box) + 1.5F) * 0.3F * g_.pitch;
            const bool bright = (current || lit) && lit_.contains({Lane::s_out, i});
            canvas_.wire({start, to.y}, target, bright ? theme.current : faded(theme.sbox, theme.wire_alpha),
                         (bright ? 2.0F : 1.0F) * canvas_.line());
        }
        canvas_.box(from, to, current ? theme.current_tint : theme.raised,
                    current || lit || hovered ? theme.current : theme.border,
                    (current || lit ? 2.2F : 1.0F) * canvas_.line());
        canvas_.text_centred(context_.fonts.text, {centre, from.y + 0.75F * em_}, current ? theme.current : theme.text,
                             indexed("S", box));
        // All eight boxes write alike: in the fullest form for which the longest of them has room.
        const float inner = width - 0.2F * em_;
        const auto fits = [&](const ImFont* font, std::string_view words) {
            return Canvas::size(font, words).x <= inner;
        };
        const Fonts& fonts = context_.fonts;
        const ImFont* font = fits(fonts.figures_small, "row 3 col 15") ? fonts.figures_small : fonts.figures_tiny;
        const bool full = fits(font, "row 3 col 15");
        const bool equation = fits(font, "\u2192 15 = 1111");
        const std::string place = full                   ? fmt::format("row {} col {}", s.row, s.column)
                                  : fits(font, "r3 c15") ? fmt::format("r{} c{}", s.row, s.column)
                                                         : fmt::format("{},{}", s.row, s.column);
        const std::string bits = plain_binary({s.output, 4});
        // What the box does is covered where its six bits or its four are.
        if (covered_.contains({Lane::s_out, 4 * box}))
            return canvas_.text_centred(context_.fonts.text, {centre, from.y + 2.2F * em_}, theme.muted, "?");
        canvas_.text_centred(font, {centre, from.y + 1.75F * em_}, theme.muted, place);
        canvas_.text_centred(font, {centre, from.y + 2.7F * em_}, theme.sbox,
                             equation ? fmt::format("\u2192 {} = {}", s.output, bits) : bits);
    }

    // What the wires are, where there is room beside them.
    void remarks() {
        const auto remark = [&](Lane above, std::string_view words) {
            // High up, where no wire has turned outwards yet.
            const float y = g_.lower({above, 1}).y + 0.55F * em_;
            canvas_.text_to_right(context_.fonts.small, {g_.right, y}, context_.theme.muted, words);
        };
        if (g_.top[index(Lane::expanded)] - g_.top[index(Lane::right_in)] < 2.6F * em_) return;
        remark(Lane::right_in, "E: 32 \u2192 48");
        remark(Lane::s_out, "P: bits move");
    }

    FrameContext& context_;
    const RoundModel& round_;
    Canvas& canvas_;
    const Grid& g_;
    float em_;
    CellSet lit_, covered_;
    std::optional<unsigned> hovered_box_;
};

// "message 2, decrypt"
std::string stage_words(const Node& node) {
    return fmt::format("message {}, {}", node.number(Kind::message),
                       node.within(Kind::encrypt) ? "encrypt" : "decrypt");
}

// "Round 5 of 16", what it computes, and the sixteen rounds to choose from.
float header(FrameContext& context, const RoundModel& round, Canvas& canvas, ImVec2 at, float width,
             bool always_chips) {
    const float em = context.fonts.em;
    const Theme& theme = context.theme;
    const float height = 1.5F * em;
    const float title_end =
        canvas.text(context.fonts.title, at, theme.text, fmt::format("Round {} of 16", round.round));
    const float chip = std::clamp((width - (title_end - at.x) - em) / 16, 0.9F * em, 1.25F * em);
    float chips_at = at.x + width - 16 * chip;
    float used = height;
    bool with_chips = true;
    if (chips_at < title_end + 0.5F * em) {
        with_chips = always_chips;
        used = with_chips ? 3.1F * em : height;
        chips_at = with_chips ? at.x : at.x + width;
    }
    // Where this is, in the fullest form for which there is room.
    const std::string place = fmt::format("{}, block {}", stage_words(context.step.node), round.block);
    const std::string f = fmt::format("f({}, {})", indexed("R", round.round - 1), indexed("K", round.subkey));
    const float words_end = used > height ? at.x + width : chips_at;
    for (const std::string& words :
         {fmt::format("{} \u00B7 {} and the Feistel step", place, f), fmt::format("{} \u00B7 {}", place, f), place,
          fmt::format("block {}", round.block)}) {
        if (title_end + 1.3F * em + Canvas::size(context.fonts.small, words).x >= words_end) continue;
        canvas.text(context.fonts.small, {title_end + 0.8F * em, at.y + 0.4F * em}, theme.muted, words);
        break;
    }
    const Node block = context.step.node.up_to(Kind::block);
    for (unsigned n = 1; with_chips && n <= 16; ++n) {
        const ImVec2 from{chips_at + chip * static_cast<float>(n - 1), at.y + used - height + 0.15F * em};
        const ImVec2 to{from.x + chip - 0.12F * em, from.y + 1.1F * em};
        const bool here = n == round.round;
        const bool hovered = canvas.hovered(from, to);
        canvas.box(from, to, here ? theme.current : theme.raised, hovered ? theme.current : theme.border);
        const ImU32 ink = here ? theme.on_current : n < round.round ? theme.text : theme.muted;
        canvas.text_centred(context.fonts.figures_tiny, {(from.x + to.x) / 2, (from.y + to.y) / 2}, ink,
                            std::to_string(n));
        if (hovered && ImGui::IsMouseClicked(0))
            context.requests.go_to(block.child({.kind = Kind::round, .number = n}));
    }
    return used + 0.6F * em;
}

} // namespace

void draw_round_stage(FrameContext& context) {
    const float em = context.fonts.em;
    const RoundModel round = make_round_model(context.trace, context.step.node);
    Canvas canvas(context.theme, context.fonts);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const float table = round.box ? 9.2F * em : 0;
    const float visible = ImGui::GetWindowHeight() - ImGui::GetStyle().WindowPadding.y * 2;
    const bool low_box = round.box && visible < 22 * em;
    const float head = header(context, round, canvas, at, room.x, !low_box);
    if (low_box) {
        const Rect area{at.x, at.y + head, room.x, std::max(visible - head, 9.4F * em)};
        draw_sbox_stage(context, round, area);
        ImGui::SetCursorScreenPos(at);
        ImGui::Dummy({1, area.bottom() - at.y});
        if (context.moved) ImGui::SetScrollY(0);
        return;
    }
    const Grid grid = make_grid({at.x, at.y + head}, {room.x, visible - head - table - 0.5F * em}, em);
    RoundStage stage(context, round, canvas, grid);
    stage.draw();
    float foot = grid.foot;
    if (round.box) {
        draw_sbox_table(context, canvas, {at.x, grid.foot + 0.9F * em, room.x, table - 0.9F * em}, *round.box);
        foot += table;
    }
    ImGui::SetCursorScreenPos(at);
    ImGui::Dummy({1, foot - at.y});
    if (!context.moved) return;
    // In a low window: bring the part that is being worked on into sight.
    const auto top = [&](Lane lane) { return grid.top[index(lane)]; };
    switch (context.step.node.kind()) {
        case Kind::mix: return bring_into_sight(top(Lane::expanded), top(Lane::mixed) + grid.height, em);
        case Kind::sbox: return bring_into_sight(grid.boxes_top - 6 * em, foot, em);
        case Kind::permute: return bring_into_sight(top(Lane::s_out), top(Lane::p_out) + grid.height, em);
        case Kind::join: return bring_into_sight(top(Lane::p_out), grid.foot, em);
        default: return bring_into_sight(at.y, top(Lane::expanded) + grid.height, em);
    }
}

} // namespace keyhole::viz
