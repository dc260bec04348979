// keyhole lab: DES taken apart, and the attacks on fewer rounds of it.
#include "cli/lab/lab.hpp"

#include "cli/commands.hpp"
#include "flags/options.hpp"
#include "flags/variant_flag.hpp"

namespace keyhole::cli {

des::Variant variant_aloud(const std::optional<std::string>& list) {
    const des::Variant variant = variant_of(list);
    say_variant(variant);
    return variant;
}

Random lab_random(const std::optional<std::string>& seed) {
    return Random::seeded(used_seed(seed, "draws the same again"));
}

void add_lab(CLI::App& app, int& status) {
    CLI::App* sub = app.add_subcommand("lab", "DES taken apart: its boxes, and attacks on fewer rounds");
    sub->require_subcommand(1);
    sub->footer("Example: keyhole lab linear --rounds 8 --texts 2097152 --seed 1");
    add_lab_tables(*sub);
    add_lab_criteria(*sub, status);
    add_lab_avalanche(*sub, status);
    add_lab_differential(*sub, status);
    add_lab_linear(*sub, status);
    add_lab_meet(*sub, status);
    add_lab_cone(*sub);
}

} // namespace keyhole::cli
