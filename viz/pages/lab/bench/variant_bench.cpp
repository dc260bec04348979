#include "viz/pages/lab/bench/variant_bench.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.hpp"
#include "core/recording/workbench.hpp"

namespace keyhole::viz {
namespace {

constexpr unsigned trials = 400;

lab::VariantFacts facts_of(const des::Variant& variant, Job::Progress& progress) {
    return lab::find_facts(variant, Random::system(), trials, [&](unsigned done, unsigned all) {
        progress.report(done, all);
        return !progress.cancelled();
    });
}

FactLine deciphering(const lab::VariantFacts& f) {
    if (f.deciphered == f.trials)
        return {fmt::format("Deciphering undoes it: {} of {} random blocks came back.", f.deciphered, f.trials), true};
    std::string words = fmt::format(
        "Deciphering with the subkeys in reverse does not undo it: {} of {} blocks came "
        "back.",
        f.deciphered, f.trials);
    if (f.deciphered_swapped == f.trials)
        words += fmt::format(" With the halves swapped before the first round and after the last, {} did.",
                             f.deciphered_swapped);
    return {std::move(words), false};
}

FactLine complements(const lab::VariantFacts& f) {
    const bool all = f.complemented == f.trials;
    return {fmt::format("Key and block inverted give the result inverted: {} of {} times{}.", f.complemented, f.trials,
                        all ? ", as in DES" : ""),
            all};
}

FactLine spread(const lab::VariantFacts& f, const lab::VariantFacts& standard) {
    const lab::Spread &own = f.rounds.back(), &des = standard.rounds.back();
    const bool same = std::abs(own.text_mean - des.text_mean) < 1 && std::abs(own.key_mean - des.key_mean) < 1;
    return {
        fmt::format("At the end one flipped bit of the text changes {:.1f} bits of 64, one of the key {:.1f}; in DES "
                    "{:.1f} and {:.1f}.",
                    own.text_mean, own.key_mean, des.text_mean, des.key_mean),
        same};
}

std::optional<FactLine> boxes(const lab::VariantFacts& f, const lab::VariantFacts& standard) {
    std::string words;
    for (std::size_t i = 0; i < f.boxes.size(); ++i) {
        if (f.boxes[i] == standard.boxes[i]) continue;
        words += fmt::format(
            "{}S{}: a difference comes out alike {} of 64 times at worst ({} in DES), a sum of bits is "
            "off balance by {} of 32 ({} in DES).",
            words.empty() ? "" : " ", i + 1, f.boxes[i].differential, standard.boxes[i].differential, f.boxes[i].linear,
            standard.boxes[i].linear);
    }
    return words.empty() ? std::nullopt : std::optional(FactLine{std::move(words), false});
}

} // namespace

BoxChoice box_choice(const des::Variant& variant, unsigned box) {
    const des::SBox& there = variant.boxes[box - 1];
    if (there == des::s_boxes[box - 1]) return BoxChoice::own;
    const auto found = std::ranges::find(des::s_boxes, there);
    if (found != des::s_boxes.end())
        return static_cast<BoxChoice>(static_cast<std::size_t>(BoxChoice::s1) +
                                      static_cast<std::size_t>(found - des::s_boxes.begin()));
    return there == des::linear_box() ? BoxChoice::linear : BoxChoice::other;
}

BoxChoice next_choice(const des::Variant& variant, unsigned box) {
    constexpr auto s1 = static_cast<unsigned>(BoxChoice::s1), last = static_cast<unsigned>(BoxChoice::linear);
    const auto now = static_cast<unsigned>(box_choice(variant, box));
    const unsigned next = now + 1 == s1 + box - 1 ? now + 2 : now + 1;
    return next > last ? BoxChoice::own : static_cast<BoxChoice>(next);
}

void choose_box(des::Variant& variant, unsigned box, BoxChoice choice) {
    des::SBox& there = variant.boxes[box - 1];
    if (choice == BoxChoice::own) there = des::s_boxes[box - 1];
    if (choice == BoxChoice::linear) there = des::linear_box();
    if (choice >= BoxChoice::s1 && choice <= BoxChoice::s8)
        there = des::s_boxes[static_cast<std::size_t>(choice) - static_cast<std::size_t>(BoxChoice::s1)];
}

void VariantBench::set(const des::Variant& variant) {
    list = variant.list();
    refresh();
}

void VariantBench::refresh() {
    if (job_ && !job_->running()) {
        job_.reset();
        facts_ = std::move(found_->facts);
        standard_ = std::move(found_->standard);
    }
    if (list == read_) return;
    read_ = list;
    fault_.clear();
    try {
        variant_ = read_variant(list, read_regular_box);
    } catch (const Error& error) {
        fault_ = error.what();
        return;
    }
    job_.reset(); // the search before has to end before its place is taken
    found_ = std::make_shared<Found>(Found{.facts = {}, .standard = standard_});
    job_ = std::make_unique<Job>([out = found_, variant = variant_](Job::Progress& progress) {
        if (out->standard.trials < trials) out->standard = facts_of({}, progress);
        out->facts = variant.is_des() ? out->standard : facts_of(variant, progress);
        return std::string();
    });
}

std::vector<FactLine> VariantBench::fact_lines() const {
    if (facts_.trials == 0 || standard_.trials == 0) return {};
    std::vector<FactLine> out{deciphering(facts_), complements(facts_), spread(facts_, standard_)};
    if (auto line = boxes(facts_, standard_)) out.push_back(std::move(*line));
    return out;
}

Opened VariantBench::opened(const Trace& trace) const {
    const Recording& r = trace.recording();
    const std::string title = variant_.is_des() ? "DES" : variant_.mark();
    const auto step = [](Direction direction) { return fmt::format("message.1/{}/block.1", name(direction)); };
    if (!r.des) {
        WorkbenchText text;
        text.key = "133457799BBCDFF1";
        text.text = "This is a message";
        const WorkbenchInput example = resolve(text);
        return {.recording = record_des(example.settings, Direction::encrypt, 0, example.data, variant_),
                .title = title,
                .go_to = step(Direction::encrypt)};
    }
    const MessageRecord& message = r.messages.front();
    const bool enciphers = message.sent.has_value();
    const Direction direction = enciphers ? Direction::encrypt : Direction::decrypt;
    return {
        .recording = record_des(*r.des, direction, (enciphers ? message.sent->iv : message.received->iv).value_or(0),
                                enciphers ? message.sent->plaintext : message.received->ciphertext, variant_),
        .title = title,
        .go_to = (enciphers ? message.sent->ciphertext : message.received->ciphertext).empty() ? std::string()
                                                                                               : step(direction)};
}

} // namespace keyhole::viz
