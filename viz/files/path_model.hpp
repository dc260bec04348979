// A path as it is typed into a field, and how it may go on: the entries of its folder that begin with what stands after
// the last slash. Names are hostile: control characters are written as escapes, which the field understands as well.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace keyhole::viz {

/// What the field means: `~` and `~/..` are the home folder, and escapes as escape_controls() writes them stand for
/// their characters. A backslash that begins no escape is itself.
std::filesystem::path typed_path(std::string_view text);

struct PathChoice {
    std::string text;  // of the whole field, when it is chosen
    std::string shown; // the name alone, a folder with a slash
    bool folder = false;
};

/// Which entries go with a text. The folder is read again only when it is another one, or after `forget`.
class PathCompletion {
  public:
    /// Of more entries than these the rest is left out, and `words` says so.
    static constexpr std::size_t most_entries = 100'000;
    /// As many choices are kept; `found` counts all.
    static constexpr std::size_t most_choices = 200;

    /// Looks again when the text or the kind changed. Hidden entries are found by a text that names a dot.
    void look(std::string_view text, bool folders_only);
    /// The folder may have changed: the next look reads it again.
    void forget() { read_ = false; }

    /// By name, folders and files in one row.
    const std::vector<PathChoice>& choices() const { return choices_; }
    std::uint64_t found() const { return found_; }
    /// The text, as far as all that was found agrees; the text itself where nothing is to be added.
    const std::string& longest() const { return longest_; }
    /// "12 of 1 034 entries", "nothing in this folder begins with this", "cannot look into DIR (Permission denied)".
    const std::string& words() const { return words_; }
    bool readable() const { return trouble_.empty(); }

  private:
    struct Entry {
        std::string name; // bytes as the file system has them
        bool folder = false;
    };
    void read(const std::filesystem::path& folder);
    void choose(std::string_view text);

    bool read_ = false, cut_ = false, folders_only_ = false;
    std::filesystem::path folder_;
    std::string text_, trouble_, longest_, words_;
    std::vector<Entry> entries_;
    std::vector<PathChoice> choices_;
    std::uint64_t found_ = 0;
};

} // namespace keyhole::viz
