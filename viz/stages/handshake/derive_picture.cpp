#include "viz/stages/handshake/derive_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/steps/step_kinds.hpp"
#include "viz/picture/column.hpp"
#include "viz/stages/handshake/derive_model.hpp"

namespace keyhole::viz {
namespace {

std::string hex_byte(std::uint8_t byte) { return fmt::format("{:02X}", byte); }

// A row of bytes, and which of them go on: from the first of these to the one behind the last.
struct ByteRow {
    std::string id;
    ByteView bytes;
    std::size_t taken_from = 0, taken_to = 0;
    Paint ink;
};

class DerivePicture : Column {
  public:
    DerivePicture(const StageInput& input, const DeriveModel& model, Canvas& canvas)
        : Column(canvas, input.room), input_(input), m_(model) {}

    void draw() {
        paragraph(FontRole::title, Ink::text, title(input_.step.node));
        y_ += 0.2F * em_;
        secret();
        says(m_.how);
        if (m_.digest) {
            byte_cells({"digest", *m_.digest, 0, m_.bytes.size(), Ink::key}, low_ ? 1 : 4);
            says("these 8 bytes as bits; the last bit of each is set so that the byte has an odd number of ones");
        } else {
            says("as bits; the last bit of each byte is set so that the byte has an odd number of ones");
        }
        bits();
        result();
        canvas_.picture().foot = y_;
        canvas_.picture().work_from = canvas_.picture().work_to = input_.room.y;
    }

  private:
    float byte_pitch() const { return 1.42F * em_; }

    std::size_t bytes_in_row() const {
        const auto fit = static_cast<std::size_t>(std::max(1.0F, width_ / byte_pitch()));
        for (const std::size_t round : {32U, 16U, 8U}) {
            if (fit >= round) return round;
        }
        return fit;
    }

    // Bytes in hex as cells; those that are taken have a thick outline in the key's colour.
    void byte_cells(const ByteRow& row_of, std::size_t most_rows) {
        const std::size_t in_row = bytes_in_row(), size = row_of.bytes.size();
        const std::size_t rows = rows_of(size);
        if (most_rows < 3 && rows > 1 && !input_.state.on(toggle(row_of))) return one_row(row_of, in_row);
        most_rows = std::max<std::size_t>(most_rows, 3);
        const bool folds = rows > most_rows, unfolded = input_.state.on(toggle(row_of));
        for (std::size_t row = 0; row < rows; ++row) {
            if (folds && !unfolded && row == most_rows - 2) {
                const std::size_t hidden = rows - most_rows + 1;
                fold_line(row_of, fmt::format("\u2026 {} more bytes{}", hidden * in_row,
                                              input_.on_paper ? "" : ": click to unfold"));
                row += hidden - 1;
                continue;
            }
            for (std::size_t i = row * in_row; i < std::min((row + 1) * in_row, size); ++i)
                byte_cell(row_of, i, x_ + byte_pitch() * static_cast<float>(i % in_row));
            y_ += 1.4F * em_;
        }
        if (folds && unfolded) fold_line(row_of, "click to fold");
    }

    // Its first and last bytes, and between them how many are not shown.
    void one_row(const ByteRow& row, std::size_t in_row) {
        const std::size_t size = row.bytes.size();
        const auto words = [&](std::size_t hidden) { return fmt::format("\u2026 {} more \u2026", hidden); };
        const float middle = canvas_.width(FontRole::small, words(size)) + 0.5F * em_;
        const auto places = static_cast<std::size_t>(std::ceil(middle / byte_pitch()));
        const std::size_t shown = std::max<std::size_t>(in_row, places + 2) - places;
        std::size_t last = shown / 2; // those that go on are in sight
        if (row.taken_to > 0)
            last = row.taken_from == 0 ? 0 : std::max(last, std::min(shown, size - std::min(size, row.taken_from)));
        const std::size_t first = shown - last;
        for (std::size_t i = 0; i < first; ++i) byte_cell(row, i, x_ + byte_pitch() * static_cast<float>(i));
        for (std::size_t i = 0; i < last; ++i)
            byte_cell(row, size - last + i, x_ + byte_pitch() * static_cast<float>(first + places + i));
        const float left = x_ + byte_pitch() * static_cast<float>(first);
        const std::string id = row.id + ".fold";
        canvas_.area(id, {left, y_, byte_pitch() * static_cast<float>(places), 1.24F * em_}).toggle = toggle(row);
        canvas_.text(FontRole::small, {left + 0.2F * em_, y_ + 0.1F * em_}, Ink::muted, words(size - shown), id);
        y_ += 1.4F * em_;
    }

    void byte_cell(const ByteRow& row, std::size_t i, float x) {
        const bool taken = i >= row.taken_from && i < row.taken_to;
        const Rect rect{x, y_, byte_pitch() - 0.16F * em_, 1.24F * em_};
        canvas_.box(rect, taken ? Ink::raised : Ink::none, taken ? Paint(Ink::key) : faded(row.ink, 0.5F),
                    (taken ? 2.2F : 1.0F) * canvas_.line(), fmt::format("{}.{}", row.id, i + 1));
        canvas_.text_centred(FontRole::figures_tiny, rect.centre(), taken || row.taken_to == 0 ? Ink::text : Ink::muted,
                             hex_byte(row.bytes[i]));
    }

    static std::string toggle(const ByteRow& row) { return "unfold " + row.id; }

    void fold_line(const ByteRow& row, std::string_view words) {
        const std::string id = row.id + ".fold";
        canvas_.area(id, {x_, y_, width_, 1.2F * em_}).toggle = toggle(row);
        canvas_.text(FontRole::small, {x_, y_ + 0.1F * em_}, Ink::muted, words, id);
        y_ += 1.25F * em_;
    }

    void secret() {
        y_ = canvas_.paragraph(FontRole::small, {x_, y_}, width_, Ink::secret, m_.secret_words) + 0.15F * em_;
        const float room = end_ - y_ - height_below();
        low_ = room < 3 * 1.4F * em_;
        byte_cells({"secret", m_.secret, m_.taken_from, m_.digest ? 0 : m_.secret.size(), Ink::secret},
                   static_cast<std::size_t>(std::max(1.0F, room / (1.4F * em_))));
    }

    std::size_t rows_of(std::size_t bytes) const { return (bytes + bytes_in_row() - 1) / bytes_in_row(); }

    // What stands below the secret, reckoned with sentences of one line.
    float height_below() const {
        const auto digest_rows = static_cast<float>(m_.digest ? rows_of(m_.digest->size()) : 0);
        const auto bit_rows = static_cast<float>(m_.bytes.size() / bit_bytes_in_row());
        return (2 * 1.6F + 1.4F * digest_rows + 6 * bit_rows + 2.5F + 4 * 1.4F) * em_;
    }

    // What is done on the way down, beside an arrow.
    void says(std::string_view words) {
        const float x = x_ + 0.7F * em_, to = y_ + 1.35F * em_;
        canvas_.arrow({x, y_ + 0.15F * em_}, {x, to}, Ink::muted, 1.5F * canvas_.line(), 0.35F * em_, 0.28F * em_);
        const float foot = canvas_.paragraph(FontRole::text, {x_ + 1.7F * em_, y_ + 0.2F * em_}, width_ - 1.7F * em_,
                                             Ink::text, words);
        y_ = std::max(foot, to) + 0.25F * em_;
    }

    // Eight bytes as blocks of eight cells: as taken, then with parity, then why.
    void bits() {
        const float gap = byte_gap();
        const std::size_t in_row = bit_bytes_in_row();
        const float pitch = std::min(bit_pitch(in_row), 1.05F * em_);
        const float cell = pitch - std::max(1.0F, std::round(0.12F * pitch));
        const float height = std::round(std::clamp(1.25F * cell, 0.9F * em_, 1.15F * em_));
        const float block = 8 * pitch + gap, row_height = 2 * height + 3.7F * em_;
        for (std::size_t i = 0; i < m_.bytes.size(); ++i) {
            const Point at{x_ + block * static_cast<float>(i % in_row),
                           y_ + row_height * static_cast<float>(i / in_row)};
            one_byte(i, at, pitch, {cell, height});
        }
        y_ += row_height * static_cast<float>((m_.bytes.size() + in_row - 1) / in_row);
    }

    float byte_gap() const { return 0.55F * em_; }
    float bit_pitch(std::size_t bytes) const {
        return (width_ - byte_gap() * static_cast<float>(bytes - 1)) / static_cast<float>(8 * bytes);
    }
    std::size_t bit_bytes_in_row() const {
        std::size_t in_row = m_.bytes.size();
        while (in_row > 2 && bit_pitch(in_row) < 0.72F * em_) in_row /= 2;
        return in_row;
    }

    void one_byte(std::size_t index, Point at, float pitch, Point size) {
        const KeyByte& byte = m_.bytes[index];
        canvas_.text(FontRole::figures_tiny, at, Ink::muted, hex_byte(byte.raw));
        const float raw_y = at.y + 0.9F * em_, key_y = raw_y + size.y + 0.75F * em_;
        for (unsigned i = 1; i <= 8; ++i) {
            const float x = at.x + pitch * static_cast<float>(i - 1);
            canvas_.cell({x, raw_y, size.x, size.y}, bit_at(byte.raw, 8, i), Ink::plain, false,
                         fmt::format("raw.{}.{}", index + 1, i));
            canvas_.cell({x, key_y, size.x, size.y}, bit_at(byte.key, 8, i), Ink::key, i == 8 && byte.flipped,
                         fmt::format("key.{}.{}", index + 1, i));
        }
        // The parity bit's own frame, and a wire where it had to change.
        const Rect parity{at.x + 7 * pitch, raw_y, size.x, key_y + size.y - raw_y};
        canvas_.box(parity.grown(0.12F * em_), Ink::none, Ink::text);
        if (byte.flipped) {
            const float x = parity.centre().x;
            canvas_.straight({x, raw_y + size.y + 0.08F * em_}, {x, key_y - 0.12F * em_}, Ink::current,
                             2.2F * canvas_.line());
        }
        ones(byte, {at.x, parity.bottom() + 0.25F * em_}, parity.right());
    }

    // The byte that came out, and its ones counted: beside it where there is room, else below.
    void ones(const KeyByte& byte, Point at, float right) {
        const unsigned parity = byte.key & 1U;
        const std::string sum = fmt::format("{} + {} = {}", byte.ones, parity, byte.ones + parity);
        const float end = canvas_.text(FontRole::figures_small, at, Ink::text, hex_byte(byte.key));
        const float width = canvas_.width(FontRole::figures_tiny, sum);
        const bool beside = end + width + 0.3F * em_ <= right;
        canvas_.text(FontRole::figures_tiny,
                     beside ? Point{right - width, at.y + 0.12F * em_} : Point{at.x, at.y + em_}, Ink::muted, sum);
    }

    void result() {
        const std::string hex = fmt::format("0x{:016X}", m_.key);
        const FontRole font = canvas_.largest(hex, width_ - 5 * em_, {FontRole::figures_large, FontRole::figures});
        const float height = 2.1F * em_, width = canvas_.width(font, hex) + 4 * em_;
        canvas_.box({x_, y_, std::min(width, width_), height}, Ink::current_tint, Ink::current, 2.2F * canvas_.line(),
                    "key");
        canvas_.text(FontRole::text, {x_ + 0.6F * em_, y_ + 0.55F * em_}, Ink::key, "key");
        canvas_.text(font, {x_ + 2.9F * em_, y_ + (height - canvas_.height(font)) / 2}, Ink::text, hex);
        const std::string changed = fmt::format("{} of 8 parity bits changed", m_.flipped);
        const float beside = x_ + width + 0.8F * em_;
        if (beside + canvas_.width(FontRole::small, changed) < right()) {
            canvas_.text(FontRole::small, {beside, y_ + 0.65F * em_}, Ink::muted, changed);
            y_ += height + 0.4F * em_;
        } else {
            y_ += height + 0.3F * em_;
            paragraph(FontRole::small, Ink::muted, changed);
        }
        line(m_.weak ? "\uf071" : "\uf00c", m_.weak ? Ink::error : Ink::text, m_.verdict);
        if (!m_.fingerprint.empty())
            line("\uf0a1", Ink::secret, fmt::format("fingerprint {}, to be read aloud to each other", m_.fingerprint));
        line("\uf0ec", Ink::muted, m_.other);
        line("\uf06e", Ink::muted, m_.caution);
    }

    void line(std::string_view sign, Ink ink, std::string_view words) {
        canvas_.text_centred(FontRole::text, {x_ + 0.7F * em_, y_ + 0.55F * em_}, ink, sign);
        y_ = canvas_.paragraph(FontRole::text, {x_ + 1.7F * em_, y_}, width_ - 1.7F * em_, ink, words) + 0.1F * em_;
    }

    const StageInput& input_;
    const DeriveModel& m_;
    bool low_ = false; // the room: of the secret and the digest there is a row
};

} // namespace

Picture derive_picture(const StageInput& input) {
    return draw_picture<DerivePicture>(input, make_derive_model(input.trace, input.step.node));
}

} // namespace keyhole::viz
