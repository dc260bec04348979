#include "viz/stages/handshake/handshake_model.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace keyhole::viz {
namespace {

using enum Standing;

std::string upper(Role role) { return role == Role::server ? "A" : "B"; }
std::string lower(Role role) { return role == Role::server ? "a" : "b"; }
std::string who(Role role) { return std::string(keyhole::name(role)); }

// A side whose public key arrived while the private one is not there: the recording is the other side's.
bool is_foreign(const PartyRecord& party) { return party.public_key && !party.private_key; }

class Maker {
  public:
    Maker(const Trace& trace, const Node& node)
        : trace_(trace), r_(trace.recording()), here_(node), number_(trace.tree().number(node)) {
        if (r_.parameters) {
            small_ = bit_length(r_.parameters->p) <= 64;
            // p is told from the step on that sends it.
            const Node parameters = Node().child({.kind = Kind::parameters});
            if (small_ && trace.tree().contains(parameters) && standing(parameters) != later)
                p_ = brief_number(r_.parameters->p);
        }
    }

    HandshakeModel make() {
        HandshakeModel model;
        for (const Role role : {Role::server, Role::client}) {
            auto& side = model.sides[static_cast<std::size_t>(role)];
            side = {private_key(role), public_key(role), shared(role), key(role)};
        }
        const Node connect = Node().child({.kind = Kind::connect});
        const Node parameters = Node().child({.kind = Kind::parameters});
        if (trace_.tree().contains(connect)) model.connect_node = connect;
        if (trace_.tree().contains(parameters)) model.parameters_node = parameters;
        model.connect = standing(model.connect_node);
        model.parameters_standing = standing(model.parameters_node);
        if (r_.parameters && model.parameters_standing != later)
            model.parameters =
                fmt::format("p = {}, g = {}", brief_number(r_.parameters->p), brief_number(r_.parameters->g));
        model.same_secret = same(model, SideRow::shared);
        model.same_key = same(model, SideRow::key);
        const bool overheard = is_overheard(r_);
        if (overheard) model.viewpoint = "Overheard on the wire: what both sides keep to themselves is not known here.";
        for (const Role role : {Role::server, Role::client}) {
            if (is_foreign(r_.party(role)) && !overheard)
                model.viewpoint = fmt::format("Recorded by the {}: what the {} keeps to itself is not known here.",
                                              who(other(role)), who(role));
        }
        model.listener = listener(model);
        model.weakness =
            "Nothing here is signed. Somebody in the middle could answer both sides with public keys of their own, "
            "share one secret with each, and read everything: textbook Diffie-Hellman does not say who is at the "
            "other end.";
        return model;
    }

  private:
    Standing standing(const std::optional<Node>& node) const {
        if (!node) return later;
        for (Node up = *node; up.depth() > 0; up = up.parent()) {
            if (up == here_) return current;
        }
        return trace_.tree().number(*node) <= number_ ? done : later;
    }

    Node step(Kind parent, Kind kind, Role role) const {
        return Node().child({.kind = parent}).child({.kind = kind, .role = role});
    }

    // The common part: the node where there is one, else why there is none.
    SideNumber start(Role role, Kind parent, Kind kind, std::string letter, std::string name,
                     std::string_view because) {
        SideNumber out;
        out.letter = std::move(letter);
        out.role = std::move(name);
        const Node node = step(parent, kind, role);
        if (trace_.tree().contains(node)) {
            out.node = node;
            out.standing = standing(out.node);
            if (out.standing == later) out.remark = "later";
        } else if (is_foreign(r_.party(role))) {
            out.standing = unknown;
            out.remark = fmt::format("not known here: {}", because);
        } else {
            out.remark = "not reached in this recording";
        }
        return out;
    }

    static bool shown(const SideNumber& n) { return n.standing == done || n.standing == current; }

    static void set_value(SideNumber& out, const Number& value) {
        if (!shown(out)) return;
        out.value = brief_number(value);
        out.size = counted(bit_length(value), "bit");
    }

    // "5" and "6" where they are short and known by now, else "g" and "a".
    std::string base_text(const Number* value, const std::string& letter) const {
        return small_ && value != nullptr ? brief_number(*value) : letter;
    }

    SideNumber private_key(Role role) {
        SideNumber out = start(role, Kind::keys, Kind::private_key, lower(role), "private key",
                               fmt::format("it never leaves the {}", who(role)));
        out.meaning = Meaning::secret;
        out.formula = "a secret number, never sent";
        if (const auto& x = r_.party(role).private_key) set_value(out, *x);
        return out;
    }

    SideNumber public_key(Role role) {
        SideNumber out = start(role, Kind::keys, Kind::public_key, upper(role), "public key", "it never arrived");
        const PartyRecord& party = r_.party(role);
        const bool numbers = shown(out) && r_.parameters;
        const Number* g = numbers ? &r_.parameters->g : nullptr;
        const Number* x = numbers && party.private_key ? &*party.private_key : nullptr;
        const std::string exponent = small_ && x != nullptr ? brief_number(*x) : lower(role);
        out.formula = fmt::format("{}^{{{}}} mod {}", base_text(g, "g"), exponent, p_);
        if (party.public_key) set_value(out, *party.public_key);
        if (shown(out) && is_foreign(party)) out.remark = "came over the wire";
        return out;
    }

    SideNumber shared(Role role) {
        SideNumber out = start(role, Kind::secret, Kind::shared, "s", "shared secret",
                               fmt::format("it takes the {}'s private key", who(role)));
        out.meaning = Meaning::secret;
        const PartyRecord& party = r_.party(role);
        const auto& peer = r_.party(other(role)).public_key;
        const bool numbers = shown(out) && party.private_key;
        const std::string exponent = small_ && numbers ? brief_number(*party.private_key) : lower(role);
        out.formula = fmt::format("{}^{{{}}} mod {}", base_text(numbers && peer ? &*peer : nullptr, upper(other(role))),
                                  exponent, p_);
        if (party.shared) set_value(out, *party.shared);
        return out;
    }

    SideNumber key(Role role) {
        SideNumber out = start(role, Kind::secret, Kind::derive, "K", "DES key",
                               fmt::format("it is made of the {}'s shared secret", who(role)));
        out.meaning = Meaning::key;
        if (r_.parameters)
            out.formula = r_.parameters->kdf == dh::Kdf::sha256 ? "8 bytes of SHA-256(s), odd parity"
                                                                : "lowest 64 bits of s, odd parity";
        if (out.node && shown(out)) out.value = fmt::format("0x{:016X}", trace_.derivation(role).key);
        return out;
    }

    std::optional<bool> same(const HandshakeModel& model, SideRow row) const {
        if (!shown(model.at(Role::server, row)) || !shown(model.at(Role::client, row))) return std::nullopt;
        if (row == SideRow::shared) return r_.party(Role::server).shared == r_.party(Role::client).shared;
        return model.at(Role::server, row).value == model.at(Role::client, row).value;
    }

    std::string listener(const HandshakeModel& model) const {
        std::string known;
        const auto add = [&](std::string_view letter) { known += (known.empty() ? "" : ", ") + std::string(letter); };
        if (!model.parameters.empty()) add("p, g");
        for (const Role role : {Role::server, Role::client}) {
            if (shown(model.at(role, SideRow::public_key))) add(upper(role));
        }
        if (known.empty()) return "Somebody who listens has seen two machines connect, and nothing else yet.";
        std::string words = fmt::format("Somebody who listens has {}, but not a, b or s.", known);
        const bool crossed = std::ranges::any_of(
            model.sides, [](const auto& side) { return shown(side[static_cast<std::size_t>(SideRow::public_key)]); });
        if (!crossed) return words + " There is nothing to attack yet: no public key has crossed the wire.";
        if (!r_.parameters) return words;
        const std::size_t bits = bit_length(r_.parameters->p);
        if (bits <= 20)
            words += fmt::format(" With p = {} that is enough: trying every exponent finds a or b at once.", p_);
        else if (bits < 1024)
            words += fmt::format(" With a p of {} that can be enough: such logarithms have been computed.",
                                 counted(bits, "bit"));
        else
            words +=
                " From these to s is the Diffie-Hellman problem: nobody knows a way much faster than the logarithm.";
        return words;
    }

    const Trace& trace_;
    const Recording& r_;
    Node here_;
    std::uint64_t number_;
    bool small_ = false;
    std::string p_ = "p";
};

} // namespace

HandshakeModel make_handshake_model(const Trace& trace, const Node& node) { return Maker(trace, node).make(); }

} // namespace keyhole::viz
