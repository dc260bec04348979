"""Lessons: the course is walked through, planted mistakes are refused by file and line, pages are opened and answered."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import browser
from chat_process import LIMIT, check, run_all
from command import finished, keyhole

FOLDER = tempfile.TemporaryDirectory()
ROOT = Path(FOLDER.name)
TITLES = ["Two strangers agree on a number", "Square and multiply", "From secret to key", "Padding and chains", "A round, by hand",
          "The key schedule", "Who knows what, and the person in the middle", "Breaking it", "Break DES on purpose", "What the boxes do",
          "Two texts at once", "Sums that lean", "Two keys are hardly better than one", "Why this bit?"]

GOOD = """# Small

Words first.

```keyhole
--key 133457799BBCDFF1
--text Hello!
```

## One

[A link](keyhole:message.1/encrypt/block.1/ip) and <script>alert(1)</script>.

```ask
at: message.1/pad
value: padding_byte
hint: It says how many there are.
```

---

```ask
ask: Which?
choices:
- [ ] this
- [x] that
```
"""


def written(text, name="lesson.md"):
    file = ROOT / name
    file.write_text(text, encoding="utf-8")
    return file


@check
def the_course_is_sound():
    lines = finished("lesson", "list").stdout.splitlines()
    assert [title for title in TITLES if any(title in line for line in lines)] == TITLES, lines
    for line in lines:
        name = line.split()[0]
        assert int(re.search(r"(\d+) questions?\)", line)[1]) >= 4, line
        assert "nothing is wrong" in finished("lesson", "check", name).stdout


@check
def mistakes_are_refused_by_file_and_line():
    assert "nothing is wrong" in finished("lesson", "check", written(GOOD)).stdout
    for right, wrong, line, words in (
            ("block.1/ip)", "block.9/ip)", 12, "no step 'message.1/encrypt/block.9/ip'"),
            ("at: message.1/pad", "at: message.1/pat", 15, "no step"),
            ("value: padding_byte", "value: padding_bite", 16, "did you mean padding_byte?"),
            ("--text Hello!", "--texd Hello!", 7, "did you mean --text"),
            ("--key 133457799BBCDFF1", "--key 13345779", 6, "--key"),
            ("--text Hello!", "--in /etc/passwd", 7, "names a file"),
            ("hint: It", "hind: It", 17, "did you mean hint?"),
            ("- [x] that", "- [ ] that", 22, "not exactly one is marked"),
            ("value: padding_byte\n", "", 14, "either a value or choices"),
            ("Words first.", "See [more](other.md).", 3, "no file 'other.md'")):
        assert right in GOOD
        file = written(GOOD.replace(right, wrong))
        out = finished("lesson", "check", file, status=1).stdout
        assert any(l.startswith(f"{file}:{line}: ") and words in l for l in out.splitlines()), (wrong, out)
        page = ROOT / "never.html"
        finished("lesson", "html", file, "--out", page, status=1)
        assert not page.exists()
    before = GOOD.replace("Words first.", "[Too early](keyhole:message.1)")
    assert ":3: " in finished("lesson", "check", written(before), status=1).stdout


@check
def hostile_files_are_one_line():
    for data, status in ((b"\xff\xfe# no", 2), (b"", 1), (b"\x00" * 100, 0), (b"#" * (2 << 20), 2), (b"```ask", 1), (b"```keyhole\n--group no\n```", 1)):
        file = ROOT / "hostile.md"
        file.write_bytes(data)
        done = keyhole("lesson", "check", file)
        assert done.returncode == status, (data[:20], done)
    assert finished("lesson", "check", ROOT / "none.md", status=3).stdout == ""


@check
def pages_are_sound():
    tidy = shutil.which("tidy")
    for file in [line.split()[0] for line in finished("lesson", "list").stdout.splitlines()] + [written(GOOD)]:
        page = ROOT / "page.html"
        finished("lesson", "html", file, "--out", page)
        text = page.read_text(encoding="utf-8")
        assert "http" not in text and "src=" not in text and text.count("<figure") >= 1
        assert text.count('<details class="answer"') == text.count("<form ") >= 2
        ids = re.findall(r' id="([^"]*)"', text)
        assert len(ids) == len(set(ids)) and all(link in ids for link in re.findall(r'href="#([^"]+)"', text))
        if tidy:
            done = subprocess.run([tidy, "-errors", "-quiet", page], capture_output=True, text=True, timeout=LIMIT)
            assert done.returncode == 0, (file, done.stderr[:2000])
    assert "alert(1)" in text and "<script>alert" not in text


@check
def the_window_shows_it_beside_the_stage():
    """A picture needs no display; a lesson with a mistake, or beside another trace, is one line."""
    viz = os.environ["KEYHOLE_VIZ"]

    def window(*arguments):
        return subprocess.run([viz, *map(str, arguments)], capture_output=True, text=True, timeout=LIMIT)

    with_lesson, without = ROOT / "with.png", ROOT / "without.png"
    des = ["--key", "133457799BBCDFF1", "--hex", "0123456789ABCDEF"]
    for arguments, out in ((["--lesson", "05-round-by-hand"], with_lesson), (des, without)):
        done = window(*arguments, "--goto", "message.1/encrypt/block.1/round.1", "--screenshot", out, "--size", "1280x720")
        assert done.returncode == 0, done.stderr
    assert with_lesson.read_bytes() != without.read_bytes()  # the same step, with words beside it
    wrong = written(GOOD.replace("block.1/ip)", "block.9/ip)"))
    out = ROOT / "never.png"
    for arguments, words in ((["--lesson", wrong], ":12: no step"), (["--lesson", wrong, *des], "brings its own trace"),
                             (["--lesson", ROOT / "none.md"], "none.md")):
        done = window(*arguments, "--screenshot", out)
        assert done.returncode in (2, 3) and words in done.stderr and done.stderr.count("\n") == 1, done
        assert not out.exists()


@check
def a_browser_takes_the_answers():
    if not browser.found():
        return print("skipped: there is no Chromium")
    with browser.Browser() as window:
        for name in [line.split()[0] for line in finished("lesson", "list").stdout.splitlines()]:
            page = ROOT / f"{name}.html"
            finished("lesson", "html", name, "--out", page)
            window.open(page)
            # Every question is answered with the answer that the page itself holds, in hex where it is a number.
            told = window.run("""[...document.querySelectorAll('form.ask')].map((form) => {
                if (form.dataset.choice) form.querySelector(`input[value="${form.dataset.choice}"]`).click();
                else form.querySelector('input').value = form.dataset.number ? '0x' + BigInt(form.dataset.number).toString(16) : form.dataset.text;
                form.requestSubmit();
                return form.querySelector('[role=status]').textContent;
            })""")
            assert told and set(told) == {"Right."}, (name, told)
            assert window.run("document.getElementById('lesson-score').textContent") == f"{len(told)} of {len(told)} right"
        page = ROOT / "small.html"
        finished("lesson", "html", written(GOOD), "--out", page)
        window.open(page)
        answer = "(typed) => {const f = document.querySelector('form.ask'); f.querySelector('input').value = typed; f.requestSubmit(); return f.querySelector('[role=status]').textContent + [...f.querySelectorAll('details')].filter((d) => !d.hidden).length}"
        assert window.run(f"({answer})('3')") == "Not yet. Here is a hint; try once more.1"
        assert window.run(f"({answer})('0b00000010')") == "Right.2"


run_all()
