// The workbench of one modular exponentiation: three numbers as typed, what is wrong with which, and the last right
// result.
#pragma once

#include <array>

#include "core/steps/trace.hpp"
#include "viz/session/session.hpp"

namespace keyhole::viz {

class PowerBench {
  public:
    PowerBench();

    /// Base, exponent, modulus: decimal, or hex with 0x.
    std::array<std::string, 3> fields{"5", "6", "23"};
    static std::string_view label(std::size_t field);
    void refresh();

    bool all_right() const;
    /// What is wrong with that field; empty where nothing is.
    const std::string& fault(std::size_t field) const { return faults_[field]; }
    const PowerSettings& good() const { return good_; }
    const Number& result() const { return result_; }
    std::size_t steps() const { return bit_length(good_.exponent); }

    /// As a trace of its own. Empty while something is wrong.
    std::optional<Opened> opened() const;

    /// Takes over the numbers of the exponentiation that the step lies in, else of the first that is known. False where
    /// there is none.
    bool take_over(const Trace& trace, const Node& node);

  private:
    void read();
    std::array<std::string, 3> read_, faults_;
    PowerSettings good_;
    Number result_;
};

} // namespace keyhole::viz
