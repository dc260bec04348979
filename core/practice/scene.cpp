#include "core/practice/scene.hpp"

#include <fmt/format.h>

#include "core/des/des_keys.hpp"
#include "core/practice/pick.hpp"
#include "core/recording/record_handshake.hpp"
#include "core/steps/address.hpp"

namespace keyhole::practice {
namespace {

constexpr std::string_view texts[] = {
    "Meet me at noon",
    "The key is under the mat",
    "Bring the maps",
    "Attack at dawn",
    "All quiet tonight",
    "Two boats, one bridge",
    "Send more paper",
    "The fox has left",
    "Nothing new from Ulm",
    "Rain since Tuesday",
    "Come alone",
    "It works",
    "Ask for the red book",
    "Trust nobody",
    "The train leaves at 7",
    "Yes",
    "Lost the second letter",
    "Wait for the third signal",
    "Burn this",
    "See you in May",
};

// C0 and D0 by their repeating pattern, seven hex digits each. Halves of equal bits make one subkey, of alternating
// ones two, of four bits that repeat four; any other sixteen.
constexpr std::uint32_t steady[] = {0x0000000, 0xFFFFFFF};
constexpr std::uint32_t alternating[] = {0x5555555, 0xAAAAAAA};
constexpr std::uint32_t every_fourth[] = {0x3333333, 0x6666666, 0xCCCCCCC, 0x9999999, 0x1111111, 0x7777777, 0xEEEEEEE};

des::Block draw_special_key(Random& random) {
    std::uint32_t c = 0, d = 0;
    switch (pick(random, 4)) {
        case 0:
            c = pick_from(random, steady);
            d = pick_from(random, steady);
            break;
        case 1:
            c = pick_from(random, alternating);
            d = pick(random, 2) == 0 ? pick_from(random, steady) : pick_from(random, alternating);
            if (pick(random, 2) == 0) std::swap(c, d);
            break;
        case 2:
            c = pick_from(random, every_fourth);
            d = pick(random, 2) == 0 ? pick_from(random, alternating) : pick_from(random, every_fourth);
            if (pick(random, 2) == 0) std::swap(c, d);
            break;
        default: return des::with_odd_parity(random.block());
    }
    return des::with_odd_parity(des::undo_permuted_choice_1(std::uint64_t{c} << 28 | d));
}

Recording draw_message(QuestionKind kind, Random& random, const des::Variant& variant) {
    const bool stream = kind == QuestionKind::chain && pick(random, 3) == 0;
    const DesSettings settings{
        .key = kind == QuestionKind::weak ? draw_special_key(random) : des::with_odd_parity(random.block()),
        .mode = stream ? Mode::ctr : Mode::cbc,
        .padding = stream ? Padding::none : Padding::pkcs7};
    const Bytes text = to_bytes(pick_from(random, texts));
    const des::Block iv = random.block();
    Recording sent = record_des(settings, Direction::encrypt, iv, text, variant);
    if (kind == QuestionKind::weak || kind == QuestionKind::schedule || pick(random, 2) == 0) return sent;
    if (!variant.is_des()) return sent; // it may not undo what it does
    return record_des(settings, Direction::decrypt, iv, sent.messages.front().sent->ciphertext, variant);
}

bool reckons(QuestionKind kind) {
    using enum QuestionKind;
    return kind == modexp || kind == public_key || kind == shared || kind == derive || kind == parity;
}

} // namespace

Group draw_small_group(Random& random) {
    while (true) {
        const Number q = random.between(100, 499);
        const Number p = 2 * q + 1;
        if (!is_prime(q) || !is_prime(p)) continue;
        const Number g = random.between(2, 19);
        return {.name = "custom", .source = {}, .p = p, .g = g};
    }
}

Recording draw_scene(QuestionKind kind, Random& random, const des::Variant& variant) {
    if (!reckons(kind)) return draw_message(kind, random, variant);
    const Group group = draw_small_group(random);
    const dh::ParameterReport report = dh::check_parameters(group.p, group.g);
    const dh::Kdf kdf = pick(random, 2) == 0 ? dh::Kdf::sha256 : dh::Kdf::low64;
    const Number server = dh::draw_private_key(group, report, random);
    const Number client = dh::draw_private_key(group, report, random);
    // Of a short secret behind zeros the parity bits would always be the same.
    return record_handshake(
        {.group = group.name, .p = group.p, .g = group.g, .kdf = kind == QuestionKind::parity ? dh::Kdf::sha256 : kdf},
        server, client);
}

Node draw_step(QuestionKind kind, const StepTree& tree, unsigned rounds, Random& random) {
    using enum QuestionKind;
    const std::string_view side = pick(random, 2) == 0 ? "server" : "client";
    switch (kind) {
        case public_key: return tree.at(fmt::format("keys/{}.public", side));
        case shared: return tree.at(fmt::format("secret/{}.shared", side));
        case derive:
        case parity: return tree.at(fmt::format("secret/{}.derive", side));
        case modexp: {
            const Node power = tree.at(pick(random, 2) == 0 ? fmt::format("keys/{}.public", side)
                                                            : fmt::format("secret/{}.shared", side));
            const auto bits = static_cast<std::size_t>(tree.child_count(power));
            return tree.child(power, bits < 2 ? 0 : 1 + pick(random, bits - 1)); // the first one squares 1
        }
        case weak: return tree.at("schedule");
        case schedule:
            return tree.at(pick(random, 4) == 0 ? "schedule" : fmt::format("schedule/round.{}", 1 + pick(random, 16)));
        default: break;
    }
    const bool forwards = tree.find("message.1/encrypt").has_value();
    if (kind == pad) return tree.at(forwards ? "message.1/pad" : "message.1/unpad");
    const Direction direction = forwards ? Direction::encrypt : Direction::decrypt;
    const auto blocks = static_cast<std::size_t>(tree.block_count(1, direction));
    const std::string block = fmt::format("message.1/{}/block.{}", name(direction), 1 + pick(random, blocks));
    const std::string round = fmt::format("{}/round.{}", block, 1 + pick(random, rounds));
    switch (kind) {
        case chain: return tree.at(block);
        case ip: return tree.at(block + "/ip");
        case fp: return tree.at(block + "/fp");
        case order: return tree.at(pick(random, 3) == 0 ? block : round);
        case sbox: return tree.at(fmt::format("{}/sbox.{}", round, 1 + pick(random, 8)));
        default: return tree.at(fmt::format("{}/{}", round, name(kind)));
    }
}

} // namespace keyhole::practice
