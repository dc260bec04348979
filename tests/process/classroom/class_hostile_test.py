"""Strangers at the door of a class: whatever they send, they are answered or closed, and nobody else notices."""

import json
import random
import socket
import time

from chat_process import check, run_all
from class_program import Class
from running import LIMIT, wait_until
from web_client import BINARY, PING, TEXT, Refused, WebSocket, all_at_once, read_response, request

lesson = Class("--max-students", "50")
honest = WebSocket(lesson.port)
honest.say(type="join", name="Ann")
assert honest.hear("joined")


def the_class_goes_on():
    lesson.type("n\n")
    assert honest.hear("at")["address"]
    assert request(lesson.port)[0] == 200


def is_here(name):
    return any(student["name"] == name and student["here"] for student in lesson.command("who", "who")["students"])


@check
def pages_are_strict():
    for path in ("/", "/class.css", "/class.js", "/page.html", "/recording.json", "/step?connect"):
        status, fields, body = request(lesson.port, path)
        assert status == 200 and body, path
        assert "default-src 'none'" in fields["content-security-policy"]
        assert "unsafe-inline" not in fields["content-security-policy"].partition("style-src")[0]
        assert fields["x-content-type-options"] == "nosniff"
        assert request(lesson.port, path, method="HEAD")[1]["content-length"] == fields["content-length"]
    page = request(lesson.port)[2].decode()
    assert "<script>" not in page and " style=" not in page and " onclick" not in page
    assert "http:" not in page.replace("http://www.w3.org", "")


@check
def other_hosts_and_origins_are_forbidden():
    own = f"127.0.0.1:{lesson.port}"
    for host in ("attacker.example", f"attacker.example:{lesson.port}", "8.8.8.8", "127.0.0.1.attacker.example", "a b"):
        assert request(lesson.port, host=host)[0] == 403, host
    for host in ("localhost", f"localhost:{lesson.port}", own, socket.gethostname()):
        assert request(lesson.port, host=host)[0] == 200, host
    assert request(lesson.port, fields=[f"Origin: http://{own}"])[0] == 200
    for origin in ("http://attacker.example", "null", f"http://{own}.attacker.example", "http://127.0.0.1:1"):
        assert request(lesson.port, fields=[f"Origin: {origin}"])[0] == 403, origin
        for path in ("/lecture", "/keyhole"):
            try:
                WebSocket(lesson.port, path, origin=origin)
                raise AssertionError(f"{origin} got in")
            except Refused as refused:
                assert refused.args == (403,), refused
    WebSocket(lesson.port, origin=f"http://{own}").leave()


@check
def no_path_leads_to_a_file():
    for path in ("/../../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/class/../index.html",
                 "/step?../../etc/passwd", "/step?", "/step", "/assets/class/index.html", "/\x00", "/.git/config", "/class.js/",
                 "/CLASS.JS", "/index.html", "/class.js%00"):
        assert request(lesson.port, path.replace("\x00", "%00"))[0] == 404, path
    assert request(lesson.port, raw=b"GET http://elsewhere/ HTTP/1.1\r\nHost: localhost\r\n\r\n")[0] == 400
    try:
        WebSocket(lesson.port, "/other")
        raise AssertionError("a WebSocket without a name")
    except Refused as refused:
        assert refused.args == (404,)


@check
def requests_that_are_none_get_a_status():
    host = b"Host: localhost\r\n"
    cases = {
        b"GET / HTTP/1.1\r\n\r\n": 400,
        b"GET / HTTP/1.1\r\n" + host + host + b"\r\n": 400,
        b"GET / HTTP/1.1\r\n" + host + b"X: " + b"a" * 20000 + b"\r\n\r\n": 431,
        b"GET / HTTP/1.1\r\n" + host + b"X: y\r\n" * 4000 + b"\r\n": 431,
        b"GET /" + b"a" * 3000 + b" HTTP/1.1\r\n" + host + b"\r\n": 414,
        b"POST / HTTP/1.1\r\n" + host + b"Content-Length: 5\r\n\r\nhello": 413,
        b"POST / HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n": 413,
        b"DELETE / HTTP/1.1\r\n" + host + b"\r\n": 405,
        b"GET / HTTP/1.1\r\n" + host + b"Bad Field: 1\r\n\r\n": 400,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n": 400,  # TLS
        b"\x00" * 64 + b"\r\n\r\n": 400,
    }
    for raw, status in cases.items():
        assert request(lesson.port, raw=raw)[0] == status, (raw[:60], status)
    the_class_goes_on()


@check
def a_refusal_is_whole_whatever_was_asked_before_it():
    host = f"Host: 127.0.0.1:{lesson.port}\r\n".encode()
    with socket.create_connection(("127.0.0.1", lesson.port), timeout=LIMIT) as link:
        reader = link.makefile("rb")
        link.sendall(b"HEAD / HTTP/1.1\r\n" + host + b"Accept-Encoding: gzip\r\n\r\n")
        assert read_response(reader, "HEAD")[0] == 200
        link.sendall(b"GET / HTTP/1.1\r\n" + host + b"X: " + b"a" * 20000 + b"\r\n\r\n")
        status, fields, body = read_response(reader)
        assert status == 431 and len(body) == int(fields["content-length"]) > 0, (status, fields, body)


@check
def random_bytes_disturb_nobody():
    source = random.Random(7)

    def throw(_):
        with socket.create_connection(("127.0.0.1", lesson.port), timeout=LIMIT) as link:
            try:
                link.sendall(b"GET / HTTP/1.1\r\n"[:source.randrange(17)] + source.randbytes(source.randrange(1, 9000)) + b"\r\n\r\n")
                link.shutdown(socket.SHUT_WR)
                while link.recv(65536):
                    pass
            except ConnectionError:
                pass

    all_at_once(40, throw)
    the_class_goes_on()


@check
def half_requests_are_not_waited_for_for_ever():
    links = [socket.create_connection(("127.0.0.1", lesson.port), timeout=LIMIT) for _ in range(100)]
    begin = time.monotonic()
    for link in links:
        link.sendall(b"GET / HTTP/1.1\r\nHost: local")
    for link in links:  # a byte now and then keeps none of them alive
        while True:
            try:
                link.sendall(b"h")
                link.settimeout(0.2)
                if link.recv(100) == b"":
                    break
            except TimeoutError:
                assert time.monotonic() - begin < LIMIT, "a slow head is waited for"
            except ConnectionError:
                break
        link.close()
    assert time.monotonic() - begin > 5  # they were given time
    the_class_goes_on()


@check
def lines_that_are_none_close_with_a_reason():
    cases = [("{", "one JSON object"), ("[]", "one JSON object"), ('{"type":"dance"}', "join, answer or at"),
             ('{"type":"join","name":""}', "at least one character"), (json.dumps({"type": "join", "name": "x" * 41}), "40"),
             ('{"type":"answer","question":1,"answer":"5"}', "joined before"), ('{"type":"at","address":"connect"}', "joined before"),
             ('{"type":"join","name":"Bob","id":"1"}', "an id"), ('{"type":"join","id":"' + "0" * 32 + '"}', "does not know"),
             ("[" * 2000, "one JSON object"), ('{"a":' * 500 + "1" + "}" * 500, "one JSON object")]
    for text, words in cases:
        one = WebSocket(lesson.port)
        one.frame(TEXT, text.encode())
        code, reason = one.end()
        assert code == 1008 and words in reason, (text[:40], code, reason)
    the_class_goes_on()


@check
def frames_that_are_none_close_with_a_code():
    def closed_with(send):
        one = WebSocket(lesson.port)
        try:
            send(one)
        except ConnectionError:
            pass
        return (one.end() or (None,))[0]

    assert closed_with(lambda one: one.frame(BINARY, b'{"type":"join","name":"Bob"}')) == 1003
    assert closed_with(lambda one: one.frame(TEXT, b"\xff\xfe")) == 1007
    assert closed_with(lambda one: one.frame(TEXT, b"x" * 4097)) == 1009
    assert closed_with(lambda one: one.frame(TEXT, b"x" * 100000)) == 1009
    assert closed_with(lambda one: [one.frame(TEXT if i == 0 else 0, b"x" * 100, last=False) for i in range(700)]) == 1009
    assert closed_with(lambda one: one.frame(3, b"")) == 1002
    assert closed_with(lambda one: one.frame(PING, b"x" * 200)) == 1002
    assert closed_with(lambda one: one.link.sendall(b"\x81\x05hello")) == 1002  # without a mask
    the_class_goes_on()


@check
def fragments_make_one_line():
    one = WebSocket(lesson.port)
    whole = '{"type":"join","name":"Zoë"}'.encode()
    for i, byte in enumerate(whole):
        one.frame(TEXT if i == 0 else 0, bytes([byte]), last=i == len(whole) - 1)
    assert one.hear("joined")["name"] == "Zoë"
    one.leave()


@check
def who_speaks_without_end_is_closed():
    one = WebSocket(lesson.port)
    one.say(type="join", name="Bob")
    try:
        for _ in range(500):
            one.say(type="at", address="connect")
    except ConnectionError:
        pass
    end = one.end()  # None where a reset of the connection took the reason away
    assert end is None or (end[0] == 1008 and "too many" in end[1]), end
    assert wait_until(lambda: not is_here("Bob"))
    the_class_goes_on()


@check
def names_stay_text():
    evil = "<script>alert(1)</script>\"'&"
    one = WebSocket(lesson.port)
    one.say(type="join", name=evil)
    assert one.hear("joined")["name"] == evil
    lesson.command("ask title", "error")
    assert evil in [student["name"] for student in lesson.command("who", "who")["students"]]
    one.leave()


@check
def who_does_not_read_holds_up_nobody():
    """What goes to a deaf device waits behind a recording that no buffer of the system holds. When it reads again, it gets the
    newest place and none of those between."""
    long = [part for _ in range(8) for part in ("--say", "client:" + "x" * 100_000)]
    with Class(flags=("--group", "toy23", "--seed", "42", *long)) as other:
        deaf = [WebSocket(other.port, receive_buffer=4096) for _ in range(3)]
        quick = WebSocket(other.port)
        assert len(json.dumps(quick.hear("recording"))) > 8_000_000
        assert quick.hear("at")["address"] == "connect"
        for place in ("keys", "secret", "keys/server.public"):
            other.command(f"g {place}", "at")
            assert quick.hear("at")["address"] == place
        assert deaf[0].hear("recording") and deaf[0].hear("at")["address"] == "keys/server.public"
        other.command("g connect", "at")
        assert deaf[0].hear("at")["address"] == "connect"
        for one in deaf:
            one.leave()


@check
def connections_leave_nothing_behind():
    before = wait_until(lambda: lesson.descriptors() < 40 and lesson.descriptors())
    assert before, lesson.descriptors()

    def visit(i):
        one = WebSocket(lesson.port, "/lecture" if i % 2 else "/keyhole")
        one.text()
        one.leave()

    for _ in range(5):
        all_at_once(40, visit)
    assert wait_until(lambda: lesson.descriptors() <= before + 2), (before, lesson.descriptors())


@check
def it_ends_with_a_word_to_everybody():
    lesson.type("quit\n")
    assert lesson.wait() == 0
    assert honest.end()[0] == 1001


run_all()
