#include "paper/raster/raster.hpp"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

#include <algorithm>
#include <cmath>
#include <new>

#include "core/base/error.hpp"
#include "core/base/utf8.hpp"
#include "paper/raster/outline.hpp"
#include "paper/shapes/plain_shapes.hpp"

namespace keyhole::paper {
namespace {

using namespace viz;

constexpr float ft_pixel = 64; // FreeType's units

class Raster {
  public:
    Raster(Rect frame, int width, const Theme& theme, const PaperType& type)
        : frame_(frame), scale_(static_cast<float>(width) / frame.w), theme_(theme), type_(type) {
        image_.width = width;
        image_.height = std::max(1, static_cast<int>(std::lround(scale_ * frame.h)));
        const auto pixels = static_cast<std::size_t>(image_.width) * static_cast<std::size_t>(image_.height);
        image_.pixels.assign(4 * pixels, 0xFF);
        if (FT_Init_FreeType(&library_) != 0) throw std::bad_alloc();
        draw(shape::Box{frame, Ink::panel, Ink::none, 1, 0});
    }
    ~Raster() { FT_Done_FreeType(library_); }
    Raster(const Raster&) = delete;
    Raster& operator=(const Raster&) = delete;

    void draw(const shape::Form& form) {
        std::visit([&](const auto& part) { put(part); }, form);
    }

    Image take() { return std::move(image_); }

  private:
    Point at(Point p) const { return {(p.x - frame_.x) * scale_, (p.y - frame_.y) * scale_}; }
    Rect at(Rect r) const { return Rect::between(at(r.corner()), at(r.far_corner())); }

    void put(const shape::Box& box) {
        const Rect rect = at(box.rect);
        const float rounding = box.rounding * scale_;
        if (box.fill.ink != Ink::none) {
            Outline outline;
            outline.box(rect, rounding);
            fill(outline, box.fill);
        }
        if (box.outline.ink == Ink::none) return;
        const float half = box.thickness * scale_ / 2;
        Outline ring;
        ring.box(rect.grown(half), rounding > 0 ? rounding + half : 0);
        if (std::min(rect.w, rect.h) > 2 * half) ring.box(rect.grown(-half), std::max(0.0F, rounding - half));
        fill(ring, box.outline);
    }

    void put(const shape::Circle& circle) {
        const Point centre = at(circle.centre);
        const float radius = circle.radius * scale_, half = circle.thickness * scale_ / 2;
        if (circle.fill.ink != Ink::none) {
            Outline outline;
            outline.circle(centre, radius);
            fill(outline, circle.fill);
        }
        if (circle.outline.ink == Ink::none) return;
        Outline ring;
        ring.circle(centre, radius + half);
        if (radius > half) ring.circle(centre, radius - half);
        fill(ring, circle.outline);
    }

    void put(const shape::Line& line) {
        Outline outline;
        outline.stroke({at(line.from), at(line.to)}, line.thickness * scale_);
        fill(outline, line.paint);
    }

    void put(const shape::Wire& wire) {
        constexpr int pieces = 24;
        const float bend = wire_bend(wire.from, wire.to);
        std::vector<Point> points;
        for (int i = 0; i <= pieces; ++i) {
            const float t = static_cast<float>(i) / pieces, s = 1 - t;
            const float head = s * s * (s + 3 * t), tail = t * t * (t + 3 * s);
            const float y = s * s * (s * wire.from.y + 3 * t * (wire.from.y + bend)) +
                            t * t * (t * wire.to.y + 3 * s * (wire.to.y - bend));
            points.push_back(at(Point{head * wire.from.x + tail * wire.to.x, y}));
        }
        Outline outline;
        outline.stroke(points, wire.thickness * scale_);
        fill(outline, wire.paint, false);
    }

    void put(const shape::Triangle& triangle) {
        Outline outline;
        outline.move(at(triangle.a));
        outline.line(at(triangle.b));
        outline.line(at(triangle.c));
        outline.close();
        fill(outline, triangle.paint);
    }

    void put(const shape::Cell&) {} // each_plain leaves none

    void put(const shape::Text& text) {
        const float base = text.box.y + type_.base_line(text.font);
        for (const Run& run : type_.runs(text.font, text.words)) {
            if (run.font == PaperFont::others) continue;
            const Face& face = type_.face(run.font);
            const float per_unit = type_.size(text.font, run.font) / face.units();
            float x = text.box.x + run.x;
            for (const Character& c : characters(run.text)) {
                const unsigned index = face.glyph(c.code);
                letter(face, index, at(Point{x, base}), per_unit * scale_, text.paint);
                x += face.advance(index) * per_unit;
            }
        }
    }

    void letter(const Face& face, unsigned index, Point at, float per_unit, Paint paint) {
        if (FT_Load_Glyph(face.handle(), index, FT_LOAD_NO_SCALE) != 0) return;
        FT_Outline& outline = face.handle()->glyph->outline;
        std::vector<FT_Vector> points(outline.points, outline.points + outline.n_points);
        for (FT_Vector& p : points) {
            p.x = to_ft(at.x + static_cast<float>(p.x) * per_unit);
            p.y = to_ft(static_cast<float>(image_.height) - at.y + static_cast<float>(p.y) * per_unit);
        }
        FT_Outline placed = outline;
        placed.points = points.data();
        fill(placed, paint);
    }

    static FT_Pos to_ft(float pixels) { return static_cast<FT_Pos>(std::lround(pixels * ft_pixel)); }

    void fill(const Outline& outline, Paint paint, bool even_odd = true) {
        if (outline.nodes().empty()) return;
        std::vector<FT_Vector> points;
        std::vector<std::remove_pointer_t<decltype(FT_Outline::tags)>> tags;
        std::vector<std::remove_pointer_t<decltype(FT_Outline::contours)>> ends;
        for (const Outline::Node& node : outline.nodes()) {
            points.push_back({to_ft(node.at.x), to_ft(static_cast<float>(image_.height) - node.at.y)});
            tags.push_back(node.control ? FT_CURVE_TAG_CUBIC : FT_CURVE_TAG_ON);
        }
        for (const std::size_t end : outline.ends()) ends.push_back(static_cast<decltype(ends)::value_type>(end));
        FT_Outline made{};
        made.n_points = static_cast<decltype(made.n_points)>(points.size());
        made.n_contours = static_cast<decltype(made.n_contours)>(ends.size());
        made.points = points.data();
        made.tags = tags.data();
        made.contours = ends.data();
        made.flags = even_odd ? FT_OUTLINE_EVEN_ODD_FILL : FT_OUTLINE_NONE;
        fill(made, paint);
    }

    // The mask of the outline, as much of it as lies within the image, laid over what is there.
    void fill(FT_Outline& outline, Paint paint) {
        FT_BBox box;
        FT_Outline_Get_CBox(&outline, &box);
        const auto floor = [](FT_Pos v) { return static_cast<int>(v >> 6); };
        const int left = std::max(0, floor(box.xMin)), right = std::min(image_.width, floor(box.xMax + 63));
        const int low = std::max(0, floor(box.yMin)), high = std::min(image_.height, floor(box.yMax + 63));
        if (left >= right || low >= high) return;
        const int width = right - left, height = high - low;
        mask_.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0);
        FT_Bitmap bitmap{};
        bitmap.rows = static_cast<unsigned>(height);
        bitmap.width = static_cast<unsigned>(width);
        bitmap.pitch = width;
        bitmap.buffer = mask_.data();
        bitmap.num_grays = 256;
        bitmap.pixel_mode = FT_PIXEL_MODE_GRAY;
        FT_Outline_Translate(&outline, -static_cast<FT_Pos>(left) * 64, -static_cast<FT_Pos>(low) * 64);
        if (FT_Outline_Get_Bitmap(library_, &outline, &bitmap) != 0) return;
        blend(left, image_.height - high, width, height, theme_.colour(paint));
    }

    void blend(int left, int top, int width, int height, Colour colour) {
        const unsigned alpha = colour >> 24U;
        for (int y = 0; y < height; ++y) {
            const std::uint8_t* from = mask_.data() + static_cast<std::ptrdiff_t>(y) * width;
            std::uint8_t* to = image_.pixels.data() + 4 * (static_cast<std::ptrdiff_t>(top + y) * image_.width + left);
            for (int x = 0; x < width; ++x, to += 4) {
                const unsigned cover = from[x] * alpha / 255;
                if (cover == 0) continue;
                for (unsigned part = 0; part < 3; ++part) {
                    const unsigned own = colour >> (8 * part) & 0xFFU, there = to[part];
                    to[part] = static_cast<std::uint8_t>((there * (255 - cover) + own * cover + 127) / 255);
                }
            }
        }
    }

    Rect frame_;
    float scale_;
    const Theme& theme_;
    const PaperType& type_;
    Image image_;
    FT_Library library_ = nullptr;
    std::vector<std::uint8_t> mask_;
};

} // namespace

Image raster(const Picture& picture, Rect frame, int width, const Theme& theme, const PaperType& type) {
    try {
        Raster made(frame, width, theme, type);
        for (const Shape& shape : picture.shapes)
            each_plain(shape, theme, type, [&](const Plain& plain) { made.draw(plain.form); });
        return made.take();
    } catch (const std::bad_alloc&) {
        throw io_error("the picture could not be made (there is no memory for it; give a smaller --width)");
    }
}

} // namespace keyhole::paper
