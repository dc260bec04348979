// The film of a page: figures taken out of it are those that were put in.
#include "paper/page/film.hpp"

#include <nlohmann/json.hpp>

#include "paper/figure/figure.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/samples.hpp"

using namespace keyhole;
using namespace keyhole::paper;

namespace {

// As assets/page/page.js reads it.
class Projector {
  public:
    explicit Projector(const Film& film) : film_(nlohmann::json::parse(film.json())) {
        const std::string signs = film_["signs"];
        for (std::size_t i = 0; i < signs.size(); ++i) digits_[static_cast<unsigned char>(signs[i])] = i;
    }

    std::vector<std::uint64_t> items(std::size_t number) const {
        const std::vector<std::uint64_t> row = numbers(film_["figures"][number]);
        const std::vector<std::uint64_t> before = row[0] > 0 ? items(row[0] - 1) : std::vector<std::uint64_t>{};
        std::vector<std::uint64_t> now;
        std::size_t from = 0;
        for (std::size_t at = 2; at < row.size();) {
            const std::uint64_t keep = row[at++], drop = row[at++], put = row[at++];
            for (std::uint64_t k = 0; k < keep; ++k) now.push_back(before.at(from++));
            from += drop;
            for (std::uint64_t k = 0; k < put; ++k) now.push_back(row.at(at++));
        }
        CHECK(from == before.size());
        return now;
    }

  private:
    std::vector<std::uint64_t> numbers(const std::string& text) const {
        std::vector<std::uint64_t> out;
        std::uint64_t value = 0;
        unsigned shift = 0;
        for (const char sign : text) {
            const std::uint64_t digit = digits_[static_cast<unsigned char>(sign)];
            value |= (digit & 31U) << shift;
            shift += 5;
            if ((digit & 32U) != 0) continue;
            out.push_back(value);
            value = 0;
            shift = 0;
        }
        return out;
    }

    nlohmann::json film_;
    std::array<std::uint64_t, 256> digits_{};
};

} // namespace

TEST_CASE("A film gives back every figure that was put into it", "[paper]") {
    const Recording recording = samples::exchange();
    const Trace trace(recording);
    const viz::Theme& theme = viz::theme(viz::ThemeName::light);
    const PaperType type = figure_type(theme, Lacking::left_to_shower);
    Film film(type, theme);
    std::optional<std::size_t> last;
    std::size_t steps = 0;
    for (std::optional<Node> node = trace.tree().at_number(1); node; node = trace.tree().next(*node)) {
        if (++steps % 11 != 0) continue; // some of every kind
        const Figure figure = make_figure(trace, trace.step(*node), theme, type);
        last = film.add(film.still(figure.picture, figure.frame), last);
    }
    REQUIRE(last);
    const Projector projector(film);
    for (std::size_t i = 0; i <= *last; ++i) {
        std::vector<std::uint64_t> expected;
        for (const std::uint32_t item : film.figure(i).items)
            expected.push_back((item >> 31U) != 0 ? (item & 0x7FFFFFFFU) * std::uint64_t{2} + 1
                                                  : item * std::uint64_t{2});
        CHECK(projector.items(i) == expected);
    }
    CHECK(film.packed().find("http") == std::string::npos);
}
