#include "viz/files/path_model.hpp"

#include <fmt/format.h>
#include <utf8.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <optional>

#include "core/base/bytes.hpp"
#include "core/base/file.hpp"
#include "core/base/spelling/whole_number.hpp"
#include "core/base/words.hpp"

namespace keyhole::viz {
namespace {

namespace fs = std::filesystem;

struct Escape {
    std::size_t length = 0; // of its written form
    std::string bytes;
};

// The escape at the text's head, if there is one. None stands for the end of a C string.
std::optional<Escape> escape_at(std::string_view text) {
    if (text.size() < 2 || text[0] != '\\') return std::nullopt;
    switch (text[1]) {
        case '\\': return Escape{2, "\\"};
        case 'n': return Escape{2, "\n"};
        case 't': return Escape{2, "\t"};
        case 'r': return Escape{2, "\r"};
        default: break;
    }
    const bool braces = text[1] == 'u' && text.size() > 2 && text[2] == '{';
    if (text[1] != 'x' && !braces) return std::nullopt;
    const std::size_t first = braces ? 3 : 2;
    const std::size_t last = braces ? text.find('}') : std::min<std::size_t>(4, text.size());
    if (last == std::string_view::npos || last <= first || (!braces && last != 4)) return std::nullopt;
    const auto value = whole_number<std::uint32_t>(text.substr(first, last - first), 16);
    if (!value || *value == 0 || *value > 0x10FFFF) return std::nullopt;
    Escape out{last + (braces ? 1 : 0), {}};
    if (braces) {
        utf8::unchecked::append(*value, std::back_inserter(out.bytes));
    } else {
        out.bytes = static_cast<char>(*value);
    }
    return out;
}

std::string without_escapes(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto escape = escape_at(text);
        out += escape ? escape->bytes : std::string(text.substr(0, 1));
        text.remove_prefix(escape ? escape->length : 1);
    }
    return out;
}

// Up to and with the last slash: what stands before the name that is being typed.
std::string_view head_of(std::string_view text) { return text.substr(0, text.rfind('/') + 1); }

// How many bytes both begin with, ending at a character's end.
std::size_t common_length(std::string_view a, std::string_view b) {
    const auto end =
        std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(std::min(a.size(), b.size())), b.begin())
            .first;
    return whole_characters(a, static_cast<std::size_t>(end - a.begin())).size();
}

} // namespace

fs::path typed_path(std::string_view text) {
    const char* home = std::getenv("HOME"); // NOLINT(concurrency-mt-unsafe): nothing here sets it
    if (home != nullptr && (text == "~" || text.starts_with("~/")))
        return fs::path(home) / without_escapes(text.substr(std::min<std::size_t>(2, text.size())));
    return without_escapes(text);
}

void PathCompletion::look(std::string_view text, bool folders_only) {
    if (read_ && text == text_ && folders_only == folders_only_) return;
    const std::string_view head = head_of(text);
    fs::path folder = head.empty() ? fs::path(".") : typed_path(head);
    if (!read_ || folder != folder_) {
        folder_ = std::move(folder);
        read(folder_);
    }
    read_ = true;
    folders_only_ = folders_only;
    text_ = text;
    choose(text_);
}

void PathCompletion::read(const fs::path& folder) {
    entries_.clear();
    trouble_.clear();
    cut_ = false;
    std::error_code code;
    fs::directory_iterator at(folder, code);
    while (!code && at != fs::directory_iterator()) {
        if (entries_.size() == most_entries) {
            cut_ = true;
            break;
        }
        std::error_code ignored;
        entries_.push_back({at->path().filename().string(), at->is_directory(ignored)});
        at.increment(code);
    }
    if (code) trouble_ = fmt::format("cannot look into {} ({})", shown(folder), code.message());
    std::ranges::sort(entries_, {}, &Entry::name);
}

void PathCompletion::choose(std::string_view text) {
    choices_.clear();
    found_ = 0;
    const std::string head(head_of(text));
    const std::string begun = without_escapes(text.substr(head.size()));
    std::string common;
    bool common_folder = false;
    auto entry = std::ranges::lower_bound(entries_, begun, {}, &Entry::name);
    for (; entry != entries_.end() && entry->name.starts_with(begun); ++entry) {
        if (folders_only_ && !entry->folder) continue;
        if (begun.empty() && entry->name.starts_with('.')) continue;
        if (found_++ == 0) common = entry->name;
        common.resize(common_length(common, entry->name));
        common_folder = entry->folder;
        if (choices_.size() == most_choices) continue;
        const std::string escaped = escape_controls(entry->name);
        const char* slash = entry->folder ? "/" : "";
        choices_.push_back({head + escaped + slash, escaped + slash, entry->folder});
    }
    longest_ = text;
    if (common.size() > begun.size()) longest_ = head + escape_controls(common);
    if (found_ == 1) longest_ = head + escape_controls(common) + (common_folder ? "/" : "");
    if (text == "~" && found_ == 0) longest_ = "~/";

    if (!trouble_.empty()) {
        words_ = trouble_;
    } else if (found_ == 0) {
        words_ = begun.empty() ? "nothing in this folder yet" : "nothing in this folder begins with this";
    } else {
        words_ = fmt::format("{} {}", grouped_decimal(found_), found_ == 1 ? "entry" : "entries");
    }
    if (cut_) words_ += fmt::format(", of the first {} in this folder", grouped_decimal(most_entries));
}

} // namespace keyhole::viz
