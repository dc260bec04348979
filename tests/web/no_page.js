// Under node there is no page: what the program asks of one is not done. (live_sockets_web_test.cpp plays its sockets.)
mergeInto(LibraryManager.library, {
  browser_pick_file: function () {},
  browser_download: function () {},
  browser_copy_link: function () {},
});
