#include "paper/svg/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/markup.hpp"
#include "paper/svg/font_faces.hpp"
#include "paper/svg/svg_element.hpp"

namespace keyhole::paper {
namespace {

using namespace viz;

// Ids are given to drawn parts first: words often share the name of the box that they stand in.
std::set<std::string_view> names_of_parts(const Picture& picture) {
    std::set<std::string_view> names;
    for (const Shape& shape : picture.shapes)
        if (!shape.id.empty() && !std::holds_alternative<shape::Text>(shape.form)) names.insert(shape.id);
    return names;
}

} // namespace

std::string svg_id(std::string_view name) {
    std::string out(name);
    const auto fits = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    };
    std::ranges::replace_if(
        out, [&](char c) { return !fits(c); }, '_');
    if (out.empty() || !((out[0] >= 'A' && out[0] <= 'Z') || (out[0] >= 'a' && out[0] <= 'z'))) out.insert(0, "_");
    return out;
}

std::string svg_document(const Picture& picture, const SvgPage& page, const Theme& theme, const PaperType& type) {
    const Rect frame = page.frame;
    const SvgElements elements(type, &theme);
    FontFaces fonts(type);
    fonts.note(picture);
    const auto height = static_cast<float>(page.width) * frame.h / frame.w;
    std::string out = fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"{} {} {} {}\" role=\"img\" "
        "aria-labelledby=\"title words\" xml:space=\"preserve\">\n<title id=\"title\">{}</title>\n<desc "
        "id=\"words\">{}</desc>\n<style>\n{}text{{font-kerning:none;font-variant-ligatures:none}}\n</style>\n",
        page.width, svg_number(height), svg_number(frame.x), svg_number(frame.y), svg_number(frame.w),
        svg_number(frame.h), markup(page.title), markup(page.words), fonts.rules());
    out += elements.element({shape::Box{frame, Ink::panel, Ink::none, 1, 0}}) + "\n";

    const std::set<std::string_view> parts = names_of_parts(picture);
    std::set<std::string> given = {"title", "words"};
    for (const Shape& shape : picture.shapes) {
        const bool words = std::holds_alternative<shape::Text>(shape.form);
        const bool named = !shape.id.empty() && !(words && parts.contains(shape.id));
        std::string id = named ? svg_id(shape.id) : std::string();
        if (named && !given.insert(id).second) id.clear();
        const bool group = std::holds_alternative<shape::Cell>(shape.form) && !id.empty();
        const std::string attribute = id.empty() ? "" : fmt::format(" id=\"{}\"", id);
        if (group) out += fmt::format("<g{}>", attribute);
        each_plain(shape, theme, type,
                   [&](const Plain& plain) { out += elements.element(plain, group ? "" : attribute); });
        out += group ? "</g>\n" : "\n";
    }
    return out + "</svg>\n";
}

} // namespace keyhole::paper
