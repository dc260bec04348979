#include "viz/stages/round/sbox_model.hpp"

#include "core/des/des_tables.hpp"

namespace keyhole::viz {

SboxModel make_sbox_model(const Trace& trace, const Node& node, unsigned box) {
    SboxModel model;
    model.box = box;
    for (unsigned i = 0; i < 4; ++i) model.rows[i] = plain_binary({i, 2});
    for (unsigned i = 0; i < 16; ++i) model.columns[i] = plain_binary({i, 4});
    model.cells = des::s_boxes[box - 1];
    model.chosen = trace.round(node).sboxes[box - 1];
    model.input = plain_binary({model.chosen.input, 6});
    model.output = plain_binary({model.chosen.output, 4});
    return model;
}

} // namespace keyhole::viz
