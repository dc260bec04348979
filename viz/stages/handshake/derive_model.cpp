#include "viz/stages/handshake/derive_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "core/des/des_keys.hpp"
#include "core/recording/fingerprint.hpp"
#include "viz/base/number_model.hpp"

namespace keyhole::viz {
namespace {

constexpr std::size_t key_bytes = 8;

std::string other_words(const Trace& trace, Role role, des::Block key) {
    const Role peer = other(role);
    const std::string who(keyhole::name(peer));
    const auto theirs = session_key(trace.recording(), peer);
    if (theirs) {
        return *theirs == key
                   ? fmt::format("The {} gets the same key from the same secret.", who)
                   : fmt::format("The {} got a different key: 0x{:016X}. Somebody changed a public key on the way.",
                                 who, *theirs);
    }
    if (trace.recording().party(peer).private_key) return fmt::format("The {} has not derived its key.", who);
    return fmt::format(
        "The {}'s key is not known here, for its private key never leaves it; only messages that can be read "
        "show that it has the same.",
        who);
}

std::string verdict_of(const des::KeyReport& report) {
    if (report.key_class == des::KeyClass::ordinary)
        return fmt::format("not a weak key: {} different subkeys, every byte with an odd number of ones",
                           report.distinct_subkeys);
    return "beware of this " + des::describe(report);
}

} // namespace

DeriveModel make_derive_model(const Trace& trace, const Node& node) {
    const Role role = node.last().role;
    const dh::Derivation& d = trace.derivation(role);
    DeriveModel model;
    model.role = role;
    model.kdf = d.kdf;
    model.secret = d.secret;
    model.secret_words =
        fmt::format("s, the shared secret: {}, as many as p has, the highest first", counted(d.secret.size(), "byte"));
    model.fingerprint = fingerprint(trace.recording()).value_or("");
    model.digest = d.digest;
    if (d.kdf == dh::Kdf::sha256) {
        model.how = "SHA-256 makes 32 bytes of them; the first 8 are taken";
    } else {
        model.taken_from = d.secret.size() - std::min(d.secret.size(), key_bytes);
        model.padded = key_bytes - std::min(d.secret.size(), key_bytes);
        model.how = model.padded == 0
                        ? "the lowest 64 bits are taken as they are: the last 8 bytes"
                        : fmt::format("the lowest 64 bits are taken as they are: {} and {} of zeros in front",
                                      counted(d.secret.size(), "byte"), counted(model.padded, "byte"));
    }
    const Bytes raw = block_bytes(d.raw), key = block_bytes(d.key);
    for (std::size_t i = 0; i < key_bytes; ++i) {
        model.bytes[i] = {.raw = raw[i],
                          .key = key[i],
                          .ones = static_cast<unsigned>(std::popcount(static_cast<unsigned>(raw[i] >> 1U))),
                          .flipped = raw[i] != key[i]};
        if (model.bytes[i].flipped) ++model.flipped;
    }
    model.key = d.key;
    const des::KeyReport report = des::inspect_key(d.key);
    model.weak = report.key_class != des::KeyClass::ordinary;
    model.verdict = verdict_of(report);
    model.other = other_words(trace, role, d.key);
    const std::size_t p_bits = bit_length(trace.recording().parameters->p);
    model.caution = p_bits < 56
                        ? fmt::format(
                              "DES looks at 56 of the 64 bits, but with p of {} there are at most {} secrets, so "
                              "at most that many keys to try.",
                              counted(p_bits, "bit"), Number(trace.recording().parameters->p - 1).get_str())
                        : "DES looks at 56 of the 64 bits, however long the secret was: few enough to try all keys.";
    return model;
}

} // namespace keyhole::viz
