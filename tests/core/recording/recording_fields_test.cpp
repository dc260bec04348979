// Every field of the JSON of recordings altered, removed and emptied: refused with the field or the step, or, where it
// is free, a recording that replays.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "core/base/error.hpp"
#include "core/csv/csv.hpp"
#include "core/recording/recording_json.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/export.hpp"
#include "tests/support/traces.hpp"
#include "tests/support/verdict.hpp"

using namespace keyhole;
using namespace keyhole::testing;
using nlohmann::json;
using Pointer = json::json_pointer;

namespace {

// All fields, the inner ones too; "/messages/0/sent/iv".
void list(const json& value, const std::string& at, std::vector<std::string>& out) {
    if (!at.empty()) out.push_back(at);
    if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i) list(value[i], fmt::format("{}/{}", at, i), out);
    } else if (value.is_object()) {
        for (const auto& [name, inner] : value.items()) list(inner, at + "/" + name, out);
    }
}

std::vector<std::string> fields(const json& document) {
    std::vector<std::string> out;
    list(document, "", out);
    return out;
}

// "messages[1].sent.iv", as refusals name it.
std::string path(const std::string& field) {
    std::string out;
    for (std::size_t at = 1; at <= field.size();) {
        const std::size_t end = std::min(field.find('/', at), field.size());
        const std::string name = field.substr(at, end - at);
        const bool index = std::isdigit(static_cast<unsigned char>(name[0])) != 0;
        out += index ? fmt::format("[{}]", std::stoi(name) + 1) : (out.empty() ? "" : ".") + name;
        at = end + 1;
    }
    return out;
}

// Bytes that are no text stand under the name with _hex, and are missed under the one without.
std::string plain_path(const std::string& field) {
    const std::string out = path(field);
    return out.ends_with("_hex") ? out.substr(0, out.size() - 4) : out;
}

std::string last_name(const std::string& field) { return field.substr(field.rfind('/') + 1); }

// What the program says; empty where it takes the recording. Then the recording must replay: its export verifies.
std::string said(const json& document) {
    try {
        const Recording recording = recording_from_json(document.dump());
        CHECK(recording_from_json(to_json(recording)) == recording);
        const TemporaryFolder folder;
        write_csv(recording, folder.path());
        CHECK(verdict(folder.path()) == "verified");
    } catch (const Error& error) {
        CHECK(error.failure() == Failure::bad_input);
        CHECK(std::string(error.what()).find('\n') == std::string::npos);
        return error.what();
    }
    return "";
}

json other(const json& value) {
    if (value.is_boolean()) return !value.get<bool>();
    if (value.is_number()) return value.get<std::uint64_t>() + 1;
    if (value.is_string()) return altered(value.get<std::string>(), 6);
    return json::array();
}

json empty(const json& value) {
    if (value.is_string()) return "";
    if (value.is_object()) return json::object();
    if (value.is_array()) return json::array();
    return nullptr;
}

bool names_field(const std::string& what, const std::string& field) {
    return what.find(path(field)) != std::string::npos;
}

bool names_step(const std::string& what) {
    return what.starts_with("the recording disagrees with itself at ") || what.find("mixes") != std::string::npos;
}

std::vector<Recording> samples() {
    Random random = Random::seeded("fields of recordings");
    std::vector<Recording> out = random_exchanges(random);
    const Recording first = out[0], second = out[1];
    out.push_back(seen_by(Role::server, first));
    out.push_back(seen_by(Role::client, second));
    out.push_back(overheard(first));
    for (const Mode mode : {Mode::cbc, Mode::cfb1, Mode::ofb}) {
        out.push_back(random_message(mode, Direction::encrypt, random));
        out.push_back(random_message(mode, Direction::decrypt, random));
    }
    out.push_back(random_power(30, random));
    return out;
}

// What may be absent altogether.
bool is_optional(const std::string& field) {
    const std::string name = last_name(field);
    for (const char* one : {"parameters", "des", "power", "private_key", "public_key", "shared", "iv", "sent",
                            "received", "unconfirmed"}) {
        if (name == one) return true;
    }
    return plain_path(field).ends_with("].received.plaintext");
}

} // namespace

TEST_CASE("A field of another kind is refused by its name", "[recording][fields]") {
    for (const Recording& recording : samples()) {
        const json right = json::parse(to_json(recording));
        for (const std::string& field : fields(right)) {
            CAPTURE(path(field));
            for (const json& wrong : {json(nullptr), json(1.5), json(-1), json::array({1}), json("\u00e9\x01 none")}) {
                const json& was = right.at(Pointer(field));
                if (was.type() == wrong.type()) continue;
                json changed = right;
                changed[Pointer(field)] = wrong;
                const std::string what = said(changed);
                CHECK(names_field(what, field));
            }
        }
    }
}

TEST_CASE("A field that is missing is named, or the step that goes without it", "[recording][fields]") {
    for (const Recording& recording : samples()) {
        const json right = json::parse(to_json(recording));
        for (const std::string& field : fields(right)) {
            CAPTURE(path(field));
            json changed = right;
            const Pointer pointer(field);
            json& parent = changed.at(pointer.parent_pointer());
            if (parent.is_array()) continue; // whole messages: below
            parent.erase(last_name(field));
            const std::string what = said(changed);
            if (is_optional(field)) {
                CHECK((what.empty() || names_step(what)));
            } else {
                CHECK(what == fmt::format("this is no recording of keyhole ({} is missing; record it anew)",
                                          plain_path(field)));
            }
        }
    }
}

TEST_CASE("An emptied field is refused, or it is a text", "[recording][fields]") {
    for (const Recording& recording : samples()) {
        const json right = json::parse(to_json(recording));
        for (const std::string& field : fields(right)) {
            json changed = right;
            json& value = changed[Pointer(field)];
            const json before = value;
            value = empty(value);
            if (value == before) continue;
            const std::string what = said(changed);
            CAPTURE(path(field), what);
            // A recording may end anywhere, the last message before its frame; the name of a group is free.
            const bool may_end = field == "/messages" || (field == "/messages/3/sent/frame" && what.empty());
            if (may_end || field == "/parameters/group") continue;
            CHECK((names_field(what, field) || names_step(what) || what.find("another format") != std::string::npos));
        }
    }
}

TEST_CASE("An altered field is refused with the step, or it is free", "[recording][fields]") {
    std::set<std::string> free;
    for (const Recording& recording : samples()) {
        const json right = json::parse(to_json(recording));
        for (const std::string& field : fields(right)) {
            json changed = right;
            json& value = changed[Pointer(field)];
            if (value.is_structured()) continue;
            value = other(value);
            const std::string what = said(changed);
            CAPTURE(path(field), what);
            if (what.empty()) {
                free.insert(last_name(field));
            } else {
                CHECK(
                    (names_field(what, field) || names_step(what) || what.find("another format") != std::string::npos));
            }
        }
    }
    // Who only listens can check neither g nor a public key; an exponentiation has nothing to be checked by.
    CHECK(free == std::set<std::string>{"agreed", "base", "exponent", "g", "group", "modulus", "public_key"});
}

TEST_CASE("A message that is gone, there twice or elsewhere is told by its seq", "[recording][fields]") {
    Random random = Random::seeded("messages of recordings");
    for (const Recording& recording : random_exchanges(random)) {
        const json right = json::parse(to_json(recording));
        const std::string tail = " (its seq is not the next; record the exchange anew)",
                          head = "the recording disagrees with itself at message.";
        for (std::size_t i = 0; i < 4; ++i) {
            CAPTURE(i);
            json gone = right, twice = right;
            gone["messages"].erase(i);
            twice["messages"].insert(twice["messages"].begin() + static_cast<std::ptrdiff_t>(i), right["messages"][i]);
            // Messages 1 and 4 are the client's, 2 and 3 the server's: the last of a direction may be missing.
            const bool last = i >= 2;
            CHECK(said(gone) == (last ? "" : fmt::format("{}{}{}", head, i == 0 ? 3 : 2, tail)));
            CHECK(said(twice) == fmt::format("{}{}{}", head, i + 2, tail));
        }
    }
}
