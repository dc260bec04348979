// --variant: DES with something changed, of the commands that can take it, and refused by those whose DES is DES.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "core/des/variant.hpp"

namespace keyhole::cli {

/// Adds --variant, bound to `text`, which must outlive the parse.
void add_variant_option(CLI::App* command, std::optional<std::string>& text);

/// What was given; DES where nothing was. Throws Error as read_variant does.
des::Variant variant_of(const std::optional<std::string>& text);

/// Says `not DES: LIST` on stderr; nothing of DES.
void say_variant(const des::Variant& variant);

/// Makes the command, called `name`, refuse --variant (bad_input) with this reason: "the peer has DES".
void refuse_variant(CLI::App* command, const std::string& name, const std::string& why);

} // namespace keyhole::cli
