"""A keyhole on a terminal of its own: keys go in, what the terminal would show comes out."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios

from running import LIMIT, Running


class Terminal(Running):
    """The program has standard input, output and error on the terminal, as the leader of a session of its own."""

    def __init__(self, *command, columns=60, environment=(), **options):
        self.end_here, end_there = pty.openpty()
        fcntl.ioctl(end_there, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        variables = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm", **dict(environment)}
        self.usual_mode = termios.tcgetattr(self.end_here)
        self.process = subprocess.Popen(command, stdin=end_there, stdout=end_there, stderr=end_there, env=variables,
                                        start_new_session=True, preexec_fn=self.take, **options)
        os.close(end_there)
        self.shown = ""

    @staticmethod
    def take():
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # Ctrl+C and the foreground are this terminal's

    def type(self, keys):
        os.write(self.end_here, keys.encode())

    def shows(self, pattern):
        """Reads until something matches, and returns everything that was shown before its end; the rest waits."""
        while not (found := re.search(pattern, self.shown)):
            assert select.select([self.end_here], [], [], LIMIT)[0], f"never {pattern!r}, but {self.shown!r}"
            try:
                some = os.read(self.end_here, 65536)
            except OSError:  # the program is gone
                some = b""
            assert some, f"ended without {pattern!r}, but {self.shown!r}"
            self.shown += some.decode("utf-8", "replace").replace("\r\n", "\n")
        before, self.shown = self.shown[:found.end()], self.shown[found.end():]
        return before

    def mode(self):
        return termios.tcgetattr(self.end_here)

    def wait(self):
        return self.process.wait(timeout=LIMIT)

    def end(self):
        super().end()
        os.close(self.end_here)
