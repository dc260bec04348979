"""The window for browsers as keyhole class serves it, with a made-up one beside the program."""

import gzip
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from chat_process import KEYHOLE, check, run_all
from class_program import Class
from web_client import WebSocket, request

PAGE = b'<!DOCTYPE html>\n<link rel="stylesheet" href="app.89ab.css"><canvas></canvas><script src="app.0123abcd.js"></script>'


@contextmanager
def class_with_window(change=lambda web: None):
    """A keyhole with a window for browsers beside it, which `change` may alter in its folder."""
    with tempfile.TemporaryDirectory() as folder:
        release, web = os.path.join(folder, "release"), Path(folder, "web")
        os.mkdir(release)
        web.mkdir()
        for name in ("assets", "fonts"):
            os.symlink(os.path.join(os.path.dirname(KEYHOLE), name), os.path.join(release, name))
        shutil.copy(KEYHOLE, release)
        files = {"index.html": PAGE, "index.html.gz": gzip.compress(PAGE), "app.0123abcd.js": b"// " + b"x" * 2000,
                 "app.4567.wasm": b"\0asm", "app.89ab.css": b"", "one-file.html": b"", "secret.txt": b"no type of a page's file"}
        for name, content in files.items():
            (web / name).write_bytes(content)
        change(web)
        with Class(program=os.path.join(release, "keyhole")) as lesson:
            yield lesson


@check
def the_window_is_served_where_it_was_built():
    with class_with_window() as lesson:
        status, fields, body = request(lesson.port, "/window?follow")
        assert status == 200 and body == PAGE
        status, fields, body = request(lesson.port, "/window", fields=["Accept-Encoding: gzip"])
        assert status == 200 and gzip.decompress(body) == PAGE
        policy = fields["content-security-policy"]
        assert "script-src 'self' 'wasm-unsafe-eval';" in policy and "style-src 'self';" in policy, policy
        assert "unsafe-inline" not in policy and f"ws://127.0.0.1:{lesson.port}" in policy, policy
        status, fields, body = request(lesson.port, "/app.0123abcd.js", fields=["Accept-Encoding: gzip"])
        assert status == 200 and gzip.decompress(body) == b"// " + b"x" * 2000
        assert "immutable" in fields["cache-control"] and fields["content-encoding"] == "gzip"
        for coding, packed in (("gzip;q=0", False), ("gzip; q=0.000", False), ("x-gzip", False), ("br, gzip;q=0.5", True),
                               ("GZIP", True), ("identity", False)):
            fields = request(lesson.port, "/window", fields=[f"Accept-Encoding: {coding}"])[1]
            assert ("content-encoding" in fields) == packed, coding
        assert request(lesson.port, "/app.4567.wasm")[1]["content-type"] == "application/wasm"
        for path in ("/secret.txt", "/index.html", "/one-file.html"):
            assert request(lesson.port, path)[0] == 404, path


@check
def a_window_that_cannot_be_read_keeps_no_class_from_its_work():
    """Files of more than 32 MiB are none of the window's; the one file for memory sticks is not even looked into."""
    with class_with_window(lambda web: os.truncate(web / "one-file.html", 40 << 20)) as lesson:
        assert request(lesson.port, "/window")[0] == 200
    with class_with_window(lambda web: os.truncate(web / "app.0123abcd.js", 40 << 20)) as lesson:
        status, fields, body = request(lesson.port, "/window")
        assert status == 503 and b"cannot be read" in body, (status, body)
        one = WebSocket(lesson.port)
        one.say(type="join", name="Ann")
        assert one.hear("joined")


run_all()
