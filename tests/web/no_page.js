// Under node there is no page: what the program asks of one is not done.
mergeInto(LibraryManager.library, {
  browser_open_socket: () => 0,
  browser_send: () => {},
  browser_close_socket: () => {},
  browser_pick_file: () => {},
  browser_download: () => {},
  browser_copy_link: () => {},
});
