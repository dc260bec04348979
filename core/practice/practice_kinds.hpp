// The kinds of questions, and the two topics that they belong to.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace keyhole::practice {

// clang-format off
enum class QuestionKind {
    ip, expand, mix, sbox, permute, join, fp, schedule,
    pad, chain, parity, weak,
    modexp, public_key, shared, derive,
    order,
};
// clang-format on

inline constexpr std::array every_kind = {
    QuestionKind::ip,     QuestionKind::expand, QuestionKind::mix,      QuestionKind::sbox,       QuestionKind::permute,
    QuestionKind::join,   QuestionKind::fp,     QuestionKind::schedule, QuestionKind::pad,        QuestionKind::chain,
    QuestionKind::parity, QuestionKind::weak,   QuestionKind::modexp,   QuestionKind::public_key, QuestionKind::shared,
    QuestionKind::derive, QuestionKind::order};

enum class Topic { des, dh, all };
inline constexpr std::array every_topic = {Topic::des, Topic::dh, Topic::all};

/// "sbox", as --kinds takes it.
std::string_view name(QuestionKind kind);
std::string_view name(Topic topic);

/// What it is about, a few words for people.
std::string_view words(QuestionKind kind);

/// In any case of letters. Throws Error (bad_input).
Topic topic_named(std::string_view name);

/// The kinds of a topic, in their order.
std::vector<QuestionKind> kinds_of(Topic topic);

/// The kinds that a list with commas names, each once, in the order of every_kind; all of the topic where it is empty.
/// Throws Error (bad_input) for a name that is none, and for a kind of the other topic.
std::vector<QuestionKind> read_kinds(std::string_view list, Topic topic);

} // namespace keyhole::practice
