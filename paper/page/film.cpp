#include "paper/page/film.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/markup.hpp"

namespace keyhole::paper {
namespace {

using namespace viz;

// No letters that spell an address: whoever searches a page for one finds none.
constexpr std::string_view film_signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefgijklmnoqruvwxyz-_.:;,";
static_assert(film_signs.size() == 64);

void write_number(std::uint64_t number, std::string& out) {
    do {
        const std::uint64_t low = number & 31U;
        number >>= 5U;
        out += film_signs[low | (number > 0 ? 32U : 0U)];
    } while (number > 0);
}

// The bytes of a shape as a key: equal keys are drawn alike.
class Key {
  public:
    explicit Key(char kind) : bytes_(1, kind) {}
    Key& add(float value) {
        const auto hundredths = static_cast<std::int32_t>(value * 100 + (value < 0 ? -0.5F : 0.5F));
        return raw(&hundredths, sizeof hundredths);
    }
    Key& add(Point p) { return add(p.x).add(p.y); }
    Key& add(Rect r) { return add(r.x).add(r.y).add(r.w).add(r.h); }
    Key& add(Paint p) {
        bytes_ += static_cast<char>(p.ink);
        return add(p.ink == Ink::none ? 0 : p.alpha);
    }
    Key& add(char sign) {
        bytes_ += sign;
        return *this;
    }
    std::string take() { return std::move(bytes_); }

  private:
    Key& raw(const void* from, std::size_t size) {
        bytes_.append(static_cast<const char*>(from), size);
        return *this;
    }
    std::string bytes_;
};

struct KeyOf {
    std::string operator()(const shape::Box& b) const {
        return Key('b').add(b.rect).add(b.fill).add(b.outline).add(b.thickness).add(b.rounding).take();
    }
    std::string operator()(const shape::Circle& c) const {
        return Key('c').add(c.centre).add(c.radius).add(c.fill).add(c.outline).add(c.thickness).take();
    }
    std::string operator()(const shape::Line& l) const {
        return Key('l').add(l.from).add(l.to).add(l.paint).add(l.thickness).take();
    }
    std::string operator()(const shape::Wire& w) const {
        return Key('w').add(w.from).add(w.to).add(w.paint).add(w.thickness).take();
    }
    std::string operator()(const shape::Triangle& t) const {
        return Key('t').add(t.a).add(t.b).add(t.c).add(t.paint).take();
    }
    std::string operator()(const shape::Text& t) const {
        return Key('x').add(t.box).add(t.paint).add(static_cast<char>('0' + static_cast<int>(t.font))).take();
    }
    std::string operator()(const shape::Cell& c) const {
        return Key('z')
            .add(c.rect)
            .add(c.paint)
            .add(c.sign)
            .add(static_cast<char>('0' + static_cast<int>(c.font)))
            .add(static_cast<char>('0' + static_cast<int>(c.look)))
            .add(c.filled ? '1' : '0')
            .add(c.dense ? '1' : '0')
            .take();
    }
};

// What takes `from` into `to`: kept, dropped, put in, again and again. Items that moved a little are found again within
// a short way; where two go on unlike, one is put in the place of the other.
template <class Item, class Emit>
void difference(const std::vector<Item>& from, const std::vector<Item>& to, Emit emit) {
    constexpr std::size_t longest_way = 240;
    std::size_t i = 0, j = 0;
    const auto same = [&](std::size_t a, std::size_t b) {
        return a < from.size() && b < to.size() && from[a] == to[b];
    };
    const auto two_same = [&](std::size_t a, std::size_t b) {
        return same(a, b) && (same(a + 1, b + 1) || a + 1 == from.size() || b + 1 == to.size());
    };
    while (i < from.size() || j < to.size()) {
        const std::size_t kept_from = i;
        while (same(i, j)) ++i, ++j;
        const std::size_t kept = i - kept_from, first_in = j;
        std::size_t dropped = 0;
        while ((i < from.size() || j < to.size()) && !same(i, j)) {
            if (i >= from.size()) {
                ++j;
                continue;
            }
            if (j >= to.size()) {
                ++i, ++dropped;
                continue;
            }
            if (!same(i + 1, j + 1)) {
                std::size_t way = 1;
                while (way <= longest_way && !two_same(i + way, j) && !two_same(i, j + way)) ++way;
                if (way <= longest_way && two_same(i + way, j)) {
                    i += way, dropped += way;
                    continue;
                }
                if (way <= longest_way) {
                    j += way;
                    continue;
                }
            }
            ++i, ++j, ++dropped;
        }
        emit(kept, dropped, first_in, j);
    }
}

} // namespace

Film::Film(const PaperType& type, const Theme& theme) : type_(type), theme_(theme), elements_(type, nullptr) {}

std::uint32_t Film::words_number(const std::string& words) {
    const auto [at, added] = word_numbers_.try_emplace(words, static_cast<std::uint32_t>(words_.size()));
    if (added) words_.push_back(words);
    return at->second;
}

std::uint32_t Film::shape_number(std::string key, const Shape& shape, bool head) {
    const auto [at, added] = shape_numbers_.try_emplace(std::move(key), static_cast<std::uint32_t>(shapes_.size()));
    if (!added) return at->second;
    std::string& made = shapes_.emplace_back();
    if (head) {
        made = elements_.text_head(std::get<shape::Text>(shape.form));
    } else {
        each_plain(shape, theme_, type_, [&](const Plain& plain) { made += elements_.element(plain); });
    }
    return at->second;
}

void Film::add_shape(const Shape& shape, std::vector<std::uint32_t>& items) {
    std::string key = std::visit(KeyOf{}, shape.form);
    const auto* text = std::get_if<shape::Text>(&shape.form);
    if (text == nullptr) return items.push_back(shape_number(std::move(key), shape, false));
    if (text->words.empty()) return;
    const bool ascii = std::ranges::all_of(text->words, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    const std::vector<Run> runs = ascii ? std::vector<Run>{} : type_.runs(text->font, text->words);
    if (runs.size() > 1) return items.push_back(shape_number(key + "\n" + text->words, shape, false));
    if (!runs.empty()) key += static_cast<char>('0' + static_cast<int>(runs.front().font));
    if (text->words.size() == 1) key += '1'; // has no length of its own
    items.push_back(shape_number(std::move(key), shape, true));
    items.push_back(is_words | words_number(text->words));
}

Film::Still Film::still(const Picture& picture, Rect frame) {
    Still still;
    still.items.reserve(2 * picture.shapes.size());
    for (const Shape& shape : picture.shapes) add_shape(shape, still.items);
    const std::string box =
        fmt::format("{} {} {} {}", svg_number(frame.x), svg_number(frame.y), svg_number(frame.w), svg_number(frame.h));
    const auto [at, added] = frame_numbers_.try_emplace(box, static_cast<std::uint32_t>(frames_.size()));
    if (added) frames_.push_back(box);
    still.frame = at->second;
    return still;
}

std::size_t Film::add(Still still, std::optional<std::size_t> like) {
    std::string out;
    write_number(like ? *like + 1 : 0, out);
    write_number(still.frame, out);
    static const std::vector<std::uint32_t> nothing;
    difference(like ? figures_[*like].items : nothing, still.items,
               [&](std::size_t kept, std::size_t dropped, std::size_t first, std::size_t end) {
                   write_number(kept, out);
                   write_number(dropped, out);
                   write_number(end - first, out);
                   for (std::size_t i = first; i < end; ++i) {
                       // Words are odd, shapes are even: both stay small.
                       const std::uint64_t item = still.items[i];
                       write_number((item & is_words) != 0 ? (item - is_words) * 2 + 1 : item * 2, out);
                   }
               });
    written_.push_back(std::move(out));
    figures_.push_back(std::move(still));
    return figures_.size() - 1;
}

std::string Film::json() const {
    std::vector<std::string> words;
    words.reserve(words_.size());
    for (const std::string& text : words_) words.push_back(markup(text));
    const nlohmann::ordered_json film = {
        {"signs", film_signs}, {"shapes", shapes_}, {"words", words}, {"frames", frames_}, {"figures", written_}};
    return film.dump();
}

std::string Film::packed() const {
    const std::string text = json();
    uLongf size = compressBound(static_cast<uLong>(text.size()));
    Bytes out(size);
    const auto* from = reinterpret_cast<const Bytef*>(text.data());
    if (compress2(out.data(), &size, from, static_cast<uLong>(text.size()), 6) != Z_OK)
        throw io_error("a page's figures cannot be packed (out of memory; name fewer --blocks)");
    out.resize(size);
    std::string base64 = to_base64(out);
    // Letters that happen to spell an address are parted: blanks mean nothing in base64.
    for (std::size_t at = base64.find("http"); at != std::string::npos; at = base64.find("http", at))
        base64.insert(at + 2, " ");
    return base64;
}

std::string Film::svg(const Still& still, std::string_view label) const {
    std::string out =
        fmt::format("<svg viewBox=\"{}\" role=\"img\" aria-label=\"{}\">", frames_[still.frame], markup(label));
    for (std::size_t i = 0; i < still.items.size(); ++i) {
        out += shapes_[still.items[i]];
        if (i + 1 < still.items.size() && (still.items[i + 1] & is_words) != 0)
            out += markup(words_[still.items[++i] - is_words]) + "</text>";
    }
    return out + "</svg>";
}

} // namespace keyhole::paper
