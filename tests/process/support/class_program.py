"""Starts `keyhole class` for the tests and speaks with it on standard input and output."""

import json

from chat_process import KEYHOLE, Program

TOY = ("--group", "toy23", "--seed", "42", "--say", "client:Hello")
SBOX = "message.1/encrypt/block.1/round.1/sbox.1"


class Class(Program):
    """With --json; `addresses` is what it says students may type."""

    def __init__(self, *arguments, port=0, flags=TOY, program=KEYHOLE):
        super().__init__("class", "--host", "127.0.0.1", "--port", str(port), "--json", *flags, *arguments, program=program)
        listening = self.told("listening")
        self.port, self.addresses = listening["port"], listening["addresses"]

    def told(self, kind):
        """The next result of that type; others are passed over."""
        while True:
            line = self.line()
            assert line is not None, f"no result {kind}"
            result = json.loads(line)
            if result["type"] == kind:
                return result

    def command(self, line, kind):
        self.type(line + "\n")
        return self.told(kind)

    def wait_for(self, **wanted):
        """Until so many students are here, or have answered."""
        while True:
            students = self.told("students")
            if all(students[name] == value for name, value in wanted.items()):
                return
