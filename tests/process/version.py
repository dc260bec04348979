"""Both programs say their name and version on stdout, and need no display for it."""

import os
import re
import subprocess
import sys

environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
failures = 0
for variable, name in (("KEYHOLE", "keyhole"), ("KEYHOLE_VIZ", "keyhole-viz")):
    done = subprocess.run(
        [os.environ[variable], "--version"], env=environment, capture_output=True, text=True, timeout=30
    )
    if done.returncode != 0 or not re.fullmatch(rf"{name} \d+\.\d+\.\d+\n", done.stdout):
        print(f"{name} --version: exit {done.returncode}, stdout {done.stdout!r}, stderr {done.stderr!r}")
        failures += 1
sys.exit(1 if failures else 0)
