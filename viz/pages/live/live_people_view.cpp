#include <fmt/format.h>

#include "core/base/words.hpp"
#include "core/recording/fingerprint.hpp"
#include "viz/draw/imgui_point.hpp"
#include "viz/live/live_model.hpp"
#include "viz/pages/live/live_views.hpp"

namespace keyhole::viz {
namespace {

void person(FrameContext& context, ScreenCanvas& canvas, const LiveParty& party, std::size_t number, bool moved) {
    const float em = context.fonts.em;
    const Rect at = free_room();
    const float width = at.w;
    const bool chosen = context.live.chosen() == &party, troubled = !party.trouble().empty();
    const float height = (troubled ? 2.7F : 1.55F) * em;
    const auto [clicked, hovered] = button_over({at.x, at.y, width, height}, static_cast<int>(party.id()));
    if (clicked) context.requests.live([id = party.id()](LiveController& live) { live.choose(id); });
    const bool seen = ImGui::IsItemVisible();
    if (chosen && moved && !seen) ImGui::SetScrollHereY();
    if (!seen) return;
    if (chosen || hovered)
        canvas.box({at.x, at.y, width, height}, chosen ? Ink::current_tint : Ink::raised,
                   chosen ? Ink::current : Ink::none, canvas.line());
    const Paint ink = party.over() ? Ink::muted : Ink::text;
    const float y = at.y + 0.25F * em;
    canvas.text(FontRole::figures_small, {at.x + 0.4F * em, y}, Ink::muted, fmt::format("{}", number));
    const std::string& name = party.party().peer_name();
    const float end = canvas.text(FontRole::figures_small, {at.x + 2.2F * em, y}, ink, party.peer());
    if (!name.empty())
        canvas.text(FontRole::text, {end + 0.6F * em, y - 0.1F * em}, ink,
                    canvas.shortened(FontRole::text, name, std::max(at.x + width - 9 * em - end, em)));
    canvas.text_to_right(FontRole::small, {at.x + width - 0.5F * em, y + 0.5F * em}, ink,
                         fmt::format("{}, {}", party.cut_off() ? "gone" : phase_words(party.party()),
                                     counted(party.party().recording().messages.size(), "message")));
    if (!troubled) return;
    canvas.text(FontRole::small, {at.x + 2.2F * em, y + 1.15F * em}, Ink::error,
                canvas.shortened(FontRole::small, party.trouble(), width - 3 * em));
}

} // namespace

void draw_live_people(FrameContext& context, ScreenCanvas& canvas, bool moved) {
    const LiveController& live = context.live;
    const auto& parties = live.parties();
    const bool server = live.started() && live.options().role == Role::server;
    if (const LiveParty* party = live.chosen()) {
        const Recording& recording = party->party().recording();
        const bool overheard = context.session.viewer == Viewer::eavesdropper;
        if (const auto digits = fingerprint(recording)) {
            canvas.paragraph(
                FontRole::small, Ink::muted,
                "Fingerprint. Read it to the other side: without a person in the middle both have the same.");
            canvas.paragraph(FontRole::figures, Ink::secret, *digits);
        }
        if (!overheard)
            canvas.paragraph(
                FontRole::small, Ink::muted,
                fmt::format("This window knows what the {} knows. The {}'s private key stays there; its wire "
                            "bytes are here. 1 shows the steps, Ctrl+S saves the recording.",
                            name(party->party().role()), name(other(party->party().role()))));
        ImGui::Dummy({1, 0.4F * context.fonts.em});
    }
    canvas.paragraph(FontRole::title, Ink::text, server ? "Clients" : "Connections");
    if (parties.empty()) return canvas.paragraph(FontRole::small, Ink::muted, "None yet.");
    if (parties.size() > 1)
        canvas.paragraph(FontRole::small, Ink::muted,
                         fmt::format("{}; Page Up and Page Down choose the one that is stepped, the others run by "
                                     "themselves.",
                                     counted(parties.size(), server ? "client" : "connection")));
    for (const bool over : {false, true}) { // those who are gone come last
        for (std::size_t i = 0; i < parties.size(); ++i) {
            if (parties[i]->over() == over) person(context, canvas, *parties[i], i + 1, moved);
        }
    }
}

} // namespace keyhole::viz
