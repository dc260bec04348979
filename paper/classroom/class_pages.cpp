#include "paper/classroom/class_pages.hpp"

#include <memory>

#include "paper/classroom/class_paper.hpp"
#include "paper/page/page.hpp"
#include "viz/session/predict_model.hpp"

namespace keyhole::paper {

classroom::ClassPages class_pages() {
    const auto paper = std::make_shared<const ClassPaper>();
    return {.step = [paper](const Trace& trace, const Node& node,
                            const HiddenValue& hidden) { return paper->step(trace, node, hidden); },
            .page = [](const Recording& recording) { return page_html(recording, {}); },
            .style = paper->style(),
            .gives = viz::is_result};
}

} // namespace keyhole::paper
