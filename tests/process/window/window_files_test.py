"""The real window's files: recordings, tables and pictures, written and opened through its bar; an export that is cancelled."""

import json
import os
import signal
import subprocess
import tempfile

from chat_process import KEYHOLE, check
from real_window import Window, run_all
from running import LIMIT, wait_until


def is_png(data):
    return data.startswith(b"\x89PNG\r\n\x1a\n")


@check
def files():
    with tempfile.TemporaryDirectory() as folder, Window(
            "--group", "toy23", "--seed", "files", "--say", "client:Hello", cwd=folder) as window:
        saved = json.loads(window.writes("save_file", "ctrl+s", "saved.json"))
        assert saved["parameters"]["group"] == "toy23"
        tables = window.writes("export_csv", "ctrl+e", "csv")
        assert wait_until(lambda: len(os.listdir(tables)) == 6), os.listdir(tables)
        assert is_png(window.writes("picture_stage", "ctrl+p", "stage.png"))
        window.press("Right")
        window.fill("ctrl+o", "sav")
        window.expect("open_file", "connect", "Tab", "Return")  # a trace of its own, at its first step
        window.expect("other_trace", "parameters", "b")
        window.expect("other_trace", "connect", "b")
        window.fill("ctrl+o", "stage.png")
        window.expect("open_file", "parameters", "Return", "Escape", "Right")  # what is no recording is not opened
        window.writes("save_file", "ctrl+s", "later.json")  # one work at a time: the one before has ended
        assert window.title() == "parameters"


@check
def pictures_of_the_window():
    """The same view is the same picture, another one is another."""
    with tempfile.TemporaryDirectory() as folder, Window("--group", "toy23", "--seed", "files", cwd=folder) as window:
        first = window.writes("picture_window", "F12", "1.png")
        window.press("t")
        other = window.writes("picture_window", "F12", "2.png")
        window.press("t", "t")
        again = window.writes("picture_window", "F12", "3.png")
        assert is_png(first) and first == again and first != other


@check
def a_signal_cancels_an_export():
    """Nothing is left of it, as after Ctrl+Q."""
    with tempfile.TemporaryDirectory() as folder:
        recording = os.path.join(folder, "long.json")
        subprocess.run([KEYHOLE, "exchange", "--group", "toy23", "--say", "client:" + 100_000 * "x", "--record", recording,
                        "--at", "connect"], stdout=subprocess.DEVNULL, check=True, timeout=LIMIT)
        tables = os.path.join(folder, "out")
        os.mkdir(tables)
        with Window("--open", recording, cwd=tables) as window:
            window.fill("ctrl+e", "csv")
            window.press("Return")
            assert wait_until(lambda: os.listdir(tables))
            window.process.send_signal(signal.SIGTERM)
            assert window.process.wait(timeout=LIMIT) == 0
        assert os.listdir(tables) == [], os.listdir(tables)


run_all()
