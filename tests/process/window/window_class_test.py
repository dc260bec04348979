"""A class held from the window: a student's device follows it, is asked about its step, and is told when it ends."""

from chat_process import check, free_port, is_listening
from class_program import SBOX, TOY
from live_window import LiveWindow
from real_window import run_all
from running import wait_until
from web_client import WebSocket, request

HIDDEN = '<th scope="row">output</th><td>?</td>'


@check
def a_window_leads_a_class():
    port = free_port()
    with LiveWindow(*TOY, "--goto", SBOX, "--class", f"127.0.0.1:{port}") as window:
        assert wait_until(lambda: is_listening(port))
        assert request(port)[0] == 200
        student = WebSocket(port)
        assert student.hear("recording")["recording"]["format"].startswith("keyhole-recording/")
        assert student.hear("at")["address"] == SBOX
        student.say(type="join", name="Ada")
        assert student.hear("joined")["name"] == "Ada"

        window.press("a")
        asked = student.hear("ask")
        assert (asked["question"], asked["address"], asked["value"], asked["bits"]) == (1, SBOX, "output", 4), asked
        step = request(port, "/step?" + SBOX)[2].decode()
        assert HIDDEN in step, "the open question's step shows its answer"
        student.say(type="answer", question=1, answer="0")
        assert student.hear("answered")["answer"] == "0000"
        window.press("x")
        assert student.hear("closed")["counts"] == {"0000": 1}
        window.press("u")
        revealed = student.hear("revealed")
        assert HIDDEN not in request(port, "/step?" + SBOX)[2].decode()
        assert len(revealed["answer"]) == 4 and revealed["counts"] == {"0000": 1}, revealed

        window.press("v", "a")  # after the last value comes the first
        assert student.hear("ask")["value"] == "input"
        window.fill("e", "yes|*no")
        window.press("Return", "Escape")
        asked = student.hear("ask")
        assert (asked["question"], asked["choices"]) == (3, ["yes", "no"]), asked
        window.press("1", "Right")
        assert student.hear("at")["address"] == SBOX.replace("sbox.1", "sbox.2")

        window.press("h", "s")
        assert student.end() == (1001, "the class is over"), student.closed
        assert wait_until(lambda: not is_listening(port))


@check
def what_the_window_masks_is_not_sent():
    port = free_port()
    with LiveWindow(*TOY, "--class", f"127.0.0.1:{port}") as window:
        assert wait_until(lambda: is_listening(port))
        student = WebSocket(port)
        assert "private_key" in str(student.hear("recording"))
        window.press("1", "m", "m", "m")  # as the server, as the client, as an eavesdropper sees it
        while "private_key" in str(seen := student.hear("recording")):
            pass
        assert "Hello" not in str(seen) and "plaintext" not in str(seen), seen


run_all()
