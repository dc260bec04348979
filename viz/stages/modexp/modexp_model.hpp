// A modular exponentiation as the stage shows it: what is raised to what, the exponent as a ribbon of bits, the work of
// the current bit in live numbers, and one row of the table at a time. (Handbook of Applied Cryptography, 14.79.)
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/steps/trace.hpp"
#include "viz/base/number_model.hpp"

namespace keyhole::viz {

/// One number of the computation: what it is called ("A"), what it is ("public key") and how it is written.
struct PowerNumber {
    std::string letter, role;
    NumberText text;
};

/// One of the two actions of a bit.
struct PowerAction {
    bool done = true;          // false: the bit is 0, so there is no multiplication
    std::string formula;       // "8² mod 23 = 64 mod 23 = 18"; long numbers in their short form
    std::string note;          // what the formula cannot say: "the square has 4094 bits, ..."
    NumberText result;         // of `before` where nothing was done
    std::vector<bool> changed; // by group, against the value before this action; hex only
};

/// The work of one exponent bit.
struct PowerBit {
    std::uint64_t index = 1; // from the top, from 1
    unsigned bit = 0;
    NumberText before;
    PowerAction square, multiply;
    std::string so_far; // "read so far: 110₂ = 6, so the value is 5^6 mod 23"; empty for a long exponent
};

struct ModexpModel {
    Node owner;                   // the step whose children are the bits
    std::string heading, purpose; // "g^{a} mod p", "the server's public key A, which crosses the wire"
    std::string live;             // the heading in numbers: "5^{6} mod 23 = 8"; short forms
    std::string unknown;          // why there is nothing to compute: the exponent is not known here; else empty
    PowerNumber base, exponent, modulus, result;
    std::uint64_t bits = 0, ones = 0;
    const PowerRecord* power = nullptr; // none where `unknown` says why
    std::optional<PowerBit> current;
};

/// The node is a public key, a shared secret, `modexp`, or a bit of one of them.
ModexpModel make_modexp_model(const Trace& trace, const Node& node);

/// Exponent bit `index`, from 1 at the top; the running value after it in its short form.
unsigned exponent_bit(const ModexpModel& model, std::uint64_t index);
std::string value_after(const ModexpModel& model, std::uint64_t index);

/// One row of the table of all steps.
struct PowerRow {
    Node node;
    std::uint64_t index = 1;
    unsigned bit = 0;
    std::string action;              // "square" or "square, multiply"
    std::string squared, multiplied; // short forms; the second is empty for a bit 0
};

/// `index` counts from 1 to view.bits.
PowerRow power_row(const ModexpModel& model, std::uint64_t index);

} // namespace keyhole::viz
