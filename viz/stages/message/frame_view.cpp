// The stage of a message's JSON line: the line itself, its bytes as they travel, and the bytes that its base64 stands
// for. Whatever is under the mouse, or was selected, lights up in all three, and the group of four characters and three
// bytes that it belongs to is opened into its 24 bits.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/words.hpp"
#include "viz/base/number_model.hpp"
#include "viz/stages/message/frame_model.hpp"
#include "viz/stages/message/message_parts.hpp"

namespace keyhole::viz {
namespace {

// How strongly a place is lit: the thing itself, its group, or its whole field.
enum class Light { none, group, exact };

class FrameStage {
  public:
    FrameStage(FrameContext& context, ScreenCanvas& canvas, const FrameModel& frame, float width)
        : context_(context),
          canvas_(canvas),
          f_(frame),
          width_(width),
          em_(context.fonts.em),
          sign_(ScreenCanvas::size(context.fonts.figures_small, "0").x) {}

    /// The place that is lit, as a position in the line or a byte of a field.
    void light(const Link& link) { link_ = link; }
    std::optional<Link> hovered() const { return hovered_; }

    std::size_t line_columns() const {
        return std::max<std::size_t>(4, static_cast<std::size_t>((width_ - em_) / sign_) / 4 * 4);
    }
    float row_height() const { return 1.55F * em_; }

    /// The line as text; rows of line_columns() characters.
    void line_rows(ImVec2 at, std::uint64_t first, std::uint64_t rows) {
        const std::size_t columns = line_columns();
        for (std::uint64_t r = 0; r < rows; ++r) {
            const std::size_t begin = static_cast<std::size_t>(first + r) * columns;
            if (begin >= f_.line.size()) break;
            line_row({at.x, at.y + row_height() * static_cast<float>(r)},
                     {begin, std::min(begin + columns, f_.line.size())});
        }
    }

    std::size_t dump_columns(float width) const {
        const float cells = (width - 4.2F * em_) / (3 * sign_);
        return cells >= 16.6F ? 16 : cells >= 8.3F ? 8 : 4;
    }

    /// The bytes on the wire, `columns` a row.
    void dump_rows(ImVec2 at, std::size_t columns, std::uint64_t first, std::uint64_t rows) {
        for (std::uint64_t r = 0; r < rows; ++r) {
            const std::size_t begin = static_cast<std::size_t>(first + r) * columns;
            if (begin >= f_.wire_size()) break;
            const float y = at.y + row_height() * static_cast<float>(r);
            canvas_.text_to_right(context_.fonts.figures_tiny, {at.x + 3.4F * em_, y + (row_height() - 0.2F * em_) / 2},
                                  context_.theme.muted, fmt::format("{:05X}", begin));
            for (std::size_t i = begin; i < std::min(begin + columns, f_.wire_size()); ++i) {
                const float gap = columns > 4 && i - begin >= columns / 2 ? 0.6F * sign_ : 0;
                const ImVec2 from{at.x + 4 * em_ + 3 * sign_ * static_cast<float>(i - begin) + gap, y};
                const Light light = link_.line.contains(i)         ? Light::exact
                                    : link_.line_group.contains(i) ? Light::group
                                                                   : Light::none;
                if (cell(from, light, f_.wire_byte(i))) hovered_ = link_at(f_, i);
            }
        }
    }

    /// What the base64 stands for: the IV, then the ciphertext, a block of eight bytes a row.
    std::uint64_t block_rows() const { return iv_rows() + (f_.ciphertext.size() + 7) / 8; }
    std::uint64_t block_row_of(Holds holds, std::size_t byte) const {
        return holds == Holds::iv ? 0 : iv_rows() + byte / 8;
    }
    static float block_width(float em, float sign) { return 3.6F * em + 24 * sign; }

    void blocks(ImVec2 at, std::uint64_t first, std::uint64_t rows) {
        for (std::uint64_t r = first; r < std::min(first + rows, block_rows()); ++r) {
            const bool iv = r < iv_rows();
            const Holds holds = iv ? Holds::iv : Holds::ciphertext;
            const ByteView bytes = f_.bytes(holds);
            const std::uint64_t number = r - iv_rows() + 1;
            const std::size_t begin = iv ? 0 : static_cast<std::size_t>(8 * (number - 1));
            const float y = at.y + row_height() * static_cast<float>(r - first);
            block_label({at.x, y}, iv ? "IV" : "C" + indexed_number(number), iv ? 0 : number);
            for (std::size_t i = begin; i < std::min(begin + 8, bytes.size()); ++i) {
                const ImVec2 from{at.x + 3.6F * em_ + 3 * sign_ * static_cast<float>(i - begin), y};
                const bool here = link_.holds == holds;
                const Light light = here && link_.bytes.contains(i)         ? Light::exact
                                    : here && link_.bytes_group.contains(i) ? Light::group
                                                                            : Light::none;
                if (cell(from, light, bytes[i]) && f_.field_of(holds) != nullptr) hovered_ = link_of_byte(f_, holds, i);
            }
        }
    }

    /// Three bytes, 24 bits, four characters. Returns the foot.
    float group(ImVec2 at) {
        const Theme& theme = context_.theme;
        const Fonts& fonts = context_.fonts;
        const auto g = base64_group(f_, link_);
        if (!g) {
            const std::string words = link_.field != nullptr
                                          ? fmt::format("The field {}: {} characters.", link_.field->name,
                                                        grouped_decimal(link_.field->value.size()))
                                          : "This character only holds the object together.";
            return words_at(canvas_, at, width_, theme.muted, words);
        }
        const float pitch = std::floor(std::clamp(width_ / 25, 0.5F * em_, 1.5F * em_));
        const ImVec2 size{pitch - std::max(2.0F, 0.1F * pitch), 1.2F * em_};
        const float bits_y = at.y + 1.9F * em_;
        const auto x_of = [&](unsigned bit) { return at.x + pitch * static_cast<float>(bit); };
        const auto bracket = [&](unsigned first, unsigned count, float y, float towards, ImU32 ink) {
            const float left = x_of(first) + 0.15F * pitch, right = x_of(first + count) - 0.3F * pitch;
            const float width = 1.3F * canvas_.line();
            canvas_.straight({left, y}, {right, y}, ink, width);
            canvas_.straight({left, y}, {left, y + towards}, ink, width);
            canvas_.straight({right, y}, {right, y + towards}, ink, width);
        };
        for (unsigned i = 0; i < g->bytes; ++i) {
            const bool lit = link_.bytes.contains(link_.bytes_group.begin + i);
            const ImU32 ink = lit ? theme.current : theme.text;
            canvas_.text_centred(fonts.figures_small,
                                 {(x_of(8 * i) + x_of(8 * i + 8)) / 2 - 0.1F * pitch, at.y + 0.6F * em_}, ink,
                                 fmt::format("{:02X}", g->bits >> (16 - 8 * i) & 0xFFU));
            bracket(8 * i, 8, at.y + 1.4F * em_, 0.3F * em_, ink);
        }
        const unsigned signs = g->bytes + 1;
        for (unsigned bit = 0; bit < 6 * signs; ++bit) {
            // Past the last byte there are only zeros that fill the last sign.
            const bool filler = bit >= 8 * g->bytes;
            canvas_.cell({x_of(bit), bits_y}, size, g->bits >> (23 - bit) & 1U, filler ? theme.faint : theme.plain,
                         false);
        }
        const float below = bits_y + size.y + 0.2F * em_;
        for (unsigned i = 0; i < 4; ++i) {
            const bool lit = link_.line.contains(link_.line_group.begin + i);
            const ImU32 ink = lit ? theme.current : theme.text;
            const float centre = (x_of(6 * i) + x_of(6 * i + 6)) / 2 - 0.1F * pitch;
            if (i < signs) bracket(6 * i, 6, below + 0.3F * em_, -0.3F * em_, ink);
            const std::string shown = std::string(1, g->characters[i]);
            const std::string words =
                g->values[i] < 0 ? shown
                                 : fmt::format("{} {} {}", g->values[i], f_.arriving ? "\u2190" : "\u2192", shown);
            canvas_.text_centred(fonts.figures_small, {centre, below + 1.0F * em_}, ink, words);
        }
        // What the rows are, where there is room beside them.
        const float right = x_of(24) + 0.8F * em_;
        const auto remark = [&](float y, std::string_view words) {
            const ImFont* font = fonts.small;
            if (right + ScreenCanvas::size(font, words).x < at.x + width_)
                canvas_.text(font, {right, y - font->FontSize / 2}, theme.muted, words);
        };
        remark(at.y + 0.6F * em_, g->bytes == 1 ? "1 byte" : fmt::format("{} bytes", g->bytes));
        remark(bits_y + size.y / 2, fmt::format("{} bits{}", 8 * g->bytes, g->bytes < 3 ? ", then zeros" : ""));
        remark(below + 1.0F * em_, "6 bits a character");
        return below + 1.8F * em_;
    }

  private:
    std::uint64_t iv_rows() const { return f_.iv.empty() ? 0 : 1; }
    static std::string indexed_number(std::uint64_t number) {
        return number < 100000 ? indexed("", static_cast<unsigned>(number)) : grouped_decimal(number);
    }

    // A byte in hex; true while the mouse is over it.
    bool cell(ImVec2 from, Light light, unsigned value) {
        const Theme& theme = context_.theme;
        const ImVec2 to{from.x + 2.7F * sign_, from.y + row_height() - 0.2F * em_};
        const bool over = canvas_.hovered(from, to);
        if (light != Light::none || over) {
            canvas_.box(from, to, light == Light::none ? theme.raised : theme.current_tint,
                        light == Light::exact || over ? theme.current : 0, 2 * canvas_.line());
        }
        canvas_.text_centred(context_.fonts.figures_small, {(from.x + to.x) / 2, (from.y + to.y) / 2},
                             light == Light::exact ? theme.current : theme.text, fmt::format("{:02X}", value));
        return over;
    }

    void block_label(ImVec2 at, const std::string& words, std::uint64_t number) {
        const ImVec2 to{at.x + 3.3F * em_, at.y + row_height() - 0.2F * em_};
        const Node block = f_.cipher.child({.kind = Kind::block, .number = number});
        const bool there = number > 0 && context_.trace.tree().contains(block);
        const bool over = there && canvas_.hovered(at, to);
        const float y = (at.y + to.y) / 2;
        const ImFont* font = words.size() > 16 ? context_.fonts.figures_tiny : context_.fonts.small;
        canvas_.text_to_right(font, {to.x - 0.1F * em_, y}, over ? context_.theme.current : context_.theme.muted,
                              words);
        if (!over) return;
        ImGui::SetTooltip("click to see how this block was made");
        if (ImGui::IsMouseClicked(0)) context_.requests.go_to(block);
    }

    struct Run {
        Span span;
        ImU32 ink;
    };

    // A row cut where the ink changes: keys, values, and what holds them together.
    void line_row(ImVec2 at, Span row) {
        const Theme& theme = context_.theme;
        const float height = row_height() - 0.2F * em_;
        const auto x_of = [&](std::size_t position) { return at.x + sign_ * static_cast<float>(position - row.begin); };
        const auto clipped = [&](Span s) {
            return Span{std::clamp(s.begin, row.begin, row.end), std::clamp(s.end, row.begin, row.end)};
        };
        // One sign takes one column, so a line that is not plain ASCII is drawn byte by byte.
        const auto mark = [&](Span s, ImU32 fill, ImU32 outline) {
            const Span c = clipped(s);
            if (c.size() > 0)
                canvas_.box({x_of(c.begin), at.y}, {x_of(c.end), at.y + height}, fill, outline, 2 * canvas_.line());
        };
        mark(link_.line_group, theme.current_tint, 0);
        mark(link_.line, theme.current_tint, theme.current);
        std::vector<Run> runs;
        std::size_t done = row.begin;
        const auto add = [&](Span s, ImU32 ink) {
            const Span c = clipped(s);
            if (c.end <= done || c.size() == 0) return;
            if (c.begin > done) runs.push_back({{done, c.begin}, theme.muted});
            runs.push_back({{std::max(done, c.begin), c.end}, ink});
            done = c.end;
        };
        for (const Field& field : f_.fields) {
            add(field.key, theme.muted);
            add(field.value, field.holds == Holds::nothing ? theme.text : theme.plain);
        }
        if (done < row.end) runs.push_back({{done, row.end}, theme.muted});
        const float text_y = at.y + (height - context_.fonts.figures_small->FontSize) / 2;
        for (const Run& run : runs) draw_run(run, {x_of(run.span.begin), text_y});
        for (const Field& field : f_.fields) {
            if (field.holds != Holds::nothing) group_marks(clipped(field.value), field.value.begin, at, row);
        }
        const ImVec2 to{x_of(row.end), at.y + row_height()};
        if (!canvas_.hovered(at, to)) return;
        const auto column = static_cast<std::size_t>(std::max(0.0F, (ImGui::GetIO().MousePos.x - at.x) / sign_));
        hovered_ = link_at(f_, std::min(row.begin + column, row.end - 1));
    }

    void draw_run(const Run& run, ImVec2 at) {
        const std::string_view text = f_.line.substr(run.span.begin, run.span.size());
        std::string shown;
        // Letters beyond ASCII and controls take several columns or none: a dot a byte keeps the columns true.
        for (const char c : text) shown += c >= 0x20 && c < 0x7F ? c : '.';
        canvas_.text(context_.fonts.figures_small, at, run.ink, shown);
    }

    // A thin line below every four characters of base64.
    void group_marks(Span value, std::size_t begin, ImVec2 at, Span row) {
        const float y = at.y + row_height() - 0.22F * em_;
        for (std::size_t i = value.begin; i < value.end;) {
            const std::size_t end = std::min(begin + ((i - begin) / 4 + 1) * 4, value.end);
            const float from = at.x + sign_ * (static_cast<float>(i - row.begin) + 0.15F);
            const float to = at.x + sign_ * (static_cast<float>(end - row.begin) - 0.15F);
            canvas_.straight({from, y}, {to, y}, context_.theme.faint, canvas_.line());
            i = end;
        }
    }

    FrameContext& context_;
    ScreenCanvas& canvas_;
    const FrameModel& f_;
    float width_, em_, sign_;
    Link link_;
    std::optional<Link> hovered_;
};

// A place as one number: 0 is none, a position in the line from 1, a byte of the ciphertext or the IV below 0. A single
// byte is kept as a byte: two characters carry it, and neither is it alone.
int kept_place(const Link& link) {
    const auto byte = static_cast<int>(link.bytes.begin);
    if (link.bytes.size() != 1 || link.line.size() != 2) return static_cast<int>(link.line.begin) + 1;
    return link.holds == Holds::iv ? -1 - byte : -9 - byte;
}

std::optional<Link> kept_link(const FrameModel& frame, int place) {
    if (place > 0 && static_cast<std::size_t>(place) <= frame.wire_size())
        return link_at(frame, static_cast<std::size_t>(place) - 1);
    if (place >= 0) return std::nullopt;
    const Holds holds = place > -9 ? Holds::iv : Holds::ciphertext;
    const auto byte = static_cast<std::size_t>((place > -9 ? -1 : -9) - place);
    if (frame.field_of(holds) == nullptr || byte >= frame.bytes(holds).size()) return std::nullopt;
    return link_of_byte(frame, holds, byte);
}

// A list's caption, its rows from `draw`, and its bar. Returns the foot.
template <class Draw>
float pane(FrameContext& context, ScreenCanvas& canvas, ImVec2 at, float width, float row, std::uint64_t total,
           std::uint64_t rows, const std::string& caption, const std::string& key,
           std::optional<std::uint64_t> in_sight, bool keys, Draw draw) {
    const float em = context.fonts.em;
    const float y = words_at(canvas, at, width, context.theme.muted, caption) + 0.1F * em;
    rows = std::min(rows, std::max<std::uint64_t>(total, 1));
    LongList list(key, total, rows);
    if (in_sight) list.bring_into_sight(*in_sight);
    const float height = row * static_cast<float>(rows);
    draw(ImVec2{at.x, y}, list.first(), rows);
    list.scroll(context, canvas, {at.x + width - 0.6F * em, y, 0.55F * em, height}, {at.x, y, width, height}, keys);
    return y + height;
}

void draw_line(FrameContext& context) {
    const float em = context.fonts.em;
    const Theme& theme = context.theme;
    ScreenCanvas canvas(theme, context.fonts);
    const FrameModel frame = make_frame_model(context.trace, context.step.node);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const float seen = stage_height();
    float y =
        draw_message_head(context, canvas, frame.arriving ? "The line is read" : "One JSON line", frame_words(frame));
    if (frame.refused) y = words_at(canvas, {origin.x, y}, width, theme.error, refusal_words()) + 0.3F * em;

    const float picture = y;
    // What is lit: under the mouse in the last frame, else what was selected, else the first of the ciphertext.
    FrameStage stage(context, canvas, frame, width);
    ImGuiStorage* storage = ImGui::GetStateStorage();
    const std::string id = context.step.address;
    const auto key_of_state = [&](std::string_view what) {
        const std::string key = fmt::format("{} {}", what, id);
        return ImGui::GetID(key.c_str());
    };
    const ImGuiID selected_id = key_of_state("selected"), over_id = key_of_state("hovered");
    const Field* ciphertext = frame.field_of(Holds::ciphertext);
    const auto last = static_cast<int>(frame.wire_size()) - 1;
    const int before =
        storage->GetInt(selected_id, ciphertext != nullptr ? static_cast<int>(ciphertext->value.begin) : 0);
    int selected = std::clamp(before + context.ui.item_step, 0, last);
    bool follow = context.moved || selected != before;
    Link link = link_at(frame, static_cast<std::size_t>(selected));
    if (const auto hovered = kept_link(frame, storage->GetInt(over_id, 0))) link = *hovered;
    stage.light(link);

    const auto row_of = [&](std::size_t position, std::size_t columns) -> std::optional<std::uint64_t> {
        return follow ? std::optional<std::uint64_t>(position / columns) : std::nullopt;
    };
    const float row = stage.row_height();
    const std::size_t columns = stage.line_columns();
    const std::uint64_t line_total = (frame.line.size() + columns - 1) / columns;
    const float spare = seen - (y - origin.y) - 7.5F * em;
    const auto line_rows = static_cast<std::uint64_t>(std::clamp(0.36F * spare / row, 2.0F, 8.0F));
    y = pane(context, canvas, {origin.x, y}, width, row, line_total, line_rows,
             "The line, four characters of base64 underlined together. Hover, click, or Z and X select.", "line " + id,
             row_of(link.line.begin, columns), false,
             [&](ImVec2 at, std::uint64_t first, std::uint64_t rows) { stage.line_rows(at, first, rows); });
    y += 0.5F * em;
    const float group_top = y;
    y = std::max(stage.group({origin.x, y}), group_top + 5.3F * em) + 0.2F * em;

    // Side by side where there is room, else below one another.
    const float sign = ScreenCanvas::size(context.fonts.figures_small, "0").x;
    const float block_width = FrameStage::block_width(em, sign) + 0.9F * em;
    const bool beside = width - block_width > 4.2F * em + 8.3F * 3 * sign + em;
    const float dump_width = beside ? width - block_width - em : width;
    const std::size_t dump_columns = stage.dump_columns(dump_width - em);
    const float below = seen - (y - origin.y) - 1.6F * em;
    const auto dump_rows = static_cast<std::uint64_t>(std::max(beside ? below / row : below / row / 2, 3.0F));
    const std::uint64_t dump_total = (frame.wire_size() + dump_columns - 1) / dump_columns;
    const float dump_foot = pane(
        context, canvas, {origin.x, y}, dump_width, row, dump_total, dump_rows,
        "The same line as bytes on the wire, 0A ends it", "dump " + id, row_of(link.line.begin, dump_columns), true,
        [&](ImVec2 at, std::uint64_t first, std::uint64_t rows) { stage.dump_rows(at, dump_columns, first, rows); });
    const ImVec2 blocks_at = beside ? ImVec2{origin.x + dump_width + em, y} : ImVec2{origin.x, dump_foot + 0.5F * em};
    const std::optional<std::uint64_t> block_row = follow && link.holds != Holds::nothing
                                                       ? std::optional(stage.block_row_of(link.holds, link.bytes.begin))
                                                       : std::nullopt;
    const float blocks_foot =
        pane(context, canvas, blocks_at, beside ? block_width : width, row, stage.block_rows(), dump_rows,
             frame.arriving ? "What the base64 says" : "What goes into base64", "blocks " + id, block_row, false,
             [&](ImVec2 at, std::uint64_t first, std::uint64_t rows) { stage.blocks(at, first, rows); });
    y = std::max(dump_foot, blocks_foot);

    const auto hovered = stage.hovered();
    if (hovered && ImGui::IsMouseClicked(0)) selected = static_cast<int>(hovered->line.begin);
    storage->SetInt(selected_id, selected);
    storage->SetInt(over_id, hovered ? kept_place(*hovered) : 0);
    end_stage(context, canvas, origin, picture, y, frame_words(frame));
}

} // namespace

void draw_frame_stage(FrameContext& context) {
    const Node& node = context.step.node;
    const MessageRecord& m = context.trace.recording().messages[node.number(Kind::message) - 1];
    const bool line = node.kind() == Kind::frame || !m.received->frame.empty();
    // The workbench deciphers bytes that came in no line.
    if (line) draw_line(context);
    if (!line) draw_message_stage(context);
}

} // namespace keyhole::viz
