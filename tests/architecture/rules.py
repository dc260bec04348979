"""Reads the #include lines of a source tree and tells what breaks the rules of layers.txt.

Only text is read: no compiler, no build folder. `faults(root, table)` is the whole interface."""

import os
import re

CHECKED = ("core", "netsim", "viz", "flags", "lesson", "classroom", "paper", "cli")  # every folder of these has a line in the table
EVERYWHERE = CHECKED + ("tests",)  # tests may include anything, but keep the rules that are no matter of layers
MOST_FILES = 25  # of one folder: more than that and nobody finds a file by looking

# The libraries that only some folders may use, by their headers. What reaches a source through other headers counts too
# for those in REACHING: a model has to compile, and to be tested, where there is no ImGui.
LIBRARIES = {
    "imgui": re.compile(r"imgui.*|backends/imgui_.*"),
    "opengl": re.compile(r"(GLFW|glad|GL|GLES\d|EGL)/.*"),
    "opencl": re.compile(r"CL/.*"),
    "pcap": re.compile(r"pcap\.h|pcap/.*"),
    "asio": re.compile(r"boost/(asio|beast).*|netsim/tcp/asio\.hpp"),
    "threads": re.compile(r"thread|stop_token|mutex|shared_mutex|condition_variable|semaphore|latch|barrier|future"),
}
REACHING = ("imgui", "opengl")

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)


class Row:
    """One line of the table: what `folder` is, which folders it may include, which libraries it may use."""

    def __init__(self, line):
        cells = [cell.strip() for cell in line.split("|")] + ["", ""]
        self.folder, self.words = cells[0], cells[1]
        self.folders, self.libraries = cells[2].split(), cells[3].split()
        self.used = set()


def read_table(text):
    """The rows of the table, by folder; blank lines and lines that begin with # say nothing."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {row.folder: row for row in map(Row, lines)}


def covers(pattern, folder):
    """`core` covers core and every folder in it, `viz/stages/*` every folder in viz/stages."""
    pattern = pattern.removesuffix("/*")
    return folder == pattern or folder.startswith(pattern + "/")


def row_of(table, folder):
    """The folder's own line, else the one of all folders beside it (`viz/stages/*`), else None."""
    return table.get(folder) or table.get(os.path.dirname(folder) + "/*")


def read_tree(root):
    """All sources and headers below the checked folders: path -> text."""
    tree = {}
    for top in EVERYWHERE:
        for folder, _, names in os.walk(os.path.join(root, top)):
            for name in names:
                if name.endswith((".cpp", ".hpp", ".h", ".c")):
                    path = os.path.join(folder, name)
                    with open(path, encoding="utf-8") as source:
                        tree[os.path.relpath(path, root)] = source.read()
    return tree


def circle(edges):
    """Folders that include one another in a circle, as a list that ends where it began; None where there is none."""
    done = set()

    def walk(folder, way):
        if folder in way:
            return way[way.index(folder):] + [folder]
        if folder in done:
            return None
        for next_folder in sorted(edges.get(folder, ())):
            found = walk(next_folder, way + [folder])
            if found:
                return found
        done.add(folder)
        return None

    for folder in sorted(edges):
        found = walk(folder, [])
        if found:
            return found
    return None


def way_to(library, path, own, system, seen):
    """The chain of files by which `path` comes to include a header of the library; None where it does not."""
    if any(LIBRARIES[library].fullmatch(header) for header in system[path] + own[path]):
        return [path]
    for header in own[path]:
        if header not in seen and header in own:
            seen.add(header)
            way = way_to(library, header, own, system, seen)
            if way:
                return [path] + way
    return None


def faults(root, table):
    """One sentence for each broken rule, in a fixed order; none in a sound tree."""
    tree = read_tree(root)
    own = {path: [m[0] for m in INCLUDE.findall(text) if m[0]] for path, text in tree.items()}
    system = {path: [m[1] for m in INCLUDE.findall(text) if m[1]] for path, text in tree.items()}
    found = []
    edges = {}

    for path in sorted(tree):
        folder = os.path.dirname(path)
        if path.endswith((".hpp", ".h")) and not re.search(r"^#pragma once$", tree[path], re.MULTILINE):
            found.append(f"{path} is a header without #pragma once")
        for header in own[path]:
            if header not in tree:
                found.append(f'{path} includes "{header}", which is no file of the tree (write the path from its top)')
        if not covers_any(CHECKED, folder):
            continue

        row = row_of(table, folder)
        if not row:
            found.append(f"{path}: the table has no line for {folder}")
            continue
        row.used.add(row.folder)
        for header in own[path]:
            target = os.path.dirname(header)
            if target == folder or header not in tree:
                continue
            edges.setdefault(folder, set()).add(target)
            allowed = [pattern for pattern in row.folders if covers(pattern, target)]
            row.used.update(allowed)
            if not allowed:
                found.append(f"{path} includes {header}, but {folder} may not include {target}")
        for library in LIBRARIES:
            way = way_to(library, path, own, system, set())
            if not way or (way[1:] and library not in REACHING):
                continue
            row.used.add(library)
            model = "_model." in path and library in REACHING
            if model or library not in row.libraries:
                through = " through " + ", ".join(way[1:]) if way[1:] else ""
                found.append(f"{path} includes {library}{through}, but {'a model' if model else folder} may not")

    ring = circle(edges)
    if ring:
        found.append("folders include one another in a circle: " + " -> ".join(ring))
    for folder in sorted({os.path.dirname(path) for path in tree}):
        count = sum(os.path.dirname(path) == folder for path in tree)
        if count > MOST_FILES:
            found.append(f"{folder} has {count} source files, more than {MOST_FILES}")
    for row in table.values():
        for entry in [row.folder, *row.folders, *row.libraries]:
            if entry not in row.used:
                found.append(f"the table's line of {row.folder} names {entry}, which nothing uses")
    return found


def covers_any(patterns, folder):
    return any(covers(pattern, folder) for pattern in patterns)
