// The devices of `keyhole crack des --device`: which they are, the cards among them as helpers of the search, and the
// words about them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/attack/cards/card.hpp"

namespace keyhole::cli {

class CrackCards {
  public:
    /// Finds the devices. With numbers whatever is wrong is an Error; with `auto` it is a warning, and the CPU searches
    /// alone. `asked`: whether somebody wrote `auto`, so that a missing loader is worth a word.
    CrackCards(const cards::DeviceChoice& choice, bool asked, bool gentle, const KeySearch& search,
               const KeySearchState& state);

    /// Compiles and tests the kernels of the cards that were asked for by number; those of `auto` do that while the CPU
    /// searches already. Throws Error (io) where one fails.
    void prepare(const std::function<bool()>& stopped);

    bool with_cpu() const { return choice_.cpu(); }
    std::vector<ChunkSearcher*> helpers() const;
    std::string names() const; // "NVIDIA H100 and pocl"; empty without cards

    /// Ends the process now where a card hangs, because its driver would wait for it for ever.
    void end_if_one_hangs(int status) const;

  private:
    cards::DeviceChoice choice_;
    std::vector<std::unique_ptr<cards::Card>> cards_;
};

} // namespace keyhole::cli
