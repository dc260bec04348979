#include "viz/pages/workbench/workbench_view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/words.hpp"
#include "viz/draw/imgui_point.hpp"

namespace keyhole::viz {
namespace {

constexpr std::size_t most_blocks_shown = 8;
constexpr std::size_t most_bytes_shown = 64;

// Blocks as rows of bytes; what is padding has a box of its own.
void blocks(ScreenCanvas& canvas, const WorkbenchResult& good) {
    const float em = canvas.em();
    const Bytes bytes = good.blocks_in(8 * most_blocks_shown);
    const bool padded = good.input.direction == Direction::encrypt;
    const std::size_t message_bytes = good.bytes_in - (padded ? good.padding_bytes : 0);
    const std::size_t rows = std::min<std::size_t>((bytes.size() + 7) / 8, most_blocks_shown);
    const Point at = to_point(ImGui::GetCursorScreenPos());
    const float column = 1.75F * em, tall = 1.45F * em, label = 2.4F * em;
    const Mode mode = good.input.settings.mode;
    const bool numbered = segment_bits(mode) == 64; // a row is a block
    for (std::size_t row = 0; row < rows; ++row) {
        const float y = at.y + tall * static_cast<float>(row);
        canvas.text(FontRole::figures_small, {at.x, y + 0.15F * em}, Ink::muted,
                    numbered ? fmt::format("{}", row + 1) : "");
        for (std::size_t i = 8 * row; i < std::min(8 * row + 8, bytes.size()); ++i) {
            const float x = at.x + label + column * static_cast<float>(i - 8 * row);
            const bool padding = i >= message_bytes;
            if (padding) canvas.box({x - 0.2F * em, y, column - 0.15F * em, tall - 0.15F * em}, Ink::none, Ink::sbox);
            canvas.text(FontRole::figures, {x, y + 0.1F * em}, padding ? Ink::sbox : Ink::left,
                        fmt::format("{:02X}", bytes[i]));
        }
    }
    ImGui::Dummy({1, tall * static_cast<float>(rows)});
    if (bytes.size() < good.bytes_in) {
        canvas.paragraph(FontRole::small, Ink::muted,
                         fmt::format("and {} more; the trace has them all",
                                     counted_blocks(mode, good.blocks - block_count(mode, bytes.size()))));
    }
}

} // namespace

void draw_workbench_result(ScreenCanvas& canvas, const Workbench& bench) {
    const WorkbenchResult& good = bench.good();
    const bool enciphers = good.input.direction == Direction::encrypt;
    canvas.paragraph(FontRole::text, Ink::left,
                     enciphers ? "What enters the blocks" : "Ciphertext that enters the blocks");
    if (bench.busy()) {
        canvas.paragraph(FontRole::small, Ink::current, "The file is being read: this is the input before it.");
    } else if (!bench.all_right()) {
        canvas.paragraph(FontRole::small, Ink::error, "Something is wrong in a field: this is the last right input.");
    }
    const std::string padding =
        good.padding_bytes == 0
            ? std::string("no padding")
            : fmt::format("{} of padding {}", counted(good.padding_bytes, "byte"), enciphers ? "(boxed)" : "taken off");
    canvas.paragraph(
        FontRole::small, Ink::text,
        fmt::format("{} of message, {}: {} in {}",
                    counted(enciphers ? good.input.data.size() : good.output().size(), "byte"), padding,
                    counted_blocks(good.input.settings.mode, good.blocks), name(good.input.settings.mode)));
    if (!good.input.variant.is_des()) canvas.paragraph(FontRole::text, Ink::error, good.input.variant.mark());
    blocks(canvas, good);
    canvas.paragraph(FontRole::text, Ink::right, enciphers ? "Ciphertext" : "Plaintext");
    const Bytes& output = good.output();
    const ByteView head = ByteView(output).first(std::min(output.size(), most_bytes_shown));
    std::string digits;
    for (std::size_t i = 0; i < head.size(); i += 8) {
        digits += (i > 0 ? " " : "") + to_hex(head.subspan(i, std::min<std::size_t>(8, head.size() - i)));
    }
    if (head.size() < output.size()) digits += fmt::format(" and {} bytes more", output.size() - head.size());
    canvas.paragraph(FontRole::figures, Ink::text, digits.empty() ? "nothing" : digits);
    if (!enciphers) {
        const std::string text = to_string(head);
        const bool whole = head.size() == output.size();
        canvas.paragraph(FontRole::text, Ink::text,
                         !good.text_out ? "no UTF-8 text"
                         : whole        ? "as text: " + escape_controls(text)
                                        : "UTF-8 text; the trace has it all");
    }
    ImGui::Dummy({1, 0.4F * canvas.em()});
}

} // namespace keyhole::viz
