"""Man pages and the completion of bash and zsh, written from what the programs' own --help says, so that they cannot say
anything else: from_help.py OUT PROGRAM... writes OUT/NAME.1 for each program, OUT/keyhole.bash and OUT/_keyhole."""

import pathlib
import re
import subprocess
import sys

OPTION = re.compile(r"  ((?:-\w,)?--[\w-]+).*?(?: {2,}(.*))?$")
COMMAND = re.compile(r"  ([a-z][\w-]*) {2,}(.*)$")


class Command:
    """One command as its --help has it, with the commands below it."""

    def __init__(self, program, words):
        self.words = words  # ["keyhole", "trace", "des"]
        done = subprocess.run([program, *words[1:], "--help"], capture_output=True, text=True, check=True, timeout=60)
        self.help = done.stdout.rstrip("\n")
        self.about = self.help.splitlines()[0]
        self.flags, self.below = {}, []  # "--key": what it is for
        section = ""
        for line in self.help.splitlines():
            if line and not line.startswith(" "):
                section = line.lower()
            elif section.startswith("subcommands") and (found := COMMAND.match(line)):
                self.below.append(Command(program, [*words, found[1]]))
            elif found := OPTION.match(line):
                for name in found[1].split(","):
                    self.flags[name] = found[2] or ""

    def all(self):
        return [self, *(deeper for command in self.below for deeper in command.all())]

    def names(self):
        return [command.words[-1] for command in self.below]


def roff(text):
    """Text that roff shows as it stands."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("^", "\\(ha").replace("`", "\\(ga")
    return "\n".join("\\&" + line if line.startswith((".", "\\(aq")) else line for line in escaped.splitlines())


def man_page(command, version):
    name = command.words[0]
    page = [f'.TH {name.upper()} 1 "" "Keyhole {version}" "Keyhole"', ".SH NAME", f"{roff(name)} \\- {roff(command.about)}",
            ".SH SYNOPSIS", f".B {roff(name)}", "\\fR[\\fIOPTIONS\\fR]" + (" \\fICOMMAND\\fR" if command.below else "")]
    for part in command.all():
        heading = "DESCRIPTION" if part is command else roff(" ".join(part.words)).upper()
        page += [f".SH {heading}", ".nf", roff(part.help), ".fi"]
    page += [".SH EXIT STATUS", "0: done. 1: the answer is no. 2: bad input or usage. 3: network or file trouble."]
    return "\n".join(page) + "\n"


# Both completions first find out which command the words before the cursor name.
BASH = """# Completion of keyhole and keyhole-viz for bash; written from their --help.
_keyhole() {{
    local command=${{1##*/}} current=${{COMP_WORDS[COMP_CWORD]}} word
    for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        case "$command $word" in
            {paths}) command="$command $word" ;;
        esac
    done
    COMPREPLY=()
    case $command in
{cases}
    esac
}}
complete -o default -F _keyhole {programs}
"""
BASH_CASE = """        '{path}')
            case $current in
                -*) mapfile -t COMPREPLY < <(compgen -W '{flags}' -- "$current") ;;
                *) mapfile -t COMPREPLY < <(compgen -W '{names}' -- "$current") ;;
            esac ;;"""
ZSH = """#compdef {programs}
# Completion of keyhole and keyhole-viz for zsh; written from their --help.
local command=${{words[1]:t}} word
local -a commands options
for word in ${{words[2,CURRENT-1]}}; do
    case "$command $word" in
        {paths}) command="$command $word" ;;
    esac
done
case $command in
{cases}
esac
if [[ $PREFIX == -* ]]; then
    _describe -o option options
elif (( $#commands )); then
    _describe command commands
else
    _files
fi
"""
ZSH_CASE = """    '{path}')
        commands=({names})
        options=({flags}) ;;"""


def quoted(name, about):
    text = f"{name}:{about}" if about else name
    return "'" + text.replace("'", "'\\''") + "'"


def bash_case(command):
    return BASH_CASE.format(path=" ".join(command.words), flags=" ".join(command.flags), names=" ".join(command.names()))


def zsh_case(command):
    return ZSH_CASE.format(path=" ".join(command.words), names=" ".join(quoted(c.words[-1], c.about) for c in command.below),
                           flags=" ".join(quoted(*flag) for flag in command.flags.items()))


def main():
    out, programs = pathlib.Path(sys.argv[1]), sys.argv[2:]
    out.mkdir(parents=True, exist_ok=True)
    tops = [Command(program, [pathlib.Path(program).name]) for program in programs]
    for program, top in zip(programs, tops):
        version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
        (out / f"{top.words[0]}.1").write_text(man_page(top, version), encoding="utf-8")
    commands = [command for top in tops for command in top.all()]
    paths = "|".join(f"'{' '.join(c.words)}'" for c in commands if len(c.words) > 1)
    names = " ".join(top.words[0] for top in tops)
    for file, frame, case in (("keyhole.bash", BASH, bash_case), ("_keyhole", ZSH, zsh_case)):
        text = frame.format(paths=paths, cases="\n".join(map(case, commands)), programs=names)
        (out / file).write_text(text, encoding="utf-8")


main()
