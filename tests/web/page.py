"""The page of the browser's window in a headless Chromium, served by Python's own server or opened from a disk."""

import base64
import functools
import http.server
import json
import pathlib
import sys
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "process" / "support"))

from browser import SOFTWARE, Browser  # noqa: E402
from running import wait_until  # noqa: E402

WEB = ROOT / "build" / "web"
SMALL = (960, 600)  # a window that a machine without a graphics card draws several times a second


class Quiet(http.server.SimpleHTTPRequestHandler):
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".wasm": "application/wasm"}

    def log_message(self, *_):
        pass


class Page(Browser):
    def __init__(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=WEB))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        super().__init__(drawing=(*SOFTWARE, "--hide-scrollbars"))
        self.size(*SMALL)

    def end(self):
        super().end()
        self.server.shutdown()
        self.server.server_close()

    @property
    def origin(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def size(self, width, height, ratio=1):
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=ratio, mobile=False)

    def window(self, rest=""):
        """Loads the window with this query and fragment, and waits for its first frame."""
        self.visit("about:blank")
        self.visit(f"{self.origin}/index.html{rest}")
        self.ready()

    def ready(self):
        state = wait_until(lambda: self.run("document.body.dataset.state"))
        assert state == "ready", (state, self.run("Keyhole.state.textContent"))
        self.settle()

    def settle(self):
        """Until nothing is left to be drawn at once."""
        assert wait_until(lambda: self.run("!Keyhole.scheduled && !Keyhole.before.length")), "it never stops drawing"

    def hash(self):
        return self.run("decodeURIComponent(location.hash.slice(1))")

    def stands_at(self, address):
        assert wait_until(lambda: self.hash() == address), (self.hash(), address)

    def key(self, key, modifiers=0):
        kind = {"key": key, "code": key, "modifiers": modifiers}
        self.ask("Input.dispatchKeyEvent", type="rawKeyDown", **kind)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **kind)
        self.settle()

    def write(self, text):
        """As an input method writes it, in one go."""
        self.ask("Input.insertText", text=text)
        self.settle()

    def click(self, x, y):
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="none" if kind == "mouseMoved" else "left",
                     clickCount=1)
        self.settle()

    def tap(self, x, y):
        self.ask("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
        self.ask("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
        self.settle()

    def picture(self):
        """PNG."""
        self.settle()
        return base64.b64decode(self.ask("Page.captureScreenshot", format="png")["data"])

    def value(self, expression):
        return json.loads(self.run(f"JSON.stringify({expression})"))

