# cmake -D OUT=FILE -D CSS=FILE -D SCRIPT=FILE -D LESSON=FILE -P embed.cmake: a source file with the style sheet and the scripts of pages.
file(READ "${CSS}" css)
file(READ "${SCRIPT}" script)
file(READ "${LESSON}" lesson)
file(WRITE "${OUT}" "#include \"paper/page/embedded.hpp\"

namespace keyhole::paper {

std::string_view page_style() {
    return R\"KEYHOLE(${css})KEYHOLE\";
}

std::string_view page_script() {
    return R\"KEYHOLE(${script})KEYHOLE\";
}

std::string_view lesson_script() {
    return R\"KEYHOLE(${lesson})KEYHOLE\";
}

} // namespace keyhole::paper
")
