// The files that a class serves, by the paths under which they are asked for. They are read once; a request is looked
// up among their names and never becomes a path.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "netsim/web/web_site.hpp"

namespace keyhole::classroom {

class ClassFiles {
  public:
    /// The plain page from assets/class, and the window where it was built for browsers and all of it can be read.
    /// `style`: what stands before the page's own style sheet. Throws Error (io) where a file of the plain page is
    /// missing.
    explicit ClassFiles(const std::string& style);

    /// Only the window.
    ClassFiles();

    bool has_window() const { return window_ != nullptr; }
    /// Why it is not there, in a few words.
    std::string_view why_no_window() const {
        return unreadable_ ? "cannot be read (a file of it is missing or too large; ./dev web builds it anew)"
                           : "is not built (./dev web builds it)";
    }
    /// Status 404 where there is none of that name. `host` as the request has it.
    WebAnswer find(const std::string& path, const std::string& host) const;

  private:
    void read_window();
    void add(const std::string& path, const std::string& end, std::string bytes);

    std::map<std::string, WebAnswer, std::less<>> files_;
    std::shared_ptr<const WebFile> window_;
    bool unreadable_ = false; // a window is there, and cannot be served
};

/// Text, packed where that makes it shorter.
std::shared_ptr<const WebFile> web_file(std::string type, std::string bytes);

/// A policy for a page of one file: its own scripts alone run, told by their hashes, and nothing is asked for.
std::string policy_of_page(std::string_view html);

} // namespace keyhole::classroom
