"""The real window, step by step: real keys of the commands that move in a trace do what they say, as its title tells."""

import re

from chat_process import check
from real_window import Window, run_all


def exchange():
    return Window("--group", "toy23", "--seed", "keys", "--say", "client:Hello", "--say", "server:Hello back")


@check
def steps():
    """On one level, into a step and out of it, to both ends, to an address, back and forth between jumps."""
    with exchange() as window:
        window.expect("over", "parameters", "Right")
        window.expect("back", "connect", "Left")
        window.expect("into", "parameters/server.choose", "Right", "Down")
        window.expect("out", "parameters", "Up")
        window.expect("end", "message.2/unpad", "End")
        window.expect("end", "message.2/decrypt", "Right", "Down", "Left")  # there was nothing after the end
        window.expect("start", "connect", "Home")
        window.expect("start", "parameters", "Left", "Up", "Right")  # nor before the start
        window.goes_to("message.1/encrypt/block.1")
        window.expect("undo", "parameters", "alt+Left")
        window.expect("redo", "message.1/encrypt/block.1", "alt+Right")
        window.expect("copy_address", "connect", "ctrl+c", "Home")
        window.expect("copy_address", "message.1/encrypt/block.1", "ctrl+g", "F6", "ctrl+v", "Return")
        # Only a window in a browser has a link; here it says so and copies nothing.
        window.expect("start", "connect", "Home")
        window.expect("copy_link", "message.1/encrypt/block.1", "ctrl+k", "ctrl+g", "F6", "ctrl+v", "Return")
        window.press("Home")
        window.fill("slash", "sbox 3")
        window.expect("go_to", lambda title: title.endswith("/sbox.3"), "Return")
        window.fill("ctrl+g", "message.99")
        window.press("Return")
        window.expect("close", "connect", "Escape", "Home")


@check
def playing():
    """Space plays and pauses, + and - change the speed, any step stops it."""
    def speed():
        found = re.search(r"\(playing, ([0-9.]+) steps a second\)", window.title())
        return float(found.group(1)) if found else 0

    with exchange() as window:
        window.expect("play_pause", lambda title: "playing" in title and not title.startswith("connect"), "space")
        before = speed()
        assert before > 0
        window.expect("faster", lambda title: speed() > before, "plus")
        window.expect("slower", lambda title: speed() == before, "minus")
        window.expect("play_pause", lambda title: "playing" not in title, "space")
        window.expect("play_pause", lambda title: "playing" in title, "space")
        window.expect("start", "connect", "Home")
        # On one level it ends with the round.
        window.goes_to("message.1/encrypt/block.1/round.5/permute")
        window.expect("play_level", "message.1/encrypt/block.1/round.5/join", "k", "space")


@check
def pages():
    """The key of each page shows it, and 1 returns to the steps."""
    with exchange() as window:
        window.expect("page_start", lambda title: title.startswith("connect ["), "0")
        window.expect("page_steps", "connect", "1")
        names = ("table", "kat", "workbench", "compare", "attack", "live", "relay", "class", "practice", "lab")
        for key, name in zip("2345678h9j", names):
            window.expect(f"page_{name}", lambda title: title.startswith("connect ["), key)
            window.expect("page_steps", "connect", "Escape", "1")


@check
def sides():
    """Who knows what, and the commands of live exchanges and lectures, which change nothing in a trace that is whole."""
    with exchange() as window:
        window.goes_to("keys/client.private")
        window.expect("viewer", "keys", "m")  # as the server sees it
        window.expect("viewer", "keys/client.private", "m")
        window.expect("viewer", "keys", "m")  # an eavesdropper
        window.expect("viewer", "keys/client.private", "m")
        window.expect("perform", "keys", "n", "Up")
        window.expect("run_mode", "keys/client.private", "r", "r", "Down", "Right", "Right")
        window.expect("follow", "keys", "f", "Up")


run_all()
