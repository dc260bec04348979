"""Plants small mistakes in the program, one at a time, and lists those that no test notices: ./dev mutate [N] [FOLDER..].

It works on a copy of the tree in build/mutate, so that yours stays as it is. Each mistake is compiled, then the tests of
the same folder run, then all unit tests, then, for the wire, the real programs. What does not compile is not counted.
equivalent.txt names mistakes that change nothing anybody could notice, with the reason."""

import argparse
import filecmp
import os
import random
import re
import shutil
import subprocess
import sys

from mistakes import mistakes_in

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TREE = os.path.join(ROOT, "build", "mutate")
BUILD = os.path.join(TREE, "build", "release")  # where a tree has it, so that ccache knows what it compiled before
# In the window only what decides, not what draws, is tested without a display.
FOLDERS = ["core", "netsim", "classroom", "lesson", "paper", "viz/session", "viz/picture", "viz/stages", "viz/live", "viz/relay",
           "viz/files"]
WIRE = "process.(chat|relay|faults|hostile|wire|serve_web|class)"
PROGRAMS = ("keyhole_tests", "keyhole_paper_tests")
LIMIT = 600  # seconds for the tests of one mistake


def run(*command, **options):
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, **options)


def sources(folders):
    listed = run("git", "ls-files", "--", *folders, cwd=ROOT).stdout.split()
    return [path for path in listed if path.endswith(".cpp") and "/generate" not in path and
            (not path.startswith("viz/stages") or path.endswith("_model.cpp"))]


def copy_tree():
    """The copy has what is in the work tree now, committed or not; files that are the same keep their times."""
    listed = run("git", "ls-files", "-co", "--exclude-standard", "-z", cwd=ROOT).stdout.split("\0")
    wanted = {path for path in listed if path and os.path.exists(os.path.join(ROOT, path))}
    for folder, folders, files in os.walk(TREE):
        if folder == TREE and "build" in folders:
            folders.remove("build")
        for file in files:
            path = os.path.relpath(os.path.join(folder, file), TREE)
            if path not in wanted:
                os.remove(os.path.join(TREE, path))
    for path in wanted:
        source, copy = os.path.join(ROOT, path), os.path.join(TREE, path)
        if not os.path.exists(copy) or not filecmp.cmp(source, copy, shallow=False):
            os.makedirs(os.path.dirname(copy), exist_ok=True)
            shutil.copy(source, copy)


def prepare():
    copy_tree()
    if not os.path.exists(os.path.join(BUILD, "build.ninja")):
        subprocess.run(["cmake", "--preset", "release", "-DBUILD_TESTING=ON"], cwd=TREE, check=True,
                       stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", BUILD, "--target", *PROGRAMS, "keyhole"], check=True, stdout=sys.stderr)


def tests_beside(path):
    """For each program of unit tests the names of its tests in the folder of tests/ that mirrors the one of the source."""
    folder = os.path.join(TREE, "tests", os.path.dirname(path))
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    with open(os.path.join(TREE, "tests", "CMakeLists.txt"), encoding="utf-8") as file:
        lists = file.read()
    of_paper = re.search(r"add_executable\(keyhole_paper_tests\n(.*?)\)", lists, re.DOTALL).group(1).split()
    names = {program: [] for program in PROGRAMS}
    for file in sorted(os.listdir(folder)):
        if file.endswith(".cpp"):
            whole = os.path.join(folder, file)
            text = open(whole, encoding="utf-8").read()
            program = PROGRAMS[os.path.relpath(whole, os.path.join(TREE, "tests")) in of_paper]
            names[program] += re.findall(r'TEST_CASE\(\s*"((?:[^"\\]|\\.)*)"', text)
    return names


def pass_all(program, names=()):
    """Whether they pass, or all of the program where none is named. A comma in a name of Catch separates names."""
    wanted = [re.sub(r"([,\[\]])", r"\\\1", name) for name in names]
    try:
        return run(os.path.join(BUILD, program), "--abort", *([",".join(wanted)] if wanted else []), timeout=LIMIT,
                   cwd=BUILD).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def noticed_by(path):
    """Which tests notice; empty if none does."""
    if not all(pass_all(program, names) for program, names in tests_beside(path).items() if names):
        return "the tests beside it"
    if not all(map(pass_all, PROGRAMS)):
        return "other unit tests"
    on_wire = path.startswith(("netsim", "classroom"))
    if on_wire and run("ctest", "--test-dir", BUILD, "-R", WIRE, "-j2", timeout=3 * LIMIT).returncode:
        return "the programs' tests"
    return ""


def plant(mistake):
    """None where it does not compile, else as noticed_by."""
    path = os.path.join(TREE, mistake.path)
    with open(path, encoding="utf-8") as file:
        whole = file.read()
    lines = whole.split("\n")
    lines[mistake.number - 1] = mistake.after
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines))
        built = run("cmake", "--build", BUILD, "--target", *PROGRAMS, "keyhole")
        return None if built.returncode else noticed_by(mistake.path)
    finally:
        with open(path, "w", encoding="utf-8") as file:
            file.write(whole)


def equivalent():
    with open(os.path.join(ROOT, "tests", "mutate", "equivalent.txt"), encoding="utf-8") as file:
        return {line.rsplit(" | ", 1)[0] for line in file if line.strip() and not line.startswith("#")}


def main():
    parser = argparse.ArgumentParser(prog="./dev mutate", description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("count", nargs="?", type=int, default=20, help="how many mistakes (when not given: 20)")
    parser.add_argument("folders", nargs="*", default=FOLDERS, help="where (when not given: all but what draws)")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="the same seed plants the same mistakes")
    options = parser.parse_args()
    paths = sources(options.folders)
    if not paths:
        parser.error(f"no source of the program lies in {' '.join(options.folders)}")
    known = equivalent()
    all_mistakes = [mistake for path in paths for mistake in mistakes_in(path, open(os.path.join(ROOT, path)).read())
                    if mistake.key() not in known]
    random.Random(options.seed).shuffle(all_mistakes)
    print(f"seed {options.seed}: {options.count} of {len(all_mistakes)} mistakes in {len(paths)} files", flush=True)
    prepare()
    caught, survivors = 0, []
    for mistake in all_mistakes:
        if caught + len(survivors) == options.count:
            break
        who = plant(mistake)
        if who is None:
            continue
        if who:
            caught += 1
        else:
            survivors.append(mistake)
        print(f"{'caught by ' + who if who else 'SURVIVED'}: {mistake}", flush=True)
    print(f"{caught} of {caught + len(survivors)} caught")
    for mistake in survivors:
        print(f"survived: {mistake}")
    return 1 if survivors else 0


sys.exit(main())
