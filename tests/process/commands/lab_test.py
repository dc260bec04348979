"""keyhole lab from outside: its tables against tables made here, and its attacks against an oracle written here."""

import csv
import random
import signal
import subprocess
import tempfile
from pathlib import Path

from chat_process import KEYHOLE, LIMIT, check, run_all
from peer import des
from values_of_des import BOXES, odd_parity, subkeys


def lab(*arguments, limit=3 * LIMIT):
    return subprocess.run([KEYHOLE, "lab", *map(str, arguments)], capture_output=True, text=True, timeout=limit)


def box(number, six):
    return BOXES[4 * (number - 1) + (six >> 4 & 2 | six & 1)][six >> 1 & 15]


def encipher(block, keys, rounds=16):
    """DES of so many rounds: IP, FP and the last swap as in DES."""
    return des(block, keys[:rounds])


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def parity(value):
    return bin(value).count("1") % 2


def write_oracle(path, pairs):
    path.write_text("plaintext,ciphertext\n" + "".join(f"0x{p:016X},0x{c:016X}\n" for p, c in pairs))


def one_error_line(done, status=2):
    assert done.returncode == status and done.stdout == "", done
    errors = [line for line in done.stderr.splitlines() if line.startswith("keyhole: error: ")]
    assert len(errors) == 1 and "Traceback" not in done.stderr, done.stderr
    return errors[0]


@check
def tables():
    """Every entry of ddt and lat is what counting here gives; a variant's box too."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "table.csv")
        for number in range(1, 9):
            assert lab("ddt", "--box", number, "--csv", path).returncode == 0
            got = rows(path)
            assert got[0] == ["input_difference"] + [f"0x{i:X}" for i in range(16)], got[0]
            for a in range(64):
                counted = [0] * 16
                for x in range(64):
                    counted[box(number, x) ^ box(number, x ^ a)] += 1
                assert got[a + 1] == [f"0x{a:02X}", *map(str, counted)], (number, a)
            assert lab("lat", "--box", number, "--csv", path).returncode == 0
            got = rows(path)
            for a in range(64):
                counted = [sum(parity(x & a) == parity(box(number, x) & b) for x in range(64)) - 32 for b in range(16)]
                assert got[a + 1] == [f"0x{a:02X}", *map(str, counted)], (number, a)
        swapped = lab("ddt", "--box", 1, "--variant", "sbox1=S5", "--csv", path)
        assert "not DES" in swapped.stderr, swapped
        assert rows(path)[2][1:] == lab("ddt", "--box", 5).stdout.splitlines()[3].split()[1:]
    assert one_error_line(lab("ddt", "--box", 9))


@check
def criteria():
    """DES meets all of them; a linear box does not, and exit status and line say so."""
    des = lab("criteria")
    lines = des.stdout.splitlines()
    assert des.returncode == 0 and len(lines) == 57 and all("  yes  " in line for line in lines), des
    linear = lab("criteria", "--box", 1, "--variant", "sbox1=linear")
    assert linear.returncode == 1 and "S-4  S1   no " in linear.stdout, linear


@check
def avalanche():
    """The same seed, the same table; a round turns one bit into a few, six rounds into half of them."""
    with tempfile.TemporaryDirectory() as folder:
        one, two = Path(folder, "1.csv"), Path(folder, "2.csv")
        for path in (one, two):
            assert lab("avalanche", "--trials", 400, "--seed", "a", "--csv", path).returncode == 0
        assert one.read_bytes() == two.read_bytes()
        got = rows(one)
        assert got[0] == ["round", "text_mean", "text_deviation", "key_mean", "key_deviation"] and len(got) == 17
        assert 1 <= float(got[1][1]) < 5 and 31 < float(got[16][1]) < 33 and 3 < float(got[16][2]) < 5, got
        lab("avalanche", "--trials", 50, "--seed", "a", "--variant", "rounds=3", "--csv", one)
        assert len(rows(one)) == 4


@check
def linear_with_another_program_s_oracle():
    """Four rounds, 512 known texts made here: the key; random ciphertexts: none, and why."""
    draw = random.Random(19)
    key = odd_parity(draw.getrandbits(64))
    keys = subkeys(key)
    texts = [draw.getrandbits(64) for _ in range(512)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "oracle.csv")
        write_oracle(path, [(text, encipher(text, keys, 4)) for text in texts])
        found = lab("linear", "--rounds", 4, "--texts", 512, "--oracle", path)
        assert (found.returncode, found.stdout) == (0, f"key 0x{key:016X}\n"), found
        write_oracle(path, [(text, draw.getrandbits(64)) for text in texts])
        none = lab("linear", "--rounds", 4, "--texts", 512, "--oracle", path)
        assert none.returncode == 1 and none.stdout.startswith("no key found: "), none


@check
def differential_with_another_program_s_oracle():
    """The texts that --write-texts chooses, enciphered here, give the key of 4 and 6 rounds; random ones give none."""
    draw = random.Random(91)
    for rounds, pairs in ((4, 16), (6, 400)):
        key = odd_parity(draw.getrandbits(64))
        keys = subkeys(key)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "oracle.csv")
            wrote = lab("differential", "--rounds", rounds, "--pairs", pairs, "--seed", "texts", "--write-texts", path)
            assert wrote.returncode == 0 and wrote.stdout == "", wrote
            texts = [int(row[0], 16) for row in rows(path)[1:]]
            assert len(texts) == 2 * pairs
            write_oracle(path, [(text, encipher(text, keys, rounds)) for text in texts])
            found = lab("differential", "--rounds", rounds, "--pairs", pairs, "--oracle", path)
            assert (found.returncode, found.stdout) == (0, f"key 0x{key:016X}\n"), found
            write_oracle(path, [(text, draw.getrandbits(64)) for text in texts])
            none = lab("differential", "--rounds", rounds, "--pairs", pairs, "--oracle", path)
            assert none.returncode == 1 and none.stdout.startswith("no key found: "), none


@check
def seeds():
    """With --seed the key is drawn, and found again; the same seed, the same key."""
    one, two = (lab("linear", "--rounds", 6, "--texts", 300000, "--seed", "s") for _ in range(2))
    assert one.returncode == 0 and one.stdout == two.stdout and one.stdout.startswith("key 0x"), one
    assert "it is the key that was drawn" in one.stderr, one
    assert lab("differential", "--rounds", 4, "--seed", "s").stdout.startswith("key 0x")


@check
def double_des():
    """Two keys of 10 unknown bits from two pairs made here; other ciphertexts fit no keys."""
    draw = random.Random(7)
    first, second = (odd_parity(draw.getrandbits(3) << 9 | draw.getrandbits(7) << 1) for _ in range(2))
    one, two = subkeys(first), subkeys(second)
    texts = [draw.getrandbits(64) for _ in range(2)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "pairs.csv")
        write_oracle(path, [(text, encipher(encipher(text, one), two)) for text in texts])
        found = lab("meet", "--unknown-bits", 10, "--pairs", path)
        assert (found.returncode, found.stdout) == (0, f"key 0x{first:016X} 0x{second:016X}\n"), found
        write_oracle(path, [(text, draw.getrandbits(64)) for text in texts])
        none = lab("meet", "--unknown-bits", 10, "--pairs", path)
        assert none.returncode == 1 and none.stdout.startswith("no key found: "), none
        write_oracle(path, [(texts[0], 0)])
        assert "one pair" in one_error_line(lab("meet", "--unknown-bits", 10, "--pairs", path))


@check
def cone():
    """What turning each bit of text and key over does to an output bit is what turning it over here does."""
    key, text = 0x133457799BBCDFF1, 0x0123456789ABCDEF
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "cone.csv")
        address = "message.1/encrypt/block.1/fp#7"
        done = lab("cone", address, "--key", f"{key:016X}", "--hex", f"{text:016X}", "--csv", path)
        assert done.returncode == 0, done
        got = {(kind, int(number)): (int(can), int(does)) for kind, number, can, does in rows(path)[1:]}

        def bit(block, under):
            return encipher(block, subkeys(under)) >> (64 - 7) & 1

        for i in range(1, 65):
            flipped = 1 << (64 - i)
            assert got["text", i] == (1, int(bit(text ^ flipped, key) != bit(text, key))), i
            if i % 8 != 0:
                assert got["key", i] == (1, int(bit(text, key ^ flipped) != bit(text, key))), i
        assert got["back", 16] == (1, 1) and got["back", 0][0] == 64 and got["back_key", 0][0] == 56


@check
def bad_input():
    """One line each, exit status 2, or 3 for a file that is not there."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bad.csv")
        for text in ("", "a,b\n1,2\n", "plaintext,ciphertext\n", "plaintext,ciphertext\nxyz,1\n", "plaintext,ciphertext\n1\n",
                     'plaintext,ciphertext\n"1,2\n', "plaintext,ciphertext\n0x1,0x2\n"):
            path.write_text(text)
            for attack in (("linear", "--rounds", 4, "--oracle"), ("differential", "--rounds", 4, "--oracle"),
                           ("meet", "--unknown-bits", 4, "--pairs")):
                one_error_line(lab(*attack, path))
        write_oracle(path, [(0, 0), (1, 1), (2, 2)] * 8)
        assert "differs by" in one_error_line(lab("differential", "--rounds", 4, "--oracle", path))
        one_error_line(lab("linear", "--rounds", 4, "--oracle", Path(folder, "none.csv")), status=3)
    for words in (("linear", "--rounds", 5, "--seed", 1), ("linear", "--rounds", 4), ("meet", "--unknown-bits", 40),
                  ("differential", "--rounds", 4, "--seed", 1, "--oracle", "x"), ("linear", "--rounds", 4, "--seed", ""),
                  ("cone", "message.1", "--key", "133457799BBCDFF1", "--hex", "0123456789ABCDEF"), ("lat", "--box", 0)):
        one_error_line(lab(*words))


@check
def stopping():
    """Ctrl-C ends an attack with exit status 1 and says that nothing was kept."""
    with subprocess.Popen([KEYHOLE, "lab", "meet", "--unknown-bits", "26", "--seed", "1"], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True) as running:
        first = running.stderr.readline()
        assert "unknown: the 26 rightmost bits" in first, first
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=3 * LIMIT)
        assert running.returncode == 1 and out == "" and "stopped before the end" in err, (running.returncode, out, err)


run_all()
