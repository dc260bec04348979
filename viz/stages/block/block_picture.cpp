#include "viz/stages/block/block_picture.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/words.hpp"
#include "viz/stages/block/ladder_picture.hpp"

namespace keyhole::viz {
namespace {

class BlockPicture {
  public:
    BlockPicture(const StageInput& input, const BlockModel& block, Canvas& canvas)
        : input_(input), b_(block), canvas_(canvas), room_(input.room), em_(canvas.em()) {}

    void draw() {
        Picture& picture = canvas_.picture();
        const float top = head();
        picture.work_from = top;
        picture.work_to = top + room_.h / 2;
        const Chain front = chain("front", b_.front, top, false);
        // IP, the ladder, the swap, FP and the mode's part behind share what is left.
        const float lead = 0.6F * em_, short_lead = 0.3F * em_;
        const float fixed = 2 * (lead + short_lead) + (2 * 1.15F + 3.05F + 2.45F + 0.3F) * em_;
        Ladder ladder(input_, b_, canvas_, room_.bottom() - front.foot - fixed);
        const Node& block = input_.step.node;
        const Rect ip = ladder.bar(b_.has_ip ? "IP" : "no IP", front.foot + lead, block.child({.kind = Kind::ip}));
        whole({front.middles.back(), front.foot}, {ladder.centre(), ip.y});
        const Rect fp = ladder.bar(b_.has_ip ? "FP" : "no FP", ladder.draw(ip.bottom() + short_lead, short_lead),
                                   block.child({.kind = Kind::fp}));
        const float leaves = fp.bottom(), behind = leaves + lead;
        const Chain back = chain("back", b_.back, behind, true);
        whole({ladder.centre(), leaves}, {back.middles.front(), behind});
        picture.foot = back.foot + 0.3F * em_;
    }

  private:
    struct Chain {
        std::vector<float> middles; // of its boxes, across
        float foot = 0;
    };

    float head() {
        StageHead head{.title = fmt::format("Block {} of {}", grouped_decimal(b_.number), grouped_decimal(b_.count)),
                       .words = b_.words,
                       .stops = block_stops(input_.step.node, b_.rounds)};
        if (const auto bit = ladder_bit(input_.state.followed)) head.followed = bit_words(b_, *bit);
        return draw_head(canvas_, head, room_) + 0.2F * em_;
    }

    // Values of the mode from left to right, in a narrow panel from top to foot. The last one may be what the step
    // gives.
    Chain chain(std::string_view id, const std::vector<ChainPart>& parts, float y, bool result) {
        const float sign = 1.6F * em_, tall = 2.45F * em_;
        std::vector<float> widths;
        float all = 0;
        for (const ChainPart& part : parts) {
            widths.push_back(std::max(canvas_.width(FontRole::small, caption(part)),
                                      canvas_.width(FontRole::figures_small, part.value)) +
                             0.8F * em_);
            all += widths.back() + (part.sign.empty() ? 0 : sign);
        }
        const bool stacked = all > room_.w;
        const float used = stacked ? *std::ranges::max_element(widths) : all;
        float x = room_.x + std::max(stacked ? sign : 0, (room_.w - used) / 2);
        Chain chain;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const ChainPart& part = parts[i];
            if (!part.sign.empty() && !stacked) x += sign;
            if (!part.sign.empty())
                canvas_.text_centred(FontRole::text, {x - sign / 2, y + tall / 2}, Ink::text, part.sign);
            const Rect rect{x, y, std::min(widths[i], room_.w - (stacked ? sign : 0)), tall};
            value(fmt::format("{}.{}", id, i + 1), part, rect, result && i + 1 == parts.size());
            chain.middles.push_back(rect.centre().x);
            chain.foot = rect.bottom();
            if (stacked) {
                y += tall + 0.2F * em_;
            } else {
                x = rect.right();
            }
        }
        return chain;
    }

    void value(const std::string& id, const ChainPart& part, Rect rect, bool given) {
        canvas_.box(rect, Ink::raised, given ? Ink::current : Ink::border, given ? 2.2F * canvas_.line() : 0, id);
        if (part.go_to) canvas_.link(id, rect, *part.go_to);
        const float x = rect.x + 0.4F * em_;
        canvas_.text(FontRole::small, {x, rect.y + 0.25F * em_}, Ink::muted, caption(part));
        canvas_.text(FontRole::figures_small, {x, rect.y + 1.3F * em_}, Ink::text, part.value);
    }

    static std::string caption(const ChainPart& part) {
        return part.text.empty() ? part.label : fmt::format("{} \u201C{}\u201D", part.label, part.text);
    }

    // The whole block on its way into a bar or out of it.
    void whole(Point from, Point to) { canvas_.wire(from, to, Ink::plain, 1.4F * canvas_.line()); }

    const StageInput& input_;
    const BlockModel& b_;
    Canvas& canvas_;
    Rect room_;
    float em_;
};

} // namespace

Picture block_picture(const StageInput& input) {
    return draw_picture<BlockPicture>(input, make_block_model(input.trace, input.step.node));
}

std::optional<LadderBit> ladder_bit(Item item) {
    if (item == 0) return std::nullopt;
    const auto index = static_cast<unsigned>(item - 1);
    return LadderBit{index / 32, index % 32 + 1};
}

Item next_on_ladder(const StageInput& input, Item followed, int step) {
    const unsigned rounds = input.trace.pass(input.step.node).variant.rounds;
    return turned_in_ring(item_of({rounds + 1, 32}), followed, step);
}

std::vector<HeadStop> block_stops(const Node& node, unsigned rounds) {
    const Node block = node.up_to(Kind::block);
    std::vector<HeadStop> stops{{"IP", block.child({.kind = Kind::ip})}};
    for (unsigned n = 1; n <= rounds; ++n)
        stops.push_back({fmt::to_string(n), block.child({.kind = Kind::round, .number = n})});
    stops.push_back({"swap", block.child({.kind = Kind::swap})});
    stops.push_back({"FP", block.child({.kind = Kind::fp})});
    return stops;
}

} // namespace keyhole::viz
