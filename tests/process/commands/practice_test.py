"""Students of `keyhole practice`, played from outside: their answers are worked out here, from what the question gives."""

import csv
import json
import os
import re
import subprocess
import tempfile

import command
from chat_process import KEYHOLE, LIMIT, check, run_all
from values_of_des import BOXES, odd_parity, select, subkeys, table, turned


def solve(question):
    """The answer as a number, or the text of an order."""
    ask, kind = question["ask"], question["kind"]
    given = {name: value if kind == "order" or name == "kdf" else int(value, 0) for name, value in question["given"].items()}
    if kind == "order":
        order = (["expand", "mix", "sbox", "permute", "join"] if re.search(r"round\.\d+$", question["address"])
                 else ["ip", "round.1", "round.16", "swap", "fp"])
        return " ".join(next(number for number, word in given.items() if word == part) for part in order)
    if kind == "sbox":
        six = given["input"]
        row, column = (six >> 4 & 2) | (six & 1), six >> 1 & 15
        box = int(question["address"].rsplit(".", 1)[1])
        return {"row": row, "column": column, "output": BOXES[4 * (box - 1) + row][column]}[ask]
    if kind == "ip":
        whole = select(given["chained"], 64, table("ip_table"))
        return {"after_ip": whole, "left_out": whole >> 32, "right_out": whole & 0xFFFFFFFF}[ask]
    if kind == "weak":
        return len(set(subkeys(given["key"])))
    if kind == "schedule" and ask == "subkey":
        return select(given["c"] << 28 | given["d"], 56, table("pc2_table"))
    if kind == "schedule" and "key" in given:
        halves = select(given["key"], 64, table("pc1_table"))
        return halves >> 28 if ask == "c" else halves & 0xFFFFFFF
    if kind == "schedule":
        return turned(given[ask + "_in"], given["shift"])
    if kind == "pad" and "length" in given:
        padded = given["length"] // 8 * 8 + 8
        return {"padded_length": padded, "blocks": padded // 8}.get(ask, padded - given["length"])
    if kind == "pad":
        data = bytes.fromhex(question["given"]["padded"][2:])
        return data[-1] if ask == "padding_bytes" else len(data) - data[-1]
    if kind in ("public", "shared", "modexp") and "exponent" in given:
        digits = f"{given['exponent']:b}"
        return {"squarings": len(digits), "multiplications": digits.count("1")}.get(ask) or pow(
            given["base"], given["exponent"], given["modulus"])
    if kind == "derive":
        if "digest" in given:
            given["secret"] = given["digest"] >> 192
        return given["secret"] if ask == "raw" else odd_parity(given["secret"])
    return {
        "expand": lambda: select(given["right_in"], 32, table("e_table")),
        "mix": lambda: given["expanded"] ^ given["subkey"],
        "permute": lambda: select(given["s_out"], 32, table("p_table")),
        "join": lambda: given["left_in"] ^ given["p_out"],
        "fp": lambda: select(given["preoutput"], 64, table("fp_table")),
        "chain": lambda: given["input" if ask == "chained" or "key_stream" in given else "output"]
        ^ given["key_stream" if "key_stream" in given else "previous"],
        "parity": lambda: odd_parity(given["raw"]),
        "modexp": lambda: (given["before"] ** 2 if ask == "squared" else given["squared"] * given["base"]) % given["modulus"],
    }[kind]()


def keyhole(*arguments, given=""):
    return command.keyhole("practice", *arguments, input=given)


class Student:
    """Talks with `practice --json` line by line, as a program would."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen([KEYHOLE, "practice", "--json", *arguments], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def read(self):
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read()
        return json.loads(line)

    def say(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()

    def end(self):
        self.process.stdin.close()
        rest = [json.loads(line) for line in self.process.stdout]
        assert self.process.wait(timeout=LIMIT) == 0, self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()
        return rest


def shapes(question, answer):
    """The same number in every form."""
    if isinstance(answer, str):
        return [answer, answer.replace(" ", ""), answer.replace(" ", ", ")]
    return [hex(answer), bin(answer), str(answer), f"0X{answer:X}", f"{answer:0{question['bits']}b}"]


@check
def a_good_student_has_everything_right():
    """Seventeen kinds three times over, solved from the question's own numbers, in every form in turn."""
    student = Student("--seed", "scripted", "--count", "51")
    kinds = set()
    for number in range(1, 52):
        question = student.read()
        assert question["question"] == number and list(question) == ["question", "address", "kind", "ask", "bits", "given"]
        kinds.add(question["kind"])
        answer = solve(question)
        forms = shapes(question, answer)
        student.say(forms[number % len(forms)])
        result = student.read()
        assert result == {"question": number, "right": True, "expected": result["expected"], "tries": 1}, (question, result)
        assert isinstance(answer, str) or int(result["expected"], 0) == answer
    assert len(kinds) == 17, kinds
    assert student.end() [-1]["end"] == "51 right, 0 wrong"


@check
def the_first_miss_gives_the_rule_and_the_second_the_value():
    """A student who is wrong once at every second question and twice at every third."""
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.csv")
        student = Student("all", "--seed", "42", "--count", "12", "--report", report)
        expected_rows = []
        for number in range(1, 13):
            question = student.read()
            answer = solve(question)
            wrong = "0xFFFFFFFFFFFFFFFFF" if number % 4 else "=1+1"
            misses = 2 if number % 3 == 0 else 1 if number % 2 == 0 else 0
            for miss in range(misses):
                student.say(wrong)
                if miss == 0:
                    hint = student.read()
                    assert list(hint) == ["question", "hint"] and hint["question"] == number
                    assert str(answer) not in re.findall(r"[0-9A-Za-z]+", hint["hint"]), (question, hint)
            if misses < 2:
                student.say(str(answer))
            result = student.read()
            assert (result["right"], result["tries"]) == (misses < 2, min(misses + 1, 2)), result
            expected_rows.append((str(number), question["kind"], "true" if misses < 2 else "false"))
        last = student.end()[-1]
        assert last["end"] == "8 right, 4 wrong" and sum(kind["wrong"] for kind in last["kinds"].values()) == 4, last
        with open(report, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert list(rows[0]) == "question kind address ask answer expected right tries seconds".split()
        assert [(row["question"], row["kind"], row["right"]) for row in rows] == expected_rows
        assert not any(row["answer"].startswith("=") for row in rows)


@check
def the_same_seed_asks_the_same():
    """Bytes of two runs, another seed, and the seed that is drawn and said where none is given."""
    first, again = keyhole("--json", "--seed", "7"), keyhole("--json", "--seed", "7")
    assert first.stdout == again.stdout and first.returncode == 0
    assert keyhole("--json", "--seed", "8").stdout != first.stdout
    drawn = keyhole("dh", given="x\n")
    seed = re.search(r"--seed (\w+)", drawn.stderr).group(1)
    assert keyhole("dh", "--seed", seed, given="x\n").stdout == drawn.stdout


@check
def the_end_of_input_is_polite():
    """In the middle, at once, and after a miss; a carriage return at the end of a line is none of the answer."""
    question = json.loads(keyhole("des", "--kinds", "sbox", "--json", "--seed", "5").stdout.splitlines()[0])
    done = keyhole("des", "--kinds", "sbox", "--seed", "5", given=f"{solve(question)}\r\n")
    assert done.returncode == 0 and done.stdout.endswith("ended after 1 of 10 questions\n1 right, 0 wrong\n"), done.stdout
    assert keyhole("--seed", "5").stdout.endswith("\n0 right, 0 wrong\n")
    missed = keyhole("--seed", "5", given="nonsense\n")
    assert missed.stdout.endswith("0 right, 1 wrong\n") and missed.stderr == "", missed
    assert keyhole("--seed", "5", given="q\n").stdout.endswith("0 right, 0 wrong\n")


@check
def strange_answers_are_only_wrong():
    """Long lines, bytes that are no text, control characters: a miss each, and nothing of it reaches the terminal."""
    strange = [b"\x00", b"\xff\xfe", b"\x1b[2J", b"1" * 100_000, b"<script>", "\u202e12".encode(), b"-1", b"1e9", b"0x", b""]
    done = subprocess.run([KEYHOLE, "practice", "--seed", "1", "--count", "5"], input=b"\n".join(strange) + b"\n",
                          capture_output=True, timeout=LIMIT)
    assert done.returncode == 0 and done.stdout.endswith(b"0 right, 5 wrong\n"), done
    assert b"\x1b" not in done.stdout and len(done.stdout) < 20_000


@check
def bad_usage_is_one_line():
    """A status and one line that says what to do."""
    for arguments, status, words in ((["dse"], 2, "did you mean des?"), (["--kinds", "sbx"], 2, "did you mean sbox?"),
                                     (["des", "--kinds", "modexp"], 2, "belongs to dh"), (["--count", "0"], 2, "between 1 and 1000"),
                                     (["--count", "-3"], 2, ""), (["--seed", ""], 2, "seed"),
                                     (["--report", "/none/at/all.csv"], 3, "/none/at/all.csv")):
        done = keyhole(*arguments)
        assert done.returncode == status and done.stderr.count("\n") == 1 and words in done.stderr, (arguments, done)
        assert done.stderr.startswith("keyhole: error: ") and done.stdout == ""


run_all()
