#include "viz/pages/attack/attack_scene.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/attack/search_times.hpp"
#include "core/base/bytes.hpp"
#include "core/base/words.hpp"

namespace keyhole::viz {
namespace {

constexpr std::size_t server_place = 0, client_place = 2; // the eavesdropper stands between them
constexpr std::size_t longest_heard = 8;                  // bytes of a ciphertext
constexpr std::size_t longest_text = 40;                  // bytes of an opened text

// A message as it crosses the wire.
std::string on_the_wire(const MessageRecord& message) {
    const Bytes* bytes = nullptr;
    if (message.sent) bytes = &message.sent->ciphertext;
    if (message.received) bytes = &message.received->ciphertext;
    if (bytes == nullptr || bytes->empty()) return "0 bytes";
    const ByteView all(*bytes);
    return to_hex(all.first(std::min(all.size(), longest_heard))) + (all.size() > longest_heard ? "\u2026" : "");
}

std::string opened_words(const OpenedMessage& message) {
    if (!message.reads) return "does not decrypt";
    const std::string_view head = whole_characters(message.text, longest_text);
    return fmt::format("\u201C{}{}\u201D", head, head.size() < message.text.size() ? "\u2026" : "");
}

} // namespace

std::size_t AttackFound::count() const { return shows_key(*this) + (key ? opened.size() : 0); }

AttackFound found_by(const Attack& attack) {
    return {.exponent = attack.found_exponent(),
            .secret = attack.found_secret(),
            .key = attack.found_key(),
            .opened = attack.opened()};
}

std::size_t shows_key(const AttackFound& found) {
    return (found.exponent ? 1U : 0U) + (found.secret ? 1U : 0U) + (found.key ? 1U : 0U);
}

Scene attack_scene(const Recording& recording, const AttackFound& found, std::size_t shown) {
    Scene scene = exchange_scene(recording); // the server first, the client second
    scene.fingerprints.clear();
    ScenePerson listener{"Eavesdropper", Ink::error, {}, true};
    const auto know = [&](std::string name, const std::optional<std::string>& value, Ink ink) {
        const bool known = value && shown > 0;
        if (known) --shown;
        listener.facts.push_back({std::move(name), known ? *value : "?", known ? ink : Ink::error});
    };
    const auto number = [](const std::optional<Number>& n) {
        return n ? std::optional(scene_number(*n)) : std::nullopt;
    };
    know("a", number(found.exponent), Ink::secret);
    know("b", std::nullopt, Ink::secret);
    know("s", number(found.secret), Ink::secret);
    know("key", found.key ? std::optional(scene_key(*found.key)) : std::nullopt, Ink::key);
    scene.people.insert(scene.people.begin() + 1, std::move(listener));

    const std::size_t first_message = scene.arrows.size() - recording.messages.size();
    for (std::size_t i = 0; i < scene.arrows.size(); ++i) {
        SceneArrow& arrow = scene.arrows[i];
        std::tie(arrow.from, arrow.to) = arrow.from == 0 ? std::pair(server_place, client_place) //
                                                         : std::pair(client_place, server_place);
        if (i < first_message) {
            arrow.heard = arrow.words;
            continue;
        }
        // What goes by is no text, however well the two at its ends know it.
        arrow.words = "ciphertext";
        arrow.heard = on_the_wire(recording.messages[i - first_message]);
        arrow.heard_ink = Ink::muted;
        const auto opened = std::ranges::find(found.opened, i - first_message + 1, &OpenedMessage::number);
        if (!found.key || opened == found.opened.end()) continue;
        if (static_cast<std::size_t>(opened - found.opened.begin()) >= shown) continue;
        arrow.heard = opened_words(*opened);
        arrow.heard_ink = opened->reads ? Ink::key : Ink::error;
    }
    scene.kept_arrows = first_message;
    return scene;
}

void tell_attack(Scene& scene, const Attack& attack) {
    const auto going_on = [&](std::string_view what, std::string_view unit) {
        scene.verdict =
            fmt::format("{}: {:.1f} %, {} {}/s", what, 100 * attack.share(), short_number(attack.rate()), unit);
        scene.verdict_ink = Ink::current;
    };
    if (attack.work() == Attack::Work::search) {
        going_on(fmt::format("It tries 2^{} keys", attack.bits()), "keys");
    } else if (attack.work() == Attack::Work::log) {
        going_on("It looks for an a with g^a = A", "multiplications");
    } else if (attack.waits()) {
        scene.verdict = "It measures how fast this machine is, and then begins.";
        scene.verdict_ink = Ink::current;
    } else if (!attack.words().empty()) {
        scene.verdict = capitalised(attack.words()) + ".";
        scene.verdict_ink = attack.failed() ? Ink::error : Ink::text;
    } else {
        scene.verdict = "It hears every line, and has no key.";
    }
}

} // namespace keyhole::viz
