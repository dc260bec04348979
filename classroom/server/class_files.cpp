#include "classroom/server/class_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "core/base/bytes.hpp"
#include "core/base/crypto/crypto.hpp"
#include "core/base/file.hpp"
#include "core/base/resources.hpp"
#include "netsim/web/gzip.hpp"

namespace keyhole::classroom {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_file = std::size_t{32} << 20;

struct FileKind {
    std::string_view end, type;
};
constexpr std::array kinds = {
    FileKind{".html", "text/html; charset=utf-8"},
    FileKind{".css", "text/css; charset=utf-8"},
    FileKind{".js", "text/javascript; charset=utf-8"},
    FileKind{".wasm", "application/wasm"},
    FileKind{".data", "application/octet-stream"},
    FileKind{".svg", "image/svg+xml"},
    FileKind{".png", "image/png"},
    FileKind{".ico", "image/x-icon"},
};

std::string_view type_of(const std::string& name) {
    const auto* found = std::ranges::find_if(kinds, [&](const FileKind& kind) { return name.ends_with(kind.end); });
    return found == kinds.end() ? std::string_view() : found->type;
}

// Everything from here and nothing inline; sockets by their names, since not every browser counts them as `self`.
std::string policy(const std::string& host, std::string_view scripts) {
    return fmt::format(
        "default-src 'none'; script-src {1}; style-src 'self'; font-src 'self' data:; img-src 'self' data: blob:; "
        "connect-src 'self' ws://{0} wss://{0} data: blob:; worker-src 'self' blob:; base-uri 'none'; form-action "
        "'none'; frame-ancestors 'none'",
        host, scripts);
}

// With FILE.gz beside it, where there is one.
std::shared_ptr<const WebFile> read_web_file(const fs::path& path) {
    const fs::path beside = path.string() + ".gz";
    std::string type(type_of(path.filename().string()));
    std::string bytes = read_file(path, largest_file);
    std::error_code none;
    if (!fs::is_regular_file(beside, none)) return web_file(std::move(type), std::move(bytes));
    return std::make_shared<const WebFile>(WebFile{std::move(type), std::move(bytes), read_file(beside, largest_file)});
}

std::string hashes_of_scripts(std::string_view html) {
    std::string out;
    constexpr std::string_view begin = "<script>", end = "</script>";
    for (std::size_t at = html.find(begin); at != std::string_view::npos; at = html.find(begin, at + 1)) {
        const std::size_t from = at + begin.size();
        const std::size_t to = std::min(html.find(end, from), html.size());
        out += fmt::format(" 'sha256-{}'", to_base64(crypto::sha256(to_bytes(html.substr(from, to - from)))));
    }
    return out;
}

} // namespace

std::shared_ptr<const WebFile> web_file(std::string type, std::string bytes) {
    constexpr std::size_t shortest_packed = 1024;
    std::string packed = bytes.size() < shortest_packed ? std::string() : gzipped(bytes);
    if (packed.size() >= bytes.size()) packed.clear();
    return std::make_shared<const WebFile>(WebFile{std::move(type), std::move(bytes), std::move(packed)});
}

std::string policy_of_page(std::string_view html) {
    const std::string hashes = hashes_of_scripts(html);
    return fmt::format(
        "default-src 'none'; script-src{}; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri "
        "'none'; form-action 'none'; frame-ancestors 'none'",
        hashes.empty() ? " 'none'" : hashes);
}

ClassFiles::ClassFiles(const std::string& style) {
    const fs::path folder = resources::asset_dir() / "class";
    add("/", ".html", read_file(folder / "index.html", largest_file));
    add("/class.js", ".js", read_file(folder / "class.js", largest_file));
    add("/class.css", ".css", style + read_file(folder / "class.css", largest_file));
    const fs::path icon = resources::asset_dir() / "icon" / "keyhole.svg";
    std::error_code none;
    if (fs::is_regular_file(icon, none)) add("/icon.svg", ".svg", read_file(icon, largest_file));
    read_window();
}

ClassFiles::ClassFiles() { read_window(); }

void ClassFiles::add(const std::string& path, const std::string& end, std::string bytes) {
    files_.emplace(path, WebAnswer{.file = web_file(std::string(type_of(end)), std::move(bytes))});
}

// build/web as ./dev web leaves it: index.html, files with a hash in their names, and FILE.gz beside them.
void ClassFiles::read_window() {
    const fs::path folder = resources::web_dir();
    if (folder.empty()) return;
    try {
        for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
            const std::string name = entry.path().filename().string();
            // The one file for memory sticks is no part of the window.
            const bool is_other_page = name.ends_with(".html") && name != "index.html";
            if (is_other_page || type_of(name).empty() || !entry.is_regular_file()) continue;
            auto file = read_web_file(entry.path());
            if (name == "index.html") {
                window_ = std::move(file);
            } else {
                files_.emplace("/" + name, WebAnswer{.file = std::move(file), .lasting = true});
            }
        }
    } catch (const std::exception&) {
        unreadable_ = true;
        window_ = nullptr; // it would not run without the file that cannot be read; everything else does
    }
}

WebAnswer ClassFiles::find(const std::string& path, const std::string& host) const {
    if (path == "/window") {
        if (!has_window())
            return plain_answer(503, fmt::format("On the lecturer's machine the window for browsers {}. Everything "
                                                 "else works.",
                                                 why_no_window()));
        return {.file = window_, .policy = policy(host, "'self' 'wasm-unsafe-eval'")};
    }
    const auto found = files_.find(path);
    if (found == files_.end()) return plain_answer(404, "There is nothing of this name here.");
    WebAnswer answer = found->second;
    if (path == "/") answer.policy = policy(host, "'self'");
    return answer;
}

} // namespace keyhole::classroom
