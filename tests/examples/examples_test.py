"""The code in docs/extending.md is the code of the examples beside this file, which are compiled and run: each block stands
there line for line."""

import os
import re
import sys
from pathlib import Path

SOURCE = Path(os.environ.get("KEYHOLE_SOURCE_DIR", Path(__file__).resolve().parents[2]))


def lines_of(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


def stands_in(block, file):
    return any(file[at:at + len(block)] == block for at in range(len(file) - len(block) + 1))


def main():
    document = (SOURCE / "docs/extending.md").read_text(encoding="utf-8")
    examples = {path.name: lines_of(path.read_text(encoding="utf-8")) for path in (SOURCE / "tests/examples").glob("*.cpp")}
    blocks = [lines_of(block) for block in re.findall(r"```cpp\n(.*?)```", document, re.DOTALL)]
    missing = [block for block in blocks if not any(stands_in(block, file) for file in examples.values())]
    for block in missing:
        print("docs/extending.md has code that no example has, beginning with: " + block[0])
    print(f"{len(blocks) - len(missing)} of {len(blocks)} blocks stand in {', '.join(sorted(examples))}")
    return 0 if blocks and not missing else 1


sys.exit(main())
