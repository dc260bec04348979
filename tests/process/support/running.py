"""A program that a test started, which ends with its block at the latest; and waiting for what a test means."""

import os
import time

LIMIT = 40 * float(os.environ.get("KEYHOLE_PATIENCE", "1"))  # seconds that any one thing may take on a loaded machine


def wait_until(holds, limit=LIMIT):
    """Waits until `holds()` is true, and returns what it said last: false when it never was true."""
    end = time.monotonic() + limit
    while True:
        answer = holds()
        if answer or time.monotonic() > end:
            return answer
        time.sleep(0.01)  # between two looks, so that looking takes no core


class Running:
    """`process` is the subclass's."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(timeout=LIMIT)
