"""cmake --install puts what runs from anywhere into a folder: programs with their vectors and fonts, man pages, completions
of bash and zsh, a desktop file. KEYHOLE_BUILD is the folder of the build, KEYHOLE_CMAKE the cmake that configured it."""

import os
import pathlib
import re
import shutil
import struct
import subprocess
import tempfile

from chat_process import check, run_all
from running import LIMIT

work = pathlib.Path(tempfile.mkdtemp())
prefix, elsewhere = work / "first place", work / "elsewhere"
elsewhere.mkdir()
keyhole, window = prefix / "bin" / "keyhole", prefix / "bin" / "keyhole-viz"
environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}


def run(*command, status=0):
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=elsewhere, timeout=10 * LIMIT)
    assert done.returncode == status, (command, done)
    return done.stdout + done.stderr


def below(words=("keyhole",)):
    """Every command as its words, by what --help lists."""
    yield words
    listed = run(keyhole, *words[1:], "--help").partition("Subcommands:")[2]
    for name in re.findall(r"^  ([a-z]\S*)", listed, re.M):
        yield from below((*words, name))


def flags_of(words):
    program = keyhole if words[0] == "keyhole" else window
    return set(re.findall(r"^  (?:-\w,)?(--[\w-]+)", run(program, *words[1:], "--help"), re.M))


@check
def runs_from_anywhere():
    """The installed vectors and fonts are the ones in use, also after the folder was moved."""
    global prefix, keyhole, window
    prefix = prefix.rename(work / "second place")
    keyhole, window = prefix / "bin" / "keyhole", prefix / "bin" / "keyhole-viz"
    for program in (keyhole, window):
        assert re.fullmatch(rf"{program.name} \d+\.\d+\.\d+\n", run(program, "--version"))
    run(keyhole, "kat")
    vectors = prefix / "share/keyhole/assets/kat/fips81_ecb.rsp"
    right = vectors.read_text()
    vectors.write_text(re.sub(r"(CIPHERTEXT = )\w", r"\g<1>0", right))
    run(keyhole, "kat", status=1)
    vectors.write_text(right)
    run(window, "--group", "toy23", "--screenshot", "window.png", "--size", "1600x900")
    assert struct.unpack(">4xII", (elsewhere / "window.png").read_bytes()[12:24]) == (1600, 900)
    fonts = prefix / "share/keyhole/fonts"
    fonts.rename(work / "fonts")
    assert str(prefix) in run(window, "--group", "toy23", "--screenshot", "window.png", status=3)
    (work / "fonts").rename(fonts)


@check
def man_pages_say_what_help_says():
    pages = {name: (prefix / f"share/man/man1/{name}.1").read_text() for name in ("keyhole", "keyhole-viz")}
    shown = {name: re.sub(r"\\([-&e]|\(..)", lambda m: {"-": "-", "&": "", "e": "\\"}.get(m[1], "?"), text)
             for name, text in pages.items()}
    for words in [*below(), ("keyhole-viz",)]:
        assert " ".join(words).upper() in shown[words[0]]
        for flag in flags_of(words):
            assert flag in shown[words[0]], (words, flag)
    if shutil.which("man"):
        for name in pages:
            text = run("man", "-l", "--warnings=w", f"{prefix}/share/man/man1/{name}.1")
            assert "troff" not in text and "warning" not in text.lower().replace("warning: nobody", ""), text[:500]


@check
def bash_completes_what_help_says():
    script = prefix / "share/bash-completion/completions/keyhole"
    ask = f'source "{script}"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _keyhole "/usr/bin/$1"; echo "${{COMPREPLY[@]}}"'

    def offered(*words):
        return set(run("bash", "-euc", ask, "bash", *words).split())

    commands = list(below())
    for words in [*commands, ("keyhole-viz",)]:
        assert flags_of(words) == {flag for flag in offered(*words, "--") if flag.startswith("--")}, words
        assert offered(*words, "") == {c[-1] for c in commands if c[:-1] == words}, words
    assert offered("keyhole", "trace", "des", "--hex", "00", "--s") == {"--step"}
    assert offered("keyhole", "tr") == {"trace"}


@check
def zsh_reads_its_completion():
    script = prefix / "share/zsh/vendor-completions/_keyhole"
    text = script.read_text()
    for words in [*below(), ("keyhole-viz",)]:
        assert f"'{' '.join(words)}')" in text
    if shutil.which("zsh"):
        run("zsh", "-n", str(script))


@check
def the_desktop_finds_it():
    entry = (prefix / "share/applications/keyhole.desktop").read_text()
    icon = re.search("^Icon=(.*)$", entry, re.M)[1]
    assert re.search("^Exec=(.*)$", entry, re.M)[1] == window.name
    assert (prefix / f"share/icons/hicolor/scalable/apps/{icon}.svg").read_text().startswith("<svg")
    if shutil.which("desktop-file-validate"):
        run("desktop-file-validate", str(prefix / "share/applications/keyhole.desktop"))


try:
    run(os.environ["KEYHOLE_CMAKE"], "--install", os.environ["KEYHOLE_BUILD"], "--prefix", str(prefix))
    run_all()
finally:
    shutil.rmtree(work)
