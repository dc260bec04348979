"""The plain page of a class in a real browser: join, follow, answer, see the counts, come back; skipped without one."""

import sys
import time

import browser
from chat_process import check, free_port, run_all
from class_page import TEXT, fill, join, shows
from class_program import SBOX, Class
from running import LIMIT, wait_until

if not browser.found():
    print("skipped: no Chromium")
    sys.exit(77)


@check
def a_student_joins_follows_and_answers_with_the_keyboard_alone():
    with Class() as lesson, browser.Browser() as page:
        join(page, lesson)
        lesson.wait_for(here=1)
        begin = time.monotonic()
        lesson.command("g " + SBOX, "at")
        assert wait_until(lambda: SBOX in page.run("document.getElementById('step').innerText"))
        assert time.monotonic() - begin < LIMIT / 8
        assert page.run("document.querySelectorAll('#step svg').length") == 1
        assert page.run("document.querySelectorAll('#step table tbody tr').length") >= 4
        lesson.command("ask output", "ask")
        shows(page, "What is the output")
        assert wait_until(lambda: page.run("document.querySelectorAll('#step svg').length") == 0)
        fill(page, "answer", "five")
        shows(page, "Not taken: this is no number")
        fill(page, "answer", "0x7")
        shows(page, "Your answer is in: 0111")
        counts = lesson.command("close", "closed")["counts"]
        assert counts == {"0111": 1}
        shows(page, "The question is closed")
        answer = lesson.command("reveal", "revealed")["answer"]
        shows(page, f"The right answer is {answer}. You answered 0111.")
        assert wait_until(lambda: page.run("document.querySelectorAll('#step svg').length") == 1)


@check
def nothing_is_fetched_from_elsewhere_and_nothing_is_refused():
    with Class() as lesson, browser.Browser() as page:
        page.note_refusals()
        join(page, lesson)
        lesson.command("g " + SBOX, "at")
        shows(page, SBOX)
        assert page.run("refused") == [], page.run("refused")
        assert all(url.startswith(lesson.addresses[0]) for url in page.requests())
        assert page.run("getComputedStyle(document.body).fontFamily").startswith("Inter")
        assert page.run("document.querySelectorAll('[style]').length") == 0


@check
def a_name_of_markup_stays_a_name():
    evil = "<img src=x onerror=alert(1)>"
    with Class() as lesson, browser.Browser() as page:
        join(page, lesson, evil)
        assert page.run("document.querySelectorAll('img').length") == 0
        assert lesson.command("who", "who")["students"][0]["name"] == evil


@check
def the_page_comes_back_by_itself_after_a_restart_of_the_class():
    port = free_port()
    with browser.Browser() as page:
        with Class(port=port) as lesson:
            join(page, lesson)
            lesson.command("g " + SBOX, "at")
            lesson.command("ask output", "ask")
            shows(page, "What is the output")
            fill(page, "answer", "7")
            shows(page, "Your answer is in: 0111")
        shows(page, "It is tried again")
        with Class(port=port) as lesson:
            shows(page, "You are here as Ann")
            lesson.command("ask output at " + SBOX, "ask")
            shows(page, "Your answer is in: 0111")
            assert lesson.command("close", "closed")["counts"] == {"0111": 1}


@check
def who_looks_around_is_left_alone_and_follows_again():
    with Class() as lesson, browser.Browser() as page:
        join(page, lesson)
        fill(page, "go", "keys/server.public")
        shows(page, "keys/server.public")
        lesson.command("g " + SBOX, "at")
        lesson.command("ask output", "ask")
        shows(page, "What is the output")  # comes after the place, and what is asked for then comes after what the place asked for
        page.run(f"fetch('/step?{SBOX}').then((answer) => answer.text())")
        assert SBOX not in page.run("document.getElementById('step').innerText")
        assert lesson.command("who", "who")["students"][0]["at"] == "keys/server.public"
        page.run("document.getElementById('follow').click()")
        assert wait_until(lambda: SBOX in page.run("document.getElementById('step').innerText"))
        fill(page, "go", "no/such/step")
        shows(page, "There is no step no/such/step here.")


@check
def who_stays_where_the_lecturer_was_is_told_to_the_lecturer():
    with Class() as lesson, browser.Browser() as page:
        join(page, lesson)
        assert wait_until(lambda: page.run("document.getElementById('step').querySelector('h2,h3,h4,h5,h6') !== null"))
        page.run("document.getElementById('follow').click()")
        lesson.command("g " + SBOX, "at")
        assert wait_until(lambda: lesson.command("who", "who")["students"][0]["at"] == "connect")


@check
def the_same_question_asked_again_is_a_vote_of_its_own():
    with Class() as lesson, browser.Browser() as page:
        join(page, lesson)
        lesson.command("ask choices yes|no", "ask")
        shows(page, "Choose one")
        page.run("document.querySelector('#choices input').click(), document.querySelector('#answer-form button').click()")
        shows(page, "Your answer is in: yes")
        lesson.command("close", "closed")
        shows(page, "The question is closed. You answered yes.")
        lesson.command("ask choices yes|no", "ask")
        assert wait_until(lambda: page.run("document.getElementById('answer-state').textContent") == "")
        # Its word of where it stands comes after all that it has said before.
        fill(page, "go", "keys/server.public")
        assert wait_until(lambda: lesson.command("who", "who")["students"][0]["at"] == "keys/server.public")
        assert lesson.command("close", "closed")["counts"] == {}
        shows(page, "The question is closed.")
        assert "You answered" not in page.run(TEXT)


run_all()
