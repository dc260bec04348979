#include "flags/variant_flag.hpp"

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/recording/workbench.hpp"

namespace keyhole::cli {

void add_variant_option(CLI::App* command, std::optional<std::string>& text) {
    command->add_option("--variant", text,
                        "DES with something changed: a list, with commas, of rounds=N, no-swap, no-ip, no-p, "
                        "same-subkeys, reversed-subkeys, no-shifts, sboxN=SM, sboxN=linear, sboxN=FILE, sboxN[R,C]=V");
}

des::Variant variant_of(const std::optional<std::string>& text) { return text ? read_variant(*text) : des::Variant{}; }

void say_variant(const des::Variant& variant) {
    if (!variant.is_des()) fmt::print(stderr, "keyhole: not DES: {}\n", variant.list());
}

void refuse_variant(CLI::App* command, const std::string& name, const std::string& why) {
    const std::string line = fmt::format(
        "{} takes no --variant ({}; encrypt, decrypt, trace des, exchange, figure, class, practice and lab "
        "take one)",
        name, why);
    command->add_option_function<std::string>("--variant", [line](const std::string&) { throw bad_input(line); })
        ->group(""); // not listed
}

} // namespace keyhole::cli
