"""keyhole crack dh from outside: x, the honest no, what is no group, a stop, and hostile arguments."""

import re
import signal
import subprocess
import time

from chat_process import KEYHOLE, Program
from crack_program import check, crack, finish
from running import wait_until

# safe primes of 32 and 64 bits, g of order (p - 1) / 2
P32, G32 = 4294967087, 4
P64, G64 = 18446744073709550147, 4
P70 = 1180591620717411287843  # a safe prime of 70 bits, q = (p - 1) / 2 of 69


def last_line_is_error(done):
    lines = done.stderr.splitlines()
    return bool(lines) and lines[-1].startswith("keyhole: error: ") and "(" in lines[-1]


done = crack("dh", "--p", 23, "--g", 5, "--y", 8)
check("the toy group", done.returncode == 0 and done.stdout == "x 6\n", done)
done = crack("dh", "--p", "0x17", "--g", "0x5", "--y", "0x8")
check("hex", done.returncode == 0 and done.stdout == "x 6\n", done)

done = crack("dh", "--group", "toy23", "--y", 8)
check("a named group", done.returncode == 0 and done.stdout == "x 6\n", done)

secret = 1234567890
for method in ("automatic", "bsgs", "rho"):
    done = crack("dh", "--p", P32, "--g", G32, "--y", pow(G32, secret, P32), "--method", method, "--threads", 2)
    expected = secret % ((P32 - 1) // 2)
    check(f"32 bits by {method}", done.returncode == 0 and done.stdout == f"x {expected}\n", done)
    check(f"{method} says its work", "group operations in" in done.stderr, done)

done = crack("dh", "--p", 23, "--g", 2, "--y", 5)
check("y outside the subgroup", done.returncode == 1 and done.stdout == "" and last_line_is_error(done), done)

group = subprocess.run([KEYHOLE, "group", "show", "ffdhe2048"], capture_output=True, text=True, check=True).stdout
p2048 = next(line.split()[1] for line in group.splitlines() if line.startswith("p "))
begin = time.monotonic()
for arguments in (("--p", p2048, "--g", 2), ("--group", "ffdhe2048"), ("--group", "ffdhe2048", "--max-seconds", 1e300)):
    done = crack("dh", *arguments, "--y", 16)
    check("2048 bits: no, with a number", done.returncode == 1 and "2^1023" in done.stderr and "years" in done.stderr, done)
    check("2048 bits: more patience is not asked for", "give a larger --max-seconds" not in done.stderr, done)
check("2048 bits: at once", time.monotonic() - begin < 60)

# The plan and its time, in words that fit one and many.
done = crack("dh", "--p", 3, "--g", 2, "--y", 2)
check("one bit", done.stdout == "x 1\n" and "order 2, of 2 bits" in done.stderr, done)
done = crack("dh", "--p", 3, "--g", 1, "--y", 1)
check("an order of one bit", done.stdout == "x 0\n" and "order 1, of 1 bit\n" in done.stderr, done)
done = crack("dh", "--p", P64, "--g", G64, "--y", 16, "--max-seconds", 0.001)
check("the time is an average", re.search(r"operations, on average [\d.]+ (s|min|h) here \(.*/s in a trial", done.stderr), done)
check("patience is asked for", done.returncode == 1 and "give a larger --max-seconds" in done.stderr, done)

for what, arguments in {
    "p not prime": ("--p", 21, "--g", 2, "--y", 4),
    "g too large": ("--p", 23, "--g", 23, "--y", 4),
    "y zero": ("--p", 23, "--g", 5, "--y", 0),
    "no number": ("--p", "x\x1b[2J", "--g", 5, "--y", 1),
    "no method": ("--p", 23, "--g", 5, "--y", 8, "--method", "magic"),
    "no threads": ("--p", 23, "--g", 5, "--y", 8, "--threads", 0),
    "no time": ("--p", 23, "--g", 5, "--y", 8, "--max-seconds", -1),
    "y missing": ("--p", 23, "--g", 5),
    "no group": ("--y", 8),
    "half a group": ("--p", 23, "--y", 8),
    "two groups": ("--group", "toy23", "--p", 23, "--g", 5, "--y", 8),
    "unknown group": ("--group", "x\x1b[2J", "--y", 8),
    "time that is no number": ("--p", 23, "--g", 5, "--y", 8, "--max-seconds", "nan"),
}.items():
    done = crack("dh", *arguments)
    check(what, done.returncode == 2 and done.stdout == "" and last_line_is_error(done), done)
    check(f"{what}: no control characters", "\x1b" not in done.stderr, done)

# Whoever gives the time is let in, whether or not p and the exponents fit a word.
for p in (P64, P70):
    with Program("crack", "dh", "--p", str(p), "--g", "4", "--y", str(pow(4, 987654321987654321, p)),
                 "--max-seconds", "1e9") as running:
        running.error_line("/s in a trial just now")
        wait_until(lambda: running.catches(signal.SIGINT))
        running.process.send_signal(signal.SIGINT)
        running.error_line("interrupted")
        check(f"begun: {p}", running.wait() == 1 and running.line() is None)

# Making a group, which takes minutes at this size, is stopped in the same way.
with Program("group", "new", "--bits", "4096") as running:
    wait_until(lambda: running.catches(signal.SIGINT))
    running.process.send_signal(signal.SIGINT)
    running.error_line(r"no group was found \(interrupted")
    check("making a group is stopped", running.wait() == 1 and running.line() is None)

hard = ["--threads", 1, "--p", P64, "--g", G64, "--y", pow(G64, 987654321987654321, P64), "--max-seconds", 1000000]
done = crack("dh", *hard[:-1], 0.000001)
check("too little time is told at once", done.returncode == 1 and "not found" in done.stderr, done)

finish()
