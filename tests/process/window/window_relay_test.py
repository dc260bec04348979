"""The real window in a live exchange through `keyhole relay`: with the person in the middle, who alters a text, and with one who
only listens."""

import os
import subprocess
import tempfile

from chat_process import KEYHOLE, LIMIT, Program, Relay, check
from live_window import listening
from real_window import run_all


def through(heard, *arguments):
    """The client says "ten"; `heard` is what the window heard, as its recording has it."""
    with tempfile.TemporaryDirectory() as folder:
        window, port = listening(cwd=folder)
        with window, Relay(port, *arguments) as relay, Program("connect", f"127.0.0.1:{relay.port}") as client:
            window.step_to("secret/server.derive")
            client.error_line("fingerprint")
            client.type("ten\n")
            window.step_to("message.1/unpad")
            window.say("back")
            window.step_to("message.2/frame")
            window.does("n")
            assert client.line() == "server> back"
            window.writes("save_file", "ctrl+s", "side.json")
            shown = subprocess.run([KEYHOLE, "replay", os.path.join(folder, "side.json"), "--at", "message.1/unpad"],
                                   capture_output=True, text=True, timeout=LIMIT)
            assert heard in shown.stdout, shown


@check
def somebody_in_the_middle():
    through("a hundred", "--replace", "client:ten=a hundred")


@check
def somebody_who_listens():
    through("ten", "--quiet")


run_all()
