// The style sheet and the scripts of pages, assets/page/page.css, page.js and lesson.js, put into the program when it
// is built.
#pragma once

#include <string_view>

namespace keyhole::paper {

std::string_view page_style();
std::string_view page_script();
std::string_view lesson_script();

} // namespace keyhole::paper
