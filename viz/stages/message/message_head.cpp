#include "viz/stages/message/message_head.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/stages/message/message_model.hpp"

namespace keyhole::viz {
namespace {

void draw_station(Canvas& canvas, const Station& station, Rect rect, bool with_size) {
    const float em = canvas.em();
    const std::string id = "station." + station.name;
    canvas.box(rect, station.current ? Ink::current_tint : Ink::raised, station.current ? Ink::current : Ink::border,
               (station.current ? 2.2F : 1.0F) * canvas.line(), id);
    Area& area = canvas.area(id, rect);
    area.go_to = station.node;
    area.tooltip = fmt::format("{}: {}", station.name, station.size);
    const Ink ink = station.current ? Ink::current : Ink::text;
    const Point centre = rect.centre();
    const float apart = with_size ? 0.48F * em : 0;
    canvas.text_centred(FontRole::small, {centre.x, centre.y - apart}, ink, station.name);
    if (with_size) canvas.text_centred(FontRole::figures_tiny, {centre.x, centre.y + apart}, Ink::muted, station.size);
}

// In one row where they fit, else in as many as needed. Returns the foot.
float draw_stations(const StageInput& input, Canvas& canvas, float top) {
    const float em = canvas.em();
    const Rect room = input.room;
    const bool low = is_low(input);
    const std::vector<Station> all = stations(input.trace, input.step.node);
    const float gap = (low ? 0.5F : 0.9F) * em, height = (low ? 1.35F : 2.1F) * em;
    float widest = 0;
    for (const Station& station : all) {
        widest = std::max(widest, canvas.width(FontRole::small, station.name));
        if (!low) widest = std::max(widest, canvas.width(FontRole::figures_tiny, station.size));
    }
    const float width = widest + 0.8F * em;
    Point at{room.x, top};
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i > 0 && at.x + gap + width > room.right()) {
            at = {room.x, at.y + height + 0.35F * em};
        } else if (i > 0) {
            // The step from the sender to the receiver is the wire.
            const bool wire = all[i].received && !all[i - 1].received;
            const float middle = at.y + height / 2;
            canvas.straight({at.x + 0.1F * em, middle}, {at.x + gap - 0.1F * em, middle}, Ink::muted,
                            (wire ? 3.0F : 1.0F) * canvas.line());
            at.x += gap;
        }
        draw_station(canvas, all[i], {at.x, at.y, width, height}, !low);
        at.x += width;
    }
    return at.y + height;
}

} // namespace

bool is_low(const StageInput& input) { return input.room.h < 16 * input.style.type.em(); }

float draw_message_head(const StageInput& input, Canvas& canvas, std::string_view title, std::string_view words) {
    const float em = canvas.em();
    const Rect room = input.room;
    const bool low = is_low(input);
    float y = canvas.paragraph(low ? FontRole::text : FontRole::title, room.corner(), room.w, Ink::text, title);
    if (!low) y = canvas.paragraph(FontRole::small, {room.x, y}, room.w, Ink::muted, words) + 0.25F * em;
    return draw_stations(input, canvas, y) + (low ? 0.3F : 0.6F) * em;
}

void end_stage(const StageInput& input, Canvas& canvas, float drawing, float foot, std::string_view words) {
    const Rect room = input.room;
    const bool low = is_low(input);
    Picture& picture = canvas.picture();
    picture.foot =
        low ? canvas.paragraph(FontRole::small, {room.x, foot + 0.3F * canvas.em()}, room.w, Ink::muted, words) : foot;
    picture.work_from = low ? drawing : room.y;
    picture.work_to = low ? picture.foot : room.y;
}

void draw_arrow(Canvas& canvas, Point from, Point to, Paint paint, float thickness, float head) {
    canvas.arrow(from, to, paint, thickness, head, 0.7F * head);
}

RowWindow rows_in_sight(const StageInput& input, std::string_view list, std::uint64_t all, std::uint64_t shown,
                        std::optional<std::uint64_t> show) {
    RowWindow rows;
    rows.set_size(all, shown);
    const auto before = input.state.first.find(list);
    if (before != input.state.first.end()) rows.scroll_to(before->second);
    if (show) rows.show(*show);
    return rows;
}

} // namespace keyhole::viz
