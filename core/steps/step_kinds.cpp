#include "core/steps/step_kinds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "core/base/words.hpp"

namespace keyhole {
namespace {

constexpr std::string_view enciphering = "FIPS 46-3, Enciphering";
constexpr std::string_view cipher_function = "FIPS 46-3, The Cipher Function f";
constexpr std::string_view primitives = "FIPS 46-3, Appendix 1: Primitive Functions";

// clang-format off
constexpr std::array kinds = {
    //      kind                  word          title                              source                        party  counted
    KindInfo{Kind::root,           "",           "The whole trace",                 "",                           false, false},
    KindInfo{Kind::connect,        "connect",    "TCP connection",                  "RFC 9293, section 3.5",      false, false},
    KindInfo{Kind::parameters,     "parameters", "Diffie-Hellman parameters",       "RFC 7919, section 3",        false, false},
    KindInfo{Kind::choose,         "choose",     "Choose p and g",                  "RFC 7919, section 4",        true,  false},
    KindInfo{Kind::check,          "check",      "Check p and g",                   "RFC 7919, section 3",        true,  false},
    KindInfo{Kind::keys,           "keys",       "Key pairs",                       "RFC 2631, section 2.1",      false, false},
    KindInfo{Kind::private_key,    "private",    "Private key",                     "RFC 7919, section 5.2",      true,  false},
    KindInfo{Kind::public_key,     "public",     "Public key",                      "RFC 2631, section 2.1",      true,  false},
    KindInfo{Kind::secret,         "secret",     "Shared secret and session key",   "RFC 2631, section 2.1.1",    false, false},
    KindInfo{Kind::shared,         "shared",     "Shared secret",                   "RFC 2631, section 2.1.1",    true,  false},
    KindInfo{Kind::derive,         "derive",     "Derive the DES key",              "FIPS 180-4, section 6.2",    true,  false},
    KindInfo{Kind::schedule,       "schedule",   "Key schedule",                    primitives,                   true,  false},
    KindInfo{Kind::schedule_round, "round",      "Subkey {} of 16",                 primitives,                   false, true},
    KindInfo{Kind::modexp,         "modexp",     "Modular exponentiation",          "HAC, algorithm 14.79",       false, false},
    KindInfo{Kind::bit,            "bit",        "Exponent bit {}",                 "HAC, algorithm 14.79",       false, true},
    KindInfo{Kind::message,        "message",    "Message {}",                      "",                           false, true},
    KindInfo{Kind::encode,         "encode",     "Encode the text",                 "RFC 3629, section 3",        false, false},
    KindInfo{Kind::pad,            "pad",        "Pad to whole blocks",             "RFC 5652, section 6.3",      false, false},
    KindInfo{Kind::encrypt,        "encrypt",    "Encrypt",                         "FIPS 81",                    false, false},
    KindInfo{Kind::frame,          "frame",      "Frame for the wire",              "RFC 8259; RFC 4648, section 4", false, false},
    KindInfo{Kind::decode,         "decode",     "Decode the frame",                "RFC 8259; RFC 4648, section 4", false, false},
    KindInfo{Kind::decrypt,        "decrypt",    "Decrypt",                         "FIPS 81",                    false, false},
    KindInfo{Kind::unpad,          "unpad",      "Remove the padding",              "RFC 5652, section 6.3",      false, false},
    KindInfo{Kind::block,          "block",      "Block {}",                        enciphering,                  false, true},
    KindInfo{Kind::ip,             "ip",         "Initial permutation",             enciphering,                  false, false},
    KindInfo{Kind::round,          "round",      "Round {} of {}",                  enciphering,                  false, true},
    KindInfo{Kind::expand,         "expand",     "Expansion E",                     cipher_function,              false, false},
    KindInfo{Kind::mix,            "mix",        "Mix in the subkey",               cipher_function,              false, false},
    KindInfo{Kind::sbox,           "sbox",       "S-box {}",                        primitives,                   false, true},
    KindInfo{Kind::permute,        "permute",    "Permutation P",                   cipher_function,              false, false},
    KindInfo{Kind::join,           "join",       "Join with the left half",         enciphering,                  false, false},
    KindInfo{Kind::swap,           "swap",       "Swap the halves",                 enciphering,                  false, false},
    KindInfo{Kind::fp,             "fp",         "Final permutation",               enciphering,                  false, false},
};
// clang-format on

// Every kind once, in their order.
static_assert(std::adjacent_find(kinds.begin(), kinds.end(),
                                 [](const KindInfo& a, const KindInfo& b) { return a.kind >= b.kind; }) ==
                  kinds.end() &&
              kinds.size() == static_cast<std::size_t>(Kind::fp) + 1);

} // namespace

const KindInfo& info(Kind kind) { return kinds[static_cast<std::size_t>(kind)]; }

std::string title(const Node& node, unsigned rounds) {
    const KindInfo& kind = info(node.kind());
    if (node.depth() == 0) return std::string(kind.title);
    std::string heading = fmt::format(fmt::runtime(kind.title), grouped_decimal(node.last().number), rounds);
    // The key schedule of the workbench stands at the top and belongs to no party.
    if (!kind.of_party || node.depth() == 1) return heading;
    return fmt::format("{}: {}", node.last().role == Role::server ? "Server" : "Client", heading);
}

} // namespace keyhole
