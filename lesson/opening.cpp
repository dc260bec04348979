#include "lesson/opening.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "core/base/bytes.hpp"
#include "core/base/choice.hpp"
#include "core/base/words.hpp"
#include "core/recording/workbench.hpp"
#include "flags/exchange_flags.hpp"
#include "flags/workbench_flags.hpp"

namespace keyhole::lesson {
namespace {

// A line as a flag and what it is given; quotes around that mean nothing.
struct Flag {
    std::string name, value;
    bool has_value = false;
    std::size_t line = 1;
};

std::optional<Flag> read_flag(const Line& line) {
    const std::string_view text = trimmed(line.text);
    if (text.empty()) return std::nullopt;
    const std::size_t end = text.find_first_of(" \t=");
    Flag flag{.name = std::string(text.substr(0, end)),
              .value = {},
              .has_value = end != std::string_view::npos,
              .line = line.line};
    if (flag.has_value) {
        const std::string_view value = trimmed(text.substr(end + 1));
        const bool quoted =
            value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front();
        flag.value = quoted ? value.substr(1, value.size() - 2) : value;
    }
    return flag;
}

class Opening {
  public:
    explicit Opening(std::vector<Fault>& faults) : faults_(faults) {
        cli::add_exchange_options(&exchange_app_, exchange_);
        cli::add_workbench_options(&des_app_, des_);
        des_app_.add_flag("--decrypt", des_.decrypt);
    }

    std::optional<Recording> open(const std::vector<Line>& lines) {
        const Command said = read(lines);
        const std::string& words = said.words;
        const std::vector<Flag>& flags = said.flags;
        if (words != "" && words != "exchange" && words != "trace des" && words != "des")
            return fault(said.words_line,
                         fmt::format("'{}' is no flag (write the flags of exchange or of trace des, one a line)",
                                     excerpt(words, 60)));
        CLI::App& app = said.des ? des_app_ : exchange_app_;
        const std::size_t before = faults_.size();
        for (const Flag& flag : flags) take(app, flag);
        if (faults_.size() > before) return std::nullopt;
        const std::size_t line = lines.empty() ? 1 : lines.front().line;
        try {
            for (const auto& list : {exchange_.variant, des_.variant}) // a lesson's reader has no file with a box
                if (list) des::parse_variant(*list);
            if (!said.des) return cli::record_exchange(exchange_, false);
            const WorkbenchInput input = resolve(des_);
            return record_des(input.settings, input.direction, input.iv, input.data, input.variant);
        } catch (const Error& error) {
            // The error names the flag; its line is where the mistake stands.
            const std::string_view what = error.what();
            const auto named = std::ranges::find_if(
                flags, [&](const Flag& f) { return what.find(f.name + " ") != std::string_view::npos; });
            return fault(named == flags.end() ? line : named->line, std::string(what));
        }
    }

    std::string command(const std::vector<Line>& lines) const {
        const Command said = read(lines);
        std::string out = said.des ? "keyhole trace des" : "keyhole exchange";
        for (const Flag& flag : said.flags) {
            out += " " + flag.name;
            if (flag.has_value) out += (flag.value.starts_with('-') ? "=" : " ") + shell_word(flag.value);
        }
        return out;
    }

  private:
    struct Command {
        std::string words; // what is no flag at its beginning, and where
        std::size_t words_line = 1;
        bool des = false; // a message through DES, no exchange
        std::vector<Flag> flags;
    };
    Command read(const std::vector<Line>& lines) const {
        Command out;
        for (const Line& line : lines)
            if (auto flag = read_flag(line)) out.flags.push_back(std::move(*flag));
        if (!out.flags.empty() && !out.flags.front().name.starts_with('-')) {
            const Flag& first = out.flags.front();
            out.words = first.name + (first.has_value ? " " + first.value : "");
            out.words_line = first.line;
            out.flags.erase(out.flags.begin());
            out.des = out.words != "exchange";
        } else {
            out.des = std::ranges::any_of(
                out.flags, [&](const Flag& f) { return knows(des_app_, f) && !knows(exchange_app_, f); });
        }
        return out;
    }

    static bool knows(const CLI::App& app, const Flag& flag) { return app.get_option_no_throw(flag.name) != nullptr; }

    std::nullopt_t fault(std::size_t line, std::string words) {
        faults_.push_back({line, std::move(words)});
        return std::nullopt;
    }

    // Each flag alone, so that a mistake has its line.
    void take(CLI::App& app, const Flag& flag) {
        CLI::Option* option = app.get_option_no_throw(flag.name);
        const bool of_files = flag.name == "--in" || flag.name == "--pem";
        if (option == nullptr || of_files || !flag.name.starts_with("--")) {
            std::vector<std::string> names;
            for (const CLI::Option* known : app.get_options())
                for (const std::string& name : known->get_lnames()) names.push_back("--" + name);
            const std::vector<std::string_view> words(names.begin(), names.end());
            fault(flag.line,
                  of_files ? fmt::format("{} names a file (a lesson is read by others, who have no such file; give the "
                                         "numbers or the text themselves)",
                                         flag.name)
                           : fmt::format("no flag '{}' ({}see keyhole exchange --help and keyhole trace des --help)",
                                         excerpt(flag.name, 40), did_you_mean(flag.name, words)));
            return;
        }
        const bool takes_value = option->get_items_expected_max() > 0;
        if (takes_value != flag.has_value) {
            fault(flag.line, fmt::format("{} {} (give {})", flag.name, takes_value ? "has no value" : "takes no value",
                                         takes_value ? "one behind it" : "it alone"));
            return;
        }
        if (takes_value && flag.name == "--say") {
            exchange_.says.push_back(flag.value);
        } else if (takes_value) {
            if (option->count() > 0)
                return void(fault(flag.line, fmt::format("{} is given more than once (give it once)", flag.name)));
            option->add_result(flag.value);
            option->run_callback();
        } else {
            des_.decrypt = true;
        }
    }

    std::vector<Fault>& faults_;
    CLI::App exchange_app_, des_app_;
    cli::ExchangeText exchange_;
    WorkbenchText des_;
};

} // namespace

std::optional<Recording> open_lines(const std::vector<Line>& lines, std::vector<Fault>& faults) {
    return Opening(faults).open(lines);
}

std::string command_of(const std::vector<Line>& lines) {
    std::vector<Fault> none;
    return Opening(none).command(lines);
}

} // namespace keyhole::lesson
