#include "viz/pages/workbench/workbench_page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/words.hpp"
#include "viz/draw/imgui_compat.hpp"
#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/picture/strip.hpp"

namespace keyhole::viz {
namespace {

constexpr std::size_t most_blocks_shown = 8;
constexpr std::size_t most_digits_shown = 128;
constexpr Seconds between_looks{0.05}; // while a file is read

template <class E>
E turned(E value, int count) {
    return static_cast<E>((static_cast<int>(value) + 1) % count);
}

} // namespace

std::optional<Seconds> WorkbenchPage::due() const {
    return bench_.busy() ? std::optional(now_ + between_looks) : std::nullopt;
}

bool WorkbenchPage::press(const KeyPress& press, FrameContext& context) {
    if (press.ctrl || press.alt) {
        entered_ = entered_ || press == KeyPress{.key = Key::enter, .ctrl = true};
        return entered_;
    }
    const bool editing = editing_ || editing_power_;
    if (press.key == Key::enter) {
        // Carried out after drawing, when characters that came with it are in the field.
        (editing_power_ ? entered_power_ : entered_) = true;
        return true;
    }
    if (editing && press.key == Key::escape) {
        // Before ImGui sees it, which would put back what the field held before.
        compat::leave_field();
        return true;
    }
    if (editing) return false;
    WorkbenchFields& f = bench_.fields;
    if (press.key == key_of('e')) {
        ring_.focus(0);
    } else if (press.key == key_of('n')) {
        ring_.focus(bench_.fields.mode == Mode::ecb ? 2 : 3); // behind key, IV and message
    } else if (press.key == key_of('m')) {
        f.mode = turned(f.mode, 3);
    } else if (press.key == key_of('p')) {
        f.padding = turned(f.padding, 2);
    } else if (press.key == key_of('d')) {
        f.direction = turned(f.direction, 2);
    } else if (press.key == key_of('f')) {
        f.form = turned(f.form, 3);
    } else if (press.key == key_of('k')) {
        take_over(context);
    } else if (press.key == key_of('w')) {
        entered_power_ = true;
    } else if (press.key == Key::left || press.key == key_of('z')) {
        bit_ = std::max(bit_, 2U) - 1;
    } else if (press.key == Key::right || press.key == key_of('x')) {
        bit_ = std::min(bit_, 63U) + 1;
    } else if (press.key == key_of('v')) {
        scrolls_on_ = true;
    } else if (press.key == Key::space) {
        bench_.flip_key_bit(bit_);
    } else {
        return false;
    }
    return true;
}

void WorkbenchPage::draw(FrameContext& context, Rect /*room*/) {
    const float em = context.fonts.em;
    const Point at = to_point(ImGui::GetCursorScreenPos());
    const ImVec2 room = ImGui::GetContentRegionAvail();
    begin(context);
    editing_ = editing_power_ = false;
    ring_.begin();
    const bool narrow = room.x < 56 * em;
    const float left = narrow ? room.x : 0.54F * room.x;
    if (begin_column(context, "input", {at.x, at.y, left, room.y})) {
        ScreenCanvas canvas(context.theme, context.fonts);
        input(context, canvas);
        if (narrow) {
            result(context, canvas);
            power(context, canvas);
        }
        if (scrolls_on_) scroll_on();
    }
    ImGui::EndChild();
    if (!narrow) {
        const float x = at.x + left + 1.2F * em;
        if (begin_column(context, "result", {x, at.y, room.x - left - 1.2F * em, room.y})) {
            ScreenCanvas canvas(context.theme, context.fonts);
            result(context, canvas);
            power(context, canvas);
            if (scrolls_on_) scroll_on();
        }
        ImGui::EndChild();
    }
    bench_.refresh();
    power_.refresh();
    if (std::exchange(entered_, false)) open_bench(context);
    if (std::exchange(entered_power_, false)) open_power(context);
    scrolls_on_ = false;
    ring_.end();
}

void WorkbenchPage::input(FrameContext& context, ScreenCanvas& canvas) {
    const float em = context.fonts.em, label = 7.2F * em;
    canvas.paragraph(FontRole::title, Ink::text, "Key and block workbench");
    const auto field = [&](const char* name, WorkbenchField which, std::string hint, std::string& text) {
        editing_ =
            text_field(context, canvas, ring_,
                       {.label = name, .hint = std::move(hint), .fault = bench_.fault(which), .label_width = label},
                       text) ||
            editing_;
    };
    WorkbenchFields& f = bench_.fields;
    field("Key (E)", WorkbenchField::key, "16 hex digits", f.key);
    key_strip(context, canvas);
    constexpr std::array<std::string_view, 2> directions = {"encrypt", "decrypt"};
    constexpr std::array<std::string_view, 3> modes = {"ecb", "cbc", "ctr"};
    constexpr std::array<std::string_view, 2> paddings = {"pkcs7", "none"};
    constexpr std::array<std::string_view, 3> forms = {"hex", "text", "file"};
    f.direction = static_cast<Direction>(
        choice(context, canvas, "Direction (D)", directions, static_cast<std::size_t>(f.direction), label));
    f.mode = static_cast<Mode>(choice(context, canvas, "Mode (M)", modes, static_cast<std::size_t>(f.mode), label));
    if (f.mode != Mode::ecb) {
        const std::string drawn = fmt::format("drawn: {:016X}", bench_.drawn_iv());
        field(f.mode == Mode::cbc ? "IV" : "First counter", WorkbenchField::iv,
              f.direction == Direction::encrypt ? drawn : "16 hex digits", f.iv);
    }
    f.padding = static_cast<Padding>(
        choice(context, canvas, "Padding (P)", paddings, static_cast<std::size_t>(f.padding), label));
    const std::string padding_fault = bench_.fault(WorkbenchField::padding);
    if (!padding_fault.empty()) canvas.paragraph(FontRole::small, Ink::error, padding_fault);
    f.form =
        static_cast<DataForm>(choice(context, canvas, "Given as (F)", forms, static_cast<std::size_t>(f.form), label));
    field("Message", WorkbenchField::data, f.form == DataForm::file ? "path of a file" : "", f.data);
    ImGui::Dummy({1, 0.2F * em});
    if (flow_button(context, "Step through it (Enter)", bench_.all_right(), true)) entered_ = true;
    if (flow_button(context, "Take over from the trace (K)", true, false)) take_over(context);
    canvas.paragraph(
        FontRole::small, Ink::muted,
        "Tab goes from field to field, Esc leaves them. Left and Right choose a bit of the key, Space flips "
        "it. V scrolls. B leads back from an opened trace.");
}

void WorkbenchPage::key_strip(FrameContext& context, ScreenCanvas& canvas) {
    const float em = context.fonts.em;
    const Point at = to_point(ImGui::GetCursorScreenPos());
    const float width = ImGui::GetContentRegionAvail().x - 0.6F * em;
    const KeyLook& look = bench_.key();
    Strip strip{.count = 64, .group = 8, .left = at.x + 0.2F * em, .top = at.y + 1.1F * em, .height = 1.25F * em};
    strip.gap = 0.3F * em;
    strip.pitch = (width - 7 * strip.gap) / 64;
    draw_ticks(canvas, strip, at.y + 0.5F * em, false);
    for (unsigned i = 1; i <= 64; ++i) {
        const bool parity = i % 8 == 0;
        const CellLook cell = i == bit_ ? CellLook::lit : parity ? CellLook::marked : CellLook::ordinary;
        draw_bit(canvas, strip, i, bit_at(look.key, 64, i), parity ? Ink::plain : Ink::key, cell);
    }
    for (unsigned byte = 0; byte < 8; ++byte) {
        const bool odd = look.odd_parity[byte];
        const float right = strip.x(8 * byte + 8) + strip.cell();
        canvas.text_to_right(FontRole::figures_tiny, {right, strip.top + strip.height + 0.6F * em},
                             odd ? Ink::muted : Ink::error, odd ? "odd" : "EVEN");
    }
    if (canvas.clicked(strip.area())) {
        bit_ = strip.at(to_point(ImGui::GetIO().MousePos)).value_or(bit_);
        bench_.flip_key_bit(bit_);
    }
    ImGui::Dummy({1, 3.4F * em});
    const bool special = look.report.key_class != des::KeyClass::ordinary || !look.report.odd_parity;
    canvas.paragraph(FontRole::small, special ? Ink::error : Ink::muted,
                     fmt::format("Bit {}{} chosen \u00B7 {}", bit_, bit_ % 8 == 0 ? " (parity)" : "", look.words));
}

// Blocks as rows of bytes; what is padding has a box of its own.
void WorkbenchPage::blocks(FrameContext& context, ScreenCanvas& canvas) {
    const float em = context.fonts.em;
    const WorkbenchResult& good = bench_.good();
    const Bytes bytes = good.blocks_in(8 * most_blocks_shown);
    const bool padded = good.input.direction == Direction::encrypt;
    const std::size_t message_bytes = good.bytes_in - (padded ? good.padding_bytes : 0);
    const std::size_t rows = std::min<std::size_t>((bytes.size() + 7) / 8, most_blocks_shown);
    const Point at = to_point(ImGui::GetCursorScreenPos());
    const float column = 1.75F * em, tall = 1.45F * em, label = 2.4F * em;
    for (std::size_t row = 0; row < rows; ++row) {
        const float y = at.y + tall * static_cast<float>(row);
        canvas.text(FontRole::figures_small, {at.x, y + 0.15F * em}, Ink::muted, fmt::format("{}", row + 1));
        for (std::size_t i = 8 * row; i < std::min(8 * row + 8, bytes.size()); ++i) {
            const float x = at.x + label + column * static_cast<float>(i - 8 * row);
            const bool padding = i >= message_bytes;
            if (padding) canvas.box({x - 0.2F * em, y, column - 0.15F * em, tall - 0.15F * em}, Ink::none, Ink::sbox);
            canvas.text(FontRole::figures, {x, y + 0.1F * em}, padding ? Ink::sbox : Ink::left,
                        fmt::format("{:02X}", bytes[i]));
        }
    }
    ImGui::Dummy({1, tall * static_cast<float>(rows)});
    if (rows < good.blocks) {
        canvas.paragraph(FontRole::small, Ink::muted,
                         fmt::format("and {} blocks more; the trace has them all", good.blocks - rows));
    }
}

void WorkbenchPage::result(FrameContext& context, ScreenCanvas& canvas) {
    const WorkbenchResult& good = bench_.good();
    const bool enciphers = good.input.direction == Direction::encrypt;
    canvas.paragraph(FontRole::text, Ink::left,
                     enciphers ? "What enters the blocks" : "Ciphertext that enters the blocks");
    if (bench_.busy()) {
        canvas.paragraph(FontRole::small, Ink::current, "The file is being read: this is the input before it.");
    } else if (!bench_.all_right()) {
        canvas.paragraph(FontRole::small, Ink::error, "Something is wrong in a field: this is the last right input.");
    }
    const std::string padding =
        good.padding_bytes == 0
            ? std::string("no padding")
            : fmt::format("{} of padding {}", counted(good.padding_bytes, "byte"), enciphers ? "(boxed)" : "taken off");
    canvas.paragraph(FontRole::small, Ink::text,
                     fmt::format("{} of message, {}: {} in {}",
                                 counted(enciphers ? good.input.data.size() : good.output().size(), "byte"), padding,
                                 counted(good.blocks, "block"), name(good.input.settings.mode)));
    blocks(context, canvas);
    canvas.paragraph(FontRole::text, Ink::right, enciphers ? "Ciphertext" : "Plaintext");
    const Bytes& output = good.output();
    const ByteView head = ByteView(output).first(std::min(output.size(), most_digits_shown / 2));
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
    ImGui::Dummy({1, 0.4F * context.fonts.em});
}

void WorkbenchPage::power(FrameContext& context, ScreenCanvas& canvas) {
    const float em = context.fonts.em;
    canvas.paragraph(FontRole::title, Ink::text, "Modular exponentiation");
    constexpr std::array<const char*, 3> labels = {"Base (N)", "Exponent", "Modulus"};
    for (std::size_t i = 0; i < labels.size(); ++i) {
        editing_power_ = text_field(context, canvas, ring_,
                                    {.label = labels[i],
                                     .hint = "decimal, or hex with 0x",
                                     .fault = power_.fault(i),
                                     .label_width = 5.2F * em},
                                    power_.fields[i]) ||
                         editing_power_;
    }
    std::string result = to_text(power_.result());
    if (result.size() > most_digits_shown) result = result.substr(0, most_digits_shown) + "\u2026";
    canvas.paragraph(FontRole::figures, power_.all_right() ? Ink::secret : Ink::muted, fmt::format("= {}", result));
    canvas.paragraph(FontRole::small, Ink::muted,
                     fmt::format("{} exponent bits, square and multiply{}", power_.steps(),
                                 power_.all_right() ? "" : " (of the last right numbers)"));
    if (flow_button(context, "Step through the power (W)", power_.all_right(), true)) entered_power_ = true;
}

void WorkbenchPage::open_bench(FrameContext& context) const {
    if (auto opened = bench_.opened()) return context.requests.open(std::move(*opened));
    context.requests.notice(
        fmt::format("nothing to step through yet ({})", bench_.busy() ? "the file is being read" : "a field is wrong"));
}

void WorkbenchPage::open_power(FrameContext& context) const {
    if (auto opened = power_.opened()) return context.requests.open(std::move(*opened));
    context.requests.notice("nothing to step through yet (a number is wrong)");
}

// What was given on the command line, or opened as a trace of its own, is what the page begins with.
void WorkbenchPage::begin(FrameContext& context) {
    if (std::exchange(begun_, true)) return;
    if (context.trace.recording().power) power_.take_over(context.trace, context.step.node);
    if (!context.trace.recording().des) return;
    if (const std::string why = bench_.take_over(context.trace, context.step.node); !why.empty())
        context.requests.notice(why);
}

void WorkbenchPage::take_over(FrameContext& context) {
    const bool power = power_.take_over(context.trace, context.step.node);
    const std::string why = bench_.take_over(context.trace, context.step.node);
    context.requests.notice(why.empty() ? "taken over: key, settings and message of the trace"
                            : power     ? "taken over: base, exponent and modulus of the trace"
                                        : why);
}

} // namespace keyhole::viz
