#include "viz/panels/sequence/sequence_rows.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"
#include "core/base/words.hpp"
#include "core/steps/viewer.hpp"
#include "netsim/protocol/message.hpp"
#include "viz/base/number_model.hpp"

namespace keyhole::viz {
namespace {

using enum Kind;

constexpr std::size_t decimal_bits = 64; // numbers below 2^64 are written out
constexpr std::size_t most_exact_bytes = 100'000;

std::size_t index(Role role) { return static_cast<std::size_t>(role); }

SequenceRow arrow(Role from, SequencePart part) {
    SequenceRow row;
    row.shape = SequenceShape::arrow;
    row.from = from;
    row.middle = std::move(part);
    return row;
}

std::size_t line_bytes(const Frame& frame) { return encode_frame(frame).size() + 1; }

std::size_t params_bytes(const Parameters& p) {
    return line_bytes(ParamsFrame{.protocol = std::string(protocol_name),
                                  .group = p.group,
                                  .p = to_wire_hex(p.p),
                                  .g = to_wire_hex(p.g),
                                  .kdf = std::string(name(p.kdf)),
                                  .mode = std::string(name(p.mode))});
}

std::string quoted(ByteView text) { return fmt::format("\u201C{}\u201D", excerpt(as_text(text))); }

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
        add_both([&](Role role) { return derived_box(role, derive, {"the DES key", "DES key"}); });
        if (same && rows_.back().sides[0] && rows_.back().sides[1])
            rows_.back().middle = {{"equal", "="}, Node{}.child({.kind = secret}), Meaning::key};
        add_both([&](Role role) { return derived_box(role, schedule, {"sixteen subkeys", "16 subkeys"}); });
        return std::move(rows_);
    }

  private:
    static Node below(Kind top, Kind kind, Role role) {
        return Node{}.child({.kind = top}).child({.kind = kind, .role = role});
    }
    static char letter(Role role) { return role == Role::server ? 'a' : 'b'; }
    static char capital(Role role) { return role == Role::server ? 'A' : 'B'; }
    bool small() const { return bit_length(r_.parameters->p) <= decimal_bits; }

    void add(SequenceRow row) { rows_.push_back(std::move(row)); }
    void add_box(Role role, SequencePart part) {
        SequenceRow row;
        row.sides[index(role)] = std::move(part);
        add(std::move(row));
    }
    template <class Make>
    void add_both(Make make) {
        SequenceRow row;
        for (const Role role : every_role) row.sides[index(role)] = make(role);
        if (row.sides[0] || row.sides[1]) add(std::move(row));
    }

    // What that side did for itself, where its secrets are not known here.
    std::optional<SequencePart> masked(Role role, const Node& node, const std::string& what) const {
        if (knows_secrets_of(r_, role)) return std::nullopt;
        return SequencePart{
            {what + " is unknown here", what + " unknown", what + " ?"}, node, Meaning::secret, true, 0};
    }
    // Of an equation's words.
    std::size_t telling() const { return small() ? 3 : 0; }
    // `name` = `power` mod p, with the number that it gives where that is short.
    std::vector<std::string> equation(const std::string& name, const std::string& power, const Number& value) const {
        const std::string formula = fmt::format("{} = {}", name, power), number = small() ? value.get_str() : "";
        std::vector<std::string> words = {formula + " mod p", formula};
        if (small())
            words.insert(words.begin(),
                         {fmt::format("{} mod p = {}", formula, number), fmt::format("{} = {}", formula, number),
                          fmt::format("{} = {}", name, number)});
        return words;
    }
    std::optional<SequencePart> private_box(Role role) const {
        const auto& x = r_.party(role).private_key;
        const Node node = below(keys, private_key, role);
        if (!x) return masked(role, node, std::string(1, letter(role)));
        std::vector<std::string> words = {fmt::format("private key {}", letter(role)),
                                          fmt::format("private {}", letter(role))};
        if (small()) {
            const std::string short_form = fmt::format("{} = {}", letter(role), x->get_str());
            words.insert(words.begin(), {"private " + short_form, short_form});
        }
        return SequencePart{std::move(words), node, Meaning::secret, false, small() ? 2U : 0U};
    }
    std::optional<SequencePart> public_box(Role role) const {
        const PartyRecord& own = r_.party(role);
        if (!own.private_key || !own.public_key) return std::nullopt;
        return SequencePart{
            equation(std::string(1, capital(role)), fmt::format("g^{{{}}}", letter(role)), *own.public_key),
            below(keys, public_key, role), Meaning::plain, false, telling()};
    }
    std::optional<SequencePart> shared_box(Role role) const {
        const auto& s = r_.party(role).shared;
        const Node node = below(secret, shared, role);
        if (!s) return r_.party(other(role)).public_key ? masked(role, node, "s") : std::nullopt;
        return SequencePart{equation("s", fmt::format("{}^{{{}}}", capital(other(role)), letter(role)), *s), node,
                            Meaning::secret, false, telling()};
    }
    std::optional<SequencePart> derived_box(Role role, Kind kind, std::vector<std::string> words) const {
        if (!r_.party(role).derived) return std::nullopt;
        return SequencePart{std::move(words), below(secret, kind, role), Meaning::key};
    }

    void add_public_keys() {
        SequenceRow row;
        row.shape = SequenceShape::crossing;
        for (const Role role : every_role) {
            const auto& y = r_.party(role).public_key;
            if (!y) continue;
            const std::string words =
                fmt::format("{} \u00B7 {}", capital(role), wire_size(line_bytes(PublicKeyFrame{to_wire_hex(*y)})));
            // Where the side computed it, that box is the step; the frame then stands for the exchange of keys.
            row.sides[index(role)] = {
                {"public key " + words, words},
                r_.party(role).private_key ? Node{}.child({.kind = keys}) : below(keys, public_key, role)};
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

SequenceRow heading(const MessageRecord& m, const Node& node, const std::string& blocks) {
    const std::string title = fmt::format("message {}", node.last().number);
    SequenceRow row;
    row.shape = SequenceShape::heading;
    row.middle = {{title}, node};
    const Bytes* text = m.sent                                ? &m.sent->plaintext
                        : m.received && m.received->plaintext ? &*m.received->plaintext
                                                              : nullptr;
    if (text == nullptr) return row;
    const std::string sized = fmt::format("{} \u00B7 {}", title, counted(text->size(), "byte"));
    row.middle->words.insert(row.middle->words.begin(), {fmt::format("{} \u00B7 {}", sized, blocks), sized});
    return row;
}

} // namespace

std::string wire_size(std::size_t bytes) {
    if (bytes < most_exact_bytes) return grouped_decimal(bytes) + " B";
    return grouped_decimal((bytes + 512) / 1024) + " KiB";
}

std::vector<SequenceRow> handshake_rows(const Recording& recording) { return Handshake(recording).rows(); }

std::uint64_t count_rows(const MessageRecord& m) {
    return 1U + (m.sent ? 3U : 0U) + (framed(m) ? 1U : 0U) + (m.received ? 1U : 0U) + (deciphered(m) ? 2U : 0U);
}

std::vector<SequenceRow> message_rows(const Recording& recording, std::uint64_t number) {
    const MessageRecord& m = recording.messages[number - 1];
    const Mode mode = recording.mode();
    const Node node = Node{}.child({.kind = message, .number = number});
    const std::size_t cipher_bytes = m.sent       ? m.sent->ciphertext.size()
                                     : m.received ? m.received->ciphertext.size()
                                                  : 0;
    const std::string blocks = counted_blocks(mode, block_count(mode, cipher_bytes));
    std::vector<SequenceRow> rows = {heading(m, node, blocks)};
    const auto add_box = [&](Role role, Kind kind, std::string words, std::string note, bool refused = false) {
        SequenceRow row;
        row.sides[index(role)] = {{std::move(words)}, node.child({.kind = kind})};
        row.note = std::move(note);
        row.refused = refused;
        rows.push_back(std::move(row));
    };
    if (m.sent) {
        const std::size_t padding =
            recording.padding() == Padding::pkcs7 ? m.sent->ciphertext.size() - m.sent->plaintext.size() : 0;
        add_box(m.sender, encode, "encode", quoted(m.sent->plaintext));
        add_box(m.sender, pad, "pad",
                padding > 0 ? fmt::format("+ {} \u00D7 {:02X}, {} B", padding, padding, grouped_decimal(cipher_bytes))
                            : "no padding");
        add_box(m.sender, encrypt, "encrypt", blocks);
    }
    if (framed(m)) {
        const std::string size = wire_size((m.sent ? m.sent->frame : m.received->frame).size() + 1);
        rows.push_back(arrow(m.sender, {{"message \u00B7 " + size, size}, node.child({.kind = frame})}));
    }
    if (m.received) {
        const Role receiver = other(m.sender);
        const bool read = deciphered(m), refused = is_refused(recording, m);
        add_box(receiver, decode, "decode",
                refused && !read ? "refused" : counted(m.received->ciphertext.size(), "byte"), refused && !read);
        if (read) {
            add_box(receiver, decrypt, "decrypt", counted_blocks(mode, block_count(mode, m.received->padded.size())));
            add_box(receiver, unpad, "unpad", refused ? "refused" : quoted(*m.received->plaintext), refused);
        }
    }
    return rows;
}

} // namespace keyhole::viz
