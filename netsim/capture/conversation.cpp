#include "netsim/capture/conversation.hpp"

#include <fmt/format.h>

#include "core/base/words.hpp"
#include "netsim/relay/eavesdropper.hpp"

namespace keyhole {
namespace {

// One end's lines, as far as they were heard.
struct Way {
    std::uint64_t missing = 0, gaps = 0, fragments = 0; // bytes, places, bytes of lines that a gap cuts
    std::string first_gap;
    std::uint64_t left_out = 0; // frames that are no part of the exchange
    std::string first_left_out;
    std::uint64_t unread = 0; // bytes from the first line on that is no frame, as for a receiver
    std::string unread_why;
};

class Listener {
  public:
    void take(const Heard& heard) {
        Way& way = way_of(heard.from);
        if (heard.gap) {
            if (heard.missing > 0 && way.gaps++ == 0) way.first_gap = place();
            way.missing += heard.missing;
            return ear_.miss(heard.from);
        }
        if (!way.unread_why.empty()) {
            way.unread += heard.line.size();
            return;
        }
        if (!heard.whole) {
            way.fragments += heard.line.size();
            return;
        }
        auto content = heard.line.size() > max_line_bytes
                           ? Fault{.code = WireCode::bad_frame, .detail = "it is too long"}
                           : decode_frame(heard.line);
        if (const auto* frame = std::get_if<Frame>(&content)) return hear(way, heard, *frame);
        if (heard.cut) {
            way.fragments += heard.line.size();
            ear_.miss(heard.from);
        } else {
            way.unread = heard.line.size();
            way.unread_why = reason_of(std::get<Fault>(content));
        }
    }

    Overheard result(std::vector<std::string> remarks) const {
        for (const Role role : every_role) add_remarks(role, remarks);
        const Recording& recording = ear_.recording();
        for (const Role role : every_role) {
            if (recording.parameters && !recording.party(role).public_key)
                remarks.push_back(
                    fmt::format("the {}'s public key is not there, so no message is part of the trace", name(role)));
        }
        return {recording, std::move(remarks)};
    }

  private:
    Way& way_of(Role role) { return ways_[static_cast<std::size_t>(role)]; }

    std::string place() const {
        const std::size_t messages = ear_.recording().messages.size();
        return messages == 0 ? "before any message" : fmt::format("after message {} of the trace", messages);
    }

    void hear(Way& way, const Heard& heard, const Frame& frame) {
        const std::string why = ear_.hear(heard.from, heard.line, frame);
        if (!why.empty() && way.left_out++ == 0) way.first_left_out = fmt::format("{}: {}", place(), why);
    }

    void add_remarks(Role role, std::vector<std::string>& remarks) const {
        const Way& way = ways_[static_cast<std::size_t>(role)];
        if (way.gaps > 0) {
            remarks.push_back(
                fmt::format("of what the {} sent {} in {} {} missing here, first {}: what stood there is unknown",
                            name(role), counted(way.missing, "byte"), counted(way.gaps, "place"),
                            singular_or(way.missing, "is", "are"), way.first_gap));
        }
        if (way.fragments > 0) {
            remarks.push_back(
                fmt::format("{} of the {}'s are no whole line (the rest of it is missing) and are left out",
                            counted(way.fragments, "byte"), name(role)));
        }
        if (way.left_out > 0) {
            remarks.push_back(fmt::format("{} of the {} {} no part of the exchange, first {}",
                                          counted(way.left_out, "line"), name(role),
                                          singular_or(way.left_out, "is", "are"), way.first_left_out));
        }
        if (!way.unread_why.empty()) {
            remarks.push_back(fmt::format("the {} left the protocol, and {} of it were not read ({})", name(role),
                                          counted(way.unread, "byte"), way.unread_why));
        }
    }

    Eavesdropper ear_;
    std::array<Way, 2> ways_{};
};

} // namespace

bool is_params(std::string_view line) {
    if (line.size() > max_line_bytes) return false;
    const auto content = decode_frame(line);
    const auto* frame = std::get_if<Frame>(&content);
    const auto* params = frame != nullptr ? std::get_if<ParamsFrame>(frame) : nullptr;
    return params != nullptr && params->protocol == protocol_name;
}

Overheard overhear(const Conversation& conversation) {
    Listener listener;
    for (const Heard& heard : conversation.heard) listener.take(heard);
    return listener.result(conversation.remarks);
}

} // namespace keyhole
