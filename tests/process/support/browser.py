"""A headless Chromium driven over its debugging pipe, with Python's standard library: opens a file, runs expressions in the
page, presses keys. `found()` says whether there is one; a test that needs it is skipped with a sentence where there is not."""

import json
import os
import shutil
import subprocess
import tempfile

from running import LIMIT, Running

NAMES = ("chromium", "chromium-browser", "google-chrome")


def found():
    return next((path for path in map(shutil.which, NAMES) if path), None)


# A graphics card in software, which every machine has.
SOFTWARE = ("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")


class Browser(Running):
    def __init__(self, scripts=True, drawing=()):
        """`drawing`: flags in place of the one that turns the graphics card off."""
        # Its processes may still write there when it ends.
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        to_browser, self.out = os.pipe()
        self.incoming, from_browser = os.pipe()

        def take_pipes():
            # Both are copied out of the way first: one of them may be 3 or 4 already.
            reading, writing = os.dup(to_browser), os.dup(from_browser)
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        self.process = subprocess.Popen(
            [found(), "--headless", "--no-sandbox", *(drawing or ("--disable-gpu",)), "--no-first-run", "--remote-debugging-pipe",
             f"--user-data-dir={self.folder.name}", "about:blank"],
            preexec_fn=take_pipes, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.reader = os.fdopen(self.incoming, "rb")
        self.number, self.session = 0, None
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Page.enable")
        if not scripts:
            self.ask("Emulation.setScriptExecutionDisabled", value=True)

    def end(self):
        super().end()
        self.reader.close()
        os.close(self.out)
        self.folder.cleanup()

    def message(self):
        data = bytearray()
        while (byte := self.reader.read(1)) != b"\0":
            assert byte, "the browser went away"
            data += byte
        return json.loads(data)

    def ask(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                assert "error" not in answer, (method, answer["error"])
                return answer["result"]

    def wait_for(self, event):
        while self.message().get("method") != event:
            pass

    def open(self, path, anchor=""):
        """Loads the file anew, even where it is shown already."""
        self.visit("about:blank")
        self.visit(f"file://{path}{'#' + anchor if anchor else ''}")

    def visit(self, url):
        self.ask("Page.navigate", url=url)
        self.wait_for("Page.loadEventFired")

    def note_refusals(self):
        """What the policies of the pages to come refuse them is in `refused` of theirs."""
        self.ask("Page.addScriptToEvaluateOnNewDocument",
                 source="window.refused = []; document.addEventListener('securitypolicyviolation', (event) => "
                        "refused.push(event.violatedDirective + ' ' + event.blockedURI));")

    def run(self, expression):
        """The value of an expression of JavaScript; a promise is waited for."""
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def press(self, key, text=None, **more):
        for kind in ("keyDown", "keyUp"):
            extra = {"text": text} if text and kind == "keyDown" else {}
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, **extra, **more)
        self.run("new Promise((done) => setTimeout(done))")  # what the key did has been done

    def requests(self):
        """What the page has fetched, but for itself."""
        return self.run("performance.getEntriesByType('resource').map((entry) => entry.name)")


assert LIMIT > 0
