// What is compared, as it is typed, flipped or taken from the trace: keeps A and B, their comparison and the averages.
#pragma once

#include "viz/pages/compare/compare_model.hpp"

namespace keyhole::viz {

/// What stands in A before anything else does.
inline constexpr BlockCase textbook_case{0x133457799BBCDFF1, 0x0123456789ABCDEF};

class CompareBench {
  public:
    CompareBench();

    enum Field : std::size_t { key_a, text_a, key_b, text_b };
    std::array<std::string, 4> fields; // 16 hex digits each, or 8 bytes in double quotes
    /// Reads the fields when they changed. While one is wrong, the comparison before stays.
    void refresh();
    /// Empty where nothing is wrong.
    const std::string& fault(std::size_t field) const { return faults_[field]; }
    bool all_right() const;

    const Comparison& comparison() const { return comparison_; }
    Direction direction() const { return direction_; }
    /// Of A, over all single flips of its key or text.
    const std::array<double, compare_rounds>& average(Flipped where) const {
        return averages_[static_cast<std::size_t>(where)];
    }

    /// A becomes another block; B keeps what it has flipped.
    void set_a(const BlockCase& a, Direction direction, const des::Variant& variant = {});
    /// B becomes A with this one bit flipped.
    void flip_only(Flipped where, unsigned position);
    /// B becomes the complement of A.
    void set_complement();

  private:
    void show(const BlockCase& a, const BlockCase& b);
    void read();

    std::array<std::string, 4> read_, faults_;
    Comparison comparison_;
    Direction direction_ = Direction::encrypt;
    des::Variant variant_;
    std::array<std::array<double, compare_rounds>, 2> averages_{};
};

} // namespace keyhole::viz
