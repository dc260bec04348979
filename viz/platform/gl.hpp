// OpenGL's functions and the dialect of its shaders: OpenGL 3.3 through glad, or a browser's WebGL 2.
#pragma once

#ifdef __EMSCRIPTEN__
#include <GLES3/gl3.h>
#else
#include <glad/gl.h>
#endif

namespace keyhole::viz {

#ifdef __EMSCRIPTEN__
inline constexpr const char* shader_version = "#version 300 es";
#else
inline constexpr const char* shader_version = "#version 330 core";
#endif

} // namespace keyhole::viz
