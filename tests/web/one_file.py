"""keyhole .. --web FILE: the window and a recording as one file, which opens from a disk at its step."""

import json
import os
import subprocess
import tempfile
import pathlib

from page import Page

KEYHOLE = os.environ["KEYHOLE"]
ADDRESS = "message.1/encrypt/block.1/round.5/sbox.3"
EXCHANGE = ["exchange", "--group", "toy23", "--seed", "42", "--say", "client:</script>Hello & <b>bye</b>"]


def keyhole(*arguments, status=0):
    done = subprocess.run([KEYHOLE, *map(str, arguments)], capture_output=True, text=True, timeout=120)
    assert done.returncode == status, (arguments, done.returncode, done.stderr)
    return done


def opens_at_its_step(page, folder):
    file = folder / "an exchange.html"
    keyhole(*EXCHANGE, "--web", file, "--goto", ADDRESS)
    page.open(str(file).replace(" ", "%20"))
    page.ready()
    page.stands_at(ADDRESS)
    assert page.requests() == [], page.requests()
    page.key("Home")
    page.stands_at("connect")


def masks_what_a_viewer_cannot_know(folder):
    """A private key of many digits, so that they stand nowhere else in the file by chance."""
    whole, masked, kept = folder / "whole.html", folder / "masked.html", folder / "whole.json"
    exchange = ["exchange", "--group", "modp768", "--seed", "42", "--say", "client:Nobody hears this"]
    keyhole(*exchange, "--web", whole, "--record", kept)
    keyhole(*exchange, "--web", masked, "--viewer", "eavesdropper")
    recording = json.loads(kept.read_text("utf-8"))
    secrets = [recording[side]["private_key"] for side in ("server", "client")] + ["Nobody hears this"]
    for secret in secrets:
        assert secret in whole.read_text("utf-8"), secret
        assert secret not in masked.read_text("utf-8"), secret


def says_what_is_wrong(folder):
    file = folder / "none.html"
    line = keyhole(*EXCHANGE, "--web", file, "--goto", "message.9", status=2).stderr
    assert "message.9" in line, line
    line = keyhole(*EXCHANGE, "--goto", ADDRESS, status=2).stderr
    assert "--web" in line, line
    assert not file.exists()


def main(page):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        says_what_is_wrong(folder)
        masks_what_a_viewer_cannot_know(folder)
        opens_at_its_step(page, folder)


if __name__ == "__main__":
    with Page() as page:
        main(page)
    print("one file: well")


