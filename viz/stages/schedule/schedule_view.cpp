// The stage of the key schedule: the key, PC-1's wires to C and D, their rotation, PC-2's wires to the subkey, and all
// sixteen subkeys. The key bit under the mouse is followed through every row. Wires are the model's paths.
#include "viz/stages/schedule/schedule_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/draw/bit_strip.hpp"
#include "viz/frame/views.hpp"
#include "viz/stages/round/round_model.hpp"

namespace keyhole::viz {
namespace {

class ScheduleStage {
  public:
    ScheduleStage(FrameContext& context, const ScheduleModel& s, Canvas& canvas, ImVec2 at, float width, float visible)
        : context_(context), s_(s), canvas_(canvas), at_(at), em_(context.fonts.em), width_(width), visible_(visible) {}

    /// Returns the foot.
    float draw() {
        const float words_at = head();
        place(words_at);
        follow();
        const Rect table{at_.x, table_top_, width_, std::max(0.0F, at_.y + visible_ - table_top_)};
        const float foot = draw_subkeys(context_, s_, canvas_, table, lit_);
        words(words_at);
        wires();
        for (const KeyLane lane : lanes_) row(lane);
        remarks();
        return foot;
    }

    /// The stretch that this step is about.
    std::pair<float, float> work() {
        const Strip& first = strip(s_.round == 0 ? KeyLane::key : KeyLane::before);
        const Strip& last = strip(lanes_.back());
        return {first.top - 1.5F * em_, last.top + last.height + 1.2F * em_};
    }

  private:
    Strip& strip(KeyLane lane) { return strips_[static_cast<std::size_t>(lane)]; }
    bool has(KeyLane lane) const { return std::ranges::find(lanes_, lane) != lanes_.end(); }

    Node schedule_node() const { return context_.step.node.up_to(Kind::schedule); }

    float head() {
        std::vector<std::string> labels{"PC-1"};
        for (unsigned n = 1; n <= 16; ++n) labels.push_back(fmt::to_string(n));
        const StageHead head{s_.round == 0 ? "Key schedule" : fmt::format("Subkey {} of 16", s_.round),
                             s_.round == 0 ? "sixteen subkeys from one key"
                                           : fmt::format("both halves turn left by {}, PC-2 picks 48 bits", s_.shift),
                             labels, s_.round};
        float foot = 0;
        if (const auto clicked = draw_head(canvas_, head, at_, width_, foot)) {
            const auto n = static_cast<std::uint64_t>(*clicked);
            context_.requests.go_to(n == 0 ? schedule_node()
                                           : schedule_node().child({.kind = Kind::schedule_round, .number = n}));
        }
        // What is special about the key stands out by its sign and its words, not by its colour alone.
        const std::string key =
            fmt::format("{} {}: {}", s_.special ? "\u26A0 key" : "key", hex_text(s_.lane(KeyLane::key)), s_.remark);
        return canvas_.paragraph(context_.fonts.small, {at_.x, foot}, width_,
                                 s_.special ? context_.theme.error : context_.theme.muted, key);
    }

    // Lines of small text that the longest words need, so that following a bit moves nothing.
    float word_lines() const {
        const float longest = std::max(Canvas::size(context_.fonts.small, hint()).x,
                                       1.08F * Canvas::size(context_.fonts.small, path_words(60, s_.round)).x);
        return std::ceil(longest / width_);
    }

    Strip shape(KeyLane lane, float pitch) const {
        Strip row{.count = lane_width(lane), .group = 7, .pitch = pitch, .gap = pitch / 3, .middle = 2.2F * em_};
        if (lane == KeyLane::key) row.group = 8, row.middle = 0;
        if (lane == KeyLane::subkey) row.group = 6, row.middle = 0;
        row.height = std::clamp(1.3F * pitch, 0.8F * em_, 1.15F * em_);
        return row;
    }

    // The height of the wires above a row: PC-1 and PC-2 need more than a turn by a place or two.
    float wires_above(KeyLane lane) const {
        if (lane == KeyLane::key) return 0;
        if (lane == lanes_[1] || lane == KeyLane::subkey) return 3;
        return lane == KeyLane::before ? 1.8F : 2.2F;
    }

    // Which rows there are and where they lie.
    void place(float words_at) {
        using enum KeyLane;
        lanes_ = {key, start, before, after, subkey};
        if (s_.round == 0) lanes_ = {key, after};
        if (s_.round == 1) lanes_ = {key, before, after, subkey};
        hex_shown_ = width_ > 30 * em_;
        const float label = 1.9F * em_, hex = hex_shown_ ? 3.9F * em_ : 0;
        // 64 cells and seven gaps of a third of a cell are the widest row.
        const float pitch = std::min((width_ - label - hex) / 66.5F, 1.0F * em_);
        const float centre = at_.x + label + (width_ - label - hex) / 2;
        float y = words_at + (1.1F * word_lines() + 1.3F) * em_;
        float units = 0, rows = 0;
        for (const KeyLane lane : lanes_) units += wires_above(lane), rows += shape(lane, pitch).height;
        const float table = s_.round == 0 ? 22.5F * em_ : 13 * em_;
        const float rest = visible_ - (y - at_.y) - rows - table - 1.5F * em_;
        const float unit = std::clamp(rest / units, 0.95F * em_, (s_.round == 0 ? 2.6F : 1.6F) * em_);
        for (const KeyLane lane : lanes_) {
            Strip& row = strip(lane);
            row = shape(lane, pitch);
            row.left = centre - row.width() / 2;
            y += wires_above(lane) * unit;
            row.top = std::round(y);
            y += row.height;
        }
        table_top_ = y + (s_.round == 0 ? 1.2F : 1.9F) * em_;
    }

    // The key bit that is followed: under the mouse, in any row or in the table, or the one last clicked.
    void follow() {
        ImGuiStorage& kept = *ImGui::GetStateStorage();
        const ImGuiID id = ImGui::GetID("followed key bit");
        std::optional<KeyPath> found;
        for (const KeyLane lane : lanes_) {
            if (const auto position = strip(lane).hovered(canvas_)) found = path_through(lane, *position, s_.round);
        }
        for (const KeyPath& path : key_paths(s_.round)) {
            for (std::size_t i = 1; !found && i < lanes_.size(); ++i) {
                const unsigned from = path.at(lanes_[i - 1]), to = path.at(lanes_[i]);
                if (from != 0 && to != 0 &&
                    canvas_.on_wire(strip(lanes_[i - 1]).lower(from), strip(lanes_[i]).upper(to)))
                    found = path;
            }
        }
        if (found && ImGui::IsMouseClicked(0)) {
            const auto bit = static_cast<int>(found->key);
            kept.SetInt(id, kept.GetInt(id) == bit ? 0 : bit);
        }
        lit_ = found ? found->key : static_cast<unsigned>(kept.GetInt(id));
    }

    // What the marks mean, until a bit is followed.
    std::string hint() const {
        if (s_.round == 0) return "Point at a bit to follow it, click to keep it. Struck through: parity, left out.";
        return "Point at a bit to follow it. Struck through: left out. Thick outline: around the end.";
    }

    void words(float y) {
        const std::string words = lit_ == 0 ? hint() : path_words(lit_, s_.round);
        canvas_.paragraph(context_.fonts.small, {at_.x, y}, width_,
                          lit_ == 0 ? context_.theme.muted : context_.theme.current, words);
    }

    void wires() {
        const float thin = canvas_.line();
        for (const bool lit : {false, true}) {
            for (const KeyPath& path : key_paths(s_.round)) {
                if ((path.key == lit_) != lit) continue;
                for (std::size_t i = 1; i < lanes_.size(); ++i) {
                    const unsigned from = path.at(lanes_[i - 1]), to = path.at(lanes_[i]);
                    if (from == 0 || to == 0) continue;
                    const bool around = lanes_[i] == KeyLane::after && path.wrapped;
                    const ImU32 ink = lit      ? context_.theme.current
                                      : around ? context_.theme.text
                                               : faded(context_.theme.key, context_.theme.wire_alpha);
                    canvas_.wire(strip(lanes_[i - 1]).lower(from), strip(lanes_[i]).upper(to), ink,
                                 (lit      ? 2.6F
                                  : around ? 1.8F
                                           : 1.1F) *
                                     thin);
                }
            }
        }
    }

    CellLook look(KeyLane lane, const KeyPath& path) const {
        using enum KeyLane;
        if (path.key == lit_) return CellLook::live;
        if (lane == key && path.parity()) return CellLook::left_out;
        if (lane == after && s_.round > 0 && path.subkey == 0) return CellLook::left_out;
        if ((lane == before || lane == after) && path.wrapped) return CellLook::marked;
        return CellLook::ordinary;
    }

    void row(KeyLane lane) {
        const Strip& r = strip(lane);
        const Bits bits = s_.lane(lane);
        for (const KeyPath& path : key_paths(s_.round)) {
            const unsigned position = path.at(lane);
            if (position != 0)
                draw_bit(canvas_, r, position, bit_at(bits.value, bits.width, position), context_.theme.key,
                         look(lane, path));
        }
        const float middle = r.top + r.height / 2;
        const bool halves = lane != KeyLane::key && lane != KeyLane::subkey;
        const unsigned n = lane == KeyLane::start || s_.round == 0 ? 0
                           : lane == KeyLane::before               ? s_.round - 1
                                                                   : s_.round;
        const std::string label = lane == KeyLane::key ? "key" : indexed(halves ? "C" : "K", n);
        const bool made = s_.round > 0 && (lane == KeyLane::after || lane == KeyLane::subkey);
        const ImU32 ink = made ? context_.theme.current : context_.theme.key;
        canvas_.text_to_right(context_.fonts.text, {r.left - 0.35F * em_, middle}, ink, label);
        if (halves) canvas_.text_to_right(context_.fonts.text, {r.x(29) - 0.35F * em_, middle}, ink, indexed("D", n));
        // What this step made has the thick outline.
        if (made) outline(r, 1, halves ? 28 : 48);
        if (made && halves) outline(r, 29, 56);
        if (hex_shown_) {
            const std::string hex = hex_text(bits).substr(2);
            const float x = at_.x + width_ - 3.7F * em_;
            const std::size_t cut = hex.size() / 2;
            const ImFont* font = context_.fonts.figures_tiny;
            canvas_.text(font, {x, middle - 0.75F * em_}, context_.theme.muted, hex.substr(0, cut));
            canvas_.text(font, {x, middle + 0.02F * em_}, context_.theme.muted, hex.substr(cut));
        }
        if (lane == KeyLane::key) draw_ticks(canvas_, r, r.top - 0.55F * em_, false);
        if (lane == KeyLane::subkey) draw_ticks(canvas_, r, r.top + r.height + 0.65F * em_, false);
    }

    void outline(const Strip& r, unsigned first, unsigned last) {
        const float out = 0.16F * em_;
        canvas_.box({r.x(first) - out, r.top - out}, {r.x(last) + r.cell() + out, r.top + r.height + out}, 0,
                    context_.theme.current, 2.2F * canvas_.line());
    }

    // What is done between two rows: below the hex digits, or below the labels where those have no room.
    void remark(KeyLane above, KeyLane below, const std::string& words) {
        const Strip &a = strip(above), &b = strip(below);
        const float room = b.top - a.top - a.height;
        if (room < 1.3F * em_) return;
        const float y = b.top - room / 2;
        const ImFont* font = context_.fonts.small;
        if (hex_shown_) return canvas_.text_to_right(font, {at_.x + width_, y}, context_.theme.muted, words);
        canvas_.text(font, {at_.x, y - font->FontSize / 2}, context_.theme.muted, words);
    }

    void remarks() {
        using enum KeyLane;
        remark(key, lanes_[1], "PC-1");
        if (s_.round == 0) return;
        const auto turned = [&](unsigned places, const char* more) {
            return fmt::format("\u21BA {}{}", places, hex_shown_ ? more : "");
        };
        if (has(start)) remark(start, before, turned(s_.shifts_before, " so far"));
        remark(before, after, turned(s_.shift, ""));
        remark(after, subkey, "PC-2");
    }

    FrameContext& context_;
    const ScheduleModel& s_;
    Canvas& canvas_;
    ImVec2 at_;
    float em_, width_, visible_;
    std::vector<KeyLane> lanes_;
    std::array<Strip, key_lane_count> strips_;
    float table_top_ = 0;
    bool hex_shown_ = false;
    unsigned lit_ = 0;
};

} // namespace

void draw_schedule_stage(FrameContext& context) {
    const ScheduleModel s = make_schedule_model(context.trace, context.step.node);
    Canvas canvas(context.theme, context.fonts);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float visible = ImGui::GetWindowHeight() - ImGui::GetStyle().WindowPadding.y * 2;
    ScheduleStage stage(context, s, canvas, at, ImGui::GetContentRegionAvail().x, visible);
    const float foot = stage.draw();
    ImGui::SetCursorScreenPos(at);
    ImGui::Dummy({1, foot - at.y});
    if (!context.moved) return;
    const auto [from, to] = stage.work();
    bring_into_sight(from, to, context.fonts.em);
}

} // namespace keyhole::viz
