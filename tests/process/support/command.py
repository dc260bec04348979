"""A command of keyhole's, run to its end."""

import os
import subprocess

from running import LIMIT

KEYHOLE = os.environ["KEYHOLE"]


def keyhole(*arguments, **more):
    """The finished process with its output as text; `more` is what subprocess.run takes beside it."""
    return subprocess.run([KEYHOLE, *map(str, arguments)], capture_output=True, text=True, timeout=LIMIT, **more)


def finished(*arguments, status=0, **more):
    """The same, and it exits with that status."""
    done = keyhole(*arguments, **more)
    assert done.returncode == status, (arguments, done.returncode, done.stdout, done.stderr)
    return done
