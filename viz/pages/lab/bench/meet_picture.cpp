#include "viz/pages/lab/bench/meet_picture.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/words.hpp"
#include "viz/picture/column.hpp"
#include "viz/picture/strip.hpp"

namespace keyhole::viz {
namespace {

constexpr unsigned in_row = 32, rows = 4, parts = in_row * rows; // of a field of keys

class MeetPicture : Column {
  public:
    MeetPicture(Canvas& canvas, const MeetSeen& seen, Rect room) : Column(canvas, room), seen_(seen) {}

    float draw() {
        draw_ways();
        draw_fields();
        draw_prices();
        draw_left();
        return y_;
    }

  private:
    // Plaintext, first key, middle, second key, ciphertext: from the left one comes by E, from the right by D.
    void draw_ways() {
        const bool begun = !seen_.question.pairs.empty(), found = !seen_.keys.empty();
        const auto value = [](bool known, des::Block block) { return known ? std::optional(block) : std::nullopt; };
        const lab::KeyPair keys = found ? seen_.keys.front() : lab::KeyPair{};
        const KnownPair pair = begun ? seen_.question.pairs.front() : KnownPair{};
        const float step = width_ / 5, high = 4.3F * em_;
        const FontRole figures = canvas_.largest("01234567", step - 0.6F * em_,
                                                 {FontRole::figures, FontRole::figures_small, FontRole::figures_tiny});
        const auto part = [&](unsigned number, std::string_view name, Ink ink, std::optional<des::Block> block,
                              bool boxed) {
            const Rect rect{x_ + step * static_cast<float>(number - 1) + 0.2F * em_, y_, step - 0.4F * em_, high};
            if (boxed) canvas_.box(rect, Ink::raised, ink, 1.6F * canvas_.line(), fmt::format("way.{}", number));
            const float centre = rect.centre().x;
            canvas_.text_centred(canvas_.largest(name, rect.w - 0.3F * em_, {FontRole::text, FontRole::small}),
                                 {centre, rect.y + 0.75F * em_}, boxed ? ink : Ink::muted, name);
            const std::string hex = block ? fmt::format("{:016X}", *block) : std::string("?");
            for (std::size_t line = 0; 8 * line < hex.size(); ++line)
                canvas_.text_centred(figures, {centre, rect.y + (1.95F + 1.15F * static_cast<float>(line)) * em_},
                                     block ? ink : Ink::muted, hex.substr(8 * line, 8));
            return rect;
        };
        part(1, "plaintext", Ink::plain, value(begun, pair.plaintext), true);
        const Rect first = part(2, "first key", Ink::key, value(found, keys.first), false);
        part(3, "middle", Ink::current, middle_of(seen_), true);
        const Rect second = part(4, "second key", Ink::key, value(found, keys.second), false);
        part(5, "ciphertext", Ink::plain, value(begun, pair.ciphertext), true);
        const float line = y_ + high - 0.35F * em_, long_ = 0.5F * em_, half = 0.25F * em_;
        canvas_.arrow({first.x, line}, {first.right(), line}, Ink::left, 2 * canvas_.line(), long_, half);
        canvas_.arrow({second.right(), line}, {second.x, line}, Ink::right, 2 * canvas_.line(), long_, half);
        y_ += high + 0.6F * em_;
    }

    void draw_fields() {
        const float gap = 1.2F * em_, wide = (width_ - gap) / 2, top = y_;
        y_ = std::max(
            draw_field({x_, top}, wide, "first", Ink::left, seen_.state.enciphered, "first keys: E fills the table"),
            draw_field({x_ + wide + gap, top}, wide, "second", Ink::right, seen_.state.deciphered,
                       "second keys: D is looked up"));
    }

    // All keys of a kind in equal parts, those that are done filled. Returns the foot.
    float draw_field(Point at, float wide, std::string_view id, Ink ink, std::uint64_t done, std::string_view words) {
        const std::uint64_t all = std::uint64_t{1} << seen_.question.unknown_bits;
        float y = canvas_.paragraph(FontRole::small, at, wide, Ink::muted,
                                    fmt::format("{} of {} {}", grouped_decimal(done), grouped_decimal(all), words));
        const std::uint64_t filled = done * parts / all;
        for (unsigned row = 0; row < rows; ++row, y += 0.75F * em_) {
            const Strip strip{.count = in_row,
                              .group = in_row,
                              .left = at.x,
                              .top = y,
                              .pitch = wide / in_row,
                              .height = 0.65F * em_};
            for (unsigned i = 1; i <= in_row; ++i) {
                const unsigned part = row * in_row + i;
                canvas_.add(shape::Cell{.rect = strip.rect(i), .filled = part <= filled, .paint = ink, .dense = true},
                            fmt::format("{}.{}", id, part));
            }
        }
        return y + 0.5F * em_;
    }

    void draw_prices() {
        const std::array<MeetPrice, 2> both = prices(seen_);
        const double most = std::max(both[0].log2_work, both[1].log2_work);
        paragraph(FontRole::small, Ink::muted, "what it costs; the bars are as long as the exponents");
        unsigned number = 0;
        for (const MeetPrice& price : both) {
            const bool meeting = ++number == 1;
            paragraph(FontRole::text, Ink::text,
                      fmt::format("{}: 2^{:.0f} {}, {}{}{}", capitalised(price.name), price.log2_work,
                                  meeting ? "DES operations" : "pairs of keys", price.memory,
                                  price.time.empty() ? "" : ", ", price.time));
            const float wide = width_ * static_cast<float>(price.log2_work / most);
            canvas_.box({x_, y_, wide, 0.5F * em_}, meeting ? Paint(Ink::current) : Paint(Ink::plain, 0.55F), Ink::none,
                        0, fmt::format("work.{}", number));
            y_ += 0.8F * em_;
        }
        y_ += 0.3F * em_;
    }

    void draw_left() {
        const float middle = x_ + 0.5F * width_, line = 1.35F * em_;
        const auto row = [&](FontRole font, Ink ink, std::string_view what, std::string_view left,
                             std::string_view wrong, std::string id) {
            const float y = y_ + line / 2, height = canvas_.height(FontRole::small);
            canvas_.text(FontRole::small, {x_, y - height / 2}, ink == Ink::muted ? Ink::muted : Ink::text, what);
            canvas_.text_to_right(font, {middle + 0.16F * width_, y}, ink, left, std::move(id));
            canvas_.text_to_right(FontRole::small, {right(), y}, Ink::muted, wrong);
            y_ += line;
        };
        row(FontRole::small, Ink::muted, "pairs of keys", "left", "wrong ones by chance", "");
        unsigned number = 0;
        for (const MeetLeft& left : what_is_left(seen_)) {
            ++number;
            row(FontRole::figures_small, number == 1 ? Ink::text : Ink::key, left.after,
                left.left ? grouped_decimal(*left.left) : std::string("?"),
                number == 1 ? std::string() : fmt::format("2^{:.0f}", left.log2_wrong), fmt::format("left.{}", number));
        }
    }

    const MeetSeen& seen_;
};

} // namespace

float draw_meet(Canvas& canvas, const MeetSeen& seen, Rect room) { return MeetPicture(canvas, seen, room).draw(); }

} // namespace keyhole::viz
