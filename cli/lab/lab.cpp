// keyhole lab: DES taken apart, and the attacks on fewer rounds of it.
#include "cli/lab/lab.hpp"

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "core/base/file.hpp"
#include "flags/options.hpp"

namespace keyhole::cli {
namespace {

constexpr std::size_t longest_box = 64 << 10;

} // namespace

void add_variant_option(CLI::App* command, std::optional<std::string>& list) {
    command->add_option("--variant", list,
                        "DES with something changed, parts with commas between: rounds=8, no-swap, no-ip, no-p, "
                        "same-subkeys, reversed-subkeys, no-shifts, sbox1=S5, sbox1=linear, sbox1=FILE, sbox1[0,3]=7");
}

des::Variant variant_of(const std::optional<std::string>& list) {
    if (!list) return {};
    const des::Variant variant =
        des::parse_variant(*list, [](const std::string& path) { return read_file(path, longest_box); });
    if (!variant.is_des()) fmt::print(stderr, "keyhole: {}\n", variant.mark());
    return variant;
}

Random lab_random(const std::optional<std::string>& seed) {
    if (seed) return Random::seeded(checked_seed(*seed));
    const std::string drawn = fmt::format("{:08x}", Random::system().block() >> 32);
    fmt::print(stderr, "keyhole: seed {0} (--seed {0} draws the same again)\n", drawn);
    return Random::seeded(drawn);
}

void add_lab(CLI::App& app, int& status) {
    CLI::App* sub = app.add_subcommand("lab", "DES taken apart: its boxes, and attacks on fewer rounds");
    sub->require_subcommand(1);
    sub->footer("Example: keyhole lab linear --rounds 8 --texts 2097152 --seed 1");
    add_lab_tables(*sub);
    add_lab_criteria(*sub, status);
    add_lab_avalanche(*sub, status);
}

} // namespace keyhole::cli
