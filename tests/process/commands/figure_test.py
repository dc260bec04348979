"""Figures: keyhole figure, its SVG read as XML and drawn by librsvg, its PNG compared with that."""

import json
import os
import re
import shutil
import struct
import subprocess
import tempfile
import zlib
from pathlib import Path
from xml.etree import ElementTree

from chat_process import LIMIT, check, run_all
from command import finished

FOLDER = tempfile.TemporaryDirectory()
ROOT = Path(FOLDER.name)
DES = ["--key", "133457799BBCDFF1", "--hex", "0123456789ABCDEF"]
ROUND = "message.1/encrypt/block.1/round.5"
SVG = "{http://www.w3.org/2000/svg}"
for name in ("DISPLAY", "WAYLAND_DISPLAY"):
    os.environ.pop(name, None)


def figure(name, *arguments):
    out = ROOT / name
    finished("figure", *arguments, "--out", out)
    return out


def pixels(png):
    """Width, height and rows of (r, g, b) of a PNG of eight bits a channel."""
    data = png.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, packed = 8, b""
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
        packed += body if kind == b"IDAT" else b""
        at += size + 12
    assert depth == 8 and colour in (2, 6), (depth, colour)
    step = 3 if colour == 2 else 4
    raw, rows, before = zlib.decompress(packed), [], bytearray(width * step)
    for y in range(height):
        start = y * (width * step + 1)
        kind, row = raw[start], bytearray(raw[start + 1:start + 1 + width * step])
        for i in range(len(row)):
            left, up = row[i - step] if i >= step else 0, before[i]
            corner = before[i - step] if i >= step else 0
            if kind == 1:
                row[i] = (row[i] + left) & 255
            elif kind == 2:
                row[i] = (row[i] + up) & 255
            elif kind == 3:
                row[i] = (row[i] + (left + up) // 2) & 255
            elif kind == 4:
                guess = left + up - corner
                nearest = min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))
                row[i] = (row[i] + nearest[2]) & 255
        rows.append(row)
        before = row
    return width, height, rows, step


def darkness(picture, cells=24):
    """The mean darkness of each cell of a raster of cells: 0 white, 1 black."""
    width, height, rows, step = picture
    out = []
    for cy in range(cells):
        for cx in range(cells):
            ys = range(cy * height // cells, (cy + 1) * height // cells, 2)
            xs = range(cx * width // cells, (cx + 1) * width // cells, 2)
            sums = [255 - sum(rows[y][x * step:x * step + 3]) / 3 for y in ys for x in xs]
            out.append(sum(sums) / max(1, len(sums)) / 255)
    return out


@check
def the_parts_have_names_and_hold_the_trace_s_bits():
    svg = figure("round.svg", "des", *DES, "--at", ROUND)
    tree = ElementTree.parse(svg).getroot()
    named = {element.get("id"): element for element in tree.iter() if element.get("id")}
    assert len(named) == sum(1 for element in tree.iter() if element.get("id")), "an id stands twice"
    step = json.loads(finished("trace", "des", *DES, "--at", ROUND, "--json").stdout)
    bits = {value["name"]: value["bits"].replace(" ", "") for value in step["values"]}
    for prefix, name in (("R4", "right_in"), ("E5", "expanded"), ("K5", "subkey"), ("L5", "left_out"), ("R5", "right_out")):
        drawn = "".join("".join(named[f"{prefix}.{i}"].itertext()) for i in range(1, len(bits[name]) + 1))
        assert drawn == bits[name], (prefix, drawn, bits[name])
    assert all(f"S{box}" in named for box in range(1, 9))
    words = " ".join("".join(text.itertext()) for text in tree.iter(SVG + "text"))
    assert "Round 5 of 16" in words and tree.find(SVG + "desc").text == step["explanation"]
    style = tree.find(SVG + "style").text
    assert style.count("@font-face") >= 2 and all(url.startswith("data:font/") for url in re.findall(r"url\(\"([^\"]*)", style))
    assert svg.stat().st_size < 1 << 20
    assert not any("http" in str(value) for element in tree.iter() for value in element.attrib.values())


@check
def every_kind_of_step_is_drawn():
    steps = [line.split("  ")[0] for line in
             finished("exchange", "--group", "toy23", "--seed", "9", "--say", "client:<b>]]>&</b> é 日本").stdout.splitlines()]
    kinds = {re.sub(r"\.\d+", "", address): address for address in steps}
    for number, address in enumerate(kinds.values()):
        svg = figure(f"kind{number}.svg", "exchange", "--group", "toy23", "--seed", "9", "--say", "client:<b>]]>&</b> é 日本", "--at", address)
        tree = ElementTree.parse(svg).getroot()
        assert sum(1 for _ in tree.iter()) > 12, address
        assert "[U+" not in svg.read_text(encoding="utf-8"), address
    assert len(kinds) >= 29, kinds


@check
def librsvg_draws_what_the_png_shows():
    if not shutil.which("rsvg-convert"):
        return print("skipped: there is no rsvg-convert")
    for theme in ("print", "light", "dark", "projector"):
        svg = figure(f"{theme}.svg", "des", *DES, "--at", ROUND, "--theme", theme, "--width", "800")
        png = figure(f"{theme}.png", "des", *DES, "--at", ROUND, "--theme", theme, "--width", "800")
        drawn = ROOT / f"{theme}-rsvg.png"
        subprocess.run(["rsvg-convert", "-o", drawn, svg], check=True, timeout=LIMIT)
        ours, theirs = pixels(png), pixels(drawn)
        assert ours[0] == theirs[0] == 800 and abs(ours[1] - theirs[1]) <= 1, (ours[:2], theirs[:2])
        worst = max(abs(a - b) for a, b in zip(darkness(ours), darkness(theirs)))
        assert worst < 0.12, (theme, worst)


@check
def paper_stays_white():
    """The theme print fills nothing: hardly any of the page is dark, and no box of the SVG has a strong fill."""
    for at in (ROUND, ROUND + "/sbox.3", "message.1/encrypt/block.1", "message.1/encrypt/block.1/ip", "schedule", "message.1/encrypt"):
        png = figure("paper.png", "des", *DES, "--at", at, "--width", "800")
        cells = darkness(pixels(png))
        assert sum(cells) / len(cells) < 0.12, (at, sum(cells) / len(cells))
        assert max(cells) < 0.5, (at, max(cells))
        svg = ElementTree.parse(figure("paper.svg", "des", *DES, "--at", at)).getroot()
        for rect in svg.iter(SVG + "rect"):
            strong = rect.get("fill") not in ("none", "#FFFFFF") and float(rect.get("fill-opacity", "1")) > 0.61
            small = min(float(rect.get("width")), float(rect.get("height"))) <= 9
            assert not strong or small, (at, rect.attrib)


@check
def a_wider_figure_is_the_same_one():
    small, large = (figure(f"{width}.svg", "des", *DES, "--at", ROUND, "--width", width).read_text(encoding="utf-8")
                    for width in ("600", "2400"))
    assert re.search(r'viewBox="[^"]*"', small)[0] == re.search(r'viewBox="[^"]*"', large)[0]
    assert 'width="600"' in small and 'width="2400"' in large
    assert pixels(figure("wide.png", "des", *DES, "--at", ROUND, "--width", "1000"))[0] == 1000


@check
def a_series_has_one_figure_a_step():
    block = "message.1/encrypt/block.1/"
    out = ROOT / "series"
    done = finished("figure", "des", *DES, "--series", f"{block}round.1..{block}round.16", "--out", out)
    names = sorted(file.name for file in out.iterdir())
    assert len(names) == 16 and names[0].startswith("0001-") and names[15].endswith("round.16.svg") and "16 figures" in done.stdout
    same = (out / names[4]).read_bytes()
    assert same == figure("fifth.svg", "des", *DES, "--at", ROUND).read_bytes()
    into = ROOT / "into"
    finished("figure", "des", *DES, "--series", f"{ROUND}/expand..{ROUND}/join", "--out", into)
    assert len(list(into.iterdir())) == 12


@check
def what_is_wrong_is_one_line():
    out = ROOT / "no.svg"
    for flags, words in ((["--at", "round.5"], "no step"), (["--at", ROUND, "--theme", "pink"], "not known"), ([], "no step is named"),
                         (["--at", ROUND, "--width", "5"], "between"), (["--series", "a"], "no two steps"),
                         (["--series", f"{ROUND}/join..{ROUND}"], "backwards")):
        done = finished("figure", "des", *DES, *flags, "--out", out, status=2)
        assert words in done.stderr and done.stderr.count("\n") == 1, (flags, done.stderr)
        assert not out.exists()
    assert "FILE.svg or FILE.png" in finished("figure", "des", *DES, "--at", ROUND, "--out", ROOT / "a.gif", status=2).stderr
    finished("figure", "des", *DES, "--at", ROUND, "--out", ROOT / "no" / "folder.svg", status=3)
    masked = finished("figure", "exchange", "--group", "toy23", "--seed", "1", "--at", "secret/server.shared", "--viewer", "client",
                     "--out", out, status=2)
    assert "never sends" in masked.stderr


run_all()
