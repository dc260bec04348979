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
std::string policy(const std::string& host, std::string_view scripts, std::string_view styles) {
    return fmt::format(
        "default-src 'none'; script-src {1}; style-src {2}; font-src 'self' data:; img-src 'self' data: blob:; "
        "connect-src "
        "'self' ws://{0} wss://{0} data: blob:; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'",
        host, scripts, styles);
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

WebAnswer plain_answer(unsigned status, std::string_view words) {
    return {.status = status, .file = web_file("text/plain; charset=utf-8", std::string(words) + "\n")};
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
    add("/", std::string(type_of(".html")), read_file(folder / "index.html", largest_file));
    add("/class.js", std::string(type_of(".js")), read_file(folder / "class.js", largest_file));
    add("/class.css", std::string(type_of(".css")), style + read_file(folder / "class.css", largest_file));
    const fs::path icon = resources::asset_dir() / "icon" / "keyhole.svg";
    std::error_code none;
    if (fs::is_regular_file(icon, none)) add("/icon.svg", "image/svg+xml", read_file(icon, largest_file));
    read_window();
}

ClassFiles::ClassFiles() { read_window(); }

void ClassFiles::add(const std::string& path, std::string type, std::string bytes, std::string packed, bool lasting) {
    auto file = packed.empty()
                    ? web_file(std::move(type), std::move(bytes))
                    : std::make_shared<const WebFile>(WebFile{std::move(type), std::move(bytes), std::move(packed)});
    files_.emplace(path, WebAnswer{.status = 200, .file = std::move(file), .lasting = lasting});
}

// build/web as ./dev web leaves it: index.html, files with a hash in their names, and FILE.gz beside them.
void ClassFiles::read_window() {
    const fs::path folder = resources::web_dir();
    if (folder.empty()) return;
    std::error_code trouble;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, trouble)) {
        const std::string name = entry.path().filename().string();
        if (!entry.is_regular_file(trouble) || type_of(name).empty()) continue;
        const fs::path beside = entry.path().string() + ".gz";
        std::string packed = fs::is_regular_file(beside, trouble) ? read_file(beside, largest_file) : std::string();
        std::string bytes = read_file(entry.path(), largest_file);
        if (name == "index.html") {
            window_.file = web_file(std::string(type_of(name)), std::move(bytes));
        } else if (!name.ends_with(".html")) { // the one file for memory sticks is no part of the window
            add("/" + name, std::string(type_of(name)), std::move(bytes), std::move(packed), true);
        }
    }
}

WebAnswer ClassFiles::find(const std::string& path, const std::string& host) const {
    if (path == "/window") {
        if (!has_window())
            return plain_answer(503,
                                "The window for browsers is not built on the lecturer's machine (./dev web builds it; "
                                "everything else works).");
        WebAnswer answer = window_;
        answer.policy =
            policy(host, "'self' 'wasm-unsafe-eval'" + hashes_of_scripts(answer.file->bytes), "'self' 'unsafe-inline'");
        return answer;
    }
    const auto found = files_.find(path);
    if (found == files_.end()) return plain_answer(404, "There is nothing of this name here.");
    WebAnswer answer = found->second;
    if (path == "/") answer.policy = policy(host, "'self'", "'self'");
    return answer;
}

} // namespace keyhole::classroom
