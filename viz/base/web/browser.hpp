// What the page around the window does for it in a browser: viz/platform/web/browser.js, which the linker joins to the
// program. Only sources whose names end in _web.cpp, and viz/platform/web, include it. Texts are UTF-8.
#pragma once

extern "C" {

/// Opens a WebSocket at ws://WHERE, or wss:// from a page that came encrypted. A number that is not 0, or 0 where the
/// browser refuses the address at once. What happens on it comes to keyhole_socket_opened, .._message and .._closed
/// with `owner`.
int browser_open_socket(void* owner, const char* where);
/// One message.
void browser_send(int socket, const char* text, int size);
/// Nothing more is told of it. How many bytes had not left yet; the browser still sends them.
double browser_close_socket(int socket);

/// Lets the user choose a file; once it lies in the program's file system, keyhole_open_file is called.
void browser_pick_file();
/// Hands a file of the program's file system over to the user, under its own name.
void browser_download(const char* path);

void browser_copy(const char* text);
/// Packs the recording into a link to the step and copies that.
void browser_copy_link(const char* recording, const char* address);

/// The step that is shown, for the location bar: `jumps` counts those that can be undone in the trace `session`.
void browser_show_place(const char* address, int jumps, int session);
void browser_set_title(const char* title);
/// One of CSS's names of cursors.
void browser_set_cursor(const char* name);
/// Whether somebody types: a telephone shows its keys then. In the canvas's pixels, where the text is.
void browser_set_typing(int typing, float x, float y, float height);
/// What the window remembers from one time to the next.
void browser_remember(const char* settings);
}
