#include "core/practice/practice_kinds.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/choice.hpp"
#include "core/base/words.hpp"

namespace keyhole::practice {
namespace {

struct KindLine {
    QuestionKind kind;
    std::string_view name, words;
    bool des, dh;
};

// clang-format off
constexpr std::array table = {
    KindLine{QuestionKind::ip,         "ip",       "the initial permutation",        true,  false},
    KindLine{QuestionKind::expand,     "expand",   "the expansion E",                true,  false},
    KindLine{QuestionKind::mix,        "mix",      "the subkey mixed in",            true,  false},
    KindLine{QuestionKind::sbox,       "sbox",     "the S-boxes",                    true,  false},
    KindLine{QuestionKind::permute,    "permute",  "the permutation P",              true,  false},
    KindLine{QuestionKind::join,       "join",     "the halves joined",              true,  false},
    KindLine{QuestionKind::fp,         "fp",       "the final permutation",          true,  false},
    KindLine{QuestionKind::schedule,   "schedule", "the key schedule",               true,  false},
    KindLine{QuestionKind::pad,        "pad",      "padding",                        true,  false},
    KindLine{QuestionKind::chain,      "chain",    "blocks chained",                 true,  false},
    KindLine{QuestionKind::parity,     "parity",   "parity bits of keys",            true,  false},
    KindLine{QuestionKind::weak,       "weak",     "weak keys",                      true,  false},
    KindLine{QuestionKind::modexp,     "modexp",   "square and multiply",            false, true},
    KindLine{QuestionKind::public_key, "public",   "public keys",                    false, true},
    KindLine{QuestionKind::shared,     "shared",   "shared secrets",                 false, true},
    KindLine{QuestionKind::derive,     "derive",   "from the secret to the DES key", false, true},
    KindLine{QuestionKind::order,      "order",    "steps put in order",             true,  false},
};
// clang-format on
static_assert(std::ranges::equal(table, every_kind, {}, &KindLine::kind));

const KindLine& line(QuestionKind kind) { return table[static_cast<std::size_t>(kind)]; }

bool belongs(QuestionKind kind, Topic topic) {
    return topic == Topic::all || (topic == Topic::des ? line(kind).des : line(kind).dh);
}

} // namespace

std::string_view name(QuestionKind kind) { return line(kind).name; }

std::string_view name(Topic topic) { return topic == Topic::des ? "des" : topic == Topic::dh ? "dh" : "all"; }

Topic topic_named(std::string_view name) { return chosen(every_topic, "topic", name); }

std::string_view words(QuestionKind kind) { return line(kind).words; }

std::vector<QuestionKind> kinds_of(Topic topic) {
    std::vector<QuestionKind> out;
    for (const QuestionKind kind : every_kind) {
        if (belongs(kind, topic)) out.push_back(kind);
    }
    return out;
}

std::vector<QuestionKind> read_kinds(std::string_view list, Topic topic) {
    if (trimmed(list).empty()) return kinds_of(topic);
    std::array<bool, every_kind.size()> wanted{};
    for (const std::string_view part : split(list, ",")) {
        const std::string_view word = trimmed(part);
        if (word.empty()) continue;
        const QuestionKind kind = chosen(every_kind, "kind", word);
        if (!belongs(kind, topic)) {
            throw bad_input(fmt::format("no kind {} in practice {} (it belongs to {}; leave the topic out or take {})",
                                        name(kind), name(topic), topic == Topic::des ? "dh" : "des",
                                        topic == Topic::des ? "dh" : "des"));
        }
        wanted[static_cast<std::size_t>(kind)] = true;
    }
    std::vector<QuestionKind> out;
    for (const QuestionKind kind : every_kind) {
        if (wanted[static_cast<std::size_t>(kind)]) out.push_back(kind);
    }
    if (out.empty()) throw bad_input("--kinds names none (only commas stand there; name some, such as sbox,mix)");
    return out;
}

} // namespace keyhole::practice
