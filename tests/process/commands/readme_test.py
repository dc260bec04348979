"""README's "What to try" works as it is pasted: each block in a shell of its own, where nothing else was typed before."""

import os
import pathlib
import re
import subprocess
import tempfile

from chat_process import check, run_all
from running import LIMIT

readme = (pathlib.Path(os.environ["KEYHOLE_SOURCE_DIR"]) / "README.md").read_text(encoding="utf-8")
section = readme.split("## What to try", 1)[1].split("\n## ", 1)[0]
blocks = re.findall(r"```sh\n(.*?)```", section, re.S)
folder = tempfile.TemporaryDirectory()
place = pathlib.Path(folder.name) / "build" / "release"
place.mkdir(parents=True)
(place / "keyhole").symlink_to(os.environ["KEYHOLE"])


def pasted(block, typed=""):
    done = subprocess.run(["bash", "-euc", block], input=typed, capture_output=True, text=True, timeout=10 * LIMIT,
                          cwd=folder.name)
    assert done.returncode == 0, (block, done)
    return done.stdout


def block_with(words):
    found = [block for block in blocks if words in block]
    assert len(found) == 1, (words, found)
    return found[0]


@check
def every_block_alone():
    tried = [block for block in blocks if " serve" not in block and " connect" not in block]
    assert len(tried) == len(blocks) - 2 and len(tried) >= 5
    for block in tried:
        pasted(block, "g round 5 sbox 3\nq\n")


@check
def the_known_key_is_not_the_answer():
    block = block_with("crack des")
    known = re.search(r"--known-key (\w+)", block)[1]
    found = re.search(r"key 0x(\w+)", pasted(block))[1]
    assert known == "1334577900000000" and found == "133457799BBCDFF1"
    assert "--unknown-bits 28" in block


run_all()
