#include "core/verify/exchange/exchange_rows.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"
#include "core/csv/csv_exchange.hpp"
#include "core/dh/dh.hpp"
#include "core/dh/modexp.hpp"
#include "core/dh/role.hpp"
#include "core/steps/address.hpp"
#include "core/verify/cells/number_cell.hpp"

namespace keyhole::verify {
namespace {

// What a row should say.
struct Expected {
    Number value;
    std::string about{}; // of an input: what the rows vote on; empty for what was computed
};

std::optional<Number> raised(const std::optional<Number>& base, const std::optional<Number>& exponent,
                             const std::optional<Number>& modulus) {
    const auto fits = [](const Number& number) { return bit_length(number) <= max_power_bits; };
    if (!base || !exponent || !modulus || *modulus == 0 || !fits(*base) || !fits(*exponent) || !fits(*modulus))
        return std::nullopt;
    return power(*base, *exponent, *modulus);
}

// Everything that the inputs come to.
class Handshake {
  public:
    explicit Handshake(const ExchangeFacts& facts) : facts_(facts), p_(facts.number("p")) {
        for (const Role role : every_role) {
            Side& own = side(role);
            own.computed_public = raised(facts.number("g"), facts.number(std::string(name(role)) + " x"), p_);
        }
        for (const Role role : every_role) {
            Side& own = side(role);
            own.shared = raised(public_key(other(role)), facts.number(std::string(name(role)) + " x"), p_);
        }
        // One side's private key is enough.
        for (const Role role : every_role) {
            Side& own = side(role);
            if (!own.shared) own.shared = side(other(role)).shared;
        }
    }

    std::optional<Expected> at(std::string_view address, std::string_view value) const {
        if (address == "modexp" && value == "result")
            return of(raised(facts_.number("base"), facts_.number("exponent"), facts_.number("modulus")));
        if (address == "modexp" && (value == "base" || value == "exponent" || value == "modulus"))
            return input(std::string(value));
        const bool power = address.starts_with("keys/") || address.starts_with("secret/");
        if (value == "p" || (value == "modulus" && power)) return input("p");
        if (value == "g" || (value == "base" && address.starts_with("keys/"))) return input("g");
        for (const Role role : every_role) {
            const std::string who(name(role));
            const Side& own = side(role);
            if (address == "keys/" + who + ".private" && value == "private_key") return input(who + " x");
            const bool public_step = address == "keys/" + who + ".public",
                       shared_step = address == "secret/" + who + ".shared";
            if ((public_step || shared_step) && value == "exponent") return input(who + " x");
            if ((public_step && value == "public_key") || (address == "keys" && value == who + "_public") ||
                (address == "secret/" + std::string(name(other(role))) + ".shared" && value == "base"))
                return own.computed_public ? of(own.computed_public) : input(who + " y");
            if ((shared_step && value == "shared_secret") || (address == "secret" && value == who + "_shared"))
                return of(own.shared);
            if (address == "secret/" + who + ".derive" && value == "key") return of(key(own));
        }
        return std::nullopt;
    }

    /// What an input has to be, where it is not.
    std::string range_of(const Expected& input) const {
        if (input.about == "p") return *p_ < 5 || mpz_even_p(p_->get_mpz_t()) ? "an odd prime, 5 or more" : "";
        const bool below_p = input.about == "g" || input.about.ends_with(" x") || input.about.ends_with(" y");
        if (!below_p || !p_) return {};
        return input.value < 1 || input.value >= *p_ ? "a number from 1 to p - 1" : "";
    }

  private:
    struct Side {
        std::optional<Number> computed_public, shared;
    };

    Side& side(Role role) { return sides_[role == Role::server ? 0 : 1]; }
    const Side& side(Role role) const { return sides_[role == Role::server ? 0 : 1]; }

    static std::optional<Expected> of(const std::optional<Number>& number) {
        return number ? std::optional(Expected{*number}) : std::nullopt;
    }
    std::optional<Expected> input(const std::string& about) const {
        const auto number = facts_.number(about);
        return number ? std::optional(Expected{*number, about}) : std::nullopt;
    }
    std::optional<Number> public_key(Role role) const {
        const auto& computed = side(role).computed_public;
        return computed ? computed : facts_.number(std::string(name(role)) + " y");
    }
    std::optional<Number> key(const Side& own) const {
        const auto kdf = facts_.winner("kdf");
        const auto known = kdf ? dh::find_kdf(*kdf) : std::nullopt;
        if (!known || !own.shared || !p_) return std::nullopt;
        return number_from_hex(to_hex(block_bytes(dh::derive(*own.shared, *p_, *known).key)));
    }

    const ExchangeFacts& facts_;
    std::optional<Number> p_;
    std::array<Side, 2> sides_;
};

// Long numbers as a cell of the export has them.
std::string written(const Number& number) {
    return bit_length(number) > 49 ? to_prefixed_hex(number) : to_text(number);
}

// Returns false where nothing but the row itself says what it should be.
bool check_number(const Table& table, const ExchangeFacts& facts, const Handshake& handshake) {
    const std::string_view address = table.text(address_at), value_name = table.text(name_at);
    const auto expected = handshake.at(address, value_name);
    if (!expected) return false;
    const auto there = number_in_cell(unguarded(table.text(value_at)));
    const std::string where = fmt::format("{}, {}", escape_controls(address), escape_controls(value_name));
    if (const std::string range = handshake.range_of(*expected); !range.empty())
        throw table.wrong(value_at, range, where);
    if (there == expected->value) return expected->about.empty() || facts.rows(expected->about) > 1;
    if (expected->about.empty() || facts.agreed(expected->about))
        throw table.wrong(value_at, excerpt(written(expected->value), longest_quoted), where);
    throw doubt_about(table.name(), table.line(),
                      fmt::format("value is {}, and another row has {} ({}); nothing here tells which of them is wrong",
                                  excerpt(table.text(value_at), longest_quoted),
                                  excerpt(written(expected->value), longest_quoted), where));
}

} // namespace

std::uint64_t check_rows(Table& table, const ExchangeFacts& facts) {
    const Handshake handshake(facts);
    std::uint64_t last = 0, unknown = 0;
    std::string address;
    for (; !table.at_end(); table.advance()) {
        const std::string shown = escape_controls(table.text(address_at));
        if (!parse_address(table.text(address_at)))
            throw table.wrong(address_at, "the address of a step, such as keys/server.public", "");
        const bool same = last != 0 && table.text(address_at) == address;
        if (same ? table[step_at] != last : table[step_at] <= last)
            throw table.wrong(step_at, same ? fmt::to_string(last) : fmt::format("more than {}", last), shown);
        if (!check_number(table, facts, handshake)) ++unknown;
        last = table[step_at];
        address = table.text(address_at);
    }
    return unknown;
}

} // namespace keyhole::verify
