"""Pages: keyhole --html, read by Python's parser without scripts, checked by tidy, and opened in a browser."""

import html.parser
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import browser
from chat_process import LIMIT, check, run_all
from command import finished

FOLDER = tempfile.TemporaryDirectory()
ROOT = Path(FOLDER.name)
HOSTILE = "<script>alert(1)</script> ]]> </title> --> &amp; \"'"
VOID = {"meta", "br", "hr", "input", "link", "img"}


def make(name, *arguments):
    """The page, and what --json says of the same recording."""
    page, recording = ROOT / f"{name}.html", ROOT / f"{name}.json"
    finished("exchange", *arguments, "--record", recording, "--html", page, "--at", "connect")
    return page, json.loads(finished("replay", recording, "--json").stdout)


class Reader(html.parser.HTMLParser):
    """The sections of a page by their ids: what is written in them, and their headings. Checks on the way that every
    element is closed and that no id stands twice."""

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.sections, self.sources, self.links = [], set(), {}, [], []
        self.here, self.titles, self.elements = None, "", []
        self.feed(text)
        self.close()
        assert self.open == [], self.open

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.elements.append((tag, values))
        if tag not in VOID and self.get_starttag_text()[-2] != "/":
            self.open.append(tag)
        if "id" in values:
            assert values["id"] not in self.ids, values["id"]
            self.ids.add(values["id"])
        if tag == "section":
            self.here = values["id"]
            self.sections[self.here] = []
        self.sources += [values[name] for name in ("src", "srcset", "data", "poster") if name in values]
        if "href" in values:
            self.links.append(values["href"])

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (tag, self.open)
        self.open.pop()
        if tag == "section":
            self.here = None

    def handle_data(self, data):
        if self.open and self.open[-1] == "title":
            self.titles += data
        if self.here:
            self.sections[self.here].append(data)

    def text(self, address):
        return "\n".join(self.sections[address])


page, steps = make("toy", "--group", "toy23", "--seed", "42", "--say", "client:" + HOSTILE, "--say", "server:Hi")
read = Reader(page.read_text(encoding="utf-8"))


@check
def every_step_is_there_without_scripts():
    """Each step of --json has its section, with all its values, its title and its words."""
    assert list(read.sections) == [step["address"] for step in steps]
    for step in steps:
        text = read.text(step["address"])
        for value in step["values"]:
            for form in ("hex", "text", "bits", "decimal"):
                assert str(value.get(form, "")) in text, (step["address"], value, text)
            assert value["name"] in text, (step["address"], value)
        assert step["title"] in text and step["explanation"] in text and step["source"] in text, step["address"]
    headings = {values.get("id") for tag, values in read.elements if tag == "svg"}
    assert headings == {None} and sum(tag == "svg" for tag, _ in read.elements) >= 30
    assert sum(tag == "caption" for tag, _ in read.elements) >= 4  # the rounds of each block


@check
def nothing_is_fetched_and_text_stays_text():
    text = page.read_text(encoding="utf-8")
    assert "http" not in text, text[text.find("http") - 60:][:120]
    assert read.sources == [] and not re.search(r"\b(src|href)=[^\"]", text)
    assert all(re.match(r"data:", url) for url in re.findall(r"url\(\"?([^)\"]*)", text))
    assert all(link.startswith("#") and link[1:] in read.ids for link in read.links), read.links
    assert "alert" not in read.titles and HOSTILE in read.text("message.1/encode")
    assert sum(tag == "script" for tag, _ in read.elements) == 3


@check
def tidy_finds_no_error():
    if not shutil.which("tidy"):
        return print("skipped: there is no tidy")
    for file in (page, overheard_page()):
        done = subprocess.run(["tidy", "-errors", "-quiet", file], capture_output=True, text=True, timeout=LIMIT)
        assert done.returncode == 0, done.stderr[:3000]


def overheard_page():
    out = ROOT / "overheard.html"
    finished("replay", ROOT / "toy.json", "--viewer", "eavesdropper", "--html", out, "--at", "connect")
    return out


@check
def a_viewer_s_page_holds_no_secret():
    """Private keys, secrets, keys and texts are nowhere in the bytes, in any form that a trace has for them."""
    recording, out = ROOT / "big.json", ROOT / "big.html"
    text = "nobody else may read this sentence"
    finished("exchange", "--seed", "secrets", "--say", "client:" + text, "--record", recording, "--at", "connect")
    known = {step["address"]: {value["name"]: value for value in step["values"]}
             for step in json.loads(finished("replay", recording, "--json").stdout)}
    server = {known["keys/server.private"]["private_key"]["hex"][2:].lstrip("0")}
    client = {known["keys/client.private"]["private_key"]["hex"][2:].lstrip("0")}
    common = {known["secret/server.shared"]["shared_secret"]["hex"][2:].lstrip("0"),
              known["secret/server.derive"]["key"]["hex"][2:], known["secret/server.derive"]["key"]["decimal"],
              known["secret/server.derive"]["raw"]["hex"][2:], known["secret/server.derive"]["digest"]["hex"][2:18],
              known["secret/server.schedule/round.1"]["subkey"]["hex"][2:], text, text.encode().hex().upper()}
    # Digits of the ends of a long number, as sentences quote them, are too few to be a secret; its middle is not.
    middles = {value[20:60] for value in server | client | common if len(value) > 60}
    for viewer, hidden in (("eavesdropper", server | client | common | middles), ("server", client), ("client", server)):
        finished("replay", recording, "--viewer", viewer, "--html", out, "--at", "connect")
        bytes_of_it = out.read_text(encoding="utf-8").upper()
        for secret in hidden:
            assert secret.upper() not in bytes_of_it, (viewer, secret)
        Reader(out.read_text(encoding="utf-8"))
    own = server | common
    finished("replay", recording, "--viewer", "server", "--html", out, "--at", "connect")
    for value in own:
        assert value.upper() in out.read_text(encoding="utf-8").upper(), value


@check
def the_standard_exchange_is_whole_and_a_long_one_says_what_it_leaves_out():
    whole, all_steps = make("standard", "--seed", "42")
    assert whole.stat().st_size <= 12 << 20, whole.stat().st_size
    assert whole.read_text(encoding="utf-8").count('<section class="step"') == len(all_steps)
    assert 'class="left-out"' not in whole.read_text(encoding="utf-8")
    long = ROOT / "long.html"
    letter = ROOT / "letter.txt"
    letter.write_text("All work and no play makes Jack a dull boy. " * 4000, encoding="utf-8")
    arguments = ["trace", "des", "--key", "133457799BBCDFF1", "--in", letter, "--at", "message.1", "--html", long]
    finished(*arguments)
    assert long.stat().st_size <= 12 << 20
    some = Reader(long.read_text(encoding="utf-8"))
    blocks = {re.search(r"block\.(\d+)", address)[1] for address in some.sections if "block" in address}
    assert blocks == {"1", "2", "3", "4"} and "blocks 1 to 4 of each" in long.read_text(encoding="utf-8")
    finished(*arguments, "--blocks", "20..21")
    some = Reader(long.read_text(encoding="utf-8"))
    assert {re.search(r"block\.(\d+)", a)[1] for a in some.sections if "block" in a} == {"20", "21"}
    assert "message.1/encrypt/block.21/round.16/join" in some.sections


@check
def wrong_flags_write_nothing():
    out = ROOT / "none.html"
    for flags, words in ((["--blocks", "4..1"], "backwards"), (["--blocks", "0"], "names no blocks"), (["--blocks", "x"], "no blocks"),
                         (["--viewer", "mallory"], "not known"), (["--viewer", "server"], "nobody sends anything")):
        done = finished("trace", "modexp", "--base", "5", "--exponent", "6", "--modulus", "23", "--html", out, *flags, status=2)
        assert words in done.stderr and done.stderr.count("\n") == 1, done.stderr
    assert not out.exists()
    assert finished("replay", ROOT / "toy.json", "--viewer", "server", status=2).stderr.count("\n") == 1
    finished("trace", "modexp", "--base", "5", "--exponent", "6", "--modulus", "23", "--html", ROOT / "no" / "folder.html", status=3)


HERE = "document.querySelector('section[aria-current=step]').id"


@check
def a_browser_opens_it_at_an_anchor_and_steps():
    if not browser.found():
        return print("skipped: there is no Chromium")
    by_address = {step["address"]: step for step in steps}
    start = "message.1/encrypt/block.1/round.5/sbox.3"
    with browser.Browser() as window:
        window.open(page, start)
        assert window.run(HERE) == start
        shown = window.run("document.querySelector('section.current').innerText")
        for value in by_address[start]["values"]:
            for form in ("hex", "bits", "decimal"):
                assert str(value.get(form, "")) in shown, (value, shown)
        figure = "[...document.querySelectorAll('section.current svg text')].map((text) => text.textContent).join(' ')"
        assert "Round 5 of 16" in window.run(figure), window.run(figure)
        for key, where in (("ArrowRight", "message.1/encrypt/block.1/round.5/sbox.4"), ("ArrowLeft", start),
                           ("ArrowUp", "message.1/encrypt/block.1/round.5"), ("ArrowRight", "message.1/encrypt/block.1/round.6"),
                           ("ArrowDown", "message.1/encrypt/block.1/round.6/expand"), ("Home", "connect"),
                           ("ArrowRight", "parameters"), ("ArrowDown", "parameters/server.choose"),
                           ("End", steps[-1]["address"]), ("ArrowRight", steps[-1]["address"])):
            window.press(key)
            assert window.run(HERE) == where, (key, where, window.run(HERE))
            assert window.run("decodeURIComponent(location.hash)") == "#" + where
            assert window.run("document.querySelectorAll('nav [aria-current=step]').length") == 1
            assert window.run("document.querySelectorAll('section.current').length") == 1
        # Every figure can be put together, and holds the numbers of its step.
        for n in (1, 7, 16):
            address = f"message.2/decrypt/block.1/round.{n}"
            window.run(f"new Promise((done) => {{addEventListener('hashchange', done, {{once: true}}); location.hash = '{address}'}})")
            text = window.run(figure)
            for value in by_address[address]["values"]:
                if value["name"] in ("left_in", "right_in", "right_out"):
                    assert value["hex"][2:] in text, (address, value, text)
        assert window.run("document.querySelectorAll('script').length") == 3  # the text made none
        assert window.requests() == []


@check
def a_browser_masks_by_viewer():
    if not browser.found():
        return print("skipped: there is no Chromium")
    with browser.Browser() as window:
        window.open(page, "keys/server.public")
        assert "exponent" in window.run("document.querySelector('section.current table').innerText")
        window.press("m", text="m")  # the server
        window.press("m", text="m")  # the client
        assert window.run("document.querySelector('input:checked').value") == "client"
        assert window.run(HERE) == "keys/server.public"
        assert "exponent" not in window.run("document.querySelector('section.current table').innerText")
        window.press("ArrowDown")
        assert window.run(HERE) == "keys/client.private", window.run(HERE)  # the bits are hidden: over
        window.run("new Promise((done) => {addEventListener('hashchange', done, {once: true}); location.hash = 'keys/server.private'})")
        assert window.run(HERE) == "keys"
        assert "never sends it" in window.run("document.getElementById('keyhole-notice').textContent")
        window.press("m", text="m")  # an eavesdropper
        assert window.run("[...document.querySelectorAll('section.step')].filter((s) => !s.classList.contains('unknown')).length") < 20
        window.press("m", text="m")  # both again
        window.open(page, "keys/server.private")
        assert window.run(HERE) == "keys/server.private"


@check
def a_browser_without_scripts_shows_tables():
    if not browser.found():
        return print("skipped: there is no Chromium")
    with browser.Browser(scripts=False) as window:
        window.open(page)
        tree = window.ask("DOM.getDocument", depth=-1)["root"]
        first = window.ask("DOM.querySelector", nodeId=tree["nodeId"], selector="[id='message.1/encrypt/block.1/round.5'] table")["nodeId"]
        box = window.ask("DOM.getBoxModel", nodeId=first)["model"]
        assert box["height"] > 50, box  # it is laid out: seen
        bar = window.ask("DOM.querySelector", nodeId=tree["nodeId"], selector="#keyhole-bar")["nodeId"]
        try:
            window.ask("DOM.getBoxModel", nodeId=bar)
        except AssertionError:
            return  # buttons that do nothing are not shown
        raise AssertionError("the bar is shown")


run_all()
