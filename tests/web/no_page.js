// Under node there is no page: what the program asks of one is not done.
mergeInto(LibraryManager.library, {
  browser_open_socket: function () { return 0; },
  browser_send: function () {},
  browser_close_socket: function () {},
  browser_pick_file: function () {},
  browser_download: function () {},
  browser_copy_link: function () {},
});
