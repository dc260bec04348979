// The table of pages: names, keys and words that fit together, and pages that are made when they are shown.
#include "viz/app/page_table.hpp"

#include "tests/support/catch.hpp"

#include "viz/app/pages.hpp"

using namespace keyhole::viz;

TEST_CASE("No page's key is a command's", "[viz][pages]") {
    for (const PageInfo& page : all_pages()) {
        INFO(page.label);
        CHECK_FALSE(command_for({.key = key_of(page.key)}));
        CHECK(page_for(all_pages(), {.key = key_of(page.key)}) == &page);
        CHECK(page_for(all_pages(), {.key = key_of(page.key), .ctrl = true}) == nullptr);
    }
}

TEST_CASE("A page is found by its name, and by the one that it had once", "[viz][pages]") {
    for (const PageInfo& page : all_pages()) CHECK(find_page(page.name.text()) == &page);
    REQUIRE(find_page("answers") != nullptr);
    CHECK(find_page("answers")->name == PageName("kat"));
    CHECK(find_page("") == nullptr);
    CHECK(find_page("Table") == nullptr);
}

TEST_CASE("A page is made when it is shown, once; the steps have none", "[viz][pages]") {
    Pages pages(all_pages());
    CHECK(pages.page(PageName::steps) == nullptr);
    CHECK(pages.page(PageName("nonsense")) == nullptr);
    Page* table = pages.page(PageName("table"));
    REQUIRE(table != nullptr);
    CHECK(pages.page(PageName("table")) == table);
    CHECK_FALSE(pages.due(PageName("table")));
    CHECK_FALSE(pages.due(PageName("nonsense")));
}
