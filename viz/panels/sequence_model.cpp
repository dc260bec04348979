#include "viz/panels/sequence_model.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/bytes.hpp"
#include "core/base/words.hpp"
#include "core/steps/viewer.hpp"
#include "netsim/protocol/message.hpp"
#include "viz/base/number_model.hpp"

namespace keyhole::viz {
namespace {

using enum Kind;
using Where = SequencePlace::Where;

constexpr std::size_t decimal_bits = 64; // numbers below 2^64 are written out
constexpr std::size_t most_exact_bytes = 100'000;
constexpr std::size_t quoted_bytes = 40;
constexpr std::size_t most_made = 64; // messages; more than any panel shows

std::size_t index(Role role) { return static_cast<std::size_t>(role); }

SequenceRow boxes() { return {}; }

SequenceRow arrow(Role from, SequencePart part) {
    SequenceRow row;
    row.shape = SequenceShape::arrow;
    row.from = from;
    row.middle = std::move(part);
    return row;
}

bool small(const Number& modulus) { return bit_length(modulus) <= decimal_bits; }

std::size_t line_bytes(const Frame& frame) { return encode_frame(frame).size() + 1; }

std::size_t params_bytes(const Parameters& p) {
    return line_bytes(ParamsFrame{.protocol = std::string(protocol_name),
                                  .group = p.group,
                                  .p = to_wire_hex(p.p),
                                  .g = to_wire_hex(p.g),
                                  .kdf = std::string(name(p.kdf)),
                                  .mode = std::string(name(p.mode))});
}

// The head of a text in quotes; a text that is no UTF-8 was never accepted.
std::string quoted(ByteView bytes) {
    const std::string_view text = as_text(bytes);
    const std::string_view head = whole_characters(text, quoted_bytes);
    return fmt::format("\u201C{}{}\u201D", escape_controls(head), head.size() < text.size() ? ".." : "");
}

// The handshake's rows, in the order of the protocol.
class Handshake {
  public:
    explicit Handshake(const Recording& recording) : r_(recording) {}

    std::vector<SequenceRow> rows() {
        const bool chosen = r_.party(Role::server).agreed, taken = r_.party(Role::client).agreed;
        if (r_.connected) add(arrow(Role::client, {{"TCP connect"}, Node{}.child({.kind = connect})}));
        if (chosen) add_box(Role::server, {{"choose p and g", "choose p, g"}, below(parameters, choose, Role::server)});
        if (r_.parameters && (chosen || taken)) {
            const std::string size = wire_size(params_bytes(*r_.parameters));
            add(arrow(Role::server, {{"parameters \u00B7 " + size, "params \u00B7 " + size, size},
                                     Node{}.child({.kind = parameters})}));
        }
        if (taken)
            add_box(Role::client, {{"check p and g \u2713", "check p, g \u2713", "check \u2713"},
                                   below(parameters, check, Role::client)});
        if (!r_.parameters) return std::move(rows_);
        add_both([&](Role role) { return private_box(role); });
        add_both([&](Role role) { return public_box(role); });
        add_public_keys();
        const auto& s = r_.party(Role::server).shared;
        const auto& c = r_.party(Role::client).shared;
        const bool both = s && c, same = both && *s == *c;
        add_both([&](Role role) { return shared_box(role); });
        if (both)
            rows_.back().middle = {
                {same ? "equal" : "differ", same ? "=" : "\u2260"}, Node{}.child({.kind = secret}), Meaning::secret};
        add_both([&](Role role) { return derived_box(role, derive, {"the DES key", "DES key"}, Meaning::key); });
        if (same && rows_.back().sides[0] && rows_.back().sides[1])
            rows_.back().middle = {{"equal", "="}, Node{}.child({.kind = secret}), Meaning::key};
        add_both([&](Role role) {
            return derived_box(role, schedule, {"sixteen subkeys", "16 subkeys"}, Meaning::key);
        });
        return std::move(rows_);
    }

  private:
    static Node below(Kind top, Kind kind, Role role) {
        return Node{}.child({.kind = top}).child({.kind = kind, .role = role});
    }
    static char letter(Role role) { return role == Role::server ? 'a' : 'b'; }
    static char capital(Role role) { return role == Role::server ? 'A' : 'B'; }

    void add(SequenceRow row) { rows_.push_back(std::move(row)); }
    void add_box(Role role, SequencePart part) {
        SequenceRow row = boxes();
        row.sides[index(role)] = std::move(part);
        add(std::move(row));
    }
    template <class Make>
    void add_both(Make make) {
        SequenceRow row = boxes();
        for (const Role role : every_role) row.sides[index(role)] = make(role);
        if (row.sides[0] || row.sides[1]) add(std::move(row));
    }

    std::optional<SequencePart> private_box(Role role) const {
        const auto& x = r_.party(role).private_key;
        if (!x) return masked(role, below(keys, private_key, role), fmt::format("{}", letter(role)));
        SequencePart part{{}, below(keys, private_key, role), Meaning::secret};
        if (small(r_.parameters->p))
            part.words = {fmt::format("private {} = {}", letter(role), x->get_str()),
                          fmt::format("{} = {}", letter(role), x->get_str())};
        part.words.push_back(fmt::format("private key {}", letter(role)));
        part.words.push_back(fmt::format("private {}", letter(role)));
        return part;
    }
    // What that side did for itself, where its secrets are not known here.
    std::optional<SequencePart> masked(Role role, const Node& node, const std::string& what) const {
        if (knows_secrets_of(r_, role)) return std::nullopt;
        return SequencePart{{what + " is unknown here", what + " unknown", what + " ?"}, node, Meaning::secret, true};
    }
    std::optional<SequencePart> public_box(Role role) const {
        const PartyRecord& own = r_.party(role);
        if (!own.private_key || !own.public_key) return std::nullopt;
        SequencePart part{{}, below(keys, public_key, role), Meaning::plain};
        const std::string formula = fmt::format("{} = g^{{{}}}", capital(role), letter(role));
        if (small(r_.parameters->p)) {
            const std::string value = own.public_key->get_str();
            part.words = {fmt::format("{} mod p = {}", formula, value), fmt::format("{} = {}", formula, value),
                          fmt::format("{} = {}", capital(role), value)};
        }
        part.words.push_back(formula + " mod p");
        part.words.push_back(formula);
        return part;
    }
    std::optional<SequencePart> shared_box(Role role) const {
        const auto& s = r_.party(role).shared;
        if (!s && r_.party(other(role)).public_key) return masked(role, below(secret, shared, role), "s");
        if (!s) return std::nullopt;
        SequencePart part{{}, below(secret, shared, role), Meaning::secret};
        const std::string formula = fmt::format("s = {}^{{{}}}", capital(other(role)), letter(role));
        if (small(r_.parameters->p))
            part.words = {fmt::format("{} mod p = {}", formula, s->get_str()),
                          fmt::format("{} = {}", formula, s->get_str()), fmt::format("s = {}", s->get_str())};
        part.words.push_back(formula + " mod p");
        part.words.push_back(formula);
        return part;
    }
    std::optional<SequencePart> derived_box(Role role, Kind kind, std::vector<std::string> words,
                                            Meaning meaning) const {
        if (!r_.party(role).derived) return std::nullopt;
        return SequencePart{std::move(words), below(secret, kind, role), meaning};
    }

    void add_public_keys() {
        SequenceRow row;
        row.shape = SequenceShape::crossing;
        for (const Role role : every_role) {
            const auto& y = r_.party(role).public_key;
            if (!y) continue;
            const std::string size = wire_size(line_bytes(PublicKeyFrame{to_wire_hex(*y)}));
            const Node own = below(keys, public_key, role);
            // Where the side computed it, that box is the step; the frame then stands for the exchange of keys.
            row.sides[index(role)] = {{fmt::format("public key {} \u00B7 {}", capital(role), size),
                                       fmt::format("{} \u00B7 {}", capital(role), size)},
                                      r_.party(role).private_key ? Node{}.child({.kind = keys}) : own,
                                      Meaning::plain};
        }
        if (row.sides[0] && row.sides[1]) return add(std::move(row));
        for (const Role role : every_role) {
            if (row.sides[index(role)]) add(arrow(role, *row.sides[index(role)]));
        }
    }

    const Recording& r_;
    std::vector<SequenceRow> rows_;
};

bool framed(const MessageRecord& m) {
    return (m.sent && !m.sent->frame.empty()) || (m.received && !m.received->frame.empty());
}

// Deciphered at all; a refused message may never have come that far.
bool deciphered(const MessageRecord& m) { return m.received && (m.received->plaintext || !m.received->padded.empty()); }

std::uint64_t rows_of(const MessageRecord& m) {
    return 1U + (m.sent ? 3U : 0U) + (framed(m) ? 1U : 0U) + (m.received ? 1U : 0U) + (deciphered(m) ? 2U : 0U);
}

} // namespace

std::string wire_size(std::size_t bytes) {
    if (bytes < most_exact_bytes) return grouped_decimal(bytes) + " B";
    return grouped_decimal((bytes + 512) / 1024) + " KiB";
}

Sequence::Sequence(const Trace& trace) : trace_(&trace) { refresh(); }

void Sequence::refresh() {
    const Recording& r = trace_->recording();
    exchange_ = !r.des && !r.power && (r.connected || r.parameters);
    for (const Role role : every_role) known_[index(role)] = r.party(role).agreed || r.party(role).private_key;
    handshake_ = exchange_ ? Handshake(r).rows() : std::vector<SequenceRow>{};
    rows_ = handshake_.size();
    first_rows_.clear();
    made_.clear();
    if (!exchange_) return;
    first_rows_.reserve(r.messages.size());
    for (const MessageRecord& m : r.messages) {
        first_rows_.push_back(rows_);
        rows_ += rows_of(m);
    }
}

std::uint64_t Sequence::lines_before(std::uint64_t row) const {
    std::uint64_t lines = row;
    for (std::size_t i = 0; i < handshake_.size() && i < row; ++i) lines += handshake_[i].lines() - 1;
    return lines;
}

std::uint64_t Sequence::row_at_line(std::uint64_t line) const {
    std::uint64_t row = 0;
    for (; row < handshake_.size(); ++row) {
        const std::size_t lines = handshake_[row].lines();
        if (line < lines) return row;
        line -= lines;
    }
    return std::min(row + line, rows_);
}

SequenceRow Sequence::row(std::uint64_t at) const {
    if (at < handshake_.size()) return handshake_[at];
    const auto after = std::upper_bound(first_rows_.begin(), first_rows_.end(), at);
    const auto number = static_cast<std::uint64_t>(after - first_rows_.begin());
    return rows_of_message(number)[at - first_rows_[number - 1]];
}

const std::vector<SequenceRow>& Sequence::rows_of_message(std::uint64_t number) const {
    const auto found = made_.find(number);
    if (found != made_.end()) return found->second;
    if (made_.size() >= most_made) made_.clear();
    return made_.emplace(number, message_rows(number)).first->second;
}

std::vector<SequenceRow> Sequence::message_rows(std::uint64_t number) const {
    const Recording& r = trace_->recording();
    const MessageRecord& m = r.messages[number - 1];
    const Node node = Node{}.child({.kind = message, .number = number});
    std::vector<SequenceRow> rows;

    const std::string title = fmt::format("message {}", number);
    SequenceRow heading;
    heading.shape = SequenceShape::heading;
    heading.middle = {{title}, node, Meaning::plain};
    const Bytes* text = m.sent                                ? &m.sent->plaintext
                        : m.received && m.received->plaintext ? &*m.received->plaintext
                                                              : nullptr;
    const std::size_t cipher_bytes = m.sent       ? m.sent->ciphertext.size()
                                     : m.received ? m.received->ciphertext.size()
                                                  : 0;
    const std::string blocks = counted((cipher_bytes + 7) / 8, "block");
    if (text != nullptr)
        heading.middle->words.insert(
            heading.middle->words.begin(),
            {fmt::format("{} \u00B7 {} \u00B7 {}", title, counted(text->size(), "byte"), blocks),
             fmt::format("{} \u00B7 {}", title, counted(text->size(), "byte"))});
    rows.push_back(std::move(heading));

    const auto add_box = [&](Role role, Kind kind, std::string words, std::string note, bool refused = false) {
        SequenceRow row = boxes();
        row.sides[index(role)] = {{std::move(words)}, node.child({.kind = kind}), Meaning::plain};
        row.note = std::move(note);
        row.refused = refused;
        rows.push_back(std::move(row));
    };
    if (m.sent) {
        const std::size_t padding =
            r.padding() == Padding::pkcs7 ? m.sent->ciphertext.size() - m.sent->plaintext.size() : 0;
        add_box(m.sender, encode, "encode", quoted(m.sent->plaintext));
        add_box(m.sender, pad, "pad",
                padding > 0 ? fmt::format("+ {} \u00D7 {:02X}, {} B", padding, padding, grouped_decimal(cipher_bytes))
                            : "no padding");
        add_box(m.sender, encrypt, "encrypt", blocks);
    }
    if (framed(m)) {
        const std::size_t size = (m.sent ? m.sent->frame : m.received->frame).size() + 1;
        rows.push_back(arrow(m.sender, {{fmt::format("message \u00B7 {}", wire_size(size)), wire_size(size)},
                                        node.child({.kind = frame}),
                                        Meaning::plain}));
    }
    if (m.received) {
        const Role receiver = other(m.sender);
        const bool read = deciphered(m), refused = !m.received->plaintext && !is_overheard(r);
        add_box(receiver, decode, "decode",
                refused && !read ? "refused" : counted(m.received->ciphertext.size(), "byte"), refused && !read);
        if (read) {
            add_box(receiver, decrypt, "decrypt", counted((m.received->padded.size() + 7) / 8, "block"));
            add_box(receiver, unpad, "unpad", refused ? "refused" : quoted(*m.received->plaintext), refused);
        }
    }
    return rows;
}

std::optional<SequencePlace> Sequence::place(const Node& node) const {
    if (!exchange_ || node.depth() == 0) return std::nullopt;
    const bool in_message = node.part(0).kind == message;
    const std::uint64_t number = node.part(0).number;
    if (in_message && number > first_rows_.size()) return std::nullopt;
    const std::uint64_t first = in_message ? first_rows_[number - 1] : 0;
    const std::vector<SequenceRow>& rows = in_message ? rows_of_message(number) : handshake_;

    const auto lies_in = [](Node inner, const Node& outer) {
        while (inner.depth() > outer.depth()) inner = inner.parent();
        return inner == outer;
    };
    std::optional<SequencePlace> above, inside;
    std::size_t depth = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto look = [&](const std::optional<SequencePart>& part, Where where) {
            if (!part || part->masked) return;
            const SequencePlace here{first + i, where};
            if (part->node.depth() > depth && lies_in(node, part->node)) {
                above = here;
                depth = part->node.depth();
            }
            if (!inside && lies_in(part->node, node)) inside = here;
        };
        look(rows[i].middle, Where::middle);
        look(rows[i].sides[0], Where::server);
        look(rows[i].sides[1], Where::client);
    }
    return above ? above : inside;
}

} // namespace keyhole::viz
