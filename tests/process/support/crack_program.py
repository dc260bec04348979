"""Runs `keyhole crack` for the tests, and counts what is not as it should be."""

import os
import subprocess
import sys

from chat_process import KEYHOLE
from running import LIMIT

KEY = "133457799BBCDFF1"
PAIR = ["--plaintext", "0123456789ABCDEF", "--ciphertext", "85E813540F0AB405"]
failures = 0


def crack(*arguments, level=""):
    """`level` is the instruction set of the key search; the widest that the CPU has when it is empty."""
    return subprocess.run([KEYHOLE, "crack", *map(str, arguments)], capture_output=True, text=True, timeout=3 * LIMIT,
                          env=dict(os.environ, KEYHOLE_BITSLICE=level))


def crack_des(*arguments, level=""):
    return crack("des", *PAIR, *arguments, level=level)


def check(what, condition, done=None):
    global failures
    if not condition:
        failures += 1
        print(f"FAILED: {what}", (done.returncode, done.stdout, done.stderr) if done else "")


def refused(what, *arguments, status=2):
    """A key search that is refused in one line."""
    done = crack_des(*arguments)
    lines = done.stderr.splitlines()
    one_line = len(lines) == 1 and lines[0].startswith("keyhole: error: ") and "(" in lines[0]
    check(what, done.returncode == status and done.stdout == "" and one_line, done)


def finish():
    sys.exit(1 if failures else 0)
