// What the program calls in its page (viz/base/web/browser.hpp): each leads to the part of the page's script that does it.
mergeInto(LibraryManager.library, {
  browser_open_socket: function (owner, where) { return Keyhole.sockets.open(owner, UTF8ToString(where)); },
  browser_send: function (socket, text, size) { return Keyhole.sockets.send(socket, UTF8ToString(text, size)); },
  browser_close_socket: function (socket) { return Keyhole.sockets.close(socket); },
  browser_pick_file: function () { return Keyhole.files.pick(); },
  browser_download: function (path) { return Keyhole.files.download(UTF8ToString(path)); },
  browser_copy: function (text) { return Keyhole.clipboard.copy(UTF8ToString(text)); },
  browser_copy_link: function (recording, address) { return Keyhole.link.copy(UTF8ToString(recording), UTF8ToString(address)); },
  browser_show_place: function (address, jumps, session) { return Keyhole.place.show(UTF8ToString(address), jumps, session); },
  browser_set_title: function (title) { return Keyhole.title(UTF8ToString(title)); },
  browser_set_cursor: function (name) { Keyhole.canvas.style.cursor = UTF8ToString(name); },
  browser_set_typing: function (typing, x, y, height) { return Keyhole.keys.setTyping(typing !== 0, x, y, height); },
  browser_remember: function (settings) { return Keyhole.memory.write(UTF8ToString(settings)); },
});
