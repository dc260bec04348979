"""--step as people use it: on a terminal with arrow keys, words to go to, width and colour; from a pipe; and in a chat."""

import os
import re
import subprocess
import tempfile

from chat_process import KEYHOLE, LIMIT, Program, Server, check, run_all
from terminal import Terminal

UP, DOWN, RIGHT, LEFT, HOME, END = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[H", "\x1b[F"
DES = ("trace", "des", "--key", "133457799BBCDFF1", "--hex", "0123456789ABCDEF")
PROMPT = r"\[(\d+) of (\d+)\] "
BOLD = "\x1b[1m"


def stepping(lines, *arguments):
    """What a pipe gets, and what is said on standard error."""
    done = subprocess.run([KEYHOLE, *arguments, "--step"], input=lines, capture_output=True, text=True, timeout=LIMIT)
    assert done.returncode == 0, done
    return done.stdout, done.stderr


def heading(shown):
    """The address of the last step shown."""
    return re.findall(r"^(?:\x1b\[1m)?([a-z][\w./]*)(?:\x1b\[0m)?\n\S.*\n\n", shown, re.M)[-1]


@check
def every_command_steps():
    """trace des, trace modexp, exchange and replay understand the same lines."""
    with tempfile.TemporaryDirectory() as folder:
        recording = os.path.join(folder, "exchange.json")
        subprocess.run([KEYHOLE, "exchange", "--group", "toy23", "--seed", "1", "--record", recording],
                       capture_output=True, check=True, timeout=LIMIT)
        for arguments, first, second in ((DES, "schedule", "message.1"),
                                         (("trace", "modexp", "--base", "5", "--exponent", "6", "--modulus", "23"),
                                          "modexp", "modexp/bit.1"),
                                         (("exchange", "--group", "toy23"), "connect", "parameters"),
                                         (("replay", recording), "connect", "parameters")):
            out, errors = stepping("\n" if second != "modexp/bit.1" else "i\n", *arguments)
            assert [a for a in re.findall(r"^([a-z][\w./]*)$", out, re.M)] == [first, second], out
            assert "error" not in errors
            assert "\x1b" not in out
            assert stepping("quit\nn\n", *arguments)[0].count("\n\n[") == 1  # what follows it is not read


@check
def words_and_addresses():
    """g takes an address, words or a value; what is nowhere is one line, and nothing moves."""
    for line, where in (("g message.1/encrypt/block.1/round.5/sbox.3", "message.1/encrypt/block.1/round.5/sbox.3"),
                        ("g round 5 sbox 3", "message.1/encrypt/block.1/round.5/sbox.3"),
                        ("go to round 5 s-box 3", "message.1/encrypt/block.1/round.5/sbox.3"),
                        ("G subkey 4", "schedule/round.4"), ("g 85E813540F0AB405", "message.1")):
        out, errors = stepping(line + "\n", *DES)
        assert heading(out).startswith(where), (line, out)
        assert not errors
    out, errors = stepping("g round 5\ng round 99 sbox\ng\nround 5\nnn\ni 3\nfrobnicate\x1b[2J\n?\n", *DES)
    assert errors.count("keyhole: error:") == 6 and errors.count("\n") == 6, errors
    assert "\x1b" not in errors
    assert heading(out) == "schedule/round.5"
    assert "2 steps match" in out and "message.1/encrypt/block.1/round.5" in out  # it says that there was another
    assert out.count("q quit") == 2


@check
def starts_where_it_is_told():
    out, _ = stepping("", *DES, "--at", "message.1/encrypt/block.1/ip")
    assert heading(out) == "message.1/encrypt/block.1/ip"
    for flags in (("--at", "nowhere"), ("--json",), ("--hex", "00", "--in", "-")):
        done = subprocess.run([KEYHOLE, *DES, "--step", *flags], capture_output=True, text=True, timeout=LIMIT)
        assert done.returncode == 2 and re.fullmatch("keyhole: error: .*\n", done.stderr), done


@check
def a_terminal():
    """Arrow keys act at once, a line may be corrected, prose is wrapped at words, and the mode of the terminal comes back."""
    with Terminal(KEYHOLE, *DES, "--step", columns=50) as terminal:
        shown = terminal.shows(PROMPT)
        assert BOLD + "schedule" in shown
        prose = shown[shown.index("Permuted choice"):]
        assert max(map(len, prose.splitlines())) <= 50 and " ".join(prose.split()).startswith(
            "Permuted choice 1 takes 56 of the key's 64 bits and leaves out"), prose
        for keys, where in ((DOWN, "schedule/round.1"), (RIGHT, "schedule/round.2"), (LEFT, "schedule/round.1"),
                            (UP, "schedule"), (END, "message.1/encrypt/block.1/fp"), (HOME, "schedule"), ("\x1bOB", "schedule/round.1"),
                            ("g rounf\x7fd 5 sbox 3\n", "message.1/encrypt/block.1/round.5/sbox.3"),
                            ("nonsense\x15u\n", "schedule/round.1"), ("\r", "schedule/round.2")):
            terminal.type(keys)
            assert heading(terminal.shows(PROMPT)) == where, keys
        terminal.type("ab" + DOWN + "\x7f\x7f?\n")  # an arrow in the middle of a line is nothing
        assert "q quit" in terminal.shows(PROMPT)
        assert terminal.mode() != terminal.usual_mode
        terminal.type("\x04")
        assert terminal.wait() == 0
        assert terminal.mode() == terminal.usual_mode
    with Terminal(KEYHOLE, *DES, "--step") as terminal:
        terminal.shows(PROMPT)
        terminal.type("\x03")
        assert terminal.wait() != 0
        assert terminal.mode() == terminal.usual_mode


@check
def a_plain_terminal():
    """No escape sequence on a dumb terminal, no colour with NO_COLOR; arrows then come with Enter."""
    for environment in ({"TERM": "dumb"}, {"TERM": ""}, {"NO_COLOR": "1"}):
        with Terminal(KEYHOLE, *DES, "--step", environment=environment.items()) as terminal:
            assert "\x1b" not in terminal.shows(PROMPT)
            terminal.type("g round 5 sbox 3\n")
            assert "\x1b" not in terminal.shows(PROMPT)
            terminal.type(DOWN + RIGHT + "\n" if "TERM" in environment else "quit\n")
            if "TERM" in environment:
                assert heading(terminal.shows(PROMPT)) == "message.1/encrypt/block.1/round.5/sbox.5"
                terminal.type("quit\n")
            assert terminal.wait() == 0


@check
def in_a_chat():
    """connect --step: the steps of what was said so far, messages with say, and its steps stay after the server's bye."""
    with Server("--group", "toy23") as server, Program("connect", f"127.0.0.1:{server.port}", "--step") as client:
        client.type("g derive\nsay Hello\n")  # typed before the handshake is done
        assert server.line() == "client> Hello"
        client.type("g message 1 pad\n")
        while client.line() != "message.1/pad":
            pass
        server.type("Good day\n")
        while client.line() != "server> Good day":
            pass
        server.end_input()
        client.error_line("the chat is over")
        client.type("say too late\n")
        client.error_line("not sent: the chat is over")
        client.type("g message 2 decode\n")
        while client.line() != "message.2/decode":
            pass
        client.type("q\n")
        assert client.wait() == 0
        assert server.wait() == 0


@check
def plain_is_one_sentence_a_line():
    """For a screen reader: no columns, colour or signs, the same values as elsewhere, also on a terminal and for one step."""
    out, errors = stepping("i\ng round 5\nb\nb\nfrobnicate\n", *DES, "--at", "message.1/encrypt/block.1/round.5/sbox.3", "--plain")
    assert "The address is message.1/encrypt/block.1/round.5/sbox.3.\n" in out and re.search(r"Step \d+ of 233\. ", out), out
    assert errors.count("\n") == 1 and "frobnicate" in errors
    for line in out.splitlines():
        assert "  " not in line and "\x1b" not in line and not re.search("[\u2295\u2192\u2080-\u2089]", line), line
        sentences = re.findall(r"[.?!] (?=[A-Z])", line)
        assert not sentences or re.match(r"Step \d+ of \d+\. ", line), line
        assert not line or line.endswith((".", "!", "?", ". ")), line
    one = subprocess.run([KEYHOLE, *DES, "--at", "message.1/encrypt/block.1/round.5/join", "--plain"], capture_output=True,
                         text=True, timeout=LIMIT).stdout
    full = subprocess.run([KEYHOLE, *DES, "--at", "message.1/encrypt/block.1/round.5/join"], capture_output=True, text=True,
                          timeout=LIMIT).stdout
    for name, value in re.findall(r"^  (\w+) +(0x\w+)", full, re.M):
        assert f"{name} is {value}, in bits " in one, (name, one)
    assert "L5 = R4 = " in one and " XOR " in one and "\n\n" not in one
    for arguments in ((*DES, "--plain"), (*DES, "--at", "schedule", "--plain", "--json")):
        done = subprocess.run([KEYHOLE, *arguments], capture_output=True, text=True, timeout=LIMIT)
        assert done.returncode == 2 and done.stderr.count("\n") == 1, done


run_all()
