#include "cli/viewer_option.hpp"

#include <fmt/format.h>

#include "core/base/choice.hpp"
#include "core/steps/viewer.hpp"

namespace keyhole::cli {

CLI::Option* add_viewer_option(CLI::App* command, std::optional<std::string>& viewer) {
    return command->add_option("--viewer", viewer,
                               "server, client or eavesdropper: what that one cannot know is nowhere in the file");
}

Recording seen_through(const Recording& recording, const std::optional<std::string>& viewer) {
    if (!viewer) return recording;
    const auto* found =
        std::ranges::find_if(viewer_words, [&](std::string_view word) { return same_word(word, *viewer); });
    if (found == viewer_words.end()) throw unknown_word("--viewer", *viewer, viewer_words);
    const auto who = static_cast<Viewer>(found - viewer_words.begin());
    if (who == Viewer::both) return recording;
    if (!recording.parameters)
        throw bad_input(
            fmt::format("--viewer {} looks at an exchange (here nobody sends anything; leave it out)", *found));
    if (who != Viewer::eavesdropper &&
        !recording.party(who == Viewer::server ? Role::server : Role::client).private_key)
        throw bad_input(
            fmt::format("--viewer {} has nothing to see (the recording holds no private key of the {}; name another)",
                        *found, *found));
    return seen_by(recording, who);
}

} // namespace keyhole::cli
