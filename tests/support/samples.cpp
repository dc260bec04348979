#include "tests/support/samples.hpp"

#include "netsim/protocol/loopback.hpp"
#include "tests/support/recordings.hpp"

namespace keyhole::samples {

Recording exchange(Mode mode, dh::Kdf kdf, const std::string& group) {
    return run_exchange(
        {.group = *find_group(group),
         .kdf = kdf,
         .mode = mode,
         .random = Random::seeded("samples"),
         .says = {{Role::client, "This is a message"}, {Role::server, "This is a response from the server"}}});
}

Recording workbench(Direction direction, Mode mode, std::size_t size) {
    return workbench(direction, mode, size, usual_padding(mode));
}

Recording workbench(Direction direction, Mode mode, std::size_t size, Padding padding) {
    const DesSettings settings{.key = 0x133457799BBCDFF1, .mode = mode, .padding = padding};
    const des::Block iv = mode == Mode::ecb ? 0 : 0xFFFFFFFFFFFFFFFE;
    Bytes data(size);
    for (std::size_t i = 0; i < size; ++i) data[i] = static_cast<std::uint8_t>(i * 7 + 1);
    const Recording enciphered = record_des(settings, Direction::encrypt, iv, data);
    if (direction == Direction::encrypt) return enciphered;
    return record_des(settings, direction, iv, enciphered.messages[0].sent->ciphertext);
}

Recording variant(std::string_view list, const des::ReadBox& read_box) {
    return record_des({.key = 0x133457799BBCDFF1, .mode = Mode::ecb, .padding = Padding::none}, Direction::encrypt, 0,
                      block_bytes(0x0123456789ABCDEF), des::parse_variant(list, read_box));
}

Recording power() { return record_power({.base = 5, .exponent = 6, .modulus = 23}); }

std::vector<Recording> all() {
    std::vector<Recording> out;
    for (const Mode mode : {Mode::ecb, Mode::cbc, Mode::ctr}) {
        out.push_back(exchange(mode, dh::Kdf::low64));
        for (const Direction direction : {Direction::encrypt, Direction::decrypt}) {
            for (const std::size_t size : {0U, 1U, 8U, 20U}) out.push_back(workbench(direction, mode, size));
        }
    }
    for (const Mode mode : {Mode::cfb, Mode::cfb8, Mode::cfb1, Mode::ofb}) {
        for (const Direction direction : {Direction::encrypt, Direction::decrypt})
            out.push_back(workbench(direction, mode, mode == Mode::cfb1 ? 1 : 9));
    }
    for (const Padding padding : {Padding::zero, Padding::iso7816}) {
        for (const Direction direction : {Direction::encrypt, Direction::decrypt}) {
            for (const std::size_t size : {0U, 7U, 8U, 20U})
                out.push_back(workbench(direction, Mode::ecb, size, padding));
        }
    }
    out.push_back(exchange(Mode::cbc, dh::Kdf::sha256, "modp768"));

    Recording one_side = exchange();
    one_side.party(Role::server).private_key.reset();
    one_side.party(Role::server).shared.reset();
    one_side.party(Role::server).derived = false;
    one_side.party(Role::server).agreed = false;
    one_side.messages[0].received.reset();
    one_side.messages[1].sent.reset();
    out.push_back(one_side);

    out.push_back(testing::overheard(exchange()));

    Recording half_way = exchange();
    half_way.messages.clear();
    half_way.party(Role::client) = {};
    half_way.party(Role::server).shared.reset();
    half_way.party(Role::server).derived = false;
    out.push_back(half_way);

    out.push_back(power());
    out.push_back(record_power({.base = 0, .exponent = 0, .modulus = 1}));
    out.push_back(record_power({.base = 3, .exponent = (Number(1) << 100) + 5, .modulus = (Number(1) << 90) - 33}));
    return out;
}

} // namespace keyhole::samples
