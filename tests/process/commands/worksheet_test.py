"""`keyhole worksheet` from outside: numbers against Python's hmac, a class graded in one call, hostile and spreadsheets' files,
and the page against tidy, where there is one."""

import csv
import hashlib
import hmac
import json
import re
import shutil
import subprocess
import tempfile
from html.parser import HTMLParser
from pathlib import Path

import command
from chat_process import LIMIT, check, run_all
from values_of_des import BOXES, odd_parity, subkeys

KINDS = "sbox round schedule block modexp handshake message".split()
SEED = "autumn 7"


def keyhole(*arguments):
    return command.keyhole("worksheet", *arguments)


def made(folder, kind, *more, student="s1", seed=SEED):
    done = keyhole("new", "--kind", kind, "--student", student, "--seed", seed, "--out", folder, *more)
    assert done.returncode == 0 and done.stderr == "", done
    return Path(folder)


def graded(*folders, more=(), status=0, seed=SEED):
    done = keyhole("grade", *folders, "--seed", seed, *more)
    assert done.returncode == status, done
    return done.stdout


def solved(folder):
    done = keyhole("solve", folder, "--seed", SEED)
    assert done.returncode == 0, done
    return folder


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path, cells):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(cells[0]))
        writer.writeheader()
        writer.writerows(cells)


def files_of(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


class Numbers:
    """The stream of docs/practice.md, by Python's own hmac."""

    def __init__(self, seed, student, kind):
        self.key = hmac.new(seed.encode(), student.encode(), hashlib.sha256).digest()
        self.kind, self.count, self.left = kind, 0, b""

    def block(self):
        if not self.left:
            self.count += 1
            self.left = hmac.new(self.key, f"{self.kind} {self.count}".encode(), hashlib.sha256).digest()
        block, self.left = self.left[:8], self.left[8:]
        return int.from_bytes(block, "big")

    def below(self, count):
        while True:
            drawn = self.block()
            if drawn < 2**64 // count * count:
                return drawn % count


@check
def the_numbers_are_those_of_hmac():
    """Keys, blocks and exponents of sheets, from seed and ID alone."""
    with tempfile.TemporaryDirectory() as top:
        for student in ("s1234567", "Zoë 7", ""):
            folder = made(Path(top, "schedule" + student), "schedule", student=student)
            key = odd_parity(Numbers(SEED, student, "schedule").block())
            sheet = json.loads((folder / "sheet.json").read_text(encoding="utf-8"))
            assert int(sheet["given"]["key"], 16) == key and sheet["student"] == student
            assert [int(row["subkey"], 16) for row in rows(solved(folder) / "keyschedule.csv")[1:]] == subkeys(key)

            numbers = Numbers(SEED, student, "block")
            row = rows(made(Path(top, "block" + student), "block", student=student) / "blocks.csv")[0]
            assert int(row["key"], 16) == odd_parity(numbers.block()) and int(row["input"], 16) == numbers.block()

            numbers = Numbers(SEED, student, "modexp")
            while True:
                q = 100 + numbers.below(400)
                if all(n % d for n in (q, 2 * q + 1) for d in range(2, 32)):
                    break
            modulus = 2 * q + 1
            base, exponent = 2 + numbers.below(modulus - 3), 64 + numbers.below(192)
            folder = made(Path(top, "modexp" + student), "modexp", student=student)
            given = json.loads((folder / "sheet.json").read_text(encoding="utf-8"))["given"]
            assert given == {"base": str(base), "exponent": str(exponent), "modulus": str(modulus)}
            assert int(rows(solved(folder) / "modexp.csv")[-1]["value"]) == pow(base, exponent, modulus)


@check
def the_same_seed_and_id_make_the_same_bytes():
    """Every kind and degree, twice; another ID has another page."""
    with tempfile.TemporaryDirectory() as top:
        for kind in KINDS:
            for fade in range(4):
                first = made(Path(top, f"a{kind}{fade}"), kind, "--fade", fade)
                again = made(Path(top, f"b{kind}{fade}"), kind, "--fade", fade)
                assert files_of(first) == files_of(again)
                assert set(files_of(first)) >= {"worksheet.html", "sheet.json"}
            other = made(Path(top, f"c{kind}"), kind, student="s2")
            assert files_of(other)["worksheet.html"].replace(b"s2", b"s1") != files_of(first)["worksheet.html"]
        drawn = keyhole("new", "--kind", "sbox", "--out", Path(top, "drawn"))
        seed = re.search(r"seed (\w+)", drawn.stderr).group(1)
        assert graded(solved_with(Path(top, "drawn"), seed), seed=seed).startswith("(no ID): 48 of 48 ")


def solved_with(folder, seed):
    done = keyhole("solve", folder, "--seed", seed)
    assert done.returncode == 0, done
    return folder


@check
def a_class_in_one_call():
    """Solved, with one slip, empty, altered, a neighbour's, somebody else's seed, one that is no sheet."""
    with tempfile.TemporaryDirectory() as top:
        sheets = {name: made(Path(top, name), "sbox", student=name) for name in "good slip empty altered thief late".split()}
        for name in ("good", "slip", "altered", "thief"):
            solved(sheets[name])
        cells = rows(sheets["slip"] / "sboxes.csv")
        cells[3]["row"] = str((int(cells[3]["row"]) + 1) % 4)
        six = f"{int(cells[3]['input']):06b}"
        cells[3]["output"] = str(BOXES[12 + int(cells[3]["row"])][int(six[1:5], 2)])
        write_rows(sheets["slip"] / "sboxes.csv", cells)
        cells = rows(sheets["altered"] / "sboxes.csv")
        cells[0]["input"] = str(int(cells[0]["input"]) ^ 1)
        write_rows(sheets["altered"] / "sboxes.csv", cells)
        shutil.copy(sheets["good"] / "sboxes.csv", sheets["thief"] / "sboxes.csv")
        shutil.rmtree(sheets["late"])
        made(sheets["late"], "sbox", student="late", seed="last year's")
        Path(top, "none").mkdir()

        grades = Path(top, "points.csv")
        done = keyhole("grade", *sheets.values(), Path(top, "none"), "--seed", SEED, "--csv", grades)
        assert done.returncode == 3 and done.stderr.count("\n") == 1 and "none" in done.stderr, done
        lines = [line for line in done.stdout.splitlines() if not line.startswith("  ")]
        assert lines[0] == "good: 48 of 48 (0 carried forward, 0 wrong, 0 empty)", lines
        # A box may have the same output in two rows.
        assert re.fullmatch(r"slip: 47 of 48 \([01] carried forward, 1 wrong, 0 empty\)", lines[1]), lines
        assert lines[2] == "empty: 0 of 48 (0 carried forward, 0 wrong, 48 empty)"
        assert lines[3].startswith("altered: 0 of 48: sboxes.csv:2: input is ") and "altered" in lines[3]
        assert lines[4].startswith("thief: 0 of 48: ") and "another student's" in lines[4]
        assert lines[5].startswith("late: 0 of 48: ") and "another seed" in lines[5]
        table_rows = rows(grades)
        assert [(row["student"], row["points"], row["of"]) for row in table_rows] == [
            ("good", "48", "48"), ("slip", "47", "48"), ("empty", "0", "48"), ("altered", "0", "48"), ("thief", "0", "48"),
            ("late", "0", "48")]


@check
def sheets_from_a_spreadsheet_grade_the_same():
    """Semicolons and decimal commas, tabs in UTF-16, a BOM, other headers' case and order, hex without marks, bits."""
    with tempfile.TemporaryDirectory() as top:
        for kind in KINDS:
            folder = solved(made(Path(top, kind), kind))
            want = graded(folder)
            assert want.endswith("(0 carried forward, 0 wrong, 0 empty)\n")
            for path in folder.glob("*.csv"):
                text = path.read_text(encoding="utf-8")
                cells = rows(path)
                names = list(cells[0])

                def joined(separator, change=lambda name, cell: cell, order=names, cells=cells):
                    lines = [separator.join(order)]
                    lines += [separator.join(change(name, row[name]) for name in order) for row in cells]
                    return "\n".join(lines) + "\n"

                def bits(name, cell):
                    if name in ("left_in", "right_in", "p_out") and cell:
                        return f"{int(cell, 16):032b}"
                    return cell

                forms = [b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16"), joined(";").encode(),
                         b"sep=;\n" + joined(";").encode(), joined("\t").encode("utf-16"), joined(",", bits).encode(),
                         joined(",", lambda _, cell: f" {cell} ").upper().replace("0X", "0x").encode(),
                         joined(",", order=names[::-1]).encode(), text.replace("0x", "").encode(),
                         text.replace("\r\n", "\r").encode(),
                         joined(",", lambda name, cell: cell + ".0" if cell.isdigit() and kind == "sbox" else cell).encode(),
                         (text + "," * (len(names) - 1) + "\r\n").encode()]
                for number, form in enumerate(forms):
                    path.write_bytes(form)
                    assert graded(folder) == want, (kind, path.name, number, graded(folder))
                path.write_bytes(text.encode())


@check
def hostile_files_are_one_line():
    """No table, half a table, binary, a million columns, JSON that is none: a line each, and nothing is written."""
    with tempfile.TemporaryDirectory() as top:
        folder = made(Path(top, "sheet"), "sbox")
        good, sheet = (folder / "sboxes.csv").read_bytes(), (folder / "sheet.json").read_bytes()
        for bad in (b"", b"\x00\x01\x02", b"a,b\n1,2\n", b'"never ends', b"input,input\n1,2\n", b"x" * 5_000_000, b"\xff\xfeA",
                    b"\n" * 100_000, b",".join([b"x"] * 100_000)):
            (folder / "sboxes.csv").write_bytes(bad)
            done = keyhole("grade", folder, "--seed", SEED)
            assert done.returncode in (0, 2), (bad[:20], done)
            if done.returncode == 2:
                assert done.stderr.startswith("keyhole: error: ") and done.stderr.count("\n") == 1, done
            else:
                assert ": 0 of 48" in done.stdout, (bad[:20], done)
        # Cells that are nothing: each is wrong by itself, and none reaches the terminal raw.
        cells = rows_of(good)
        for row, text in zip(cells, ("\x1b[2J", "=cmd()", "<script>", "1e99", "-1", "9" * 30, "\u202e", "'", "row", "0x", "NaN")):
            row["output"] = text
        write_rows(folder / "sboxes.csv", cells)
        done = keyhole("grade", folder, "--seed", SEED, "--csv", Path(top, "grades.csv"))
        assert "0 of 48 (0 carried forward, 11 wrong, 37 empty)" in done.stdout and "\x1b" not in done.stdout, done
        assert "\x1b" not in Path(top, "grades.csv").read_text(encoding="utf-8")
        (folder / "sboxes.csv").write_bytes(good)
        for bad in (b"", b"[]", b"{}", b'{"kind":"box"}', b"{" * 100_000, sheet.replace(b'"fade": 3', b'"fade": "3"'),
                    sheet.replace(b'"fade": 3', b'"fade": 99999999999999999999'), sheet.replace(b"sbox", b"sb\xff")):
            (folder / "sheet.json").write_bytes(bad)
            for command in ("grade", "solve"):
                done = keyhole(command, folder, "--seed", SEED)
                assert done.returncode == 2 and done.stderr.count("\n") == 1 and done.stdout == "", (bad[:40], done)
        assert (folder / "sboxes.csv").read_bytes() == good
        for arguments, status, words in ((["--kind", "sbx"], 2, "did you mean sbox?"), (["--kind", "sbox", "--fade", "4"], 2, "between 0 and 3"),
                                         (["--kind", "sbox", "--blank", "rwo"], 2, "did you mean row?"),
                                         (["--kind", "sbox", "--student", "x" * 65], 2, "too long"),
                                         (["--kind", "sbox", "--seed", ""], 2, "seed")):
            done = keyhole("new", *arguments, "--out", Path(top, "new"))
            assert done.returncode == status and words in done.stderr and done.stderr.count("\n") == 1, (arguments, done)
            assert not Path(top, "new").exists()
        assert keyhole("solve", made(Path(top, "other"), "sbox"), "--seed", "wrong").returncode == 1


def rows_of(data):
    return list(csv.DictReader(data.decode().splitlines()))


class Page(HTMLParser):
    """What a page holds, and that it asks nobody for anything."""

    def __init__(self, text):
        super().__init__()
        self.headings, self.text, self.blanks, self.answers, self.asks = [], "", 0, 0, []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        self.headings += [tag] if tag in ("h1", "h2") else []
        self.blanks += named.get("class") == "blank"
        self.answers += named.get("class") == "answer"
        self.asks += [value for name, value in attributes if name in ("src", "href", "action", "srcset", "data")]

    def handle_data(self, data):
        self.text += data


@check
def the_page_stands_alone_and_is_valid():
    """As many boxes as blanks, nothing from anywhere else, hostile IDs as text; tidy finds no error and no warning."""
    with tempfile.TemporaryDirectory() as top:
        for kind in KINDS:
            for fade in range(4):
                folder = made(Path(top, f"{kind}{fade}"), kind, "--fade", fade, student="<b>&\"'")
                blanks = len(json.loads((folder / "sheet.json").read_text(encoding="utf-8"))["blanks"])
                text = (folder / "worksheet.html").read_text(encoding="utf-8")
                page = Page(text)
                assert page.headings[0] == "h1" and page.blanks == blanks and page.answers == 0 and page.asks == []
                assert "http" not in text and "<b>&\"'" in page.text
                filled = Page((solved(folder) / "worksheet.html").read_text(encoding="utf-8"))
                assert filled.answers == blanks and filled.blanks == 0 and "solution" in filled.text
                if shutil.which("tidy"):
                    for file in (folder / "worksheet.html",):
                        done = subprocess.run(["tidy", "-quiet", "-errors", "--drop-empty-elements", "no", str(file)],
                                              capture_output=True, text=True, timeout=LIMIT)
                        assert done.returncode == 0, (kind, fade, done.stderr)


run_all()
