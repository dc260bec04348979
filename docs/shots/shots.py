#!/usr/bin/env python3
"""Takes the pictures of shots.json off-screen: every stage and view, the main ones in each theme, size and scale, with an
index.html that shows them; or, with --docs, the few that README and docs show. Python 3, standard library only."""

import argparse
import html
import json
import os
import re
import subprocess
import sys
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Keyhole: every view</title>
<style>
body {{ margin: 2rem; background: #16181d; color: #e8e8e8; font: 16px/1.5 sans-serif }}
section {{ display: flex; flex-wrap: wrap; gap: 1rem; margin-bottom: 2rem }}
h2 {{ flex-basis: 100%; margin: 0 }} figure {{ margin: 0 }} img {{ width: 480px; border: 1px solid #444 }}
figcaption, p {{ color: #aaa }}
</style>
<h1>Keyhole: every view</h1><p>{count} pictures, taken by ./dev shots</p>
{sections}
</html>
"""


def known_views(program):
    """The views that this build has, as its --help names them."""
    words = subprocess.run([program, "--help"], capture_output=True, text=True, check=True).stdout
    named = re.search(r"the view to start with: ([a-z, \n]+)", words)
    return set(re.split(r"[,\s]+", named.group(1))) if named else set()


def arguments_of(shots, shot):
    """What the program is told for a shot, without size, theme and scale."""
    out = list(shots["scenes"][shot["scene"]])
    for flag in ("goto", "view", "press"):
        if flag in shot:
            out += ["--" + flag, shot[flag]]
    return out


def squeeze(path):
    """The same picture in a smaller file: the image data packed as tightly as zlib can."""
    data = path.read_bytes()
    head, chunks, at = data[:8], [], 8
    while at < len(data):
        length = int.from_bytes(data[at:at + 4], "big")
        chunks.append((data[at + 4:at + 8], data[at + 8:at + 8 + length]))
        at += 12 + length
    image = b"".join(body for kind, body in chunks if kind == b"IDAT")
    packed = zlib.compress(zlib.decompress(image), 9)
    if len(packed) >= len(image):
        return
    out = head
    for kind, body in ((k, packed if k == b"IDAT" else b) for i, (k, b) in enumerate(chunks)
                       if k != b"IDAT" or chunks[i - 1][0] != b"IDAT"):
        out += len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")
    path.write_bytes(out)


one_at_a_time = threading.Lock()  # pictures with others use the ports that docs/class.md names


class Other:
    """A keyhole at the other end: what it runs, a line that is typed there, the seconds `after` which it starts, and those
    after which it is `killed`. A client that finds nobody listening, and a server that finds its port taken, is started
    again. A client is `ready` at once, a server when it listens."""

    def __init__(self, program, about):
        self.command = [str(Path(program).resolve().parent / "keyhole"), *about["run"]]
        self.about, self.over, self.ready = about, threading.Event(), threading.Event()
        self.serves = about["run"][0] == "serve"
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        if not self.serves:
            self.ready.set()
        self.over.wait(self.about.get("after", 0))
        while not self.over.wait(0.1):
            process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.PIPE if self.serves else subprocess.DEVNULL)
            if self.serves and any(b"listening on" in line for line in process.stderr):
                self.ready.set()
            if "say" in self.about:
                process.stdin.write(self.about["say"].encode() + b"\n")
                process.stdin.flush()
            end = time.monotonic() + self.about.get("killed", 1000)
            while process.poll() is None and not self.over.wait(0.05):
                if time.monotonic() > end:
                    self.over.set()
            process.kill()
            process.communicate()

    def end(self):
        self.over.set()
        self.thread.join()


@contextmanager
def others(program, shot):
    """The other ends of a live exchange."""
    if "with" not in shot:
        yield
        return
    with one_at_a_time:
        running = []
        try:
            for about in shot["with"]:
                running.append(Other(program, about))
            if not all(other.ready.wait(60) for other in running):
                raise RuntimeError("no server can listen (is its port taken?)")
            yield
        finally:
            for other in running:
                other.end()


def take(program, shot, arguments, path):
    """One picture; the reason where it could not be taken."""
    try:
        with others(program, shot):
            done = subprocess.run([program, *arguments, "--screenshot", str(path)], capture_output=True, text=True)
    except RuntimeError as error:
        return str(error)
    if done.returncode != 0:
        return done.stderr.strip().splitlines()[-1]
    squeeze(path)
    return None


def plan(shots, views, docs):
    """(shot, variant, file name) of each picture; views that this build lacks are named and left out."""
    out = []
    for shot in shots["shots"]:
        if "view" in shot and shot["view"] not in views:
            print(f"left out: {shot['name']} (this build has no view {shot['view']})", file=sys.stderr)
            continue
        if docs:
            if shot.get("docs"):
                out.append((shot, "docs", shot["name"] + ".png"))
            continue
        variants = [v for v in shots["variants"] if v != "docs"] if shot.get("main") else ["dark"]
        out += [(shot, variant, f"{shot['name']}-{variant}.png") for variant in variants]
    return out


def index(pictures):
    """The page that shows them, a section a shot."""
    sections, last = [], None
    for shot, variant, name in pictures:
        if shot["name"] != last:
            where = " ".join(filter(None, (shot.get("goto"), shot.get("view"))))
            sections.append(f"</section><section><h2>{html.escape(shot['name'])} <code>{html.escape(where)}</code></h2>")
            last = shot["name"]
        sections.append(f'<figure><a href="{name}"><img src="{name}" loading="lazy" alt="{html.escape(shot["name"])}"></a>'
                        f"<figcaption>{variant}</figcaption></figure>")
    body = "\n".join(sections).removeprefix("</section>") + "</section>"
    return PAGE.format(count=len(pictures), sections=body)


def main():
    parser = argparse.ArgumentParser(description=__doc__, epilog="Example: ./dev shots")
    parser.add_argument("--program", required=True, help="keyhole-viz")
    parser.add_argument("--out", required=True, type=Path, help="the folder for the pictures")
    parser.add_argument("--docs", action="store_true", help="only those that README and docs show")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="how many at once")
    options = parser.parse_args()
    shots = json.loads((Path(__file__).parent / "shots.json").read_text(encoding="utf-8"))
    pictures = plan(shots, known_views(options.program), options.docs)
    options.out.mkdir(parents=True, exist_ok=True)
    failed = 0
    with ThreadPoolExecutor(options.jobs) as pool:
        def one(picture):
            shot, variant, name = picture
            return take(options.program, shot, arguments_of(shots, shot) + shots["variants"][variant], options.out / name)
        for (_, _, name), trouble in zip(pictures, pool.map(one, pictures)):
            print(f"{options.out / name}" if trouble is None else f"FAILED {name}: {trouble}", flush=True)
            failed += trouble is not None
    if not options.docs:
        (options.out / "index.html").write_text(index(pictures), encoding="utf-8")
        print(options.out / "index.html")
    print(f"{len(pictures) - failed} pictures, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
