#include "viz/stages/round/sbox_model.hpp"

#include "core/des/des_tables.hpp"

namespace keyhole::viz {

SboxModel make_sbox_model(const Trace& trace, const Node& node, unsigned box) {
    SboxModel view;
    view.box = box;
    for (unsigned i = 0; i < 4; ++i) view.rows[i] = plain_binary({i, 2});
    for (unsigned i = 0; i < 16; ++i) view.columns[i] = plain_binary({i, 4});
    view.cells = des::s_boxes[box - 1];
    view.chosen = trace.round(node).sboxes[box - 1];
    view.input = plain_binary({view.chosen.input, 6});
    view.output = plain_binary({view.chosen.output, 4});
    return view;
}

} // namespace keyhole::viz
