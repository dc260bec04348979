// A key search's checkpoint: what is taken lies within the search and reads as it is written again.
#include "cli/crack/crack_checkpoint.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/recordings.hpp"

using namespace keyhole;
using namespace keyhole::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const keyhole::testing::TemporaryFolder folder;
    static const KeySearch search({.pair = {.plaintext = 0x0123456789ABCDEF, .ciphertext = 0x85E813540F0AB405},
                                   .second = {},
                                   .known_key = 0x133457799BBCDFF1,
                                   .unknown = lowest_key_bits(30)});
    const auto path = folder.path() / "checkpoint";
    keyhole::testing::write_text(path, std::string(text_of(data, size)));
    std::optional<KeySearchState> state;
    if (!accepted([&] { state = cli::read_checkpoint(path, search); })) return 0;
    hold(state->next_chunk >= search.first_chunk() && state->next_chunk <= search.end_chunk(), "it lies in the search");
    for (const des::Block key : state->found) hold(search.fits(key), "every key found is one");
    cli::write_checkpoint(path, search, *state);
    hold(cli::read_checkpoint(path, search) == state, "a checkpoint reads as it was written");
    return 0;
}
