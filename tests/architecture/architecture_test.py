"""The tree keeps the layers of layers.txt, and the rules that find a fault are tried on made-up trees that have one.
Runs without a build: python3 tests/architecture/architecture_test.py"""

import os
import sys
import tempfile

import rules

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))

TABLE = """
core/base    | numbers |                 | threads
core/des     | DES     | core/base       |
viz/draw     | shapes  | core            | imgui
viz/stages/* | stages  | core/des viz/draw |
"""
SOUND = {
    "core/base/bits.hpp": "#pragma once\n#include <thread>\n",
    "core/des/des.hpp": '#pragma once\n#include "core/base/bits.hpp"\n',
    "viz/draw/canvas.cpp": '#include <imgui.h>\n#include "core/des/des.hpp"\n',
    "viz/draw/box.hpp": "#pragma once\n",
    "viz/stages/round/round_model.cpp": '#include "core/des/des.hpp"\n#include "viz/draw/box.hpp"\n',
    "tests/core/des_test.cpp": '#include "core/des/des.hpp"\n#include <mutex>\n',
}
CANVAS = {"viz/draw/canvas.hpp": "#pragma once\n#include <imgui.h>\n"}

# What is added to the sound tree (a text of None takes a file away), and a part of the one sentence that must come of it.
BROKEN = [
    ({"core/base/up.hpp": '#pragma once\n#include "core/des/des.hpp"\n'}, "core/base may not include core/des"),
    ({"core/base/up.hpp": '#pragma once\n#include "core/des/des.hpp"\n'}, "in a circle: core/base -> core/des -> core/base"),
    ({"core/base/spaced.cpp": '  #  include\t"core/des/des.hpp"\n'}, "core/base may not include core/des"),
    ({"core/new/thing.cpp": "\n"}, "no line for core/new"),
    ({"core/des/lost.cpp": '#include "bits.hpp"\n'}, "which is no file of the tree"),
    ({"core/des/bare.hpp": "\n"}, "core/des/bare.hpp is a header without #pragma once"),
    ({"tests/core/bare.hpp": "\n"}, "tests/core/bare.hpp is a header without #pragma once"),
    ({"core/des/run.cpp": "#include <mutex>\n"}, "core/des/run.cpp includes threads"),
    ({"core/des/net.cpp": "#include <boost/asio.hpp>\n"}, "core/des/net.cpp includes asio"),
    ({"netsim/tcp/asio.hpp": "#pragma once\n", "core/des/net.cpp": '#include "netsim/tcp/asio.hpp"\n'},
     "core/des/net.cpp includes asio"),
    ({"core/des/draw.cpp": "#include <imgui_internal.h>\n"}, "core/des/draw.cpp includes imgui"),
    ({"core/des/key.cpp": "#include <GLFW/glfw3.h>\n"}, "core/des/key.cpp includes opengl"),
    ({"viz/draw/box_model.cpp": "#include <imgui.h>\n"}, "viz/draw/box_model.cpp includes imgui, but a model may not"),
    ({**CANVAS, "viz/stages/round/sbox_model.cpp": '#include "viz/draw/canvas.hpp"\n'},
     "sbox_model.cpp includes imgui through viz/draw/canvas.hpp"),
    ({f"core/des/part_{i}.cpp": "\n" for i in range(25)}, "core/des has 26 source files"),
    ({"viz/draw/canvas.cpp": "#include <imgui.h>\n"}, "the table's line of viz/draw names core, which nothing uses"),
    ({"core/base/bits.hpp": "#pragma once\n"}, "the table's line of core/base names threads, which nothing uses"),
    ({"viz/stages/round/round_model.cpp": None}, "the table's line of viz/stages/* names viz/stages/*, which nothing uses"),
]


def faults_of(files):
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            if text is not None:
                os.makedirs(os.path.join(root, os.path.dirname(path)), exist_ok=True)
                with open(os.path.join(root, path), "w", encoding="utf-8") as source:
                    source.write(text)
        return rules.faults(root, rules.read_table(TABLE))


problems = [f"a sound tree has a fault: {fault}" for fault in faults_of(SOUND)]
for change, sentence in BROKEN:
    told = faults_of({**SOUND, **change})
    if not any(sentence in fault for fault in told):
        problems.append(f"{sorted(change)[0]}: not told that {sentence!r}, but {told}")

with open(os.path.join(HERE, "layers.txt"), encoding="utf-8") as table:
    problems += rules.faults(ROOT, rules.read_table(table.read()))
print(*problems, sep="\n")
sys.exit(1 if problems else 0)
