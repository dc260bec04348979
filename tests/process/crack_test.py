"""keyhole crack des from outside: the key, the answer no, bad arguments, a stop and the way on, hostile checkpoints."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

KEYHOLE = os.environ["KEYHOLE"]
KEY = "133457799BBCDFF1"
PAIR = ["--plaintext", "0123456789ABCDEF", "--ciphertext", "85E813540F0AB405"]
failures = 0


def crack(*arguments, level=""):
    environment = dict(os.environ, KEYHOLE_BITSLICE=level)
    return subprocess.run(
        [KEYHOLE, "crack", "des", *PAIR, *arguments], capture_output=True, text=True, timeout=100, env=environment
    )


def check(what, condition, done=None):
    global failures
    if not condition:
        failures += 1
        print(f"FAILED: {what}", (done.returncode, done.stdout, done.stderr) if done else "")


def refused(what, *arguments, status=2):
    done = crack(*arguments)
    lines = done.stderr.splitlines()
    one_line = len(lines) == 1 and lines[0].startswith("keyhole: error: ") and "(" in lines[0]
    check(what, done.returncode == status and done.stdout == "" and one_line, done)


for level in ("", "portable"):
    done = crack("--known-key", KEY, "--unknown-bits", "20", level=level)
    check(f"found {level}", done.returncode == 0 and done.stdout == f"key 0x{KEY}\n", done)
check("the rate and the whole key space are told", "keys/s" in done.stderr and "2^56" in done.stderr, done)

done = crack("--known-key", "0x" + KEY.lower(), "--mask", "00000000FF00FF00", "--threads", "3")
check("found by mask", done.stdout == f"key 0x{KEY}\n", done)
done = crack("--known-key", KEY, "--unknown-bits", "0")
check("nothing unknown", done.returncode == 0 and done.stdout == f"key 0x{KEY}\n", done)

done = crack("--known-key", "333457799BBCDFF1", "--unknown-bits", "18")
check("no key", done.returncode == 1 and done.stdout == "no key in this part\n", done)
done = crack("--known-key", "ECCBA8866443200E", "--unknown-bits", "18")
check("no key among the complements without the pair", done.returncode == 1, done)
done = crack("--known-key", "ECCBA8866443200E", "--unknown-bits", "18",
             "--plaintext2", "FEDCBA9876543210", "--ciphertext2", subprocess.run(
                 [KEYHOLE, "encrypt", "--key", KEY, "--hex", "FEDCBA9876543210"], capture_output=True, text=True
             ).stdout.strip())
check("found by complementation", done.returncode == 0 and done.stdout == f"key 0x{KEY}\n", done)

parts = [crack("--known-key", KEY, "--unknown-bits", "18", "--part", f"{i}/4") for i in range(1, 5)]
check("one part of four holds the key", sorted(part.returncode for part in parts) == [0, 1, 1, 1])

for what, arguments in {
    "short key": ["--known-key", "1334", "--unknown-bits", "8"],
    "known key alone": ["--known-key", KEY],
    "unknown bits alone": ["--unknown-bits", "20"],
    "57 bits": ["--known-key", KEY, "--unknown-bits", "57"],
    "-1 bits": ["--known-key", KEY, "--unknown-bits=-1"],
    "bits and mask": ["--known-key", KEY, "--unknown-bits", "8", "--mask", "00000000000000FE"],
    "bad mask": ["--mask", "FF"],
    "part 0/4": ["--part", "0/4"],
    "part 5/4": ["--part", "5/4"],
    "part 1": ["--part", "1"],
    "part x": ["--part", "1/4x"],
    "no threads": ["--threads", "0"],
    "half a pair": ["--plaintext2", "0000000000000000"],
    "the same pair": ["--plaintext2", PAIR[1], "--ciphertext2", PAIR[3]],
    "unknown option": ["--nonsense"],
}.items():
    refused(what, *arguments)
done = crack("--known-key", KEY, "--unknown-bits", "8", level="mmx")
check("unknown level", done.returncode == 2 and "mmx" in done.stderr, done)

with tempfile.TemporaryDirectory() as folder:
    checkpoint = Path(folder, "search.json")
    running = subprocess.Popen([KEYHOLE, "crack", "des", *PAIR, "--checkpoint", str(checkpoint)],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(1)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    check("stopped", running.returncode == 1 and out == "" and "goes on from" in err, running)
    first = json.loads(checkpoint.read_text())["next_chunk"]
    check("something was done", first > 0)

    # The same search goes on; with another question the file is refused.
    running = subprocess.Popen([KEYHOLE, "crack", "des", *PAIR, "--checkpoint", str(checkpoint)],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(1)
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=60)
    check("went on", running.returncode == 1 and json.loads(checkpoint.read_text())["next_chunk"] >= first)
    refused("another search's checkpoint", "--part", "1/2", "--checkpoint", str(checkpoint))

    small = ["--known-key", KEY, "--unknown-bits", "20", "--checkpoint"]
    finished = Path(folder, "finished.json")
    for turn in ("found", "found again from the checkpoint"):
        done = crack(*small, str(finished))
        check(turn, done.returncode == 0 and done.stdout == f"key 0x{KEY}\n", done)
    good = json.loads(finished.read_text())
    # In the middle of the search, or at its very end: the key lies before.
    for next_chunk, status in ((good["next_chunk"], 0), (good["end_chunk"], 1)):
        finished.write_text(json.dumps({**good, "found": [], "next_chunk": next_chunk}))
        check(f"from chunk {next_chunk}", crack(*small, str(finished)).returncode == status)

    for what, text in {
        "empty": "", "no JSON": "{", "an array": "[]", "binary": "\x00\x01", "deep": "[" * 50000,
        "nothing in it": "{}",
        "chunk too far": json.dumps({**good, "next_chunk": good["end_chunk"] + 1}),
        "negative chunk": json.dumps({**good, "next_chunk": -1}),
        "chunk as text": json.dumps({**good, "next_chunk": "1"}),
        "chunk as fraction": json.dumps({**good, "next_chunk": 1.5}),
        "wrong key": json.dumps({**good, "found": ["0123456789ABCDEF"]}),
        "key as number": json.dumps({**good, "found": [1]}),
        "time backwards": json.dumps({**good, "seconds": -1}),
        "time as text": json.dumps({**good, "seconds": "1"}),
        "another format": json.dumps({**good, "format": "keyhole-crack-des/2"}),
    }.items():
        finished.write_text(text)
        refused(f"checkpoint: {what}", *small, str(finished))
        check(f"checkpoint left alone: {what}", finished.read_text() == text)
    finished.write_text(" " * 100000)
    refused("checkpoint: too long", *small, str(finished))
    refused("checkpoint in no folder", *small, str(Path(folder, "none", "x.json")), status=3)

sys.exit(1 if failures else 0)
