#include "viz/stages/chain/chain_wires.hpp"

#include <fmt/format.h>

#include "viz/stages/message/message_head.hpp"

namespace keyhole::viz {
namespace {

class ColumnWires {
  public:
    ColumnWires(Canvas& canvas, const Chain& chain, const ChainGrid& grid, std::size_t column, bool lit)
        : canvas_(canvas), chain_(chain), g_(grid), column_(column), lit_(lit), em_(canvas.em()) {}

    void draw() {
        const bool streams = makes_key_stream(chain_.mode);
        const float x = g_.centre(column_);
        for (std::size_t p = 0; p + 1 < g_.places.size(); ++p) {
            const ChainGrid::Place& upper = g_.places[p];
            if (streams && upper.part == ColumnPart::leaves) continue; // it goes round the text
            arrow({x, upper.top + upper.height}, {x, g_.places[p + 1].top});
        }
        if (streams) key_stream();
        feedback_ = feedback_of(chain_.mode);
        if (feedback_) {
            if (chain_.blocks[column_].number == 1) {
                iv();
            } else {
                from_block_before();
            }
            to_block_out_of_sight();
        }
    }

  private:
    void line(Point from, Point to, bool lit) {
        canvas_.straight(from, to, lit ? Ink::current : Ink::muted, (lit ? 2.2F : 1.2F) * canvas_.line());
    }
    void arrow(Point from, Point to) {
        draw_arrow(canvas_, from, to, lit_ ? Ink::current : Ink::muted, (lit_ ? 2.2F : 1.2F) * canvas_.line(),
                   0.3F * em_);
    }
    // Where a wire from the side enters the sign of XOR.
    Point mix_entry() const {
        const ChainGrid::Place& mix = g_.at(ColumnPart::mix);
        return {g_.centre(column_) - mix.height / 2, mix.middle()};
    }
    // Where what comes from the block before goes in.
    Point feedback_entry() const {
        if (!feedback_->into_register) return mix_entry();
        return {g_.left(column_), g_.at(ColumnPart::enters).middle()};
    }
    // At which height it leaves that block.
    float feedback_y() const {
        return g_.at(feedback_->of_ciphertext ? ColumnPart::cipher : ColumnPart::leaves).middle();
    }

    // Left of the column, down to the XOR.
    void key_stream() {
        const float x = g_.left(column_) - 0.9F * em_;
        const float from_y = g_.at(ColumnPart::leaves).middle();
        const Point entry = mix_entry();
        line({g_.left(column_), from_y}, {x, from_y}, lit_);
        line({x, from_y}, {x, entry.y}, lit_);
        arrow({x, entry.y}, entry);
    }

    void iv() {
        const Point entry = feedback_entry();
        const Rect rect{g_.left(column_) - g_.gutter + 0.1F * em_, entry.y - 0.7F * em_, 1.7F * em_, 1.4F * em_};
        canvas_.box(rect, Ink::panel, lit_ ? Ink::current : Ink::muted, (lit_ ? 2.2F : 1.2F) * canvas_.line(),
                    "block.1.IV");
        canvas_.text_centred(FontRole::small, rect.centre(), Ink::text, "IV");
        arrow({rect.right(), entry.y}, entry);
    }

    // From its ciphertext or what left DES, or, at the left edge, from where that would be. The key stream has the
    // right half of the room between two columns.
    void from_block_before() {
        const float x = g_.left(column_) - (feedback_->into_register ? 1.8F * em_ : g_.gutter / 2);
        const float start = column_ > 0 ? g_.right(column_ - 1) : g_.origin.x;
        const float from_y = feedback_y();
        const Point entry = feedback_entry();
        line({start, from_y}, {x, from_y}, lit_);
        line({x, from_y}, {x, entry.y}, lit_);
        arrow({x, entry.y}, entry);
    }

    void to_block_out_of_sight() {
        if (column_ + 1 < chain_.blocks.size() || chain_.blocks[column_].number == chain_.count) return;
        const float y = feedback_y();
        line({g_.right(column_), y}, {g_.right(column_) + g_.gutter / 2, y}, false);
    }

    Canvas& canvas_;
    const Chain& chain_;
    const ChainGrid& g_;
    std::size_t column_;
    bool lit_;
    float em_;
    std::optional<Feedback> feedback_;
};

} // namespace

void draw_chain_wires(Canvas& canvas, const Chain& chain, const ChainGrid& grid, std::size_t column, bool lit) {
    ColumnWires(canvas, chain, grid, column, lit).draw();
}

} // namespace keyhole::viz
