// Text inside pages and drawings.
#include "core/base/markup.hpp"

#include "tests/support/catch.hpp"

using namespace keyhole;
using namespace std::string_literals;

TEST_CASE("Text stays text in a page, whatever it holds", "[markup]") {
    CHECK(markup("") == "");
    CHECK(markup("meet at 9, caf\u00E9 \u65E5\u672C \U0001F511") == "meet at 9, caf\u00E9 \u65E5\u672C \U0001F511");
    CHECK(markup("<script>alert(\"1\")</script>") == "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;");
    CHECK(markup("]]></title>'--> & &amp;") == "]]&gt;&lt;/title&gt;&#39;--&gt; &amp; &amp;amp;");
    CHECK(markup("a\tb\nc\r\n") == "a\tb\nc\r\n");
}

TEST_CASE("What a page may not contain is replaced, one sign for each", "[markup]") {
    const std::string lost = "\uFFFD";
    CHECK(markup("a\0b"s) == "a" + lost + "b");
    CHECK(markup("\x1B[2J\x7F") == lost + "[2J" + lost);
    CHECK(markup("\u0085\u009F\u00A0") == lost + lost + "\u00A0");
    CHECK(markup("\uFDCF\uFDD0\uFDEF\uFDF0") == "\uFDCF" + lost + lost + "\uFDF0");
    CHECK(markup("\uFFFC\uFFFD\uFFFE\uFFFF\U0001FFFE\U0010FFFF") == "\uFFFC\uFFFD" + lost + lost + lost + lost);
    CHECK(markup("\xFF<\xC3") == lost + "&lt;" + lost); // no UTF-8 at all, and a character that is cut off
    CHECK(markup("\xED\xA0\x80\xC0\xBC") == lost + lost + lost + lost + lost); // a surrogate, an overlong "<"
}
