"""keyhole class from outside: a room of followers, questions with known counts, breaks and returns."""

import json
import os
import random
import tempfile

from chat_process import Program, check, free_port, run_all
from class_program import SBOX, TOY, Class
from running import LIMIT
from web_client import WebSocket, all_at_once, request

CROWD = 300


def student(lesson, name, **more):
    one = WebSocket(lesson.port)
    one.say(type="join", name=name, **more)
    joined = one.hear("joined")
    assert joined, one.closed
    return one, joined["id"]


@check
def a_follower_gets_recording_and_place():
    with Class() as lesson:
        follower = WebSocket(lesson.port)
        recording = follower.hear("recording")["recording"]
        assert recording["format"].startswith("keyhole-recording/"), sorted(recording)
        assert follower.hear("at")["address"] == "connect"
        step = lesson.command("g " + SBOX, "at")
        assert step["address"] == SBOX and step["step"]["title"]
        assert follower.hear("at")["address"] == SBOX
        lesson.command("n", "at")
        assert follower.hear("at")["address"] == SBOX.replace("sbox.1", "sbox.2")


@check
def a_room_of_three_hundred_answers_and_is_counted():
    with Class() as lesson:
        crowd = all_at_once(CROWD, lambda i: student(lesson, f"Student {i}")[0])
        lesson.wait_for(here=CROWD)
        lesson.command("g " + SBOX, "at")
        asked = lesson.command("ask output", "ask")
        assert asked["bits"] == 4 and asked["value"] == "output" and asked["address"] == SBOX
        forms = [lambda n: f"0b{n:b}", lambda n: f"0x{n:X}", str, lambda n: f"{n:04b}"]
        source = random.Random(18)
        answers = [source.randrange(10) for _ in crowd]
        typed = [source.choice(forms)(number) for number in answers]
        expected = {}
        for answer in answers:
            expected[f"{answer:04b}"] = expected.get(f"{answer:04b}", 0) + 1

        def answer(i):
            assert crowd[i].hear("ask")["question"] == 1
            crowd[i].say(type="answer", question=1, answer="0xF")  # thought better of
            crowd[i].say(type="answer", question=1, answer=typed[i])
            assert crowd[i].hear("answered")["answer"] == "1111"
            assert crowd[i].hear("answered")["answer"] == f"{answers[i]:04b}"

        all_at_once(CROWD, answer)
        assert lesson.command("close", "closed")["counts"] == expected
        for one in crowd:
            assert one.hear("closed")["counts"] == expected
        crowd[0].say(type="answer", question=1, answer="3")
        assert "closed" in crowd[0].hear("not_taken")["why"]
        revealed = lesson.command("reveal", "revealed")
        right = next(value for value in step_values(lesson) if value["name"] == "output")["bits"].replace(" ", "")
        assert revealed["answer"] == right and revealed["counts"] == expected
        for one in crowd:
            assert one.hear("revealed") == {"type": "revealed", "question": 1, "answer": right, "counts": expected}


def step_values(lesson):
    return lesson.command("g " + SBOX, "at")["step"]["values"]


@check
def who_comes_back_has_name_and_answer():
    with Class() as lesson:
        people = [student(lesson, name) for name in ("Ann", "Bob", "Cid")]
        lesson.command("ask choices yes|*no|perhaps", "ask")
        for i, (one, _) in enumerate(people):
            one.say(type="answer", question=1, answer=str(i + 1))
            assert one.hear("answered")["answer"] == ("yes", "no", "perhaps")[i]
        people[0][0].leave()
        people[1][0].leave()
        lesson.wait_for(here=1)
        assert [one["here"] for one in lesson.command("who", "who")["students"]] == [False, False, True]
        again = WebSocket(lesson.port)
        again.say(type="join", id=people[0][1])
        joined = again.hear("joined")
        assert joined["name"] == "Ann" and joined["id"] == people[0][1]
        assert again.hear("answered")["answer"] == "yes"
        assert lesson.command("close", "closed")["counts"] == {"no": 1, "perhaps": 1, "yes": 1}
        late = WebSocket(lesson.port)
        assert late.hear("ask")["choices"] == ["yes", "no", "perhaps"]
        assert late.hear("closed")["question"] == 1
        assert lesson.command("reveal", "revealed")["answer"] == "no"
        names = [(one["name"], one["here"]) for one in lesson.command("who", "who")["students"]]
        assert names == [("Ann", True), ("Bob", False), ("Cid", True)], names


@check
def a_second_connection_of_a_student_replaces_the_first():
    with Class() as lesson:
        first, known = student(lesson, "Ann")
        second = WebSocket(lesson.port)
        second.say(type="join", name="Ann", id=known)
        assert second.hear("joined")["id"] == known
        assert first.end()[0] == 1000
        assert lesson.command("who", "who")["here"] == 1


@check
def after_a_restart_the_devices_come_back():
    port = free_port()
    with Class(port=port) as lesson:
        one, known = student(lesson, "Ann")
        lesson.type("quit\n")
        assert lesson.wait() == 0
        assert one.end()[0] == 1001
    with Class(port=port) as lesson:
        again = WebSocket(port)
        again.say(type="join", name="Ann", id=known)
        assert again.hear("joined")["name"] == "Ann"
        assert lesson.command("who", "who")["students"][0]["name"] == "Ann"


@check
def a_student_who_looks_around_is_told_to_the_lecturer():
    with Class() as lesson:
        one, _ = student(lesson, "Ann")
        one.say(type="at", address="keys/server.public")
        one.say(type="answer", question=1, answer="1")  # closes it, so both have been read
        assert one.end() == (1008, "no such question was asked")
        assert lesson.command("who", "who")["students"][0]["at"] == "keys/server.public"


@check
def a_full_class_says_so():
    with Class("--max-students", "2") as lesson:
        people = [student(lesson, name)[0] for name in ("Ann", "Bob")]
        third = WebSocket(lesson.port)
        third.say(type="join", name="Cid")
        code, reason = third.end()
        assert code == 1013 and "full" in reason
        people[0].leave()
        lesson.wait_for(here=1)
        student(lesson, "Cid")


@check
def what_is_asked_for_is_not_on_the_page_until_it_is_revealed():
    with Class() as lesson:
        lesson.command("g " + SBOX, "at")
        open_step = request(lesson.port, "/step?" + SBOX)[2].decode()
        assert "<svg" in open_step and "output" in open_step
        lesson.command("ask output", "ask")
        hidden = request(lesson.port, "/step?" + SBOX)[2].decode()
        assert "<svg" not in hidden and "<td>?</td>" in hidden and "<p>" not in hidden.replace('<p class="source">', "")
        lesson.command("close", "closed")
        assert request(lesson.port, "/step?" + SBOX)[2].decode() == hidden
        lesson.command("reveal", "revealed")
        assert request(lesson.port, "/step?" + SBOX)[2].decode() == open_step


@check
def what_the_viewer_masks_is_nowhere():
    with Class("--viewer", "eavesdropper") as lesson:
        recording = request(lesson.port, "/recording.json")[2].decode()
        assert "private" not in recording and "Hello" not in recording, recording
        assert "Hello" not in request(lesson.port, "/page.html")[2].decode()
        follower = WebSocket(lesson.port)
        assert "Hello" not in json.dumps(follower.hear("recording"))
        assert request(lesson.port, "/step?secret/server.derive")[0] == 404


@check
def page_and_recording_are_those_of_the_command_line():
    with Class() as lesson, tempfile.TemporaryDirectory() as folder:
        record, page = os.path.join(folder, "r.json"), os.path.join(folder, "p.html")
        with Program("exchange", *TOY, "--record", record, "--html", page) as other:
            assert other.wait() == 0
        with open(record, "rb") as file:
            assert request(lesson.port, "/recording.json")[2] == file.read()
        with open(page, "rb") as file:
            assert request(lesson.port, "/page.html")[2] == file.read()


@check
def a_lesson_drives_the_questions():
    with Class("--lesson", "01-two-strangers", flags=()) as lesson:
        one, _ = student(lesson, "Ann")
        asked = lesson.command("ask", "ask")
        heard = one.hear("ask")
        assert heard["question"] == 1 and heard["words"] == asked["words"]
        assert lesson.command("reveal", "revealed")["answer"]
        assert lesson.command("ask", "ask")["question"] == 2


@check
def wrong_commands_cost_nothing():
    with Class() as lesson:
        for line in ("ask nothing", "ask", "close", "reveal", "ask choices a", "dance", "g nowhere/at/all", "ask output at mars"):
            assert lesson.command(line, "error")["error"], line
        assert lesson.command("ask choices a|b", "ask")["question"] == 1
        lesson.type("quit\n")
        assert lesson.wait() == 0


@check
def wrong_arguments_are_one_line_and_2():
    for arguments in (["--viewer", "nobody"], ["--max-students", "0"], ["--open", "a", "--lesson", "b"],
                      ["--open", "a", "--group", "toy23"], ["--host", "a:b:c:d]"]):
        with Program("class", "--port", "0", *arguments) as program:
            assert program.wait() == 2, arguments
            assert program.errors.get(timeout=LIMIT).startswith("keyhole: error: ")
            assert program.errors.get(timeout=LIMIT) is None


@check
def the_address_is_there_as_words_and_as_a_code():
    with Program("class", "--host", "127.0.0.1", "--port", "0", *TOY) as program:
        lines = []
        while not lines or "http://" not in lines[-1]:
            lines.append(program.line())
        port = program.error_line(r"listening on 127\.0\.0\.1:(\d+)").group(1)
        assert lines[-1].strip() == f"http://127.0.0.1:{port}/"
        code = [program.line()]
        while not code[0].strip():
            code = [program.line()]
        while code[-1].strip():
            code.append(program.line())
        assert len(code) > 12 and all(set(line) <= set("█▀▄ ") for line in code), code
        program.type("quit\n")
        assert program.wait() == 0


run_all()
