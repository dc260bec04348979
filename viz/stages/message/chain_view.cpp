// The stage of encrypting and deciphering a message: its chain of blocks as a textbook draws the mode, one column a
// block. Only the columns in sight are computed; a click on a column goes into the block.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/words.hpp"
#include "viz/base/number_model.hpp"
#include "viz/stages/message/chain_model.hpp"
#include "viz/stages/message/message_parts.hpp"

namespace keyhole::viz {
namespace {

// What stands in a column, from the top; which of them, and in which order, is the mode's business.
enum class Part { plain, cipher, enters, des, leaves, mix };

struct Place {
    Part part;
    float top = 0, height = 0;
};

std::vector<Part> order(Mode mode, Direction stage) {
    using enum Part;
    const bool forwards = stage == Direction::encrypt;
    switch (mode) {
        case Mode::ecb: return forwards ? std::vector{plain, des, cipher} : std::vector{cipher, des, plain};
        case Mode::cbc:
            return forwards ? std::vector{plain, mix, enters, des, cipher}
                            : std::vector{cipher, des, leaves, mix, plain};
        case Mode::ctr: break;
    }
    return forwards ? std::vector{enters, des, leaves, plain, mix, cipher}
                    : std::vector{enters, des, leaves, cipher, mix, plain};
}

struct Geometry {
    ImVec2 origin;
    float pitch = 0, gutter = 0, box = 0; // of a column: all of it, the room left of its boxes, the boxes
    float head = 0, foot = 0;             // the block's number above; below everything
    std::vector<Place> places;

    float left(std::uint64_t column) const { return origin.x + pitch * static_cast<float>(column) + gutter; }
    float centre(std::uint64_t column) const { return left(column) + box / 2; }
    const Place* find(Part part) const {
        const auto found = std::ranges::find(places, part, &Place::part);
        return found == places.end() ? nullptr : &*found;
    }
    const Place& at(Part part) const { return *find(part); }
};

Geometry make_geometry(ImVec2 at, float height, const Chain& chain, const Fonts& fonts) {
    const float em = fonts.em;
    Geometry g;
    g.origin = at;
    g.box = std::ceil(ScreenCanvas::size(fonts.figures_small, "00000000 00000000").x + 0.7F * em);
    g.gutter = std::round(chain.mode == Mode::ecb ? 0.9F * em : 2.6F * em);
    g.pitch = g.box + g.gutter;
    g.head = 1.6F * em;
    const std::vector<Part> parts = order(chain.mode, chain.stage);
    const auto height_of = [&](Part part) {
        switch (part) {
            case Part::plain: return 3.35F * em;
            case Part::cipher: return 2.4F * em;
            case Part::mix: return 1.3F * em;
            default: return 2.1F * em;
        }
    };
    float boxes = 0;
    for (const Part part : parts) boxes += height_of(part);
    const float gaps = static_cast<float>(parts.size() - 1);
    const float gap = std::clamp((height - g.head - boxes) / gaps, 1.0F * em, 3.2F * em);
    float y = at.y + g.head;
    for (const Part part : parts) {
        g.places.push_back({part, std::round(y), height_of(part)});
        y += height_of(part) + gap;
    }
    g.foot = y - gap;
    return g;
}

std::string spaced_hex(des::Block block) { return fmt::format("{:08X} {:08X}", block >> 32U, block & 0xFFFFFFFFU); }

std::string spaced_hex(ByteView bytes) {
    const std::string hex = to_hex(bytes);
    return hex.size() > 8 ? hex.substr(0, 8) + " " + hex.substr(8) : hex;
}

class ChainStage {
  public:
    ChainStage(FrameContext& context, ScreenCanvas& canvas, const Chain& chain, const Geometry& g, std::uint64_t marked)
        : context_(context), canvas_(canvas), chain_(chain), g_(g), em_(context.fonts.em), marked_(marked) {}

    void draw() {
        for (std::size_t i = 0; i < chain_.blocks.size(); ++i) find_hovered(i);
        for (std::size_t i = 0; i < chain_.blocks.size(); ++i) column(i);
    }

  private:
    struct Ink {
        ImU32 colour;
        float width;
    };
    Ink ink(bool lit) const {
        return {lit ? context_.theme.current : context_.theme.muted, (lit ? 2.2F : 1.2F) * canvas_.line()};
    }

    void find_hovered(std::size_t i) {
        const ImVec2 from{g_.left(i) - 0.3F * em_, g_.origin.y},
            to{g_.left(i) + g_.box + 0.3F * em_, g_.foot + 0.2F * em_};
        if (!canvas_.hovered(from, to)) return;
        hovered_ = i;
        if (ImGui::IsMouseClicked(0)) context_.requests.go_to(chain_.blocks[i].node);
    }

    void column(std::size_t i) {
        const ChainBlock& b = chain_.blocks[i];
        const Theme& theme = context_.theme;
        const bool lit = hovered_ == i || b.number == marked_;
        if (lit) {
            canvas_.box({g_.left(i) - 0.35F * em_, g_.origin.y},
                        {g_.left(i) + g_.box + 0.35F * em_, g_.foot + 0.3F * em_}, hovered_ == i ? theme.raised : 0,
                        theme.current, 2.2F * canvas_.line());
        }
        canvas_.text_centred(context_.fonts.small, {g_.centre(i), g_.origin.y + 0.7F * em_},
                             lit ? theme.current : theme.text, fmt::format("block {}", grouped_decimal(b.number)));
        wires(i, lit);
        for (const Place& place : g_.places) part(i, b, place);
    }

    void arrow(ImVec2 from, ImVec2 to, Ink ink) {
        canvas_.straight(from, to, ink.colour, ink.width);
        const float tip = 0.3F * em_;
        if (from.x == to.x) {
            canvas_.straight({to.x - tip * 0.7F, to.y - tip}, to, ink.colour, ink.width);
            canvas_.straight({to.x + tip * 0.7F, to.y - tip}, to, ink.colour, ink.width);
        } else {
            canvas_.straight({to.x - tip, to.y - tip * 0.7F}, to, ink.colour, ink.width);
            canvas_.straight({to.x - tip, to.y + tip * 0.7F}, to, ink.colour, ink.width);
        }
    }

    void wires(std::size_t i, bool lit) {
        const float x = g_.centre(i);
        const bool ctr = chain_.mode == Mode::ctr;
        for (std::size_t p = 0; p + 1 < g_.places.size(); ++p) {
            const Place& upper = g_.places[p];
            const Place& lower = g_.places[p + 1];
            // Key stream goes round the text that it is added to.
            if (ctr && upper.part == Part::leaves) continue;
            arrow({x, upper.top + upper.height}, {x, lower.top}, ink(lit));
        }
        if (ctr) stream_wire(i, lit);
        if (chain_.mode == Mode::cbc) chain_wires(i, lit);
    }

    // Left of the column: from `from_y` down to the XOR.
    void stream_wire(std::size_t i, bool lit) {
        const Place& stream = g_.at(Part::leaves);
        const Place& mix = g_.at(Part::mix);
        const float x = g_.left(i) - 0.9F * em_;
        const float from_y = stream.top + stream.height / 2, y = mix.top + mix.height / 2;
        const Ink k = ink(lit);
        canvas_.straight({g_.left(i), from_y}, {x, from_y}, k.colour, k.width);
        canvas_.straight({x, from_y}, {x, y}, k.colour, k.width);
        arrow({x, y}, {g_.centre(i) - mix.height / 2, y}, k);
    }

    // From the ciphertext block before, or the IV, into the XOR.
    void chain_wires(std::size_t i, bool lit) {
        const Place& mix = g_.at(Part::mix);
        const Place& cipher = g_.at(Part::cipher);
        const float y = mix.top + mix.height / 2;
        const float x = g_.left(i) - g_.gutter / 2;
        const Ink k = ink(lit);
        const float target = g_.centre(i) - mix.height / 2;
        const bool first = chain_.blocks[i].number == 1;
        const float from_y = cipher.top + cipher.height / 2;
        if (first) {
            const ImVec2 from{g_.left(i) - g_.gutter + 0.1F * em_, y - 0.7F * em_};
            const ImVec2 to{from.x + 1.7F * em_, y + 0.7F * em_};
            canvas_.box(from, to, context_.theme.panel, k.colour, k.width);
            canvas_.text_centred(context_.fonts.small, {(from.x + to.x) / 2, y}, context_.theme.text, "IV");
            arrow({to.x, y}, {target, y}, k);
        } else {
            // From the box before, or, at the left edge, from where it would be.
            const float start = i > 0 ? g_.left(i - 1) + g_.box : g_.origin.x;
            canvas_.straight({start, from_y}, {x, from_y}, k.colour, k.width);
            canvas_.straight({x, from_y}, {x, y}, k.colour, k.width);
            arrow({x, y}, {target, y}, k);
        }
        // And on to the block after, which may not be in sight.
        if (i + 1 == chain_.blocks.size() && chain_.blocks[i].number < chain_.count) {
            const float end = g_.left(i) + g_.box;
            canvas_.straight({end, from_y}, {end + g_.gutter / 2, from_y}, ink(false).colour, ink(false).width);
        }
    }

    void part(std::size_t i, const ChainBlock& b, const Place& place) {
        const auto n = static_cast<unsigned>(b.number);
        const std::string number = b.number < 100000 ? indexed("", n) : "";
        switch (place.part) {
            case Part::plain: return text_box(i, place, "P" + number, b.plain, b.same_plain, "P", &b);
            case Part::cipher: return text_box(i, place, "C" + number, b.cipher, b.same_cipher, "C", nullptr);
            case Part::enters:
                return value_box(i, place, chain_.mode == Mode::ctr ? counter_name(b) : xor_name(b, number),
                                 spaced_hex(b.enters));
            case Part::leaves: return value_box(i, place, leaves_name(b), spaced_hex(b.leaves));
            case Part::des: return des_box(i, place);
            case Part::mix: return mix_sign(i, place);
        }
    }

    static std::string counter_name(const ChainBlock& b) {
        return b.number == 1 ? "counter = IV" : fmt::format("counter = IV + {}", grouped_decimal(b.number - 1));
    }
    static std::string xor_name(const ChainBlock& b, const std::string& number) {
        if (b.number == 1) return "P\u2081 \u2295 IV";
        if (number.empty()) return "P \u2295 C before";
        return "P" + number + " \u2295 C" + indexed("", static_cast<unsigned>(b.number - 1));
    }
    std::string leaves_name(const ChainBlock& b) const {
        if (chain_.mode != Mode::ctr) return "out of DES\u207B\u00B9";
        return b.plain.size() == 8 ? "key stream" : fmt::format("key stream, {} used", b.plain.size());
    }

    // The product of the step is what is outlined; the rest is only there.
    bool is_product(Part part) const {
        return part == (chain_.stage == Direction::encrypt ? Part::cipher : Part::plain);
    }

    void frame_of(std::size_t i, const Place& place, ImU32 fill) {
        const bool product = is_product(place.part);
        canvas_.box({g_.left(i), place.top}, {g_.left(i) + g_.box, place.top + place.height}, fill,
                    product ? context_.theme.current : context_.theme.border, (product ? 2.2F : 1) * canvas_.line());
    }

    void text_box(std::size_t i, const Place& place, const std::string& name, ByteView bytes,
                  std::optional<std::uint64_t> same, const char* letter, const ChainBlock* text) {
        const Theme& theme = context_.theme;
        const Fonts& fonts = context_.fonts;
        frame_of(i, place, theme.panel);
        const float x = g_.left(i) + 0.4F * em_, end = g_.left(i) + g_.box - 0.4F * em_;
        const float name_end = canvas_.text(fonts.small, {x, place.top + 0.25F * em_}, theme.muted, name);
        if (same) mark_same(i, place, name_end, end, letter, *same);
        const std::string hex = spaced_hex(bytes);
        const ImFont* font = fonts.figures_small;
        const float hex_y = place.top + 1.24F * em_;
        const std::size_t padded = text == nullptr ? 0 : text->padding;
        // Padding is told apart by a line below it and a fainter ink.
        const std::size_t kept_bytes = bytes.size() - padded;
        const std::size_t kept = std::min(2 * kept_bytes + (kept_bytes > 4 ? 1U : 0U), hex.size());
        const float cut = canvas_.text(font, {x, hex_y}, theme.text, hex.substr(0, kept));
        if (padded > 0) {
            const float hex_end = canvas_.text(font, {cut, hex_y}, theme.muted, hex.substr(kept));
            const float y = hex_y + font->FontSize;
            canvas_.straight({cut, y}, {hex_end, y}, theme.current, 2 * canvas_.line());
        }
        if (text == nullptr) return;
        const float text_y = place.top + 2.25F * em_;
        std::string words = text->text;
        const std::size_t dots = 2 * padded; // a dot is two bytes of UTF-8
        if (padded > 0) words.resize(words.size() - dots);
        if (!words.empty()) words = "\u201C" + words + "\u201D";
        if (padded > 0) words += fmt::format("{}+{} padding", words.empty() ? "" : " ", padded);
        const ImFont* fit = ScreenCanvas::size(font, words).x < end - x ? font : fonts.small;
        canvas_.text(ScreenCanvas::size(fit, words).x < end - x ? fit : fonts.figures_tiny, {x, text_y}, theme.muted,
                     words);
    }

    // Equal blocks carry a sign and a name, whatever the colour.
    void mark_same(std::size_t i, const Place& place, float from, float to, const char* letter, std::uint64_t same) {
        const std::string words = fmt::format(
            "= {}{}", letter, same < 100000 ? indexed("", static_cast<unsigned>(same)) : grouped_decimal(same));
        const ImFont* font = context_.fonts.small;
        const float width = ScreenCanvas::size(font, words).x;
        if (to - width < from + 0.2F * em_) return;
        const float y = place.top + 0.72F * em_;
        canvas_.box({to - width - 0.35F * em_, y - 0.5F * em_}, {to + 0.25F * em_, y + 0.5F * em_},
                    context_.theme.plain, 0);
        canvas_.text_to_right(font, {to - 0.05F * em_, y}, context_.theme.on_fill, words);
        if (hovered_ == i) ImGui::SetTooltip("the same eight bytes as in block %s", grouped_decimal(same).c_str());
    }

    void value_box(std::size_t i, const Place& place, const std::string& name, const std::string& hex) {
        frame_of(i, place, context_.theme.panel);
        const float x = g_.left(i) + 0.4F * em_;
        canvas_.text(context_.fonts.small, {x, place.top + 0.15F * em_}, context_.theme.muted, name);
        canvas_.text(context_.fonts.figures_small, {x, place.top + 1.05F * em_}, context_.theme.text, hex);
    }

    void des_box(std::size_t i, const Place& place) {
        const Theme& theme = context_.theme;
        const float middle = place.top + place.height / 2;
        // The key's own colour, and a thick outline on the side where it comes in.
        canvas_.box({g_.left(i) + 0.8F * em_, place.top}, {g_.left(i) + g_.box - 0.8F * em_, place.top + place.height},
                    theme.raised, theme.key, 1.6F * canvas_.line());
        const bool inverse = chain_.stage == Direction::decrypt && chain_.mode != Mode::ctr;
        canvas_.text_centred(context_.fonts.text, {g_.centre(i) - 0.9F * em_, middle}, theme.text,
                             inverse ? "DES\u207B\u00B9" : "DES");
        canvas_.text_centred(context_.fonts.text, {g_.centre(i) + 1.6F * em_, middle}, theme.key, "K");
    }

    void mix_sign(std::size_t i, const Place& place) {
        const ImVec2 c{g_.centre(i), place.top + place.height / 2};
        const float r = place.height / 2;
        ImDrawList* list = ImGui::GetWindowDrawList();
        list->AddCircleFilled(c, r, context_.theme.panel, 32);
        list->AddCircle(c, r, context_.theme.text, 32, 1.6F * canvas_.line());
        canvas_.straight({c.x - r, c.y}, {c.x + r, c.y}, context_.theme.text, 1.6F * canvas_.line());
        canvas_.straight({c.x, c.y - r}, {c.x, c.y + r}, context_.theme.text, 1.6F * canvas_.line());
    }

    FrameContext& context_;
    ScreenCanvas& canvas_;
    const Chain& chain_;
    const Geometry& g_;
    float em_;
    std::uint64_t marked_;
    std::optional<std::size_t> hovered_;
};

std::string place_key(const Node& node, std::string_view what) {
    return fmt::format("{} {} {}", what, node.number(Kind::message), node.within(Kind::encrypt));
}

ImGuiID last_block_id(const Node& node) {
    const std::string key = place_key(node, "last block");
    return ImGui::GetID(key.c_str());
}

} // namespace

void remember_chain_block(const FrameContext& context) {
    const Node& node = context.step.node;
    if (node.within(Kind::block)) {
        ImGui::GetStateStorage()->SetInt(last_block_id(node), static_cast<int>(node.number(Kind::block)));
    }
}

void draw_chain_stage(FrameContext& context) {
    const float em = context.fonts.em;
    const Theme& theme = context.theme;
    const Node& node = context.step.node;
    ScreenCanvas canvas(theme, context.fonts);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const float seen = stage_height();
    const Chain whole = chain_window(context.trace, node, 0, 0);
    const bool forwards = whole.stage == Direction::encrypt;
    const std::string title =
        fmt::format("{} {} {} in {} mode", forwards ? "Enciphering" : "Deciphering", grouped_decimal(whole.count),
                    whole.count == 1 ? "block" : "blocks", name(whole.mode));
    float y = draw_message_head(context, canvas, title, "");
    const float formula_end =
        canvas.text(context.fonts.text, {origin.x, y}, theme.text, chain_formula(whole.mode, whole.stage));
    const std::string key = fmt::format("K = {}", hex_text(Bits{whole.key, 64}));
    const std::string iv = whole.iv ? fmt::format("IV = {}", hex_text(Bits{*whole.iv, 64})) : "";
    const auto beside = [&](float from, ImU32 ink, const std::string& words) {
        const ImFont* font = context.fonts.figures_small;
        if (words.empty()) return from;
        if (from + em + ScreenCanvas::size(font, words).x > origin.x + width) {
            y += 1.35F * em;
            from = origin.x - em;
        }
        return canvas.text(font, {from + em, y + 0.1F * em}, ink, words);
    };
    beside(beside(formula_end, theme.key, key), theme.text, iv);
    y += 1.6F * em;
    const float picture = y;
    const float words_foot = 3.9F * em;
    Geometry g = make_geometry({origin.x, y}, seen - (y - origin.y) - words_foot - 1.4F * em, whole, context.fonts);
    const auto columns = static_cast<std::uint64_t>(std::max(1.0F, std::floor((width + 0.2F * em) / g.pitch)));
    LongList list(place_key(node, "chain"), whole.count, columns);
    const int last = ImGui::GetStateStorage()->GetInt(last_block_id(node), 0);
    if (context.moved && last > 0) list.bring_into_sight(static_cast<std::uint64_t>(last - 1));
    const Chain chain = chain_window(context.trace, node, list.first(), columns);
    if (chain.count == 0) {
        canvas.text(context.fonts.text, {origin.x, y}, theme.text, "No bytes, no blocks.");
    } else {
        ChainStage(context, canvas, chain, g, static_cast<std::uint64_t>(last)).draw();
    }
    y = g.foot + 0.6F * em;
    const Rect bar{origin.x, y, width, 0.7F * em};
    list.scroll(context, canvas, bar, {origin.x, g.origin.y, width, g.foot - g.origin.y}, true);
    if (!list.whole()) y = bar.bottom() + 0.3F * em;
    const std::string where =
        chain.count == 0 ? ""
        : list.whole()
            ? "Click a block to go into it."
            : fmt::format("Blocks {} to {} of {}. Click one to go into it; wheel, Page Up and Page Down scroll.",
                          grouped_decimal(chain.first + 1), grouped_decimal(chain.first + chain.blocks.size()),
                          grouped_decimal(chain.count));
    y = words_at(canvas, {origin.x, y}, width, theme.text, chain_words(whole.mode, whole.stage)) + 0.2F * em;
    y = words_at(canvas, {origin.x, y}, width, theme.muted, where);
    end_stage(context, canvas, origin, picture, y, "");
}

} // namespace keyhole::viz
