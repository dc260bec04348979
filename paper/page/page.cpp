#include "paper/page/page.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "core/base/words.hpp"
#include "core/steps/address.hpp"
#include "core/steps/step_kinds.hpp"
#include "core/steps/viewer.hpp"
#include "paper/figure/figure.hpp"
#include "paper/page/embedded.hpp"
#include "paper/page/film.hpp"
#include "paper/page/page_head.hpp"
#include "paper/page/step_html.hpp"
#include "paper/page/step_maker.hpp"
#include "paper/svg/font_faces.hpp"
#include "viz/session/stage_model.hpp"

namespace keyhole::paper {
namespace {

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
        std::string out = page_head(trace_, plan_, steps_, fonts_.rules());
        out += sections;
        out += R"(<nav id="keyhole-list" aria-label="Steps"><ol id="keyhole-steps"></ol></nav>)"
               "\n</div>\n";
        out += sights;
        out += fmt::format("<script type=\"text/plain\" id=\"keyhole-film\">{}</script>\n", film_.packed());
        return out + fmt::format("<script>\n{}</script>\n</body>\n</html>\n", page_script());
    }

  private:
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
