// What the program calls in its page (viz/base/web/browser.hpp): each leads to the part of the page's script that does it.
mergeInto(LibraryManager.library, {
  browser_open_socket: (owner, where) => Keyhole.sockets.open(owner, UTF8ToString(where)),
  browser_send: (socket, text, size) => Keyhole.sockets.send(socket, UTF8ToString(text, size)),
  browser_close_socket: (socket) => Keyhole.sockets.close(socket),
  browser_pick_file: () => Keyhole.files.pick(),
  browser_download: (path) => Keyhole.files.download(UTF8ToString(path)),
  browser_copy: (text) => Keyhole.clipboard.copy(UTF8ToString(text)),
  browser_copy_link: (recording, address) => Keyhole.link.copy(UTF8ToString(recording), UTF8ToString(address)),
  browser_show_place: (address, jumps, session) => Keyhole.place.show(UTF8ToString(address), jumps, session),
  browser_set_title: (title) => Keyhole.title(UTF8ToString(title)),
  browser_set_cursor: (name) => { Keyhole.canvas.style.cursor = UTF8ToString(name); },
  browser_set_typing: (typing, x, y, height) => Keyhole.keys.setTyping(typing !== 0, x, y, height),
  browser_remember: (settings) => Keyhole.memory.write(UTF8ToString(settings)),
});
