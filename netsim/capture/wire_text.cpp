#include "netsim/capture/wire_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/words.hpp"
#include "netsim/protocol/message.hpp"
#include "netsim/relay/eavesdropper.hpp"

namespace keyhole {
namespace {

// Decides who sent the lines of one conversation.
class Attribution {
  public:
    explicit Attribution(std::size_t first_line) : first_line_(first_line), last_line_(first_line) {}

    void take(std::size_t number, const std::string& line, const Frame& frame) {
        last_line_ = number;
        if (std::holds_alternative<ParamsFrame>(frame)) {
            put(Role::server, line);
        } else if (std::holds_alternative<PublicKeyFrame>(frame)) {
            put(keys_++ == 0 ? Role::server : Role::client, line);
        } else if (const auto* message = std::get_if<MessageFrame>(&frame)) {
            take_message(*message, line);
        } // who says bye or refuses is not recorded
    }

    Conversation result() {
        Conversation out{.name = first_line_ == last_line_ ? fmt::format("line {}", first_line_)
                                                           : fmt::format("lines {} to {}", first_line_, last_line_),
                         .heard = std::move(heard_),
                         .remarks = {}};
        if (keys_ > 0) {
            out.remarks.emplace_back(
                "who sent a line is not in a text: the first public key is taken as the server's (a server need not "
                "wait before it sends its own)");
        }
        if (undecided_ > 0) {
            out.remarks.push_back(
                fmt::format("{} could be from either end by {} seq: taken in turns, the first one as the client's",
                            counted(undecided_, "message"), singular_or(undecided_, "its", "their")));
        }
        for (const Role role : every_role) {
            const std::uint64_t missing = missing_[static_cast<std::size_t>(role)];
            if (missing == 0) continue;
            out.remarks.push_back(fmt::format("by their seq {} of the {} {} missing", counted(missing, "message"),
                                              name(role), singular_or(missing, "is", "are")));
        }
        return out;
    }

  private:
    void put(Role from, const std::string& line) { heard_.push_back({.from = from, .line = line}); }
    std::uint64_t next(Role role) const { return last_seq_[static_cast<std::size_t>(role)] + 1; }

    // From the end to which fewer messages would then be missing.
    void take_message(const MessageFrame& message, const std::string& line) {
        const Role turn = last_sender_ ? other(*last_sender_) : Role::client;
        Role from = turn;
        if (next(turn) == next(other(turn))) {
            undecided_ += message.seq >= next(turn) ? 1 : 0;
        } else {
            const Role ahead = next(turn) > next(other(turn)) ? turn : other(turn);
            from = message.seq >= next(ahead) ? ahead : other(ahead);
        }
        if (message.seq >= next(from)) {
            missing_[static_cast<std::size_t>(from)] += message.seq - next(from);
            if (message.seq > next(from)) heard_.push_back({.from = from, .line = {}, .gap = true});
            last_seq_[static_cast<std::size_t>(from)] = message.seq;
            last_sender_ = from;
        }
        put(from, line);
    }

    std::size_t first_line_, last_line_;
    std::vector<Heard> heard_;
    std::size_t keys_ = 0;
    std::array<std::uint64_t, 2> last_seq_{}, missing_{};
    std::optional<Role> last_sender_;
    std::uint64_t undecided_ = 0;
};

} // namespace

std::optional<Conversations> read_wire_text(std::string_view text) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF", blanks = " \t\r";
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    Conversations out;
    std::optional<Attribution> current;
    std::size_t left_out = 0, early = 0;
    std::string first_left_out;
    const auto finish = [&] {
        if (current) out.found.push_back(current->result());
    };
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
        while (!line.empty() && blanks.find(line.back()) != std::string_view::npos) line.remove_suffix(1);
        if (line.empty()) continue;
        auto content = line.front() != '{' || line.size() > max_line_bytes
                           ? Fault{.code = WireCode::bad_frame, .detail = "it is no JSON object of at most 1 MiB"}
                           : decode_frame(line);
        const auto* frame = std::get_if<Frame>(&content);
        if (frame == nullptr) {
            if (left_out++ == 0)
                first_left_out = fmt::format("line {}: {}", number, reason_of(std::get<Fault>(content)));
            continue;
        }
        if (is_params(line)) {
            finish();
            current.emplace(number);
        }
        if (current) {
            current->take(number, std::string(line), *frame);
        } else {
            ++early;
        }
    }
    finish();
    if (out.found.empty() && early == 0) return std::nullopt;
    if (left_out > 0) {
        out.remarks.push_back(fmt::format("{} of the file {} no line of keyhole/1 and left out ({})",
                                          counted(left_out, "line"), singular_or(left_out, "is", "are"),
                                          first_left_out));
    }
    if (out.found.empty()) {
        out.headless = 1;
    } else if (early > 0) {
        out.remarks.push_back(fmt::format("{} before the first params {} left out", counted(early, "line"),
                                          singular_or(early, "is", "are")));
    }
    return out;
}

} // namespace keyhole
