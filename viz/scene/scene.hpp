// A conversation as a picture for the whole hall: people with what they know, lifelines below them, what they sent to
// each other, and what that comes to. The pages of the live exchange, of the relay and of the attack make one each.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/recording/recording.hpp"
#include "viz/picture/ink.hpp"

namespace keyhole::viz {

/// A number that somebody knows: "a", "6".
struct SceneFact {
    std::string name, value;
    Ink ink = Ink::text;
};

struct ScenePerson {
    std::string name;
    Ink ink = Ink::text;
    std::vector<SceneFact> facts;
    bool listens = false; // only hears what the others send: its lifeline is dashed
};

/// Something that goes, or went, from one person to another; they are counted from 0 in the order of `people`.
struct SceneArrow {
    enum class Fate { arrived, waits, altered, lost };

    std::size_t from = 0, to = 0;
    std::string words;
    Fate fate = Fate::arrived;
    // What falls to the one who listens, on the lifeline between the two; empty where nobody listens.
    std::string heard{};
    Ink heard_ink = Ink::text;
};

struct Scene {
    std::vector<ScenePerson> people; // from left to right, two or three
    std::vector<SceneArrow> arrows; // where there is no room for all, the last ones are drawn, and so many of the first
    std::size_t kept_arrows = 0;
    bool dense = false; // in a low room: facts and arrows lie closer
    // The fingerprints that two people read to each other, and whether they are the same.
    std::vector<SceneFact> fingerprints;
    std::string verdict; // one sentence, in large type
    Ink verdict_ink = Ink::text;
};

/// Server and client with what this recording knows of them, and what they sent.
Scene exchange_scene(const Recording& recording);

/// What one party of a recording knows, shortest form: its keys, the secret, the DES key.
std::vector<SceneFact> known_facts(const Recording& recording, Role role);

/// A number as a scene has room for it: "18", "0x1A2B\u20267A8B".
std::string scene_number(const Number& number);
/// A DES key: 16 digits of hex.
std::string scene_key(std::uint64_t key);

} // namespace keyhole::viz
