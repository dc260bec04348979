#include "viz/scene/scene.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"
#include "core/base/words.hpp"
#include "core/recording/fingerprint.hpp"
#include "viz/base/meaning.hpp"

namespace keyhole::viz {
namespace {

constexpr std::size_t longest_text = 40;    // characters of a message beside its arrow
constexpr std::size_t longest_decimal = 40; // bits
constexpr std::size_t ends = 4;             // digits of hex that are left of a longer number, at either end

void add(std::vector<SceneFact>& facts, std::string name, const std::optional<Number>& number, Ink ink) {
    if (number) facts.push_back({std::move(name), scene_number(*number), ink});
}

std::string ciphertext_words(const MessageRecord& message) {
    const std::size_t bytes = message.received ? message.received->ciphertext.size()
                              : message.sent   ? message.sent->ciphertext.size()
                                               : 0;
    return fmt::format("{} of ciphertext", counted(bytes, "byte"));
}

SceneArrow message_arrow(const MessageRecord& message) {
    const bool server = message.sender == Role::server;
    SceneArrow arrow{.from = server ? 0U : 1U, .to = server ? 1U : 0U, .words = {}};
    const Bytes* text = nullptr;
    if (message.sent) text = &message.sent->plaintext;
    if (message.received && message.received->plaintext) text = &*message.received->plaintext;
    arrow.words = text != nullptr ? "\u201C" + excerpt(std::string(text->begin(), text->end()), longest_text) + "\u201D"
                                  : ciphertext_words(message);
    return arrow;
}

// A large p is told by its size and comes last: where there is little room g is seen.
std::string parameter_words(const Parameters& known) {
    const std::size_t bits = bit_length(known.p);
    return bits > longest_decimal ? fmt::format("g = {}, p: {}", scene_number(known.g), counted(bits, "bit"))
                                  : fmt::format("p = {}, g = {}", scene_number(known.p), scene_number(known.g));
}

} // namespace

std::string scene_number(const Number& number) {
    if (bit_length(number) <= longest_decimal) return to_text(number);
    const std::string digits = to_prefixed_hex(number);
    return digits.substr(0, 2 + ends) + "\u2026" + digits.substr(digits.size() - ends);
}

std::string scene_key(std::uint64_t key) { return fmt::format("{:016X}", key); }

std::vector<SceneFact> known_facts(const Recording& recording, Role role) {
    const PartyRecord& party = recording.party(role);
    const bool server = role == Role::server;
    std::vector<SceneFact> facts;
    add(facts, server ? "a" : "b", party.private_key, Ink::secret);
    add(facts, server ? "A" : "B", party.public_key, Ink::text);
    add(facts, "s", party.shared, Ink::secret);
    if (const auto key = session_key(recording, role)) facts.push_back({"key", scene_key(*key), Ink::key});
    return facts;
}

Scene exchange_scene(const Recording& recording) {
    Scene scene;
    for (const Role role : every_role)
        scene.people.push_back(
            {role == Role::server ? "Server" : "Client", ink_of(meaning_of(role)), known_facts(recording, role)});
    if (recording.parameters) scene.arrows.push_back({0, 1, parameter_words(*recording.parameters)});
    for (const Role role : every_role) {
        const bool server = role == Role::server;
        const auto& key = recording.party(role).public_key;
        if (key && recording.party(other(role)).agreed)
            scene.arrows.push_back(
                {server ? 0U : 1U, server ? 1U : 0U, fmt::format("{} = {}", server ? "A" : "B", scene_number(*key))});
    }
    for (const MessageRecord& message : recording.messages) scene.arrows.push_back(message_arrow(message));
    if (const auto digits = fingerprint(recording)) scene.fingerprints.push_back({"fingerprint", *digits, Ink::secret});
    return scene;
}

} // namespace keyhole::viz
