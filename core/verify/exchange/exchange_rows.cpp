#include "core/verify/exchange/exchange_rows.hpp"

#include <fmt/format.h>

#include <array>
#include <map>

#include "core/base/bytes.hpp"
#include "core/csv/csv_exchange.hpp"
#include "core/dh/dh.hpp"
#include "core/dh/modexp.hpp"
#include "core/dh/role.hpp"
#include "core/steps/address.hpp"
#include "core/verify/cells/number_cell.hpp"

namespace keyhole::verify {
namespace {

// What the rows say of an input.
struct Input {
    Number value;
    bool confirmed = false; // by more than one row
    bool agreed = false;    // more of them say this than anything else
    std::string range = {}; // what it has to be, where it is not
};

// What a row should say.
struct Expected {
    Number value;
    const Input* input = nullptr; // none: it was computed
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
    explicit Handshake(const ExchangeFacts& facts) {
        for (const char* about :
             {"p", "g", "server x", "client x", "server y", "client y", "base", "exponent", "modulus"}) {
            if (const auto value = facts.number(about))
                inputs_[about] = {.value = *value, .confirmed = facts.rows(about) > 1, .agreed = facts.agreed(about)};
        }
        check_ranges();
        const auto p = sure("p");
        for (const Role role : every_role) side(role).computed_public = raised(sure("g"), sure(own(role, "x")), p);
        for (const Role role : every_role) side(role).shared = raised(public_key(other(role)), sure(own(role, "x")), p);
        // One side's private key is enough.
        for (const Role role : every_role)
            if (!side(role).shared) side(role).shared = side(other(role)).shared;
        const auto kdf = facts.winner("kdf");
        const auto known = kdf ? dh::find_kdf(*kdf) : std::nullopt;
        for (Side& one : sides_)
            if (known && one.shared && p)
                one.key = number_from_hex(to_hex(block_bytes(dh::derive(*one.shared, *p, *known).key)));
        result_ = raised(sure("base"), sure("exponent"), sure("modulus"));
    }

    std::optional<Expected> at(std::string_view address, std::string_view value) const {
        if (address == "modexp" && value == "result") return of(result_);
        if (address == "modexp" && (value == "base" || value == "exponent" || value == "modulus"))
            return input(std::string(value));
        if (const auto about = input_told(address, value)) {
            for (const Role role : every_role)
                if (*about == own(role, "y") && side(role).computed_public) return of(side(role).computed_public);
            return input(*about);
        }
        for (const Role role : every_role) {
            const std::string who(name(role));
            if ((address == "secret/" + who + ".shared" && value == "shared_secret") ||
                (address == "secret" && value == who + "_shared"))
                return of(side(role).shared);
            if (address == "secret/" + who + ".derive" && value == "key") return of(side(role).key);
        }
        return std::nullopt;
    }

  private:
    struct Side {
        std::optional<Number> computed_public, shared, key;
    };

    static std::string own(Role role, const char* what) { return fmt::format("{} {}", name(role), what); }

    void check_ranges() {
        const auto found = inputs_.find("p");
        if (found == inputs_.end()) return;
        const Number& p = found->second.value;
        constexpr int rounds = 20;
        const bool prime = p >= 5 && bit_length(p) <= dh::max_prime_bits && mpz_odd_p(p.get_mpz_t()) != 0 &&
                           mpz_probab_prime_p(p.get_mpz_t(), rounds) != 0;
        if (!prime) found->second.range = "an odd prime, 5 or more";
        for (const char* about : {"g", "server x", "client x", "server y", "client y"}) {
            const auto one = inputs_.find(about);
            if (prime && one != inputs_.end() && (one->second.value < 1 || one->second.value >= p))
                one->second.range = "a number from 1 to p - 1";
        }
    }

    // An input from which something can be computed.
    std::optional<Number> sure(const std::string& about) const {
        const auto found = inputs_.find(about);
        if (found == inputs_.end() || !found->second.agreed || !found->second.range.empty()) return std::nullopt;
        return found->second.value;
    }

    Side& side(Role role) { return sides_[role == Role::server ? 0 : 1]; }
    const Side& side(Role role) const { return sides_[role == Role::server ? 0 : 1]; }

    static std::optional<Expected> of(const std::optional<Number>& number) {
        return number ? std::optional(Expected{*number}) : std::nullopt;
    }
    std::optional<Expected> input(const std::string& about) const {
        const auto found = inputs_.find(about);
        return found != inputs_.end() ? std::optional(Expected{found->second.value, &found->second}) : std::nullopt;
    }
    std::optional<Number> public_key(Role role) const {
        const auto& computed = side(role).computed_public;
        return computed ? computed : sure(own(role, "y"));
    }

    std::map<std::string, Input, std::less<>> inputs_;
    std::array<Side, 2> sides_;
    std::optional<Number> result_; // of a lone exponentiation
};

// Long numbers as a cell of the export has them.
std::string written(const Number& number) {
    return bit_length(number) > 49 ? to_prefixed_hex(number) : to_text(number);
}

// What a row is found to be.
struct Found {
    bool known = false;                // something else tells what it should be
    std::optional<WrongCell> computed; // it is not what its inputs come to
};

// Throws WrongCell for a wrong input.
Found check_number(const Table& table, const Handshake& handshake) {
    const std::string_view address = table.text(address_at), value_name = table.text(name_at);
    const auto expected = handshake.at(address, value_name);
    if (!expected) return {};
    const auto there = number_in_cell(unguarded(table.text(value_at)));
    const std::string where = fmt::format("{}, {}", escape_controls(address), escape_controls(value_name)),
                      right = excerpt(written(expected->value), longest_quoted);
    const bool same = there == expected->value;
    const Input* input = expected->input;
    if (input == nullptr) return {true, same ? std::nullopt : std::optional(table.wrong(value_at, right, where))};
    if (!input->range.empty()) throw table.wrong(value_at, input->range, where);
    if (same) return {input->confirmed, {}};
    if (input->agreed) throw table.wrong(value_at, right, where);
    throw doubt_about(table.name(), table.line(),
                      fmt::format("value is {}, and another row has {} ({}); nothing here tells which of them is wrong",
                                  excerpt(table.text(value_at), longest_quoted), right, where));
}

} // namespace

std::uint64_t check_rows(Table& table, const ExchangeFacts& facts) {
    const Handshake handshake(facts);
    std::uint64_t last = 0, unknown = 0;
    std::string address;
    std::optional<WrongCell> computed; // the first; a wrong input comes before it, wherever it stands
    for (; !table.at_end(); table.advance()) {
        const std::string shown = escape_controls(table.text(address_at));
        if (!parse_address(table.text(address_at)))
            throw table.wrong(address_at, "the address of a step, such as keys/server.public", "");
        const bool same = last != 0 && table.text(address_at) == address;
        if (same ? table[step_at] != last : table[step_at] <= last)
            throw table.wrong(step_at, same ? fmt::to_string(last) : fmt::format("more than {}", last), shown);
        const Found found = check_number(table, handshake);
        if (!found.known) ++unknown;
        if (found.computed && !computed) computed = found.computed;
        last = table[step_at];
        address = table.text(address_at);
    }
    if (computed) throw WrongCell(*computed);
    return unknown;
}

} // namespace keyhole::verify
