#include "flags/options.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"
#include "core/base/choice.hpp"
#include "core/base/file.hpp"
#include "flags/usage.hpp"

namespace keyhole::cli {

std::string in_quotes(std::string_view text) { return "'" + escape_controls(whole_characters(text, 60)) + "'"; }

dh::PemNumbers read_pem_file(const std::string& path) {
    constexpr std::size_t most_bytes = std::size_t{1} << 20;
    return dh::read_pem(read_file(path, most_bytes), dh::PemKind::parameters, in_quotes(path));
}

const Group& group_named(std::string_view what, std::string_view wanted) {
    if (const Group* group = find_group(wanted)) return *group;
    std::vector<std::string_view> names;
    for (const Group& group : named_groups()) names.emplace_back(group.name);
    throw bad_input(fmt::format("{} {} is not known (it is none of Keyhole's; {}see keyhole group list)", what,
                                in_quotes(wanted), did_you_mean(wanted, names)));
}

Group resolve_group(const GroupText& text) {
    if (text.pem) {
        if (text.group || text.p || text.g)
            throw bad_input("--pem contradicts --group, --p and --g (each names a group; give one of them)");
        const dh::PemNumbers pem = read_pem_file(*text.pem);
        if (const Group* named = find_group(pem.p, pem.g)) return *named;
        return {.name = "custom", .source = *text.pem, .p = pem.p, .g = pem.g};
    }
    if (!text.p && !text.g) {
        return group_named("--group", text.group.value_or("ffdhe2048"));
    }
    if (text.group) throw bad_input("--group and --p contradict each other (each names a group; give one of them)");
    if (!text.p || !text.g) throw bad_input("--p and --g belong together (one is missing; give both)");
    const Number p = parse_number(*text.p, "--p");
    const Number g = parse_number(*text.g, "--g");
    if (const Group* named = find_group(p, g)) return *named;
    return {.name = "custom", .source = "the command line", .p = p, .g = g};
}

void add_group_options(CLI::App* command, GroupText& text, const std::string& help) {
    command->add_option("--group", text.group, help);
    command->add_option("--p", text.p, "a prime of your own, decimal, 0x.. or aa:bb:..; with --g");
    command->add_option("--g", text.g, "its generator");
    command->add_option("--pem", text.pem, "a file with p and g, as openssl dhparam writes it")
        ->check(names_something());
}

void add_server_options(CLI::App* command, ServerOptionsText& text) {
    add_group_options(command, text, "a named group (see keyhole group list); default ffdhe2048");
    command->add_option("--kdf", text.kdf, "from secret to key: sha256 (default) or low64");
    command->add_option("--mode", text.mode, "cbc (default), ctr or ecb");
}

ServerChoice resolve(const ServerOptionsText& text) {
    ServerChoice choice{.group = resolve_group(text)};
    if (text.kdf) choice.kdf = chosen(dh::every_kdf, "--kdf", *text.kdf);
    if (text.mode) {
        const auto mode = find_mode(*text.mode);
        if (!mode) throw unknown_word("--mode", *text.mode, names_of(chat_modes));
        if (!find_chat_mode(name(*mode)))
            throw bad_input(
                fmt::format("--mode {} is no mode of the chat (keyhole/1 has cbc, ctr and ecb; encrypt, decrypt and "
                            "trace des take {})",
                            in_quotes(*text.mode), name(*mode)));
        choice.mode = *mode;
    }
    return choice;
}

const std::string& checked_seed(const std::string& seed) {
    if (seed.empty())
        throw bad_input("an empty --seed (it would be easily given by mistake; give any text, or leave it out)");
    return seed;
}

std::string used_seed(const std::optional<std::string>& seed, std::string_view does_again) {
    if (seed) return checked_seed(*seed);
    std::string drawn = fmt::format("{:08x}", Random::system().block() >> 32);
    fmt::print(stderr, "keyhole: seed {0} (--seed {0} {1})\n", drawn, does_again);
    return drawn;
}

Random random_of(const std::optional<std::string>& seed) {
    if (!seed) return Random::system();
    Random random = Random::seeded(checked_seed(*seed));
    fmt::print(stderr, "keyhole: warning: --seed makes private keys and IVs predictable: for looking at only\n");
    return random;
}

void add_private_key_option(CLI::App* command, const std::string& flag, const std::string& whose,
                            std::optional<std::string>& text) {
    command->add_option(flag, text, fmt::format("the private key of {}, 1 to p-2; not drawn, and predictable", whose));
}

std::optional<Number> private_key_of(const std::string& flag, const std::optional<std::string>& text) {
    if (!text) return std::nullopt;
    Number key = parse_number(*text, flag);
    fmt::print(stderr, "keyhole: warning: {} makes a private key predictable: for looking at only\n", flag);
    return key;
}

Say parse_say(const std::string& text) {
    const std::size_t colon = text.find(':');
    const auto role = find_role(std::string_view(text).substr(0, colon));
    if (role && colon != std::string::npos) return {*role, text.substr(colon + 1)};
    throw bad_input(fmt::format(
        "--say {} names no speaker (one of two parties says it; write server:TEXT or client:TEXT)", in_quotes(text)));
}

} // namespace keyhole::cli
