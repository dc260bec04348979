#include "core/dh/groups.hpp"

#include <algorithm>

#include "core/base/choice.hpp"

namespace keyhole {
namespace {

constexpr unsigned guard_bits = 64;

// floor(2^bits * arctan(1/x)), up to the guard bits, by Gregory's series.
Number scaled_arctan_inverse(unsigned x, unsigned bits) {
    Number power = (Number(1) << bits) / x;
    Number sum = power;
    for (unsigned n = 3; power != 0; n += 2) {
        power /= x * x;
        if (n % 4 == 3) {
            sum -= power / n;
        } else {
            sum += power / n;
        }
    }
    return sum;
}

// RFC 2409 and RFC 3526: p = 2^b - 2^(b-64) - 1 + 2^64 * (floor(2^(b-130) * pi) + offset)
// RFC 7919:              p = 2^b - 2^(b-64) - 1 + 2^64 * (floor(2^(b-130) * e) + offset)
Number from_constant(unsigned bits, const Number& constant, unsigned offset) {
    return (Number(1) << bits) - (Number(1) << (bits - 64)) - 1 + ((constant + offset) << 64);
}

struct Recipe {
    const char* name;
    unsigned bits;
    unsigned offset;
    const char* source;
    unsigned exponent_bits; // RFC 3526, section 8, the larger estimate; RFC 7919, appendix A
};

constexpr Recipe modp_recipes[] = {
    {"modp768", 768, 149686, "RFC 2409, section 6.1", 0},    {"modp1024", 1024, 129093, "RFC 2409, section 6.2", 0},
    {"modp1536", 1536, 741804, "RFC 3526, section 2", 240},  {"modp2048", 2048, 124476, "RFC 3526, section 3", 320},
    {"modp3072", 3072, 1690314, "RFC 3526, section 4", 420}, {"modp4096", 4096, 240904, "RFC 3526, section 5", 480},
    {"modp6144", 6144, 929484, "RFC 3526, section 6", 540},  {"modp8192", 8192, 4743158, "RFC 3526, section 7", 620},
};

constexpr Recipe ffdhe_recipes[] = {
    {"ffdhe2048", 2048, 560316, "RFC 7919, appendix A.1", 225},
    {"ffdhe3072", 3072, 2625351, "RFC 7919, appendix A.2", 275},
    {"ffdhe4096", 4096, 5736041, "RFC 7919, appendix A.3", 325},
    {"ffdhe6144", 6144, 15705020, "RFC 7919, appendix A.4", 375},
    {"ffdhe8192", 8192, 10965728, "RFC 7919, appendix A.5", 400},
};

std::vector<Group> make_groups() {
    std::vector<Group> groups;
    groups.push_back({"toy23", "the textbooks' example; anyone can break it by hand", 23, 5, 0});
    for (const Recipe& r : modp_recipes) {
        groups.push_back(
            {r.name, r.source, from_constant(r.bits, scaled_pi(r.bits - 130), r.offset), 2, r.exponent_bits});
    }
    for (const Recipe& r : ffdhe_recipes) {
        groups.push_back(
            {r.name, r.source, from_constant(r.bits, scaled_e(r.bits - 130), r.offset), 2, r.exponent_bits});
    }
    return groups;
}

} // namespace

Number scaled_e(unsigned bits) {
    Number term = Number(1) << (bits + guard_bits);
    Number sum = 0;
    for (unsigned n = 1; term != 0; ++n) {
        sum += term;
        term /= n;
    }
    return sum >> guard_bits;
}

Number scaled_pi(unsigned bits) {
    const unsigned wide = bits + guard_bits;
    // Machin: pi / 4 = 4 arctan(1/5) - arctan(1/239)
    const Number quarter = 4 * scaled_arctan_inverse(5, wide) - scaled_arctan_inverse(239, wide);
    return (4 * quarter) >> guard_bits;
}

const std::vector<Group>& named_groups() {
    static const std::vector<Group> groups = make_groups();
    return groups;
}

const Group* find_group(std::string_view name) {
    const auto& groups = named_groups();
    const auto found =
        std::find_if(groups.begin(), groups.end(), [&](const Group& g) { return same_word(g.name, name); });
    return found == groups.end() ? nullptr : &*found;
}

const Group* find_group(const Number& p, const Number& g) {
    const auto& groups = named_groups();
    const auto found = std::find_if(groups.begin(), groups.end(), [&](const Group& x) { return x.p == p && x.g == g; });
    return found == groups.end() ? nullptr : &*found;
}

} // namespace keyhole
