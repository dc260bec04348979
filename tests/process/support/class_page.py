"""The plain page of a class in a browser: what a student does there."""

from running import wait_until

TEXT = "document.body.innerText"


def shows(page, words):
    assert wait_until(lambda: words in page.run(TEXT)), (words, page.run(TEXT))


def fill(page, field, text):
    page.run(f"document.getElementById({field!r}).select()")
    page.ask("Input.insertText", text=text)
    page.press("Enter", text="\r", code="Enter", windowsVirtualKeyCode=13)


def join(page, lesson, name="Ann"):
    page.visit(lesson.addresses[0])
    shows(page, "Connected")
    fill(page, "name", name)
    shows(page, f"You are here as {name}")
