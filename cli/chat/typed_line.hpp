// What is typed at a server: for whom a line is, and the lines that wait because nobody has come yet.
#pragma once

#include <string>
#include <vector>

namespace keyhole::cli {

/// `#2 TEXT` is for the second client, `##..` a line that begins with `#`; every other line is for all.
struct TypedLine {
    unsigned number = 0; // of the client it is for; 0: all
    std::string text;
};

TypedLine parse_typed(std::string line);

class KeptLines {
  public:
    bool empty() const { return lines_.empty(); }
    /// With a line end for each.
    std::size_t bytes() const { return bytes_; }
    void keep(TypedLine line);
    /// Those for all and for the client of that number, which is there now; the others stay.
    std::vector<std::string> take_for(unsigned number);

  private:
    std::vector<TypedLine> lines_;
    std::size_t bytes_ = 0;
};

} // namespace keyhole::cli
