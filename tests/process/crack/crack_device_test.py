"""keyhole crack des --device and crack devices: which devices there are, what is said where there is none or a broken one, and
the same keys, parts and checkpoints on all. What needs an OpenCL device is left out where none is here."""

import json
import os
import re
import subprocess
import tempfile
from pathlib import Path

from chat_process import KEYHOLE
from crack_program import KEY, PAIR, check, finish
from running import LIMIT

FEW = ["--known-key", KEY, "--unknown-bits", "22"]
NO_LOADER = {"KEYHOLE_OPENCL": "/nonexistent/libOpenCL.so.1"}


def crack(*arguments, environment=None):
    return subprocess.run([KEYHOLE, "crack", *arguments], capture_output=True, text=True, timeout=40 * LIMIT,
                          env={**os.environ, **(environment or {})})


def des(*arguments, **settings):
    return crack("des", *PAIR, *arguments, **settings)


# A launch that never ends is waited for for 20 s, meanwhile the rest is tried.
broken = os.environ.get("KEYHOLE_BROKEN_OPENCL", "")
if broken:
    hanging = subprocess.Popen([KEYHOLE, "crack", "des", *PAIR, *FEW, "--device", "1"], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True,
                               env={**os.environ, "KEYHOLE_OPENCL": broken, "BROKEN_OPENCL": "hang"})

# Without a loader: the CPU is listed, searches, and says why it is alone where somebody asked for more.
done = crack("devices", environment=NO_LOADER)
check("the CPU alone", done.returncode == 0 and re.fullmatch(r"0  cpu +\S.* [\d.]+ [kMGT]? ?keys/s\n", done.stdout)
      and "no OpenCL loader" in done.stderr, done)
done = crack("devices", "--json", environment=NO_LOADER)
line = json.loads(done.stdout)
check("the CPU as JSON", set(line) == {"number", "kind", "name", "keys_per_second"} and line["number"] == 0
      and line["kind"] == "cpu" and line["name"] and line["keys_per_second"] > 1000, done)
for device, said in (("auto", True), ("cpu", False), ("0", False), ("CPU", False)):
    done = des(*FEW, "--device", device, environment=NO_LOADER)
    check(f"found with --device {device}", done.returncode == 0 and done.stdout == f"key 0x{KEY}\n", done)
    check(f"a warning with --device {device}: {said}", ("keyhole: warning: no OpenCL loader" in done.stderr) == said, done)
done = des(*FEW, environment=NO_LOADER)
check("nothing said where nobody asked", done.returncode == 0 and "OpenCL" not in done.stderr, done)
for device in ("1", "0,1", "7"):
    done = des(*FEW, "--device", device, environment=NO_LOADER)
    check(f"no loader for --device {device}", done.returncode == 3 and done.stdout == ""
          and done.stderr.startswith("keyhole: error: no OpenCL loader (") and done.stderr.count("\n") == 1, done)
for device in ("", "x", "1,", ",1", "0,,1", "-1", "1x", " 1", "gpu", "99999999999999999999", "auto,1"):
    done = des(*FEW, f"--device={device}")
    check(f"no devices: {device!r}", done.returncode == 2 and done.stdout == "" and "--device" in done.stderr
          and done.stderr.count("\n") == 1, done)

with tempfile.TemporaryDirectory() as folder:
    # A loader that is none, and a file that is a library but no loader.
    text = Path(folder, "text.so")
    text.write_text("no library\n")
    libraries = re.findall(r"(/\S*libfmt\S*)", subprocess.run(["ldd", KEYHOLE], capture_output=True, text=True).stdout)
    for loader in [str(text), *libraries[:1]]:
        for device, status in (("1", 3), ("auto", 0)):
            done = des(*FEW, "--device", device, environment={"KEYHOLE_OPENCL": loader})
            check(f"{loader} is no loader for {device}", done.returncode == status and "OpenCL loader" in done.stderr, done)

    # A driver that fails, at each step (tests/process/crack/broken_opencl.cpp).
    for step in ("platforms", "devices", "info", "context", "queue", "program", "build", "kernel", "buffer", "argument", "launch",
                 "read", "silence"):
        if not broken:
            break
        environment = {"KEYHOLE_OPENCL": broken, "BROKEN_OPENCL": step}
        done = des(*FEW, "--device", "1", environment=environment)
        check(f"a driver that fails: {step}", done.returncode == 3 and done.stdout == ""
              and done.stderr.startswith("keyhole: error: ") and done.stderr.count("\n") == 1, done)
        done = des(*FEW, "--device", "auto", environment=environment)
        check(f"auto with a driver that fails: {step}", done.returncode == 0 and done.stdout == f"key 0x{KEY}\n", done)
        done = crack("devices", "--json", environment=environment)
        lines = [json.loads(text) for text in done.stdout.splitlines()]
        early = step in ("platforms", "devices", "info")
        check(f"devices with a driver that fails: {step}", done.returncode == 0 and lines[0]["kind"] == "cpu"
              and ("keyhole: warning: " in done.stderr if early else
                   lines[1]["keys_per_second"] is None and lines[1]["name"] == "Broken ?[31mcard" and lines[1]["error"]), done)
    if broken:
        done = des(*FEW, "--device", "2", environment={"KEYHOLE_OPENCL": broken, "BROKEN_OPENCL": "launch"})
        check("a number that is not there", done.returncode == 2 and "device 2 is not there" in done.stderr, done)

        said = hanging.communicate(timeout=40 * LIMIT)[1]
        check("a launch that never ends is given up", hanging.returncode == 3 and "did not end within 20 s" in said, said)

    # What is here, pocl in CI.
    listed = [json.loads(text) for text in crack("devices", "--json").stdout.splitlines()]
    check("numbered from 0", [line["number"] for line in listed] == list(range(len(listed))))
    if len(listed) == 1:
        print("left out: what needs an OpenCL device (install pocl-opencl-icd)")
        finish()
    check("each has a rate", all(line["keys_per_second"] for line in listed))
    last = str(listed[-1]["number"])
    for device in (last, "0," + last):
        done = des(*FEW, "--device", device)
        check(f"found on {device}", done.returncode == 0 and done.stdout == f"key 0x{KEY}\n"
              and listed[-1]["name"] in done.stderr, done)
        done = des("--known-key", "333457799BBCDFF1", "--unknown-bits", "22", "--device", device)
        check(f"no key on {device}", done.returncode == 1 and done.stdout == "no key in this part\n", done)
    done = des(*FEW, "--device", last, "--gentle")
    check("found gently", done.returncode == 0 and done.stdout == f"key 0x{KEY}\n", done)
    parts = [des(*FEW, "--part", f"{i}/3", "--device", last).returncode for i in (1, 2, 3)]
    check("one part of three holds the key", sorted(parts) == [0, 1, 1])

    # A checkpoint goes on with any device.
    checkpoint = Path(folder, "search.json")
    check("done on the CPU", des(*FEW, "--device", "cpu", "--checkpoint", str(checkpoint)).returncode == 0)
    state = json.loads(checkpoint.read_text())
    for device in (last, "cpu", "0," + last):
        checkpoint.write_text(json.dumps({**state, "found": [], "next_chunk": state["next_chunk"]}))
        done = des(*FEW, "--device", device, "--checkpoint", str(checkpoint))
        check(f"goes on with {device}", done.returncode == 0 and done.stdout == f"key 0x{KEY}\n", done)
        after = json.loads(checkpoint.read_text())
        check(f"the same checkpoint from {device}", {**after, "seconds": 0} == {**state, "seconds": 0})
    done = des(*FEW, "--device", "99")
    check("no device 99", done.returncode == 2 and "device 99 is not there" in done.stderr, done)

finish()
