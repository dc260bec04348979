#include <algorithm>
#include <array>

#include "viz/frame/field_view.hpp"
#include "viz/pages/live/live_views.hpp"

namespace keyhole::viz {

SetupAsked draw_live_setup(FrameContext& context, ScreenCanvas& canvas, FieldRing& fields, LiveSetup& setup) {
    const float em = canvas.em(), label = 8.5F * em;
    canvas.paragraph(FontRole::title, Ink::text, "A live exchange with another program");
    canvas.paragraph(
        FontRole::small, Ink::muted,
        "One window listens, another connects, on one machine or on two; keyhole serve and keyhole connect "
        "will do as the other end. Each side does its next action when its user steps, and no byte is sent "
        "before. Nobody is authenticated and DES is broken: a chat to look into, not for secrets.");
    if (!context.trace.recording().variant.is_des())
        canvas.paragraph(FontRole::small, Ink::error,
                         "The trace that is shown is no DES. A live exchange always is: no variant reaches the wire.");
    ImGui::Dummy({1, 0.3F * em});
    constexpr std::array<std::string_view, 2> roles = {"listen as server", "connect as client"};
    choose(context, canvas, "Who (W)", roles, setup.role, label);
    text_field(context, canvas, fields,
               {.label = setup.role == Role::server ? "Listen on (E)" : "Connect to (E)",
                .hint = "HOST:PORT",
                .fault = setup.address_fault,
                .label_width = label},
               setup.address);
    if (setup.role == Role::server) {
        text_field(context, canvas, fields,
                   {.label = "Group", .hint = "toy23", .fault = setup.group_fault, .label_width = label}, setup.group);
        std::array<std::string_view, chat_modes.size()> modes;
        std::ranges::transform(chat_modes, modes.begin(), [](Mode mode) { return name(mode); });
        const auto at = static_cast<std::size_t>(std::ranges::find(chat_modes, setup.mode) - chat_modes.begin());
        constexpr std::array<std::string_view, 2> kdfs = {"sha256", "low64"};
        setup.mode = chat_modes.at(choice(context, canvas, "Mode (O)", modes, at, label));
        choose(context, canvas, "Key from (U)", kdfs, setup.kdf, label);
    }
    ImGui::Dummy({1, 0.2F * em});
    const char* begin = setup.role == Role::server ? "Listen (Enter)" : "Connect (Enter)";
    SetupAsked asked{.begin = flow_button(context, begin, true, true)};
    asked.leave = context.live.started() && flow_button(context, "As it was (S)", true, false);
    return asked;
}

} // namespace keyhole::viz
