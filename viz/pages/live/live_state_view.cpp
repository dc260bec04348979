#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "viz/live/live_model.hpp"
#include "viz/pages/live/live_views.hpp"

namespace keyhole::viz {
namespace {

void draw_turn(ScreenCanvas& canvas, const LiveParty& party, bool low) {
    const bool ready = party.ready();
    if (!party.trouble().empty()) canvas.paragraph(FontRole::text, Ink::error, party.trouble());
    if (party.last_done() && !low)
        canvas.paragraph(FontRole::small, Ink::muted, fmt::format("Done: {}.", name(*party.last_done())));
    canvas.paragraph(FontRole::title, ready ? Ink::current : Ink::text, party.turn());
    const std::vector<std::string> arrivals = arrival_words(party.party());
    if (arrivals.empty()) return;
    canvas.paragraph(FontRole::small, Ink::muted,
                     fmt::format("Arrived from the {} and not looked at yet:", name(other(party.party().role()))));
    constexpr std::size_t most = 8;
    for (std::size_t i = 0; i < std::min(arrivals.size(), most); ++i)
        canvas.paragraph(FontRole::figures_small, Ink::text, arrivals[i]);
    if (arrivals.size() > most)
        canvas.paragraph(FontRole::small, Ink::muted, fmt::format("and {} more", arrivals.size() - most));
}

} // namespace

void draw_live_state(const FrameContext& context, ScreenCanvas& canvas, const std::vector<std::string>& commands) {
    const LiveController& live = context.live;
    const bool server = live.options().role == Role::server;
    const bool low = ImGui::GetWindowHeight() < 18 * canvas.em(); // the chat comes first
    if (!low)
        canvas.paragraph(FontRole::title, Ink::text,
                         server ? "Live: this window is the server" : "Live: this window is the client");
    const LiveParty* party = live.chosen();
    const std::string where = to_text(live.options().address);
    canvas.paragraph(FontRole::small, live.error().empty() ? Ink::muted : Ink::error,
                     !live.error().empty() ? live.error()
                     : server            ? live.address().empty() ? "Not listening." : "Listening on " + live.address()
                                : live.connecting() ? "Connecting to " + where + " .."
                     : party && !party->over() ? "Connected to " + where
                                               : "Not connected to " + where);
    if (!low) ImGui::Dummy({1, 0.2F * canvas.em()});
    if (party == nullptr && live.error().empty()) {
        canvas.paragraph(FontRole::text, Ink::text,
                         server && live.address().empty() ? "Not listening: C listens again, S begins another exchange."
                         : server
                             ? fmt::format("Nobody has connected yet. The other end: {}", fmt::join(commands, ", or "))
                             : "The exchange begins as soon as the server answers.");
    } else if (party != nullptr) {
        draw_turn(canvas, *party, low);
    } else {
        canvas.paragraph(FontRole::text, Ink::text, "C tries it again, S begins another exchange.");
    }
}

void draw_overheard(ScreenCanvas& canvas, const LiveParty& party) {
    canvas.paragraph(FontRole::small, Ink::muted,
                     "As an eavesdropper has it: ciphertexts, no texts. M shows this side's knowledge again.");
    for (const std::string& line : overheard_words(party.party().recording()))
        canvas.paragraph(FontRole::figures_small, Ink::text, line);
}

} // namespace keyhole::viz
