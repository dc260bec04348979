// One party of a live exchange as the window keeps it: the party itself, what was said, and what went wrong.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "netsim/protocol/party.hpp"

namespace keyhole::viz {

/// One line of the chat, fit to be shown.
struct LiveLine {
    enum class Kind { own, peer, note, fault };
    Kind kind = Kind::note;
    std::string text;
};

class LiveParty {
  public:
    LiveParty(std::uint64_t id, std::string peer, Role role, PartyOptions options)
        : id_(id), peer_(std::move(peer)), party_(role, std::move(options)) {}

    std::uint64_t id() const { return id_; }
    /// "127.0.0.1:51234"
    const std::string& peer() const { return peer_; }
    const Party& party() const { return party_; }
    /// The action that is being computed on another thread; what party() says is from before it.
    const std::optional<Action>& computing() const { return computing_; }
    /// Its user can let it perform its next action. Nothing is sent where no connection is left.
    bool ready() const;
    /// Whose turn it is, or what is being computed, as a sentence.
    std::string turn() const;
    /// Texts, and what else happened, the last ones.
    const std::deque<LiveLine>& lines() const { return lines_; }
    /// The last thing that went wrong, with the step at which it did; empty when nothing did.
    const std::string& trouble() const { return trouble_; }
    /// No byte comes any more.
    bool cut_off() const { return cut_off_; }
    /// How many lines there have been, those that are forgotten among them.
    std::uint64_t lines_ever() const { return lines_ever_; }
    bool over() const { return cut_off_ || party_.closed(); }
    const std::optional<Action>& last_done() const { return last_done_; }
    std::uint64_t version() const { return version_; }

  private:
    friend class LiveController;
    void line(LiveLine::Kind kind, std::string text);
    void said(const std::string& text);
    void fault(std::string words);
    void hear(const Event& event);
    void note_done(Action action);
    /// What was being computed could not be; it is over.
    void give_up(const std::string& why);
    std::string after_words() const;
    /// Tells the party something that does not act at once; one that is away at work is told when it is back.
    template <class What>
    void tell(What what) {
        what(party_);
        if (computing_) untold_.push_back(std::move(what));
    }
    void come_back(Party party);
    /// The peer's bytes ended, or the connection is gone; `why` is empty where it ended in peace.
    void cut(const std::string& why);
    void keep_time(std::uint64_t now);

    std::uint64_t id_;
    std::string peer_;
    Party party_;
    std::optional<Action> computing_, last_done_;
    std::optional<Action> last_step_; // the same without those of a refusal
    std::vector<std::function<void(Party&)>> untold_;
    std::deque<LiveLine> lines_;
    std::string trouble_;
    std::uint64_t lines_ever_ = 0;
    bool cut_off_ = false, reading_ = true, finished_ = false;
    bool broken_ = false;                     // nothing that is sent would arrive
    std::size_t on_the_way_ = 0;              // bytes given to the connection since all had got away last
    std::uint64_t clock_ = 0, last_tick_ = 0; // milliseconds
    std::uint64_t version_ = 1;
};

} // namespace keyhole::viz
