// The menu of the right mouse button: the step's values to copy in every form, its address, and what the stage can do
// with what is pointed at.
#include <fmt/format.h>

#include "core/base/words.hpp"
#include "core/lab/cone/cone_address.hpp"
#include "viz/draw/imgui_point.hpp"
#include "viz/frame/cone_wish.hpp"
#include "viz/frame/stage_memory.hpp"
#include "viz/panels/panels.hpp"
#include "viz/stages/round/round_model.hpp"
#include "viz/stages/round/round_picture.hpp"

namespace keyhole::viz {
namespace {

constexpr std::size_t most_bits = 64; // of a value that is copied in binary

void copies(FrameContext& context, const Value& value) {
    const auto item = [&](const char* form, const std::string& text) {
        if (text.empty()) return;
        if (ImGui::MenuItem(form)) context.requests.copy(text);
    };
    item("as hex", prefixed_hex(value.datum));
    item("as binary", binary_text(value.datum, most_bits));
    item("as decimal", decimal_text(value.datum));
    item("as text", full_text(value.datum));
}

// The whole step as a person would write it down.
std::string step_text(const Step& step) {
    std::string out = fmt::format("{}\n{}\n\n{}\n", step.address, step.title, step.explanation);
    if (!step.mark.empty()) out += step.mark + "\n";
    for (const Value& value : step.values) out += fmt::format("{}: {}\n", value.name, full_text(value.datum));
    return out;
}

} // namespace

void draw_value_menu(FrameContext& context, const Value& value) {
    if (!ImGui::BeginPopupContextItem()) return;
    copies(context, value);
    ImGui::EndPopup();
}

void draw_step_menu(FrameContext& context) {
    if (!ImGui::BeginPopupContextWindow("step menu")) return;
    const StageMemory& stage = context.state.of<StageMemory>();
    if (!context.covered()) {
        for (const Value& value : context.step.values) {
            if (ImGui::BeginMenu(fmt::format("Copy {}", readable(value.name)).c_str())) {
                copies(context, value);
                ImGui::EndMenu();
            }
        }
        if (ImGui::MenuItem("Copy the step as text")) context.requests.copy(step_text(context.step));
    }
    if (ImGui::MenuItem("Copy the address", "Ctrl+C")) context.requests.run(Command::copy_address);
    ImGui::Separator();
    if (ImGui::MenuItem("Follow the next bit", ">")) context.requests.run(Command::item_after);
    if (ImGui::MenuItem(stage.chip.empty() ? "Zoom" : "Back from the zoom", "Z")) context.requests.run(Command::zoom);
    if (lab::cone_bits(context.step.node)) {
        const auto followed = followed_bit(stage.state(StageKind::round).followed);
        const auto bit = followed ? bit_of_step(context.step.node, *followed) : std::nullopt;
        if (ImGui::MenuItem(bit ? "Why this bit? (its cone)" : "Cone of this step's first bit")) {
            context.state.of<ConeWish>().bit = fmt::format("{}#{}", context.step.address, bit.value_or(1));
            context.requests.show(PageName("lab"));
        }
    }
    if (ImGui::MenuItem("Compare from here", "5")) context.requests.show(PageName("compare"));
    if (ImGui::MenuItem(context.ui.predicting ? "End predicting" : "Predict", "P"))
        context.requests.run(Command::predict);
    ImGui::Separator();
    for (const Command command :
         {Command::open_file, Command::save_file, Command::export_csv, Command::picture_stage}) {
        const CommandInfo& what = info(command);
        if (ImGui::MenuItem(std::string(what.name).c_str(), std::string(what.shown_keys).c_str()))
            context.requests.run(command);
    }
    ImGui::EndPopup();
}

} // namespace keyhole::viz
