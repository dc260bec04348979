#include <array>

#include "viz/draw/imgui_compat.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/pages/live/live_views.hpp"

namespace keyhole::viz {

SetupDrawn draw_live_setup(FrameContext& context, ScreenCanvas& canvas, FieldRing& fields, LiveSetup& setup) {
    SetupDrawn drawn;
    const float em = context.fonts.em, label = 8.5F * em;
    canvas.paragraph(FontRole::title, Ink::text, "A live exchange with another program");
    canvas.paragraph(
        FontRole::small, Ink::muted,
        "One window listens, another connects, on one machine or on two; keyhole serve and keyhole connect "
        "will do as the other end. Each side does its next action when its user steps, and no byte is sent "
        "before. Nobody is authenticated and DES is broken: a chat to look into, not for secrets.");
    ImGui::Dummy({1, 0.3F * em});
    constexpr std::array<std::string_view, 2> roles = {"listen as server", "connect as client"};
    setup.role =
        static_cast<Role>(choice(context, canvas, "Who (W)", roles, static_cast<std::size_t>(setup.role), label));
    drawn.editing = text_field(context, canvas, fields,
                               {.label = setup.role == Role::server ? "Listen on (E)" : "Connect to (E)",
                                .hint = "HOST:PORT",
                                .fault = setup.address_fault,
                                .label_width = label},
                               setup.address);
    if (setup.role == Role::server) {
        drawn.editing =
            text_field(context, canvas, fields,
                       {.label = "Group", .hint = "toy23", .fault = setup.group_fault, .label_width = label},
                       setup.group) ||
            drawn.editing;
        constexpr std::array<std::string_view, 3> modes = {"ecb", "cbc", "ctr"};
        constexpr std::array<std::string_view, 2> kdfs = {"sha256", "low64"};
        setup.mode =
            static_cast<Mode>(choice(context, canvas, "Mode (D)", modes, static_cast<std::size_t>(setup.mode), label));
        setup.kdf = static_cast<dh::Kdf>(
            choice(context, canvas, "Key from (K)", kdfs, static_cast<std::size_t>(setup.kdf), label));
    }
    ImGui::Dummy({1, 0.2F * em});
    if (flow_button(context, setup.role == Role::server ? "Listen (Enter)" : "Connect (Enter)", true, true))
        drawn.begin = true;
    if (context.live.started() && flow_button(context, "As it was (S)", true, false)) drawn.leave = true;
    return drawn;
}

} // namespace keyhole::viz
