"""Both programs say their name and version on stdout, and the same about the same wrong usage: one line, exit status 2.
Neither needs a display for it."""

import os
import re
import subprocess
import sys

environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
programs = {"keyhole": os.environ["KEYHOLE"], "keyhole-viz": os.environ["KEYHOLE_VIZ"]}
failures = 0


def run(*command):
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30)


for name, program in programs.items():
    done = run(program, "--version")
    if done.returncode != 0 or not re.fullmatch(rf"{name} \d+\.\d+\.\d+\n", done.stdout):
        print(f"{name} --version: exit {done.returncode}, stdout {done.stdout!r}, stderr {done.stderr!r}")
        failures += 1

usage = r"keyhole: error: {} (wrong usage; see {} --help)" + "\n"
for flags, words in (
    (["--group"], "--group needs a value"),
    (["--group", "toy23", "--group", "toy23"], "--group is given more than once"),
):
    for command in ("keyhole exchange", "keyhole-viz"):
        name, *rest = command.split()
        done = run(programs[name], *rest, *flags)
        if done.returncode != 2 or done.stdout or done.stderr != usage.format(words, command):
            print(f"{command} {flags}: exit {done.returncode}, stdout {done.stdout!r}, stderr {done.stderr!r}")
            failures += 1

for flags, words in (
    (["--group", "nope"], "--group 'nope' is not known"),
    (["--kdf", "md5"], "--kdf 'md5' is not known"),
    (["--mode", "xts"], "--mode 'xts' is not known"),
    (["--mode", "OFB"], "--mode 'OFB' is no mode of the chat"),
    (["--p", "23"], "--p and --g belong together"),
    (["--p", "21", "--g", "5"], "these parameters are no good"),
    (["--group", "toy23", "--seed", ""], "an empty --seed"),
    (["--say", "nobody"], "--say 'nobody' names no speaker"),
):
    said = {run(programs["keyhole"], "exchange", *flags).stderr, run(programs["keyhole-viz"], *flags).stderr}
    if len(said) != 1 or not said.pop().startswith(f"keyhole: error: {words}"):
        print(f"{flags}: {said}")
        failures += 1
sys.exit(1 if failures else 0)
