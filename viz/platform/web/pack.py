#!/usr/bin/env python3
"""Puts the page of the browser's window together: index.html and the files that it loads, each with the hash of its
content in its name and a .gz beside it, and one-file.html, which holds everything and has room for a recording."""
import argparse
import base64
import gzip
import hashlib
import json
import os
import pathlib
import shutil

SCRIPTS = ("start.js", "{load}", "keys.js", "touch.js", "place.js", "files.js")


def packed(data):
    return gzip.compress(data, 9, mtime=0)


def data_file(fonts, assets):
    files = [(f"/fonts/{f.name}", f) for f in sorted(fonts.iterdir()) if f.suffix in (".ttf", ".otf")]
    for folder in ("kat", "lessons"):
        files += [(f"/assets/{f.relative_to(assets).as_posix()}", f) for f in sorted((assets / folder).rglob("*"))
                  if f.is_file()]
    contents = [f.read_bytes() for _, f in files]
    index = json.dumps([[name, len(content)] for (name, _), content in zip(files, contents)])
    return index.encode() + b"\n" + b"".join(contents)


def script(page, load, program):
    parts = [(page / name.format(load=load)).read_text("utf-8") for name in SCRIPTS]
    return "\n".join(parts + [program])


def hashed(out, stem, suffix, content):
    name = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"
    (out / name).write_bytes(content)
    (out / (name + ".gz")).write_bytes(packed(content))
    return name


def inside(kind, name, content):
    return f'<script type="{kind}" id="{name}">{content}</script>\n'


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("program", "page", "fonts", "assets", "out"):
        parser.add_argument("--" + name, type=pathlib.Path, required=True)
    given = parser.parse_args()
    # An empty folder is ninja's, which makes it for its outputs.
    if given.out.exists() and any(given.out.iterdir()) and not (given.out / "index.html").exists():
        parser.error(f"{given.out} holds no page (it would be replaced; give a folder that is new, or holds one)")
    page, program = given.page, given.program
    wasm = program.with_suffix(".wasm").read_bytes()
    glue = program.with_suffix(".js").read_text("utf-8")
    data = data_file(given.fonts, given.assets)
    style = (page / "page.css").read_text("utf-8")
    html = (page / "index.html").read_text("utf-8")

    out = given.out.with_name(given.out.name + ".new")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    served = script(page, "load_served.js", glue)
    served = served.replace("@DATA@", hashed(out, "keyhole", "data", data))
    served = served.replace("@WASM@", hashed(out, "keyhole", "wasm", wasm))
    css = hashed(out, "keyhole", "css", style.encode())
    js = hashed(out, "keyhole", "js", served.encode())
    index = html.replace("<!--STYLE-->", f'<link rel="stylesheet" href="{css}">')
    index = index.replace("<!--SCRIPT-->", f'<script src="{js}"></script>').replace("<!--RECORDING-->\n", "").encode()
    (out / "index.html").write_bytes(index)
    (out / "index.html.gz").write_bytes(packed(index))

    # Nothing that is inside may end its element early.
    one = script(page, "load_inside.js", glue).replace("</script", "<\\/script")
    body = "".join(inside("application/base64", name, base64.b64encode(packed(content)).decode())
                   for name, content in (("wasm", wasm), ("data", data)))
    body += f"<script>\n{one}\n</script>"
    whole = html.replace("<!--STYLE-->", f"<style>\n{style}</style>").replace("<!--SCRIPT-->", body)
    (out / "one-file.html").write_text(whole, "utf-8")

    shutil.rmtree(given.out, ignore_errors=True)
    os.replace(out, given.out)
    wire = sum(f.stat().st_size for f in given.out.glob("*.gz"))
    print(f"{given.out.name}: {wire} bytes over the wire, one file of {len(whole)} bytes")


if __name__ == "__main__":
    main()
