#include "viz/pages/lab/bench/meet_bench.hpp"

#include <fmt/format.h>

#include <cmath>

#include "core/attack/search_times.hpp"
#include "core/base/error.hpp"
#include "core/base/words.hpp"
#include "core/des/des.hpp"

namespace keyhole::viz {
namespace {

constexpr des::Block leftmost_bit = des::Block{1} << 63; // known, however many are unknown
constexpr unsigned most_in_a_browser = 20;               // unknown bits

} // namespace

void MeetBench::start(const MeetChoice& choice) {
    started_ = choice;
    job_.start([choice](const WatchedJob<MeetSeen>::Show& show) {
        if (choice.unknown_bits > most_in_a_browser && !Job::beside_the_window())
            throw Error(Failure::answer_no,
                        fmt::format("not begun: the page would stand still until the table is full (choose {} unknown "
                                    "bits or fewer here, or use keyhole-viz)",
                                    most_in_a_browser));
        lab::DrawnMeet drawn = lab::draw_meet(Random::seeded(fmt::to_string(choice.seed)), choice.unknown_bits);
        if (choice.one_wrong) drawn.question.first_known ^= leftmost_bit;
        const std::uint64_t all = std::uint64_t{2} << choice.unknown_bits;
        const auto watch = [&](const lab::MeetState& state, const std::vector<lab::KeyPair>& keys, bool ended) {
            return show({drawn.question, state, keys, ended}, state.enciphered + state.deciphered, all);
        };
        const lab::MeetResult result =
            lab::meet_in_the_middle(drawn.question, bitslice::chosen_level(),
                                    [&](const lab::MeetState& state) { return watch(state, {}, false); });
        watch(result.state, result.keys, !result.stopped);
        return outcome_words(result, drawn.keys, drawn.question.pairs.size());
    });
}

std::string MeetBench::progress() const {
    const lab::MeetState& state = seen().state;
    const std::uint64_t all = std::uint64_t{1} << started_->unknown_bits;
    const std::string_view number = state.deciphered == 0 ? "first" : "second";
    return fmt::format("{} unknown bits each, keys number {}: {:.0f} %, {} of {} {} keys", started_->unknown_bits,
                       started_->seed, 100 * job_.share(),
                       grouped_decimal(state.deciphered == 0 ? state.enciphered : state.deciphered),
                       grouped_decimal(all), number);
}

std::string outcome_words(const lab::MeetResult& result, const lab::KeyPair& drawn, std::size_t pairs) {
    if (result.stopped) return "stopped; nothing was kept";
    if (result.keys.empty())
        return fmt::format("no keys: no two with these known bits fit {}; a bit that is taken for known is wrong",
                           counted(pairs, "pair"));
    if (result.keys.size() > 1)
        return fmt::format(
            "{} pairs of keys fit {}, and nothing here says which is right: one more pair of texts would",
            grouped_decimal(result.keys.size()), counted(pairs, "pair"));
    const lab::KeyPair& found = result.keys.front();
    return fmt::format(
        "keys 0x{:016X} and 0x{:016X}, proven on {} by the classroom's DES; they are {}those that were "
        "drawn",
        found.first, found.second, counted(pairs, "pair"), found == drawn ? "" : "not ");
}

std::string words_about(const MeetChoice& choice) {
    const unsigned n = choice.unknown_bits;
    return fmt::format(
        "Double DES: E with a first key, then with a second one. Of each the {} rightmost bits are unknown, parity "
        "bits "
        "not counted. The first plaintext under each of 2^{} first keys makes a table; the first ciphertext, "
        "deciphered "
        "under each of 2^{} second keys, is looked up in it. With all 56 bits of both unknown that is 2^57 DES "
        "operations "
        "and a table of 2^56 entries, in place of 2^112 (Diffie and Hellman, 1977).",
        n, n, n);
}

std::optional<des::Block> middle_of(const MeetSeen& seen) {
    if (seen.keys.empty()) return std::nullopt;
    return des::crypt(seen.question.pairs.front().plaintext, des::key_schedule(seen.keys.front().first));
}

std::array<MeetPrice, 2> prices(const MeetSeen& seen) {
    const unsigned n = seen.question.unknown_bits;
    std::array<MeetPrice, 2> both = {
        {{"meeting in the middle", n + 1.0, "", lab::meet_memory_words(n)}, {"brute force", 2.0 * n, "", "no table"}}};
    if (!seen.ended) return both;
    both[0].time = seen.state.seconds < 1 ? fmt::format("{:.3f} s", seen.state.seconds)
                                          : fmt::format("{:.1f} s", seen.state.seconds);
    if (const auto rate = lab::meet_rate(seen.state))
        both[1].time = fmt::format("{}, reckoned at the {} keys/s measured here",
                                   span_of_time(std::exp2(both[1].log2_work) / *rate), short_number(*rate));
    else
        both[1].time = "how long is not reckoned: this was over too soon to measure a rate";
    return both;
}

std::vector<MeetLeft> what_is_left(const MeetSeen& seen) {
    const unsigned n = seen.question.unknown_bits;
    const double all = 2.0 * n;
    const bool counting = seen.state.deciphered > 0;
    const auto counted_now = [&](std::uint64_t left) { return counting ? std::optional(left) : std::nullopt; };
    std::vector<MeetLeft> rows = {
        {"all of them", std::uint64_t{1} << (2 * n), all},
        {fmt::format("meet in {} bits of the middle", 64 - n), counted_now(seen.state.met), all - (64.0 - n)}};
    for (std::size_t pair = 1; pair <= seen.state.left.size(); ++pair)
        rows.push_back(
            {pair == 1 ? std::string("fit the first pair of texts") : fmt::format("fit {} pairs of texts", pair),
             counted_now(seen.state.left[pair - 1]), all - 64.0 * static_cast<double>(pair)});
    return rows;
}

} // namespace keyhole::viz
