# The window's fonts for the browser, cut down to the characters that the window draws (viz/draw/fonts.cpp names them):
# whole, they would be most of what a page has to load. From fonttools, which keeps the outlines as they are.
find_program(PYFTSUBSET pyftsubset)
if(NOT PYFTSUBSET)
    message(FATAL_ERROR "pyftsubset was not found (run ./dev web, which installs fonttools)")
endif()
set(KEYHOLE_FONT_ROOT "/usr/share/fonts" CACHE PATH "The system's font folder")
set(KEYHOLE_WEB_FONTS "${PROJECT_BINARY_DIR}/fonts")

set(latin U+0020-017F,U+0370-03FF,U+0400-045F,U+1E00-1EFF)
set(signs U+2010-205E,U+2070-209C,U+20A0-20BF,U+2100-214F,U+2190-21FF,U+2200-22FF)
set(web_fonts)
function(keyhole_web_font font characters)
    get_filename_component(name "${font}" NAME)
    add_custom_command(
        OUTPUT "${KEYHOLE_WEB_FONTS}/${name}"
        COMMAND "${CMAKE_COMMAND}" -E make_directory "${KEYHOLE_WEB_FONTS}"
        COMMAND "${PYFTSUBSET}" "${KEYHOLE_FONT_ROOT}/${font}" "--unicodes=${characters}" --no-hinting --desubroutinize
            "--layout-features=" --name-IDs=0,1,2,13,14 --notdef-outline "--output-file=${KEYHOLE_WEB_FONTS}/${name}"
        DEPENDS "${KEYHOLE_FONT_ROOT}/${font}"
        COMMENT "Cutting down ${name}"
        VERBATIM)
    set(web_fonts ${web_fonts} "${KEYHOLE_WEB_FONTS}/${name}" PARENT_SCOPE)
endfunction()
keyhole_web_font(truetype/jetbrains-mono/JetBrainsMono-Regular.ttf
    U+0020-017F,U+0370-03FF,U+0400-045F,U+2010-2027,U+2070-209C,U+2190-2193,U+2260-2265,U+2295,U+FFFD)
keyhole_web_font(opentype/inter/Inter-Regular.otf ${latin},${signs},U+FFFD)
keyhole_web_font(truetype/dejavu/DejaVuSans.ttf ${signs},U+2300-23FF,U+2500-25FF,U+2600-27BF,U+FFFD)
# Of its 675 icons those that the sources name, as "\uf00c".
file(GLOB_RECURSE with_icons CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/viz/*.cpp" "${PROJECT_SOURCE_DIR}/viz/*.hpp")
set(icons)
foreach(source ${with_icons})
    file(READ "${source}" text)
    string(REGEX MATCHALL "\\\\u[fF][0-2][0-9a-fA-F][0-9a-fA-F]" found "${text}")
    list(APPEND icons ${found})
endforeach()
list(REMOVE_DUPLICATES icons)
list(SORT icons)
list(TRANSFORM icons REPLACE "^.u" "U+")
list(JOIN icons "," icons)
keyhole_web_font(truetype/font-awesome/fontawesome-webfont.ttf "${icons}")
add_custom_target(keyhole_fonts DEPENDS ${web_fonts})
