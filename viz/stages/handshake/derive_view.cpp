// The stage of the key derivation, from top to foot: the secret's bytes, SHA-256's digest, the eight bytes taken from
// it as bits, the parity bit of each byte set, and the key with its weakness named.
#include "viz/stages/handshake/derive_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/steps/step_kinds.hpp"
#include "viz/frame/cached.hpp"
#include "viz/frame/number_view.hpp"
#include "viz/frame/stage_column.hpp"

namespace keyhole::viz {
namespace {

std::string hex_byte(std::uint8_t byte) { return fmt::format("{:02X}", byte); }

class DeriveStage : StageColumn {
  public:
    DeriveStage(FrameContext& context, const DeriveModel& model, ScreenCanvas& canvas, ImVec2 at, ImVec2 room)
        : StageColumn(context, canvas, at, room.x), m_(model), end_(at.y + room.y) {}

    float draw() {
        y_ = canvas_.paragraph(fonts_.title, {x_, y_}, width_, theme_.text, title(context_.step.node)) + 0.2F * em_;
        secret();
        says(m_.how);
        if (m_.digest) {
            digest();
            says("these 8 bytes as bits; the last bit of each is set so that the byte has an odd number of ones");
        } else {
            says("as bits; the last bit of each byte is set so that the byte has an odd number of ones");
        }
        bits();
        result();
        return y_;
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

    // Bytes in hex as cells; those that are taken have a thick outline in the key's colour, what is left out is named.
    void byte_cells(ByteView bytes, std::size_t taken_from, std::size_t taken_to, ImU32 ink, std::size_t most_rows) {
        const std::size_t in_row = bytes_in_row();
        const std::size_t rows = (bytes.size() + in_row - 1) / in_row;
        bool* unfolded = ImGui::GetStateStorage()->GetBoolRef(ImGui::GetID("bytes unfolded"), false);
        most_rows = std::max<std::size_t>(most_rows, 3);
        const bool folds = rows > most_rows, folded = folds && !*unfolded;
        const float height = 1.4F * em_;
        for (std::size_t row = 0; row < rows; ++row) {
            if (folded && row == most_rows - 2) {
                const std::size_t hidden = rows - most_rows + 1;
                fold_line(fmt::format("\u2026 {} more bytes: click to unfold", hidden * in_row), unfolded);
                row += hidden - 1;
                continue;
            }
            for (std::size_t i = row * in_row; i < std::min((row + 1) * in_row, bytes.size()); ++i) {
                const bool taken = i >= taken_from && i < taken_to;
                const ImVec2 from{x_ + byte_pitch() * static_cast<float>(i % in_row), y_};
                const ImVec2 to{from.x + byte_pitch() - 0.16F * em_, y_ + height - 0.16F * em_};
                canvas_.box(from, to, taken ? theme_.raised : 0, taken ? theme_.key : faded(ink, 0.5F),
                            (taken ? 2.2F : 1.0F) * canvas_.line());
                canvas_.text_centred(fonts_.figures_tiny, {(from.x + to.x) / 2, (from.y + to.y) / 2},
                                     taken || taken_to == 0 ? theme_.text : theme_.muted, hex_byte(bytes[i]));
            }
            y_ += height;
        }
        if (folds && *unfolded) fold_line("click to fold", unfolded);
    }

    void fold_line(const std::string& words, bool* unfolded) {
        const ImVec2 end{x_ + width_, y_ + 1.2F * em_};
        const bool hovered = canvas_.hovered({x_, y_}, end);
        canvas_.text(fonts_.small, {x_, y_ + 0.1F * em_}, hovered ? theme_.current : theme_.muted, words);
        if (canvas_.clicked({x_, y_}, end)) *unfolded = !*unfolded;
        y_ += 1.25F * em_;
    }

    void secret() {
        y_ = canvas_.paragraph(fonts_.small, {x_, y_}, width_, theme_.secret, m_.secret_words) + 0.15F * em_;
        const bool low = !m_.digest;
        const float room = end_ - y_ - 24 * em_;
        byte_cells(m_.secret, m_.taken_from, low ? m_.secret.size() : 0, theme_.secret,
                   static_cast<std::size_t>(std::max(3.0F, room / (1.4F * em_))));
    }

    // What is done on the way down, beside an arrow.
    void says(const std::string& words) {
        const float x = x_ + 0.7F * em_, from = y_ + 0.15F * em_, to = y_ + 1.35F * em_;
        canvas_.straight({x, from}, {x, to}, theme_.muted, 1.5F * canvas_.line());
        for (const float side : {-1.0F, 1.0F})
            canvas_.straight({x + side * 0.28F * em_, to - 0.35F * em_}, {x, to}, theme_.muted, 1.5F * canvas_.line());
        const float foot =
            canvas_.paragraph(fonts_.text, {x_ + 1.7F * em_, y_ + 0.2F * em_}, width_ - 1.7F * em_, theme_.text, words);
        y_ = std::max(foot, to) + 0.25F * em_;
    }

    void digest() { byte_cells(*m_.digest, 0, m_.bytes.size(), theme_.key, 4); }

    // Eight bytes as blocks of eight cells: as taken, then with parity, then why.
    void bits() {
        const float gap = 0.55F * em_;
        std::size_t in_row = 8;
        const auto pitch_for = [&](std::size_t bytes) {
            return (width_ - gap * static_cast<float>(bytes - 1)) / static_cast<float>(8 * bytes);
        };
        while (in_row > 2 && pitch_for(in_row) < 0.72F * em_) in_row /= 2;
        const float pitch = std::min(pitch_for(in_row), 1.05F * em_);
        const float cell = pitch - std::max(1.0F, std::round(0.12F * pitch));
        const float height = std::round(std::clamp(1.25F * cell, 0.9F * em_, 1.15F * em_));
        const float block = 8 * pitch + gap;
        const float rows_height = 2 * height + 3.7F * em_;
        for (std::size_t i = 0; i < m_.bytes.size(); ++i) {
            const float x = x_ + block * static_cast<float>(i % in_row);
            const float y = y_ + rows_height * static_cast<float>(i / in_row);
            one_byte(m_.bytes[i], {x, y}, pitch, {cell, height});
        }
        y_ += rows_height * static_cast<float>((8 + in_row - 1) / in_row);
    }

    void one_byte(const KeyByte& byte, ImVec2 at, float pitch, ImVec2 size) {
        const float last = at.x + 7 * pitch;
        canvas_.text(fonts_.figures_tiny, at, theme_.muted, hex_byte(byte.raw));
        const float raw_y = at.y + 0.9F * em_, key_y = raw_y + size.y + 0.75F * em_;
        for (unsigned i = 1; i <= 8; ++i) {
            const float x = at.x + pitch * static_cast<float>(i - 1);
            canvas_.cell({x, raw_y}, size, bit_at(byte.raw, 8, i), theme_.plain, false);
            canvas_.cell({x, key_y}, size, bit_at(byte.key, 8, i), theme_.key, i == 8 && byte.flipped);
        }
        // The parity bit's own frame, and a wire where it had to change.
        const float out = 0.12F * em_;
        canvas_.box({last - out, raw_y - out}, {last + size.x + out, key_y + size.y + out}, 0, theme_.text,
                    canvas_.line());
        if (byte.flipped)
            canvas_.straight({last + size.x / 2, raw_y + size.y + 0.08F * em_},
                             {last + size.x / 2, key_y - 0.12F * em_}, theme_.current, 2.2F * canvas_.line());
        const float y = key_y + size.y + 0.25F * em_;
        const unsigned ones = byte.ones + (byte.key & 1U);
        const std::string sum = fmt::format("{} + {} = {}", byte.ones, byte.key & 1U, ones);
        const float end = canvas_.text(fonts_.figures_small, {at.x, y}, theme_.text, hex_byte(byte.key));
        const float sum_width = ScreenCanvas::size(fonts_.figures_tiny, sum).x;
        const float right = last + size.x;
        if (end + sum_width + 0.3F * em_ <= right)
            canvas_.text(fonts_.figures_tiny, {right - sum_width, y + 0.12F * em_}, theme_.muted, sum);
        else
            canvas_.text(fonts_.figures_tiny, {at.x, y + em_}, theme_.muted, sum);
    }

    void result() {
        const std::string hex = fmt::format("0x{:016X}", m_.key);
        const ImFont* font =
            ScreenCanvas::size(fonts_.figures_large, hex).x < width_ - 5 * em_ ? fonts_.figures_large : fonts_.figures;
        const float height = 2.1F * em_;
        const float width = ScreenCanvas::size(font, hex).x + 4 * em_;
        canvas_.box({x_, y_}, {x_ + std::min(width, width_), y_ + height}, theme_.current_tint, theme_.current,
                    2.2F * canvas_.line());
        canvas_.text(fonts_.text, {x_ + 0.6F * em_, y_ + 0.55F * em_}, theme_.key, "key");
        canvas_.text(font, {x_ + 2.9F * em_, y_ + (height - font->FontSize) / 2}, theme_.text, hex);
        const std::string changed = fmt::format("{} of 8 parity bits changed", m_.flipped);
        const float beside = x_ + width + 0.8F * em_;
        if (beside + ScreenCanvas::size(fonts_.small, changed).x < x_ + width_) {
            canvas_.text(fonts_.small, {beside, y_ + 0.65F * em_}, theme_.muted, changed);
            y_ += height + 0.4F * em_;
        } else {
            y_ = canvas_.paragraph(fonts_.small, {x_, y_ + height + 0.3F * em_}, width_, theme_.muted, changed);
        }
        line(m_.weak ? "\uf071" : "\uf00c", m_.weak ? theme_.error : theme_.text, m_.verdict);
        line("\uf0ec", theme_.muted, m_.other);
        line("\uf06e", theme_.muted, m_.caution);
    }

    void line(std::string_view sign, ImU32 ink, const std::string& words) {
        canvas_.text_centred(fonts_.text, {x_ + 0.7F * em_, y_ + 0.55F * em_}, ink, sign);
        y_ = canvas_.paragraph(fonts_.text, {x_ + 1.7F * em_, y_}, width_ - 1.7F * em_, ink, words) + 0.1F * em_;
    }

    const DeriveModel& m_;
    float end_;
};

} // namespace

void draw_derive_stage(FrameContext& context) {
    static Cached<DeriveModel> kept;
    const DeriveModel& model = kept.get(context, make_derive_model);
    ScreenCanvas canvas(context.theme, context.fonts);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float seen = ImGui::GetWindowHeight() - 2 * ImGui::GetStyle().WindowPadding.y;
    DeriveStage stage(context, model, canvas, at, {ImGui::GetContentRegionAvail().x, seen});
    finish_stage(context, at, stage.draw(), at.y, at.y);
}

} // namespace keyhole::viz
