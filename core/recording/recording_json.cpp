// Writing and reading a document stand in one file, side by side: a field that is added to one must be added to the
// other.
#include "core/recording/recording_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/recording/json_object.hpp"
#include "core/recording/recording_check.hpp"

namespace keyhole {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::string_view format_name = "keyhole-recording/1";
constexpr int max_depth = 6;
constexpr std::uint64_t max_values = 8'000'000; // a document of 256 MiB could hold a hundred million

// How far loading or saving is after each of its parts (the file, JSON, messages, checks), in percent.
constexpr std::uint64_t whole = 100, file_read = 5, parsed = 50, converted = 60, dumped = 80;

const RecordingProgress no_progress;

// Thrown when `progress` says stop, and caught in this file.
struct Stopped {};

// Reports to `progress`, which may be absent.
class Report {
  public:
    explicit Report(const RecordingProgress& progress) : progress_(&progress) {}

    void operator()(std::uint64_t share) const {
        if (*progress_ && !(*progress_)(share, whole)) throw Stopped();
    }
    // `done` of `all` on the way from one share to the next.
    void operator()(std::uint64_t from, std::uint64_t to, std::size_t done, std::size_t all) const {
        (*this)(from + (to - from) * done / std::max<std::size_t>(all, 1));
    }

  private:
    const RecordingProgress* progress_;
};

// ---- writing ----

std::string block_text(des::Block block) { return fmt::format("0x{:016X}", block); }

// Text where it is text, else hex under the name with `_hex`: no byte is lost, and people can read the file.
void put_octets(ordered_json& object, const std::string& field, const std::string& bytes) {
    if (is_utf8(bytes)) {
        object[field] = bytes;
    } else {
        object[field + "_hex"] = to_hex(to_bytes(bytes));
    }
}

void put_number(ordered_json& object, const char* field, const std::optional<Number>& number) {
    if (number) object[field] = to_text(*number);
}

void put_iv(ordered_json& object, const std::optional<des::Block>& iv) {
    if (iv) object["iv"] = block_text(*iv);
}

ordered_json party_json(const PartyRecord& party) {
    ordered_json out;
    out["agreed"] = party.agreed;
    put_number(out, "private_key", party.private_key);
    put_number(out, "public_key", party.public_key);
    put_number(out, "shared", party.shared);
    out["derived"] = party.derived;
    return out;
}

ordered_json message_json(const MessageRecord& message) {
    ordered_json out;
    out["sender"] = name(message.sender);
    out["seq"] = message.seq;
    if (message.sent) {
        ordered_json& sent = out["sent"];
        put_octets(sent, "plaintext", to_string(message.sent->plaintext));
        put_iv(sent, message.sent->iv);
        sent["ciphertext"] = to_hex(message.sent->ciphertext);
        put_octets(sent, "frame", message.sent->frame);
        if (message.sent->unconfirmed) sent["unconfirmed"] = true;
    }
    if (message.received) {
        ordered_json& received = out["received"];
        put_octets(received, "frame", message.received->frame);
        put_iv(received, message.received->iv);
        received["ciphertext"] = to_hex(message.received->ciphertext);
        received["padded"] = to_hex(message.received->padded);
        if (message.received->plaintext) put_octets(received, "plaintext", to_string(*message.received->plaintext));
    }
    return out;
}

ordered_json document(const Recording& recording, const Report& report) {
    ordered_json out;
    out["format"] = format_name;
    out["connected"] = recording.connected;
    if (recording.parameters) {
        ordered_json& parameters = out["parameters"];
        put_octets(parameters, "group", recording.parameters->group);
        parameters["p"] = to_text(recording.parameters->p);
        parameters["g"] = to_text(recording.parameters->g);
        parameters["kdf"] = dh::name(recording.parameters->kdf);
        parameters["mode"] = name(recording.parameters->mode);
    }
    for (const Role role : every_role) {
        out[std::string(name(role))] = party_json(recording.party(role));
    }
    if (recording.des) {
        out["des"] = {{"key", block_text(recording.des->key)},
                      {"mode", name(recording.des->mode)},
                      {"padding", name(recording.des->padding)}};
    }
    if (!recording.variant.is_des()) out["variant"] = recording.variant.list();
    if (recording.power) {
        out["power"] = {{"base", to_text(recording.power->base)},
                        {"exponent", to_text(recording.power->exponent)},
                        {"modulus", to_text(recording.power->modulus)}};
    }
    ordered_json& messages = out["messages"] = ordered_json::array();
    for (const MessageRecord& message : recording.messages) {
        report(0, converted, messages.size(), recording.messages.size());
        messages.push_back(message_json(message));
    }
    return out;
}

// ---- reading ----

PartyRecord read_party(const JsonObject& in) {
    return {.agreed = in.boolean("agreed"),
            .private_key = in.optional_number("private_key"),
            .public_key = in.optional_number("public_key"),
            .shared = in.optional_number("shared"),
            .derived = in.boolean("derived")};
}

MessageRecord read_message(const JsonObject& in) {
    MessageRecord out{.sender = in.word("sender", find_role), .seq = in.count("seq"), .sent = {}, .received = {}};
    if (in.has("sent")) {
        const JsonObject sent = in.object("sent");
        out.sent = SentMessage{.plaintext = sent.octets("plaintext"),
                               .iv = sent.optional_block("iv"),
                               .ciphertext = sent.hex("ciphertext"),
                               .frame = to_string(sent.octets("frame")),
                               .unconfirmed = sent.has("unconfirmed") && sent.boolean("unconfirmed")};
    }
    if (in.has("received")) {
        const JsonObject received = in.object("received");
        out.received = ReceivedMessage{.frame = to_string(received.octets("frame")),
                                       .iv = received.optional_block("iv"),
                                       .ciphertext = received.hex("ciphertext"),
                                       .padded = received.hex("padded"),
                                       .plaintext = {}};
        if (received.has("plaintext") || received.has("plaintext_hex")) {
            out.received->plaintext = received.octets("plaintext");
        }
    }
    return out;
}

// As it was written: a list that is written otherwise was not written by this program, or names a file.
des::Variant read_variant_list(const std::string& list) {
    const des::Variant variant = des::parse_variant(list);
    if (variant.list() == list && !variant.is_des()) return variant;
    throw bad_input(fmt::format("the recording's variant '{}' is not in its shortest form ({}; record it anew)",
                                excerpt(list), excerpt(variant.list())));
}

json parse(std::string_view text, const Report& report) {
    constexpr std::uint64_t values_between_reports = 64;
    std::uint64_t values = 0;
    const auto within_bounds = [&](int depth, json::parse_event_t, json&) {
        if (depth > max_depth || ++values > max_values) {
            throw bad_input(
                "this is no recording of keyhole (it is nested too deeply or has too many values; check the name)");
        }
        if (values % values_between_reports == 0) report(file_read);
        return true;
    };
    try {
        return json::parse(text, within_bounds);
    } catch (const json::parse_error& error) {
        throw bad_input(
            fmt::format("this is no recording of keyhole (no JSON at byte {}; check the name)", error.byte));
    } catch (const json::out_of_range&) {
        throw bad_input("this is no recording of keyhole (it holds a number that is too large; check the name)");
    }
}

Recording from_json(std::string_view text, const Report& report) {
    const json document = parse(text, report);
    report(parsed);
    const JsonObject in(document, "");
    if (in.text("format") != format_name) {
        throw bad_input(
            fmt::format("this recording has another format ({} is read here; record it anew)", format_name));
    }
    Recording out;
    out.connected = in.boolean("connected");
    if (in.has("parameters")) {
        const JsonObject parameters = in.object("parameters");
        out.parameters = Parameters{.group = to_string(parameters.octets("group")),
                                    .p = parameters.number("p"),
                                    .g = parameters.number("g"),
                                    .kdf = parameters.word("kdf", dh::find_kdf),
                                    .mode = parameters.word("mode", find_chat_mode)};
    }
    for (const Role role : every_role) {
        out.party(role) = read_party(in.object(std::string(name(role))));
    }
    if (in.has("des")) {
        const JsonObject des = in.object("des");
        out.des = DesSettings{
            .key = des.block("key"), .mode = des.word("mode", find_mode), .padding = des.word("padding", find_padding)};
    }
    if (in.has("variant")) out.variant = read_variant_list(in.text("variant"));
    if (in.has("power")) {
        const JsonObject power = in.object("power");
        out.power = PowerSettings{
            .base = power.number("base"), .exponent = power.number("exponent"), .modulus = power.number("modulus")};
    }
    const json& messages = in.array("messages");
    out.messages.reserve(messages.size());
    for (std::size_t i = 0; i < messages.size(); ++i) {
        report(parsed, converted, i, messages.size());
        out.messages.push_back(read_message({messages[i], fmt::format("messages[{}]", i + 1)}));
    }
    check_recording(out, [&](std::size_t i) { report(converted, whole, i, out.messages.size()); });
    return out;
}

} // namespace

std::string to_json(const Recording& recording) { return document(recording, Report(no_progress)).dump(2) + "\n"; }

Recording recording_from_json(std::string_view text) { return from_json(text, Report(no_progress)); }

void save_recording(const Recording& recording, const std::filesystem::path& path) {
    write_file(path, to_json(recording), Readers::owner);
}

std::optional<std::uintmax_t> save_recording(const Recording& recording, const std::filesystem::path& path,
                                             const RecordingProgress& progress) {
    const Report report(progress);
    try {
        const std::string text = document(recording, report).dump(2) + "\n";
        FileWriter out(path, Readers::owner);
        for (std::size_t at = 0; at < text.size(); at += FileWriter::buffer_size) {
            report(dumped, whole, at, text.size());
            out.write(std::string_view(text).substr(at, FileWriter::buffer_size));
        }
        out.commit();
        return text.size();
    } catch (const Stopped&) {
        return std::nullopt;
    }
}

std::optional<Recording> recording_from_json(std::string_view text, const RecordingProgress& progress) {
    try {
        const Report report(progress);
        report(file_read);
        return from_json(text, report);
    } catch (const Stopped&) {
        return std::nullopt;
    }
}

} // namespace keyhole
