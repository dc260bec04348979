#include "paper/page/page.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "core/base/markup.hpp"
#include "core/base/words.hpp"
#include "core/steps/address.hpp"
#include "core/steps/step_kinds.hpp"
#include "core/steps/viewer.hpp"
#include "paper/figure/figure.hpp"
#include "paper/page/embedded.hpp"
#include "paper/page/film.hpp"
#include "paper/page/page_style.hpp"
#include "paper/page/step_html.hpp"
#include "paper/page/step_maker.hpp"
#include "paper/svg/font_faces.hpp"
#include "viz/session/stage_model.hpp"

namespace keyhole::paper {
namespace {

std::string title_of(const Recording& r) {
    if (r.power) return "A modular exponentiation, bit by bit";
    if (r.des) return "One message through DES, step by step";
    return fmt::format("An exchange in {}, step by step", r.parameters ? r.parameters->group : "a group still unknown");
}

// Whose sight a recording is, told by what is missing in it.
Viewer sight_of(const Recording& r) {
    if (!r.parameters || r.des || r.power) return Viewer::both;
    if (is_overheard(r)) return Viewer::eavesdropper;
    const bool server = r.party(Role::server).private_key.has_value();
    const bool client = r.party(Role::client).private_key.has_value();
    return server == client ? Viewer::both : server ? Viewer::server : Viewer::client;
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

// Inside these, what a side computes is the same whoever may look at it.
bool is_within_a_computation(const Node& node) {
    return node.within(Kind::block) || node.kind() == Kind::bit || node.kind() == Kind::schedule_round;
}

// Pictures that differ little from one to the next: the S-boxes have a table below the round.
std::pair<viz::StageKind, bool> family(const Node& node) { return {viz::stage_of(node), node.kind() == Kind::sbox}; }

class Page {
  public:
    Page(const Recording& recording, const PageOptions& options)
        : recording_(recording),
          trace_(recording),
          plan_(trace_.tree(), options.blocks),
          type_(figure_type(theme_, Lacking::left_to_shower)),
          film_(type_, theme_),
          fonts_(type_) {}

    std::string html() {
        std::string sections = main();
        const std::string sights = other_sights();
        // All that a page may write is in these letters, whoever types into its field.
        std::string letters;
        for (char c = ' '; c < '\x7F'; ++c) letters += c;
        for (const viz::FontRole role : {viz::FontRole::text, viz::FontRole::figures})
            fonts_.note(role, letters + "“”·⊕→≡");
        std::string out = head();
        out += sections;
        out += R"(<nav id="keyhole-list" aria-label="Steps"><ol id="keyhole-steps"></ol></nav>)"
               "\n</div>\n";
        out += sights;
        out += fmt::format("<script type=\"text/plain\" id=\"keyhole-film\">{}</script>\n", film_.packed());
        return out + fmt::format("<script>\n{}</script>\n</body>\n</html>\n", page_script());
    }

  private:
    std::string head() {
        const std::string title = title_of(recording_);
        const Viewer sight = sight_of(recording_);
        std::string out = fmt::format(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{0}</title>\n<meta "
            "name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" "
            "content=\"Keyhole\">\n<style>\n{1}{2}{3}</style>\n</head>\n<body>\n<header>\n<h1>{0}</h1>\n",
            markup(title), fonts_.rules(), theme_rules(), page_style());
        if (!recording_.variant.is_des())
            out += fmt::format("<p class=\"not-des\"><strong>not DES: {}</strong></p>\n",
                               markup(recording_.variant.short_list()));
        if (!sight_words(sight).empty()) out += fmt::format("<p>{}</p>\n", sight_words(sight));
        out += fmt::format(
            "<p class=\"reading\">{} {} on this page, in the order in which they happened. The address behind each "
            "heading is what <code>keyhole --at</code> takes, and the end of a link to it.</p>\n",
            counted(steps_, "step"), singular_or(steps_, "is", "are"));
        for (const std::string& sentence : plan_.left_out())
            out += fmt::format("<p class=\"left-out\">{}</p>\n", markup(sentence));
        return out + bar(sight) + "</header>\n" + contents() + "<div class=\"columns\">\n";
    }

    std::string bar(Viewer sight) const {
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
        const std::vector<Viewer> viewers = sight == Viewer::both ? viewers_of(recording_) : std::vector<Viewer>{};
        if (viewers.size() > 1) {
            out += "<fieldset><legend>Seen by</legend>\n";
            for (const Viewer viewer : viewers)
                out += fmt::format("<label><input type=\"radio\" name=\"keyhole-viewer\" value=\"{}\"{}> {}</label>\n",
                                   word_of(viewer), viewer == Viewer::both ? " checked=\"\"" : "", name(viewer));
            out += "</fieldset>\n";
        }
        out +=
            "</div>\n<details id=\"keyhole-keys\" data-live=\"\" hidden=\"\"><summary>Keys</summary>\n<table><tbody>\n";
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

    // The two upper levels of the tree, and the blocks.
    std::string contents() const {
        const StepTree& tree = trace_.tree();
        const auto entry = [&](const Node& node) {
            return fmt::format("<a href=\"#{}\">{}</a>", address(node),
                               keyhole::title(node, recording_.variant.rounds));
        };
        std::string out = "<nav id=\"keyhole-contents\" aria-label=\"Contents\"><ol>\n";
        for (std::uint64_t i = 0; i < tree.child_count({}); ++i) {
            const Node top = tree.child({}, i);
            if (!plan_.holds(top)) break;
            std::string below;
            const bool few = tree.child_count(top) <= 16;
            for (std::uint64_t k = 0; few && k < tree.child_count(top); ++k) {
                const Node node = tree.child(top, k);
                if (plan_.holds(node)) below += fmt::format("<li>{}</li>\n", entry(node));
            }
            out += fmt::format("<li>{}{}</li>\n", entry(top), below.empty() ? "" : "<ol>\n" + below + "</ol>");
        }
        return out + "</ol></nav>\n";
    }

    std::string main() {
        std::string out = "<main>\n";
        std::vector<Node> nodes;
        for (std::optional<Node> node = plan_.first(); node; node = plan_.next(*node)) nodes.push_back(*node);
        steps_ = nodes.size();
        make_steps(recording_, nodes, theme_, [&](MadeStep made) {
            out += fmt::format("<section class=\"step\" id=\"{}\">\n", made.address);
            const std::size_t figure = add_figure(made.node, made.figure);
            const bool outline = !is_within_a_computation(made.node);
            // What an outline of the exchange shows is drawn in the page itself, and seen where no script runs.
            out +=
                outline ? with_figure(made.html, film_.svg(film_.figure(figure), "Figure: " + made.title)) : made.html;
            if (made.node.kind() == Kind::block) out += rounds_html(trace_, made.node);
            out += "</section>\n";
            if (outline) outlines_.push_back({made.node, std::move(made.html), figure});
        });
        return out + "</main>\n";
    }

    static std::string with_figure(std::string html, const std::string& svg) {
        return html.insert(std::min(html.find("<table>"), html.size()),
                           "<figure>" + svg + "</figure>\n"); // behind the words
    }

    std::size_t add_figure(const Node& node, const Figure& figure) {
        Film::Still still = film_.still(figure.picture, figure.frame);
        note(figure.picture);
        const auto key = family(node);
        const auto last = last_.find(key);
        const std::size_t number =
            film_.add(std::move(still), last == last_.end() ? std::nullopt : std::optional(last->second));
        last_[key] = number;
        return number;
    }

    // ASCII is noted once for all.
    void note(const viz::Picture& picture) {
        for (const viz::Shape& shape : picture.shapes) {
            const auto* text = std::get_if<viz::shape::Text>(&shape.form);
            if (text != nullptr &&
                std::ranges::any_of(text->words, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
                fonts_.note(text->font, text->words);
        }
    }

    // What the others would see in the place of each step: nothing and why, or other values and another figure.
    std::string other_sights() {
        nlohmann::ordered_json hidden = nlohmann::ordered_json::object();
        std::string templates;
        const Viewer sight = sight_of(recording_);
        if (sight == Viewer::both) {
            for (const Viewer viewer : viewers_of(recording_))
                if (viewer != Viewer::both) hidden[std::string(word_of(viewer))] = one_sight(viewer, templates);
        }
        const nlohmann::ordered_json sights = {{"made_for", word_of(sight)}, {"hidden", hidden}};
        std::string text = sights.dump();
        for (std::size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at))
            text.replace(at, 1, "\\u003c");
        return templates + fmt::format("<script type=\"application/json\" id=\"keyhole-sights\">{}</script>\n", text);
    }

    nlohmann::ordered_json one_sight(Viewer viewer, std::string& templates) {
        const Recording recording = seen_by(recording_, viewer);
        const Trace trace(recording);
        nlohmann::ordered_json hidden = nlohmann::ordered_json::object();
        const auto hide = [&](const Node& node) {
            const std::string why = why_unknown(recording, node);
            hidden[address(node)] = why.empty() ? "That one cannot know this step." : capitalised(why) + ".";
        };
        for (const auto& [node, html, figure] : outlines_) {
            if (!trace.tree().contains(node)) {
                if (trace.tree().contains(node.parent())) hide(node);
                continue;
            }
            // Where the computation itself is unknown, all that lies in it is.
            const bool computed =
                trace_.tree().child_count(node) > 0 && is_within_a_computation(trace_.tree().child(node, 0));
            if (computed && trace.tree().child_count(node) == 0) {
                const std::string why = why_unknown(recording, trace_.tree().child(node, 0));
                for (std::uint64_t i = 0; i < trace_.tree().child_count(node); ++i) {
                    const Node child = trace_.tree().child(node, i);
                    if (plan_.holds(child)) hidden[address(child)] = capitalised(why) + ".";
                }
            }
            const Step step = trace.step(node);
            const std::string other = step_html(step);
            const Figure drawn = make_figure(trace, step, theme_, type_);
            Film::Still still = film_.still(drawn.picture, drawn.frame);
            if (other == html && still == film_.figure(figure)) continue;
            templates +=
                fmt::format("<template data-viewer=\"{}\" data-step=\"{}\" data-figure=\"{}\">\n{}</template>\n",
                            word_of(viewer), step.address, film_.add(std::move(still), figure), other);
        }
        return hidden;
    }

    struct Outline {
        Node node;
        std::string html;
        std::size_t figure;
    };

    const Recording& recording_;
    Trace trace_;
    PagePlan plan_;
    const viz::Theme& theme_ = viz::theme(viz::ThemeName::light);
    PaperType type_;
    Film film_;
    FontFaces fonts_;
    std::map<std::pair<viz::StageKind, bool>, std::size_t> last_; // the last figure of each family
    std::vector<Outline> outlines_;
    std::uint64_t steps_ = 0;
};

} // namespace

std::string page_html(const Recording& recording, const PageOptions& options) {
    return Page(recording, options).html();
}

} // namespace keyhole::paper
