// keyhole figure: the stage of a step as a picture in a file, or one of each step from one to another.
#include <fmt/format.h>

#include <memory>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/viewer_option.hpp"
#include "cli/workbench_options.hpp"
#include "core/base/choice.hpp"
#include "core/base/file.hpp"
#include "core/base/words.hpp"
#include "core/steps/address.hpp"
#include "core/steps/search/named_step.hpp"
#include "flags/exchange_flags.hpp"
#include "flags/usage.hpp"
#include "paper/figure/figure.hpp"
#include "paper/raster/raster.hpp"
#include "viz/files/image.hpp"

namespace keyhole::cli {
namespace {

namespace fs = std::filesystem;

constexpr unsigned least_width = 100, most_width = 8000, usual_width = 1200; // pixels
constexpr std::uint64_t most_figures = 10000;                                // of a series

struct FigureText {
    std::optional<std::string> at, series, theme, viewer;
    std::string out;
    unsigned width = usual_width;
};

void add_figure_options(CLI::App* command, FigureText& text) {
    CLI::Option* at = command->add_option("--at", text.at, "the step, e.g. message.1/encrypt/block.1/round.5/sbox.3");
    command->add_option("--series", text.series, "A..B: one figure a step from step A to step B; --out names a folder")
        ->excludes(at);
    command->add_option("--out", text.out, "the file, FILE.svg or FILE.png; with --series the folder")
        ->required()
        ->check(names_something());
    command->add_option("--theme", text.theme, "print (default; for paper), light, dark or projector");
    command
        ->add_option(
            "--width", text.width,
            fmt::format("of the picture in pixels, {} to {}; default {}", least_width, most_width, usual_width))
        ->check(CLI::Range(least_width, most_width));
    add_viewer_option(command, text.viewer);
}

enum class Kind { svg, png };

Kind kind_of(const fs::path& out) {
    const std::string end = lower_case(out.extension().string());
    if (end == ".svg") return Kind::svg;
    if (end == ".png") return Kind::png;
    throw bad_input(fmt::format("--out {} is no name of a figure (its end says the kind; write FILE.svg or FILE.png)",
                                in_quotes(out.string())));
}

class Figures {
  public:
    Figures(const Recording& recording, const FigureText& text, Kind kind)
        : trace_(recording),
          kind_(kind),
          width_(text.width),
          theme_(paper::figure_theme(text.theme)),
          type_(
              paper::figure_type(theme_, kind == Kind::svg ? paper::Lacking::left_to_shower : paper::Lacking::named)) {}

    const Trace& trace() const { return trace_; }

    void write(const Node& node, const fs::path& file) const {
        const Step step = trace_.step(node);
        const paper::Figure figure = paper::make_figure(trace_, step, theme_, type_);
        if (kind_ == Kind::svg) return write_file(file, paper::figure_svg(figure, step, width_, theme_, type_));
        viz::write_png(file, paper::raster(figure.picture, figure.frame, static_cast<int>(width_), theme_, type_));
    }

  private:
    Trace trace_;
    Kind kind_;
    unsigned width_;
    const viz::Theme& theme_;
    paper::PaperType type_;
};

// The steps of A..B in the order of happening. An address holds single dots only.
std::pair<Node, Node> ends_of(const std::string& series, const StepTree& tree) {
    const std::size_t dots = series.find("..");
    if (dots == std::string::npos || dots == 0 || dots + 2 == series.size())
        throw bad_input(
            fmt::format("--series {} names no two steps (it goes from one to another; write A..B)", in_quotes(series)));
    const Node first = tree.at(series.substr(0, dots)), last = tree.at(series.substr(dots + 2));
    if (tree.number(last) < tree.number(first))
        throw bad_input(fmt::format("--series goes backwards ({} happens before {}; turn it round)", address(last),
                                    address(first)));
    return {first, last};
}

// Steps as deep as the deeper of the two ends, and those above them on the way: from one round to another there are
// rounds, not all that is in them.
std::vector<Node> steps_of(const StepTree& tree, const Node& first, const Node& last) {
    const std::size_t depth = std::max(first.depth(), last.depth());
    std::vector<Node> steps;
    const std::uint64_t end = tree.number(last);
    for (std::optional<Node> at = first; at && tree.number(*at) <= end;
         at = at->depth() < depth ? tree.next(*at) : tree.next_over(*at)) {
        steps.push_back(*at);
        if (steps.size() > most_figures)
            throw bad_input(
                fmt::format("--series has more than {} steps (that many figures help nobody; choose a "
                            "shorter way)",
                            grouped_decimal(most_figures)));
    }
    return steps;
}

// "0007-message.1-encrypt-block.1-round.3.svg"
std::string file_name(std::size_t number, const std::string& address, Kind kind) {
    std::string name = fmt::format("{:04}-{}.{}", number, address, kind == Kind::svg ? "svg" : "png");
    std::ranges::replace(name, '/', '-');
    return name;
}

void run(const Recording& whole, const FigureText& text) {
    const Recording recording = seen_through(whole, text.viewer);
    if (!text.at && !text.series)
        throw bad_input("a figure of what (no step is named; give --at ADDRESS, or --series A..B)");
    if (text.at) {
        const Figures figures(recording, text, kind_of(text.out));
        return figures.write(named_step(figures.trace(), *text.at), text.out);
    }
    const Figures figures(recording, text, Kind::svg);
    const auto [first, last] = ends_of(*text.series, figures.trace().tree());
    const std::vector<Node> steps = steps_of(figures.trace().tree(), first, last);
    std::error_code trouble;
    fs::create_directories(text.out, trouble);
    if (trouble)
        throw io_error(
            fmt::format("the folder {} cannot be made ({}; name another)", shown(text.out), trouble.message()));
    for (std::size_t i = 0; i < steps.size(); ++i)
        figures.write(steps[i],
                      fs::path(text.out) / file_name(i + 1, figures.trace().step(steps[i]).address, Kind::svg));
    fmt::print("{} in {}\n", counted(steps.size(), "figure"), shown(text.out));
}

} // namespace

void add_figure(CLI::App& app, int&) {
    CLI::App* figure = app.add_subcommand("figure", "Draw the stage of a step as SVG or PNG, for slides and paper");
    figure->require_subcommand(1);
    figure->footer(
        "Example: keyhole figure des --key 133457799BBCDFF1 --hex 0123456789ABCDEF --at "
        "message.1/encrypt/block.1/round.5 --out round.svg\n"
        "Needs no display. Parts of the SVG have names: R4.7 is bit 7 of R4, S3 the third S-box.");

    struct Command {
        FigureText figure;
        ExchangeText exchange;
        WorkbenchText des;
        std::string file;
        std::optional<std::size_t> stream;
    };
    const auto add = [&](const char* name, const char* about) {
        auto command = std::make_shared<Command>();
        return std::pair(figure->add_subcommand(name, about), command);
    };
    auto [exchange, of_exchange] = add("exchange", "A step of an exchange");
    add_exchange_options(exchange, of_exchange->exchange);
    add_figure_options(exchange, of_exchange->figure);
    exchange->footer("Example: keyhole figure exchange --group toy23 --seed 42 --at secret --out secret.svg");
    exchange->callback(
        [of_exchange = of_exchange] { run(record_exchange(of_exchange->exchange), of_exchange->figure); });

    auto [des, of_des] = add("des", "A step of one message through DES");
    add_workbench_options(des, of_des->des);
    des->add_flag("--decrypt", of_des->des.decrypt, "decipher instead of enciphering");
    add_figure_options(des, of_des->figure);
    des->footer(
        "Example: keyhole figure des --key-text orchids! --text \"meet at 9\" --series "
        "message.1/encrypt/block.1/round.1..message.1/encrypt/block.1/round.16 --out rounds");
    des->callback([of_des = of_des] { run(record_aloud(of_des->des), of_des->figure); });

    auto [replay, of_replay] = add("replay", "A step of a recording, a capture or lines from the wire");
    replay->add_option("file", of_replay->file, "what keyhole replay takes")->required();
    replay->add_option("--stream", of_replay->stream, "which conversation in it, from 1 (the first if left out)");
    add_figure_options(replay, of_replay->figure);
    replay->footer("Example: keyhole figure replay chat.json --at message.1/frame --out frame.png --width 2400");
    replay->callback(
        [of_replay = of_replay] { run(open_file(of_replay->file, of_replay->stream), of_replay->figure); });
}

} // namespace keyhole::cli
