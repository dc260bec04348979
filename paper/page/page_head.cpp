#include "paper/page/page_head.hpp"

#include <fmt/format.h>

#include <array>

#include "core/base/markup.hpp"
#include "core/base/words.hpp"
#include "core/steps/address.hpp"
#include "core/steps/step_kinds.hpp"
#include "paper/page/embedded.hpp"
#include "paper/page/page_style.hpp"

namespace keyhole::paper {
namespace {

std::string page_title(const Recording& r) {
    if (r.power) return "A modular exponentiation, bit by bit";
    if (r.des) return "One message through DES, step by step";
    return fmt::format("An exchange in {}, step by step", r.parameters ? r.parameters->group : "a group still unknown");
}

std::string_view sight_words(Viewer viewer) {
    switch (viewer) {
        case Viewer::server: return "This is what the server knows; nothing of the client's own is in this file.";
        case Viewer::client: return "This is what the client knows; nothing of the server's own is in this file.";
        case Viewer::eavesdropper:
            return "This is what somebody knows who only listens; no private key, no secret and no text is in this "
                   "file.";
        case Viewer::both: break;
    }
    return {};
}

std::string keys_html() {
    std::string out =
        "<details id=\"keyhole-keys\" data-live=\"\" hidden=\"\"><summary>Keys</summary>\n<table><tbody>\n";
    constexpr std::array<std::array<std::string_view, 2>, 11> keys = {
        {{"Right, Left", "the next step, the one before, on the same level"},
         {"Down, Up", "into the step, out of it"},
         {"Home, End", "the first step, the last one"},
         {"Space", "play, pause"},
         {"+, -", "faster, slower"},
         {"Ctrl+G, /", "go to a step: an address, or words"},
         {"Alt+Left, Alt+Right", "back to where a jump started, and forward again"},
         {"M", "seen by: both sides, the server, the client, an eavesdropper"},
         {"T", "light, dark, projector"},
         {"F1, ?", "these keys"},
         {"Esc", "leave a field"}}};
    for (const auto& [key, words] : keys)
        out += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", key, words);
    return out +
           "</tbody></table></details>\n"
           "<p id=\"keyhole-status\" role=\"status\" data-live=\"\" hidden=\"\"></p>\n"
           "<p id=\"keyhole-notice\" role=\"alert\"></p>\n";
}

std::string bar_html(const Recording& recording) {
    std::string out = "<div id=\"keyhole-bar\" data-live=\"\" hidden=\"\">\n";
    constexpr std::array<std::array<std::string_view, 3>, 9> buttons = {{{"start", "Start", "Home"},
                                                                         {"out", "Out", "Up"},
                                                                         {"back", "Back", "Left"},
                                                                         {"over", "Over", "Right"},
                                                                         {"into", "Into", "Down"},
                                                                         {"end", "End", "End"},
                                                                         {"play", "Play", "Space"},
                                                                         {"theme", "Theme", "T"},
                                                                         {"whole", "Whole page", ""}}};
    for (const auto& [act, name, key] : buttons)
        out += fmt::format("<button type=\"button\" data-do=\"{}\"{}{}>{}</button>\n", act,
                           key.empty() ? "" : fmt::format(" title=\"key: {}\"", key),
                           act == "whole" ? " aria-pressed=\"false\"" : "", name);
    out +=
        "<form id=\"keyhole-find\" role=\"search\"><label for=\"keyhole-go\">Go to</label> <input "
        "id=\"keyhole-go\" type=\"text\" autocomplete=\"off\" spellcheck=\"false\" placeholder=\"an address, or "
        "words\"></form>\n";
    const std::vector<Viewer> viewers =
        sight_of(recording) == Viewer::both ? viewers_of(recording) : std::vector<Viewer>{};
    if (viewers.size() > 1) {
        out += "<fieldset><legend>Seen by</legend>\n";
        for (const Viewer viewer : viewers)
            out += fmt::format("<label><input type=\"radio\" name=\"keyhole-viewer\" value=\"{}\"{}> {}</label>\n",
                               word_of(viewer), viewer == Viewer::both ? " checked=\"\"" : "", name(viewer));
        out += "</fieldset>\n";
    }
    return out + "</div>\n" + keys_html();
}

// The two upper levels of the tree, and the blocks.
std::string contents_html(const Trace& trace, const PagePlan& plan) {
    const StepTree& tree = trace.tree();
    const auto entry = [&](const Node& node) {
        return fmt::format("<a href=\"#{}\">{}</a>", address(node),
                           keyhole::title(node, trace.recording().variant.rounds));
    };
    std::string out = "<nav id=\"keyhole-contents\" aria-label=\"Contents\"><ol>\n";
    for (std::uint64_t i = 0; i < tree.child_count({}); ++i) {
        const Node top = tree.child({}, i);
        if (!plan.holds(top)) break;
        std::string below;
        const bool few = tree.child_count(top) <= 16;
        for (std::uint64_t k = 0; few && k < tree.child_count(top); ++k) {
            const Node node = tree.child(top, k);
            if (plan.holds(node)) below += fmt::format("<li>{}</li>\n", entry(node));
        }
        out += fmt::format("<li>{}{}</li>\n", entry(top), below.empty() ? "" : "<ol>\n" + below + "</ol>");
    }
    return out + "</ol></nav>\n";
}

} // namespace

Viewer sight_of(const Recording& r) {
    if (!r.parameters || r.des || r.power) return Viewer::both;
    if (is_overheard(r)) return Viewer::eavesdropper;
    const bool server = r.party(Role::server).private_key.has_value();
    const bool client = r.party(Role::client).private_key.has_value();
    return server == client ? Viewer::both : server ? Viewer::server : Viewer::client;
}

std::string page_head(const Trace& trace, const PagePlan& plan, std::uint64_t steps, const std::string& fonts) {
    const Recording& recording = trace.recording();
    const std::string title = page_title(recording);
    const std::string_view sight = sight_words(sight_of(recording));
    std::string out = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{0}</title>\n<meta "
        "name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" "
        "content=\"Keyhole\">\n<style>\n{1}{2}{3}</style>\n</head>\n<body>\n<header>\n<h1>{0}</h1>\n",
        markup(title), fonts, theme_rules(), page_style());
    if (!recording.variant.is_des())
        out += fmt::format("<p class=\"not-des\"><strong>not DES: {}</strong></p>\n",
                           markup(recording.variant.short_list()));
    if (!sight.empty()) out += fmt::format("<p>{}</p>\n", sight);
    out += fmt::format(
        "<p class=\"reading\">{} {} on this page, in the order in which they happened. The address behind each "
        "heading is what <code>keyhole --at</code> takes, and the end of a link to it.</p>\n",
        counted(steps, "step"), singular_or(steps, "is", "are"));
    for (const std::string& sentence : plan.left_out())
        out += fmt::format("<p class=\"left-out\">{}</p>\n", markup(sentence));
    return out + bar_html(recording) + "</header>\n" + contents_html(trace, plan) + "<div class=\"columns\">\n";
}

} // namespace keyhole::paper
