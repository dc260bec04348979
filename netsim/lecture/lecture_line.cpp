#include "netsim/lecture/lecture_line.hpp"

#include <nlohmann/json.hpp>

#include "core/base/error.hpp"
#include "core/recording/recording_json.hpp"

namespace keyhole {
namespace {

using nlohmann::json;

constexpr int deepest = 12; // levels of JSON
constexpr const char* covered = "covered";
constexpr const char *later = "later", *step = "step";

// A word that nobody knows yet is passed over, as a field would be.
LectureCover cover_of(const json& line) {
    const json word = line.value(covered, json());
    return word == step ? LectureCover::step : word == later ? LectureCover::later : LectureCover::nothing;
}

} // namespace

std::string place_line(const std::string& address, LectureCover cover) {
    json line{{"type", "at"}, {"address", address}};
    if (cover != LectureCover::nothing) line[covered] = cover == LectureCover::step ? step : later;
    return line.dump();
}

std::string recording_line(const Recording& recording) {
    return json{{"type", "recording"}, {"recording", json::parse(to_json(recording))}}.dump();
}

LectureLine read_lecture_line(std::string_view line) {
    const auto shallow = [](int depth, json::parse_event_t, json&) {
        if (depth > deepest) throw bad_input("nested too deeply");
        return true;
    };
    try {
        const json object = json::parse(line, shallow, false);
        const json type = object.is_object() ? object.value("type", json()) : json();
        if (type == "at" && object.contains("address") && object["address"].is_string()) {
            std::string address = object["address"].get<std::string>();
            if (address.size() <= longest_place) return LecturePlace{std::move(address), cover_of(object)};
        } else if (type == "recording" && object.contains("recording")) {
            return LectureRecording{object["recording"].dump(-1, ' ', false, json::error_handler_t::replace)};
        } else if (type.is_string() && type != "at" && type != "recording" && type != "error") {
            return LectureOther{};
        }
    } catch (const Error&) {
        return {};
    }
    return {};
}

} // namespace keyhole
