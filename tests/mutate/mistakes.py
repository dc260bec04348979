"""Small mistakes such as people make, planted in one line of C++ each."""

import re

# Operators stand between blanks in house style, which tells them from templates, references and signs.
SWAPS = {
    "relation": [(" < ", " <= "), (" <= ", " < "), (" > ", " >= "), (" >= ", " > "), (" == ", " != "), (" != ", " == ")],
    "arithmetic": [(" + ", " - "), (" - ", " + "), (" * ", " + "), (" / ", " * "), (" % ", " / ")],
    "logic": [(" && ", " || "), (" || ", " && "), ("true", "false"), ("false", "true")],
}
NUMBER = re.compile(r"(?<![\w.\"'])(\d+)(?=[U;,)\]} ])(?!\.)")
SIMPLE = r"[\w.:>-]+(?:\([\w.]*\))?"
NEIGHBOURS = re.compile(rf"(?:(?<=\w\()|(?<=, ))({SIMPLE}), ({SIMPLE})(?=[,)])")  # arguments of a call
STATEMENT = re.compile(r"^\s+(?!return|throw|break|continue|using|static|const|auto|case|default|goto|if|for|while|else)"
                       r"[\w.\->\[\]():]+(?:\(.*\)| [+\-|&^]?= .*|\+\+|--);$")
CHECK = re.compile(r"^\s+if \(.*\) (?:return|throw|continue|break)\b.*;$")


class Mistake:
    """One line of one file, as it is and as it becomes; an empty line where it is dropped."""

    def __init__(self, path, number, kind, before, after):
        self.path, self.number, self.kind, self.before, self.after = path, number, kind, before, after

    def __str__(self):
        after = self.after.strip() or "(dropped)"
        return f"{self.path}:{self.number} {self.kind}: {self.before.strip()}  =>  {after}"

    def key(self):
        """How tests/mutate/equivalent.txt names it: lines move, their words stay."""
        return f"{self.path} | {self.before.strip()} | {self.after.strip()}"


def code_of(line):
    """The line with its strings and comments blanked, so that places in it are places in the line."""
    line = re.sub(r'"(?:[^"\\]|\\.)*"', lambda text: '"' + "_" * (len(text[0]) - 2) + '"', line)
    return re.sub(r"//.*", lambda text: " " * len(text[0]), line)


def swapped(line, code):
    for kind, pairs in SWAPS.items():
        for old, new in pairs:
            pattern = rf"\b{old}\b" if old.isalpha() else re.escape(old)
            for match in re.finditer(pattern, code):
                yield kind, line[:match.start()] + new + line[match.end():]


def mistakes_in_line(line):
    """Pairs of a kind and the altered line."""
    code = code_of(line)
    if not code.strip() or code.lstrip().startswith(("#", "using ", "namespace ", "template", "static_assert", "assert")):
        return
    yield from swapped(line, code)
    for match in NUMBER.finditer(code):
        yield "constant", line[:match.start()] + str(int(match[1]) + 1) + line[match.end():]
    for match in NEIGHBOURS.finditer(code):
        first, second = line[match.start(1):match.end(1)], line[match.start(2):match.end(2)]
        if first != second:
            yield "arguments", f"{line[:match.start(1)]}{second}, {first}{line[match.end(2):]}"
    if CHECK.match(code):
        yield "check", ""
    elif STATEMENT.match(code):
        yield "statement", ""


def mistakes_in(path, text):
    """All that can be planted in the file. Those of one line that are alike count once."""
    for number, line in enumerate(text.split("\n"), 1):
        seen = {line}
        for kind, after in mistakes_in_line(line):
            if after not in seen:
                seen.add(after)
                yield Mistake(path, number, kind, line, after)
