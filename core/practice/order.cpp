#include "core/practice/order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "core/practice/pick.hpp"

namespace keyhole::practice {
namespace {

constexpr OrderPart round_parts[] = {
    {"expand", "expansion E of the right half"},
    {"mix", "the subkey mixed in"},
    {"sbox", "the eight S-boxes"},
    {"permute", "permutation P of what the boxes gave"},
    {"join", "what f gave added to the left half; the old right half becomes the left one"},
};
constexpr OrderPart round_decoys[] = {
    {"permute-first", "permutation P of the right half, before the boxes"},
    {"swap", "the halves swapped once more, as after round 16"},
    {"ip", "the initial permutation"},
    {"pc2", "permuted choice 2 of the left half"},
    {"sbox-left", "the eight S-boxes on the left half"},
};

constexpr OrderPart block_parts[] = {
    {"ip", "the initial permutation"}, {"round.1", "round 1"},          {"round.16", "round 16"},
    {"swap", "the halves swapped"},    {"fp", "the final permutation"},
};
constexpr OrderPart block_decoys[] = {
    {"fp-unswapped", "the final permutation of L16 R16, without the swap"},
    {"permute", "permutation P of the whole block"},
    {"ip-again", "the initial permutation once more"},
    {"swap-first", "the halves swapped before round 1"},
};

constexpr std::string_view round_rule =
    "f is made of the right half, and each part needs what another one gives: look at the widths. The subkey has as "
    "many bits as E makes of the half; a box takes six bits and gives four; P takes as many as all boxes give. Only "
    "then does the left half come in. {} not belong to a round.";
constexpr std::string_view block_rule =
    "Deciphering has to be the same machine with the subkeys in the other order: so what stands at the end undoes what "
    "stands at the beginning, and between the rounds and the end something makes up for the halves that changed places "
    "once too often. {} not belong here.";

template <std::size_t N, std::size_t M>
void fill(Question& question, const OrderPart (&right)[N], const OrderPart (&decoys)[M], std::string_view rule,
          Random& random) {
    std::vector<std::size_t> wrong(M);
    std::iota(wrong.begin(), wrong.end(), std::size_t{0});
    shuffle(random, wrong);
    const std::size_t decoy_count = 1 + pick(random, 2);
    std::vector<OrderPart> parts(std::begin(right), std::end(right));
    for (std::size_t i = 0; i < decoy_count; ++i) parts.push_back(decoys[wrong[i]]);
    std::vector<std::size_t> places(parts.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    do {
        shuffle(random, places);
    } while (std::ranges::is_sorted(places)); // it would be in order already
    std::vector<std::size_t> numbers(N);
    for (std::size_t i = 0; i < places.size(); ++i) {
        question.parts.push_back(parts[places[i]]);
        if (places[i] < N) numbers[places[i]] = i + 1;
    }
    question.expected = Word{fmt::format("{}", fmt::join(numbers, " "))};
    for (const OrderPart& part : right)
        question.explanation +=
            fmt::format("{}{}", question.explanation.empty() ? "In order: " : ", then ", part.phrase);
    question.explanation += '.';
    question.rule = fmt::format(fmt::runtime(rule), decoy_count == 1 ? "One of the parts does" : "Two of the parts do");
}

} // namespace

std::optional<Question> order_at(const Trace& trace, const Node& node, Random& random) {
    if (node.kind() != Kind::round && node.kind() != Kind::block) return std::nullopt;
    // The order is that of DES: a variant may lack a part of it.
    const des::Variant& variant = trace.recording().variant;
    if (node.kind() == Kind::block ? !variant.is_des() : !variant.has_p) return std::nullopt;
    const Step step = trace.step(node);
    Question question;
    question.kind = QuestionKind::order;
    question.node = node;
    question.address = step.address;
    question.title = step.title;
    question.ask = "order";
    if (node.kind() == Kind::round) {
        fill(question, round_parts, round_decoys, round_rule, random);
        question.explanation += " " + step.explanation;
    } else {
        fill(question, block_parts, block_decoys, block_rule, random);
    }
    return question;
}

} // namespace keyhole::practice
