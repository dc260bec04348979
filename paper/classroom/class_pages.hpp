// What students of a class get to read, by the writers of figures and pages.
#pragma once

#include "classroom/server/class_pages.hpp"

namespace keyhole::paper {

/// Throws Error (io) where a font is missing.
classroom::ClassPages class_pages();

} // namespace keyhole::paper
