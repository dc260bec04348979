# Copies the fonts of the window from the system into fonts/ beside the programs. They are not committed.
set(KEYHOLE_FONT_ROOT "/usr/share/fonts" CACHE PATH "The system's font folder")

set(font_outputs)
foreach(font
        truetype/jetbrains-mono/JetBrainsMono-Regular.ttf # numbers and bits
        opentype/inter/Inter-Regular.otf # text
        truetype/dejavu/DejaVuSans.ttf # mathematical signs that the others lack
        truetype/font-awesome/fontawesome-webfont.ttf) # icons
    set(font_source "${KEYHOLE_FONT_ROOT}/${font}")
    if(NOT EXISTS "${font_source}")
        message(FATAL_ERROR "font not found: ${font_source} (run ./dev setup, or set KEYHOLE_FONT_ROOT)")
    endif()
    get_filename_component(font_name "${font}" NAME)
    set(font_output "${PROJECT_BINARY_DIR}/fonts/${font_name}")
    add_custom_command(
        OUTPUT "${font_output}"
        COMMAND "${CMAKE_COMMAND}" -E copy "${font_source}" "${font_output}"
        DEPENDS "${font_source}"
        COMMENT "Copying ${font_name}"
        VERBATIM)
    list(APPEND font_outputs "${font_output}")
endforeach()
add_custom_target(keyhole_fonts ALL DEPENDS ${font_outputs})
