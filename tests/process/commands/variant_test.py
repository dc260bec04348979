"""Variants of DES from outside: every change, and every two of them, against a DES that was written in here from the standard's text,
cell by cell; what is written is verified, kept and shown as what it is; what speaks to a peer refuses it."""

import csv
import itertools
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from chat_process import KEYHOLE
from running import LIMIT
from values_of_des import BOXES, select, table, turned

IP, FP, E, P = (table(f"{name}_table") for name in ("ip", "fp", "e", "p"))
PC1, PC2, SHIFTS = table("pc1_table"), table("pc2_table"), table("shift_table")
STANDARD = [BOXES[4 * i:4 * i + 4] for i in range(8)]
LINEAR = [list(range(16)) for _ in range(4)]
failures = 0


def run(*arguments, stdin=b""):
    return subprocess.run([KEYHOLE, *map(str, arguments)], input=stdin, capture_output=True, timeout=LIMIT)


def check(what, condition, done=None):
    global failures
    if not condition:
        failures += 1
        print(f"FAILED: {what}", "" if done is None else (done.returncode, done.stdout[-400:], done.stderr[-600:]))


class Cipher:
    """DES with switches."""

    def __init__(self):
        self.rounds, self.swap, self.ip, self.p, self.subkeys = 16, True, True, True, "standard"
        self.boxes = [[list(row) for row in box] for box in STANDARD]

    def schedule(self, key):
        halves = select(key, 64, PC1)
        c, d = halves >> 28, halves & 0xFFFFFFF
        rows = [(0, c, d, None)]
        for shift in SHIFTS:
            shift = 0 if self.subkeys == "no-shifts" else shift
            c, d = turned(c, shift), turned(d, shift)
            rows.append((shift, c, d, select(c << 28 | d, 56, PC2)))
        keys = [row[3] for row in rows[1:]]
        if self.subkeys == "same":
            keys = [keys[0]] * 16
        if self.subkeys == "reversed":
            keys = keys[::-1]
        return [rows[0]] + [row[:3] + (k,) for row, k in zip(rows[1:], keys)]

    def block(self, block, key, backwards):
        keys = [row[3] for row in self.schedule(key)[1:]][:self.rounds]
        if backwards:
            keys.reverse()
        after_ip = select(block, 64, IP) if self.ip else block
        left, right = after_ip >> 32, after_ip & 0xFFFFFFFF
        rounds, boxes = [], []
        for k in keys:
            expanded = select(right, 32, E)
            mixed = expanded ^ k
            s_out = 0
            for box in range(8):
                six = mixed >> (42 - 6 * box) & 63
                row, column = (six >> 5) << 1 | six & 1, six >> 1 & 15
                four = self.boxes[box][row][column]
                boxes.append((six, row, column, four))
                s_out = s_out << 4 | four
            p_out = select(s_out, 32, P) if self.p else s_out
            rounds.append((left, right, expanded, k, mixed, s_out, p_out, right, left ^ p_out))
            left, right = right, left ^ p_out
        preoutput = right << 32 | left if self.swap else left << 32 | right
        return after_ip, rounds, boxes, preoutput, select(preoutput, 64, FP) if self.ip else preoutput


def put(name, value):
    def change(cipher):
        setattr(cipher, name, value)
    return change


def box(number, value):
    def change(cipher):
        cipher.boxes[number - 1] = [list(row) for row in value]
    return change


def entry(number, row, column, value):
    def change(cipher):
        cipher.boxes[number - 1][row][column] = value
    return change


CHANGES = [
    ("rounds=1", put("rounds", 1)), ("rounds=5", put("rounds", 5)), ("no-swap", put("swap", False)),
    ("no-ip", put("ip", False)), ("no-p", put("p", False)), ("same-subkeys", put("subkeys", "same")),
    ("reversed-subkeys", put("subkeys", "reversed")), ("no-shifts", put("subkeys", "no-shifts")),
    ("sbox1=S5", box(1, STANDARD[4])), ("sbox3=linear", box(3, LINEAR)), ("sbox8[3,15]=4", entry(8, 3, 15, 4)),
]
SUBKEYS = {"same-subkeys", "reversed-subkeys", "no-shifts"}


def rows(folder, name):
    with open(Path(folder) / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def hexes(row, names):
    return tuple(int(row[name], 16) for name in names)


def same_cells(what, cipher, folder, blocks, key, backwards):
    """Every cell of the four tables."""
    expected_rounds, expected_boxes = [], []
    for row, block in zip(rows(folder, "blocks.csv"), blocks):
        after_ip, rounds, boxes, preoutput, output = cipher.block(block, key, backwards)
        got = hexes(row, ("key", "input", "chained", "after_ip", "preoutput", "output"))
        check(f"{what}: blocks.csv", got == (key, block, block, after_ip, preoutput, output))
        expected_rounds += rounds
        expected_boxes += boxes
    names = ("left_in", "right_in", "expanded", "subkey", "mixed", "s_out", "p_out", "left_out", "right_out")
    got = [hexes(row, names) for row in rows(folder, "rounds.csv")]
    check(f"{what}: rounds.csv", got == expected_rounds)
    got = [tuple(int(row[n]) for n in ("input", "row", "column", "output")) for row in rows(folder, "sboxes.csv")]
    check(f"{what}: sboxes.csv", got == expected_boxes)
    numbers = [int(row["round"]) for row in rows(folder, "rounds.csv")]
    check(f"{what}: the rounds are counted", numbers == list(range(1, cipher.rounds + 1)) * len(blocks))
    got = [(int(row["shift"]), int(row["c"], 16), int(row["d"], 16), int(row["subkey"], 16) if row["subkey"] else None)
           for row in rows(folder, "keyschedule.csv")]
    check(f"{what}: keyschedule.csv", got == cipher.schedule(key))


def every_variant(folder):
    chance = random.Random(19)
    pairs = [(one,) for one in CHANGES] + list(itertools.combinations(CHANGES, 2))
    for number, changes in enumerate(pairs):
        names = [name for name, _ in changes]
        if len(SUBKEYS & set(names)) > 1 or names == ["rounds=1", "rounds=5"]:
            continue
        cipher = Cipher()
        for _, change in changes:
            change(cipher)
        chance.shuffle(names)
        what, key = ",".join(names), chance.getrandbits(64)
        blocks = [chance.getrandbits(64) for _ in range(2)]
        backwards = number % 2 == 1
        out = Path(folder) / f"variant{number}"
        data = "".join(f"{block:016X}" for block in blocks)
        done = run("trace", "des", "--key", f"{key:016X}", "--hex", data, "--variant", what, "--csv", out,
                   *(["--decrypt"] if backwards else []))
        check(f"{what}: traced", done.returncode == 0, done)
        canonical = (out / "variant.txt").read_text(encoding="utf-8").strip()
        check(f"{what}: named on stderr", f"not DES: {canonical}".encode() in done.stderr, done)
        check(f"{what}: the list says the same", sorted(re.findall(r"[^,\[]+(?:\[[^\]]*\])?[^,]*", canonical)) == sorted(names))
        same_cells(what, cipher, out, blocks, key, backwards)
        output = "".join(f"{cipher.block(block, key, backwards)[4]:016X}" for block in blocks)
        done = run("decrypt" if backwards else "encrypt", "--key", f"{key:016X}", "--hex", data, "--variant", what)
        check(f"{what}: enciphered", done.stdout == f"{output}\n".encode() and b"not DES: " in done.stderr, done)
        done = run("verify", out)
        check(f"{what}: verified", done.returncode == 0 and b"not DES: " in done.stderr, done)
        spoil(what, out, chance)


def spoil(what, folder, chance):
    """One wrong digit is found, in the file in which it stands."""
    path = folder / chance.choice(["rounds.csv", "sboxes.csv"])
    lines = path.read_bytes().split(b"\r\n")
    line = chance.randrange(1, len(lines) - 1)
    whole = path.read_bytes()
    cells = lines[line].split(b",")
    cells[-1] = b"%d" % ((int(cells[-1]) + 1) % 16) if path.name == "sboxes.csv" else b"0x%08X" % (int(cells[-1], 16) ^ 0x100)
    lines[line] = b",".join(cells)
    path.write_bytes(b"\r\n".join(lines))
    done = run("verify", folder)
    check(f"{what}: a wrong cell is found", done.returncode == 1 and f"{path.name}:{line + 1}".encode() in done.stdout, done)
    path.write_bytes(whole)
    note = folder / "variant.txt"
    note.unlink()
    done = run("verify", folder)
    # (A lone box or round may happen not to meet the change.)
    check(f"{what}: without its note it is no DES", done.returncode == 1 or "[" in what or "sbox" in what, done)


def none_is_des(folder):
    flags = ["--key", "133457799BBCDFF1", "--hex", "0123456789ABCDEF"]
    plain, none = run("trace", "des", *flags), run("trace", "des", *flags, "--variant", "none")
    check("none is DES", plain.stdout == none.stdout and plain.stderr == none.stderr and none.returncode == 0, none)
    for list_, out in (("plain", []), ("none", ["--variant", "none"])):
        run("trace", "des", *flags, *out, "--csv", Path(folder) / list_)
    names = sorted(path.name for path in (Path(folder) / "none").iterdir())
    check("DES has no note", "variant.txt" not in names and names == sorted(p.name for p in (Path(folder) / "plain").iterdir()))
    run("trace", "des", *flags, "--variant", "no-p", "--csv", Path(folder) / "reused")
    run("trace", "des", *flags, "--csv", Path(folder) / "reused")
    done = run("verify", Path(folder) / "reused")
    check("an old note does not judge a new export", done.returncode == 0 and b"not DES" not in done.stderr, done)


def shown_as_what_it_is(folder):
    flags = ["--key", "133457799BBCDFF1", "--hex", "0123456789ABCDEF", "--variant", "no-ip,rounds=3"]
    mark = b"not DES: rounds=3,no-ip"
    page, figure = Path(folder) / "page.html", Path(folder) / "round.svg"
    done = run("trace", "des", *flags, "--html", page)
    check("the page bears the mark", done.returncode == 0 and mark in page.read_bytes().partition(b"<body>")[2][:1000], done)
    done = run("figure", "des", *flags, "--at", "message.1/encrypt/block.1/round.3", "--out", figure)
    svg = figure.read_text(encoding="utf-8")
    check("the figure bears the mark", done.returncode == 0 and "not DES: rounds=3,no-ip" in re.sub(r"<[^>]+>", "", svg), done)
    done = run("trace", "des", *flags, "--json")
    check("JSON bears the mark", done.stdout.count(b'"mark":"' + mark) > 40, done)
    done = run("trace", "des", *flags, "--at", "message.1/encrypt/block.1/ip")
    check("the words are the variant's", mark in done.stdout and b"no initial permutation" in done.stdout, done)
    done = run("trace", "des", *flags, "--at", "message.1/encrypt/block.1/round.4")
    check("there is no fourth round", done.returncode == 2 and b"round.3, swap, fp" in done.stderr, done)
    for step in ("ip", "swap", "fp", "round.3", "round.1/sbox.1", "round.2/permute"):
        for list_ in ("no-swap", "no-ip", "no-p", "rounds=3", "sbox1=linear", "same-subkeys"):
            done = run("trace", "des", *flags[:4], "--variant", list_, "--at", f"message.1/encrypt/block.1/{step}")
            text = done.stdout.decode()
            check(f"{list_} at {step}: no sixteen rounds in three", done.returncode == 0 and not (list_ == "rounds=3" and "₁₆" in text), done)
            check(f"{list_} at {step}: the mark", f"not DES: {list_}" in text, done)


def recorded(folder):
    for mode in ("cbc", "ctr", "ecb"):
        kept = Path(folder) / f"{mode}.json"
        flags = ["exchange", "--group", "toy23", "--seed", "19", "--mode", mode, "--variant", "rounds=8,sbox2=S7"]
        done = run(*flags, "--record", kept, "--csv", Path(folder) / f"{mode}-now")
        check(f"an exchange in a variant, {mode}", done.returncode == 0 and b"not DES: rounds=8,sbox2=S7" in done.stderr, done)
        check("both read each other", b"This is a response from the server" in done.stdout, done)
        done = run("replay", kept, "--csv", Path(folder) / f"{mode}-later")
        check("a recording says it is no DES", done.returncode == 0 and b"not DES: rounds=8,sbox2=S7" in done.stderr, done)
        for path in (Path(folder) / f"{mode}-now").iterdir():
            check(f"{mode}: replayed {path.name}", path.read_bytes() == (Path(folder) / f"{mode}-later" / path.name).read_bytes())
        check("the tables are verified", run("verify", Path(folder) / f"{mode}-now").returncode == 0)
        done = run("compare", kept, kept)
        check("compare says what it compares", done.returncode == 0 and b"not DES" in done.stderr, done)
        for wrong in ("rounds=9,sbox2=S7", "sbox2=S7,rounds=8", "nonsense", "sbox1=/etc/passwd", "none"):
            other = Path(folder) / "other.json"
            other.write_text(kept.read_text(encoding="utf-8").replace("rounds=8,sbox2=S7", wrong), encoding="utf-8")
            done = run("replay", other)
            check(f"a recording with {wrong} is refused", done.returncode == 2 and done.stdout == b"", done)


def no_swap():
    """Deciphering in the standard's order does not undo it, and that is told, not hidden."""
    flags = ["--group", "toy23", "--seed", "7", "--variant", "no-swap"]
    done = run("exchange", *flags)
    check("the exchange ends", done.returncode == 0 and b"message.1/unpad  refused" in done.stdout, done)
    check("the receiver refused", b"the server refused message 1" in done.stderr and b"never sent" in done.stderr, done)
    check("and why", b"no-swap does not decipher what it enciphers" in done.stderr, done)
    done = run("exchange", *flags, "--mode", "ctr")
    check("in ctr nothing is deciphered", done.returncode == 0 and b"refused" not in done.stdout + done.stderr, done)
    cipher = Cipher()
    cipher.swap = False
    key, block = 0x133457799BBCDFF1, 0x0123456789ABCDEF
    there = cipher.block(block, key, False)[4]
    back = cipher.block(there, key, True)[4]
    done = run("decrypt", "--key", f"{key:016X}", "--hex", f"{there:016X}", "--variant", "no-swap")
    check("deciphers wrongly exactly as computed", back != block and done.stdout == f"{back:016X}\n".encode(), done)
    done = run("trace", "des", "--key", f"{key:016X}", "--hex", f"{block:016X}", "--variant", "no-swap", "--at", "message.1/encrypt/block.1/swap")
    check("the trace says so", f"{back:016X}".encode() in done.stdout and b"not the block that went in" in re.sub(rb"\s+", b" ", done.stdout), done)
    text = run("encrypt", "--key", f"{key:016X}", "--text", "hello", "--variant", "no-swap").stdout.decode().strip()
    done = run("decrypt", "--key", f"{key:016X}", "--hex", text, "--padding", "pkcs7", "--variant", "no-swap")
    check("padding that cannot be taken off", done.returncode == 2 and b"does not decipher what it enciphers" in done.stderr, done)


def own_box(folder):
    path = Path(folder) / "mine.txt"
    mine = [[(7 * column + row) % 16 for column in range(16)] for row in range(4)]
    path.write_text("\n".join(" ".join(map(str, row)) for row in mine), encoding="utf-8")
    cipher = Cipher()
    cipher.boxes[5] = mine
    key, block = 0x0E329232EA6D0D73, 0x8787878787878787
    done = run("encrypt", "--key", f"{key:016X}", "--hex", f"{block:016X}", "--variant", f"sbox6={path}")
    check("a box from a file", done.stdout == f"{cipher.block(block, key, False)[4]:016X}\n".encode(), done)
    list_ = done.stderr.decode().strip().removeprefix("keyhole: not DES: ")
    again = run("encrypt", "--key", f"{key:016X}", "--hex", f"{block:016X}", "--variant", list_)
    check("its list alone makes it again", again.stdout == done.stdout and "mine" not in list_, again)
    for content in ("1 2 3", "x " * 64, "16 " * 64, ""):
        path.write_text(content, encoding="utf-8")
        done = run("encrypt", "--key", f"{key:016X}", "--hex", f"{block:016X}", "--variant", f"sbox6={path}")
        check(f"no box: {content[:5]!r}", done.returncode == 2 and done.stderr.count(b"\n") == 1 and done.stdout == b"", done)
    done = run("encrypt", "--key", f"{key:016X}", "--hex", f"{block:016X}", "--variant", "sbox6=no/such/file")
    check("no such file", done.returncode == 3, done)


def refused(folder):
    for arguments in (["serve", "--port", "0", "--once"], ["connect", "127.0.0.1:1"], ["kat"],
                      ["relay", "--listen", "127.0.0.1:0", "--to", "127.0.0.1:1"],
                      ["crack", "des", "--plaintext", "0123456789ABCDEF", "--ciphertext", "85E813540F0AB405"],
                      ["crack", "dh", "--group", "toy23", "--y", "8"]):
        done = run(*arguments, "--variant", "no-p")
        check(f"{arguments[0]} refuses", done.returncode == 2 and b"takes no --variant" in done.stderr and done.stdout == b"", done)
    for list_ in ("rounds=0", "rounds=17", "no-e", "sbox9=S1", "sbox1[4,0]=1", "none,no-p", ""):
        done = run("trace", "des", "--key", "133457799BBCDFF1", "--hex", "0123456789ABCDEF", "--variant", list_, "--csv", Path(folder) / "never")
        check(f"'{list_}' is refused", done.returncode == 2 and done.stderr.count(b"\n") == 1 and not (Path(folder) / "never").exists(), done)
    bad = Path(folder) / "bad"
    run("trace", "des", "--key", "133457799BBCDFF1", "--hex", "0123456789ABCDEF", "--variant", "no-p", "--csv", bad)
    (bad / "variant.txt").write_text("no-q\n", encoding="utf-8")
    done = run("verify", bad)
    check("a note that says nothing", done.returncode == 2 and b"variant.txt" in done.stderr, done)


with tempfile.TemporaryDirectory() as scratch:
    every_variant(scratch)
    none_is_des(scratch)
    shown_as_what_it_is(scratch)
    recorded(scratch)
    no_swap()
    own_box(scratch)
    refused(scratch)
print("all is well" if failures == 0 else f"{failures} failed")
sys.exit(1 if failures else 0)
