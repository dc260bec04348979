#include "viz/stages/chain/chain_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/words.hpp"
#include "viz/stages/chain/chain_column.hpp"
#include "viz/stages/message/message_head.hpp"

namespace keyhole::viz {
namespace {

// What happens, in a line: the formula, the key and the IV, below one another where there is no room. Returns the foot.
float draw_formula(Canvas& canvas, const Chain& chain, Rect room) {
    const float em = canvas.em();
    Point at = room.corner();
    at.x = canvas.text(FontRole::text, at, Ink::text, chain_formula(chain.mode, chain.direction));
    const auto beside = [&](Ink ink, const std::string& words) {
        if (at.x + em + canvas.width(FontRole::figures_small, words) > room.right())
            at = {room.x - em, at.y + 1.35F * em};
        at.x = canvas.text(FontRole::figures_small, {at.x + em, at.y + 0.1F * em}, ink, words);
    };
    beside(Ink::key, fmt::format("K = {}", hex_text(Bits{chain.key, 64})));
    if (chain.iv) beside(Ink::text, fmt::format("IV = {}", hex_text(Bits{*chain.iv, 64})));
    return at.y + 1.6F * em;
}

std::string title_of(const Chain& chain) {
    return fmt::format("{} {} in {} mode", chain.direction == Direction::encrypt ? "Enciphering" : "Deciphering",
                       counted_blocks(chain.mode, chain.count), name(chain.mode));
}

// Which blocks are in sight, and what can be done with them.
std::string place_words(const Chain& chain, bool on_paper) {
    const bool all = chain.blocks.size() == chain.count;
    if (chain.count == 0 || (all && on_paper)) return "";
    if (all) return "Click a block to go into it.";
    const std::string first = grouped_decimal(chain.first + 1);
    const std::string which =
        chain.blocks.size() == 1
            ? "Block " + first
            : fmt::format("Blocks {} to {}", first, grouped_decimal(chain.first + chain.blocks.size()));
    return fmt::format("{} of {}.{}", which, grouped_decimal(chain.count),
                       on_paper ? "" : " Click one to go into it; wheel, Page Up and Page Down scroll.");
}

// The block that fills the stage, 0 for none.
std::uint64_t zoomed_block(std::string_view zoom, std::uint64_t count) {
    if (!zoom.starts_with("block.")) return 0;
    std::uint64_t number = 0;
    for (const char digit : zoom.substr(6)) number = 10 * number + static_cast<std::uint64_t>(digit - '0');
    return number <= count ? number : 0;
}

} // namespace

std::string zoom_of_chain(const StageInput& input) {
    const auto last = input.state.last_block.find(input.step.node.number(Kind::message));
    const std::uint64_t block = input.state.followed != 0              ? input.state.followed
                                : last == input.state.last_block.end() ? 1
                                                                       : last->second;
    return fmt::format("block.{}", block);
}

Picture chain_picture(const StageInput& input) {
    Picture picture;
    Canvas canvas(input.style, picture);
    const float em = canvas.em();
    const Rect room = input.room;
    const Node& node = input.step.node;
    const Chain whole = chain_window(input.trace, node, 0, 0);
    const float head = draw_message_head(input, canvas, title_of(whole), "");
    const float top = draw_formula(canvas, whole, {room.x, head, room.w, 0});
    const float words = 5.3F * em;
    ChainGrid grid = make_chain_grid(canvas, whole, {room.x, top}, room.bottom() - top - words);
    const std::uint64_t zoomed = zoomed_block(input.state.zoom, whole.count);
    const auto fitting = static_cast<std::uint64_t>(std::max(1.0F, std::floor((room.w + 0.2F * em) / grid.pitch)));
    const std::uint64_t columns = zoomed > 0 ? 1 : fitting;

    const float drawn = grid.pitch * static_cast<float>(std::min(columns, whole.count));
    grid.origin.x += std::max(0.0F, (room.w - drawn) / 2);

    const auto last = input.state.last_block.find(node.number(Kind::message));
    const std::uint64_t marked = last == input.state.last_block.end() ? 0 : last->second;
    const std::string list = "chain " + input.step.address;
    const RowWindow rows = rows_in_sight(input, list, whole.count, columns,
                                         zoomed > 0                  ? std::optional(zoomed - 1)
                                         : input.moved && marked > 0 ? std::optional(marked - 1)
                                                                     : std::nullopt);
    const Chain chain = chain_window(input.trace, node, rows.top(), columns);
    if (chain.count == 0) canvas.text(FontRole::text, {room.x, top}, Ink::text, "No bytes, no blocks.");
    for (std::size_t i = 0; i < chain.blocks.size(); ++i) {
        const std::uint64_t number = chain.blocks[i].number;
        draw_chain_column(canvas, chain, grid, i,
                          {.pointed = number == input.state.followed, .marked = number == marked});
    }
    float y = grid.foot + 0.6F * em;
    if (rows.last_top() > 0) {
        const Rect bar{room.x, y, room.w, 0.7F * em};
        picture.lists.push_back({.id = list,
                                 .all = whole.count,
                                 .shown = rows.shown(),
                                 .first = rows.top(),
                                 .bar = bar,
                                 .list = {room.x, top, room.w, grid.foot - top},
                                 .page_keys = true});
        y = bar.bottom() + 0.3F * em;
    }
    y = canvas.paragraph(FontRole::small, {room.x, y}, room.w, Ink::text, chain_words(whole.mode, whole.direction)) +
        0.2F * em;
    y = canvas.paragraph(FontRole::small, {room.x, y}, room.w, Ink::muted, place_words(chain, input.on_paper));
    end_stage(input, canvas, top, y, "");
    return picture;
}

} // namespace keyhole::viz
