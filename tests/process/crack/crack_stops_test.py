"""keyhole crack des stopped by a signal or killed, and the way on from its checkpoint; hostile checkpoints; its progress."""

import json
import os
import pty
import signal
import subprocess
import tempfile
from pathlib import Path

from chat_process import KEYHOLE, OnTerminal, Program
from crack_program import KEY, PAIR, check, crack_des, finish, refused
from running import LIMIT, wait_until


def stopped_under_way(number, *arguments):
    """A search that is ended by a signal as soon as it shows its progress: it says how to go on."""
    with OnTerminal(KEYHOLE, "crack", "des", *PAIR, *arguments) as running:
        running.shows(" keys/s ")
        running.process.send_signal(number)
        running.shows("goes on from")
        return running.wait() == 1


with tempfile.TemporaryDirectory() as folder:
    checkpoint = Path(folder, "search.json")
    check("stopped", stopped_under_way(signal.SIGINT, "--checkpoint", str(checkpoint)))
    first = json.loads(checkpoint.read_text())["next_chunk"]
    check("something was done", first > 0)

    # The same search goes on; with another question the file is refused.
    check("stopped again", stopped_under_way(signal.SIGTERM, "--checkpoint", str(checkpoint)))
    check("went on", json.loads(checkpoint.read_text())["next_chunk"] > first)
    refused("another search's checkpoint", "--part", "1/2", "--checkpoint", str(checkpoint))

    # Killed in mid-search: what was written last is whole, and the search goes on from there. Cut short, it is refused.
    killed = Path(folder, "killed.json")
    wide = ["--known-key", "333457799BBCDFF1", "--unknown-bits", "50", "--checkpoint", str(killed)]
    with Program("crack", "des", *PAIR, *wide, "--threads", "1") as running:  # one: most of the time is waited for
        wait_until(lambda: killed.exists() and json.loads(killed.read_text())["next_chunk"] > 0)
        running.process.kill()
        running.wait()
    whole = killed.read_text()
    check("a checkpoint every ten seconds", json.loads(whole)["next_chunk"] > 0)
    check("nothing half-written is left", sorted(os.listdir(folder)) == ["killed.json", "search.json"])
    check("stopped after SIGKILL", stopped_under_way(signal.SIGINT, *wide))
    check("went on after SIGKILL", json.loads(killed.read_text())["next_chunk"] > json.loads(whole)["next_chunk"])
    for size in (1, len(whole) // 2, len(whole) - 3):
        killed.write_text(whole[:size])
        refused(f"checkpoint cut to {size} bytes", *wide)

    small = ["--known-key", KEY, "--unknown-bits", "20", "--checkpoint"]
    finished = Path(folder, "finished.json")
    for turn in ("found", "found again from the checkpoint"):
        done = crack_des(*small, str(finished))
        check(turn, done.returncode == 0 and done.stdout == f"key 0x{KEY}\n", done)
    good = json.loads(finished.read_text())
    # In the middle of the search, or at its very end: the key lies before.
    for next_chunk, status in ((good["next_chunk"], 0), (good["end_chunk"], 1)):
        finished.write_text(json.dumps({**good, "found": [], "next_chunk": next_chunk}))
        check(f"from chunk {next_chunk}", crack_des(*small, str(finished)).returncode == status)

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

# On a terminal one line is redrawn, and Ctrl-C ends it with status 1; into a pipe there is nothing to redraw.
child, terminal = pty.fork()
if child == 0:
    os.execv(KEYHOLE, [KEYHOLE, "crack", "des", *PAIR])
shown = b""
try:
    while shown.count(b"\r\x1b[K[") < 3:
        shown += os.read(terminal, 4096)
    os.write(terminal, b"\x03")
    while True:
        shown += os.read(terminal, 4096)
except OSError:  # Linux says so at the end
    pass
status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
check("Ctrl-C on a terminal", status == 1 and b"nothing was kept" in shown)
check("one line on a terminal", b"%" in shown and shown.count(b" left") >= 3 and b" left\n" not in shown)
running = subprocess.Popen([KEYHOLE, "crack", "des", *PAIR, "--threads", "1"], stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, text=True)
lines = [running.stderr.readline() for _ in range(2)]
running.send_signal(signal.SIGINT)
out, err = running.communicate(timeout=3 * LIMIT)
check("lines in a pipe", "% " in lines[1] and lines[1].endswith("\n") and "\x1b" not in "".join(lines) + err)
check("Ctrl-C with a pipe", running.returncode == 1 and out == "")

finish()
