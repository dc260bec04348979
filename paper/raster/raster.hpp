// A picture as pixels, without a display: outlines and letters filled by FreeType's own rasteriser.
#pragma once

#include "paper/type/paper_type.hpp"
#include "viz/files/image.hpp"
#include "viz/picture/picture.hpp"
#include "viz/picture/theme.hpp"

namespace keyhole::paper {

/// `frame` of the picture, `width` pixels wide, in the theme's colours. Throws Error (io) where memory is short.
viz::Image raster(const viz::Picture& picture, viz::Rect frame, int width, const viz::Theme& theme,
                  const PaperType& type);

} // namespace keyhole::paper
