"""A program that a test started: it ends with its block at the latest."""

import os

LIMIT = 40 * float(os.environ.get("KEYHOLE_PATIENCE", "1"))  # seconds that any one thing may take on a loaded machine


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
