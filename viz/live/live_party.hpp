// One party of a live exchange as the window keeps it: the party itself, what was said, and what went wrong.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "netsim/protocol/party.hpp"
#include "netsim/protocol/pump.hpp"

namespace keyhole::viz {

class LiveStream; // declared only: views that include this need no sockets

/// One line of the chat, fit to be shown.
struct LiveLine {
    enum class Kind { own, peer, note, fault };
    Kind kind = Kind::note;
    std::string text;
};

class LiveParty : private Endpoint {
  public:
    /// `changed` is called after the party was told something.
    LiveParty(std::uint64_t id, std::string peer, Role role, PartyOptions options, std::function<void()> changed)
        : id_(id), peer_(std::move(peer)), party_(role, std::move(options)), pump_(*this, std::move(changed)) {}

    std::uint64_t id() const { return id_; }
    /// "127.0.0.1:51234"
    const std::string& peer() const { return peer_; }
    const Party& party() const { return party_; }
    /// The action that is being computed on another thread; party() is as it was before.
    const std::optional<Action>& computing() const { return computing_; }
    /// Its user can let it perform its next action. Nothing is sent once the connection is gone.
    bool ready() const;
    /// Whose turn it is, or what is being computed, as a sentence.
    std::string turn() const;
    /// The last texts, and what else happened.
    const std::deque<LiveLine>& lines() const { return lines_; }
    /// The last thing that went wrong, and at which step; empty when nothing did.
    const std::string& trouble() const { return trouble_; }
    /// No byte comes any more.
    bool cut_off() const { return cut_off_; }
    /// How many lines there have been, forgotten ones too.
    std::uint64_t lines_ever() const { return lines_ever_; }
    bool over() const { return cut_off_ || party_.closed(); }
    const std::optional<Action>& last_done() const { return last_done_; }
    std::uint64_t version() const { return version_; }

  private:
    friend class LiveController;

    void receive(ByteView bytes) override;
    void end_of_input(const Loss& loss) override;
    void note_progress(std::uint64_t confirmed) override;
    void gone() override;
    bool wants_input() const override { return !cut_off_ && party_.wants_input(); }
    std::string take_output() override { return party_.take_output(); }
    std::size_t output_size() const override { return party_.output_size(); }
    bool write_closed() const override { return finished_; }
    bool read_closed() const override { return finished_; }
    /// Bytes sent that the peer has not read.
    std::size_t unread_bytes() const { return pump_.backlog() + output_size() + party_.unsent_bytes(); }

    void line(LiveLine::Kind kind, std::string text);
    void said(const std::string& text);
    void fault(std::string words);
    void hear(const Event& event);
    void note_done(Action action);
    /// The action could not be done: the exchange is over.
    void give_up(Action action, const std::string& why);
    std::string after_words() const;
    /// Tells the party something that waits for its next action; while it is computed elsewhere it is told later, too.
    template <class What>
    void tell(What what) {
        what(party_);
        if (computing_) untold_.push_back(std::move(what));
    }
    /// The party is back from being computed.
    void come_back(Party party);
    /// The peer's bytes ended, or the connection is gone.
    void cut(const Loss& loss);
    void keep_time(std::uint64_t now);

    std::uint64_t id_;
    std::string peer_;
    Party party_;
    Pump pump_;
    std::shared_ptr<LiveStream> stream_;
    std::optional<Action> computing_, last_done_;
    std::optional<Action> last_step_; // as last_done_, but no action of a refusal
    std::vector<std::function<void(Party&)>> untold_;
    std::deque<LiveLine> lines_;
    std::string trouble_;
    std::uint64_t lines_ever_ = 0;
    bool cut_off_ = false;                    // no byte comes any more
    bool broken_ = false;                     // nothing that is sent would arrive
    bool finished_ = false;                   // nothing is left to be done
    std::uint64_t clock_ = 0, last_tick_ = 0; // milliseconds
    std::uint64_t opened_ = 0;                // when it came, by the clock of last_tick_
    std::uint64_t version_ = 1;
};

} // namespace keyhole::viz
