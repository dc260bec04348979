"""keyhole on bad networks: hosts in namespaces, and a router between them that cuts, delays, loses and reorders.

network_test.py [--long] [--list] [SCENE..]    a scene's name, or what names begin with; without any: all but the long ones
Scenes wait most of the time, so all run at once, each in a process, with mounts, networks and processes of its own that
end with it."""

import faulthandler
import importlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "process", "support"))
SKIPPED = 77  # ctest's SKIP_RETURN_CODE
PATIENCE = float(os.environ.get("KEYHOLE_PATIENCE", "1"))
# A connection that was cut off for long tries again seldom, and many programs share the machine.
os.environ["KEYHOLE_PATIENCE"] = str(1.5 * PATIENCE)
BETWEEN_STARTS = 0.25  # seconds
CONTAINED = ["setpriv", "--pdeathsig", "KILL", "unshare", "--mount", "--propagation", "private", "--pid", "--mount-proc",
             "--fork", "--kill-child", "--"]
TRIAL = "import sys; sys.path[:0] = sys.argv[1:]; from host import Host; Host('trial', 1, 1500).close()"

import scene  # noqa: E402  (the folders above have to be known first)

for file in sorted(os.listdir(HERE)):
    if file.endswith("_scenes.py"):
        importlib.import_module(file[:-3])


def reason_to_skip():
    """Why no network can be made here; nothing where one can."""
    if os.geteuid() != 0:
        return "networks of the tests' own are made by root only"
    if not shutil.which("setpriv") or not shutil.which("unshare"):
        return "util-linux is not here (setpriv, unshare)"
    if not os.path.exists("/dev/net/tun"):
        return "this machine has no /dev/net/tun"
    tried = subprocess.run([*CONTAINED, sys.executable, "-c", TRIAL, HERE], capture_output=True, text=True)
    if tried.returncode != 0:
        return "no namespaces or no network devices may be made here: " + (tried.stderr.strip().splitlines() or ["?"])[-1]
    return None


def chosen(words, with_long):
    """The scenes of these words; exits with a list where a word names none."""
    names = scene.scenes
    if not words:
        return [each for each in names.values() if with_long or not each.is_long]
    for word in words:
        if not any(name.startswith(word) for name in names):
            print(f"there is no scene {word}; these are:", *names, sep="\n  ", file=sys.stderr)
            sys.exit(2)
    return [each for name, each in names.items() if any(name.startswith(word) for word in words)]


def play(name):
    """One scene, in this process. One that hangs says where."""
    faulthandler.dump_traceback_later(scene.scenes[name].seconds * PATIENCE, exit=True, file=sys.stdout)
    try:
        scene.scenes[name].play()
    except Exception:
        traceback.print_exc(file=sys.stdout)
        sys.exit(1)


class Played:
    """A scene in a process of its own."""

    def __init__(self, which):
        self.scene, self.begin = which, time.monotonic()
        self.output = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen([*CONTAINED, sys.executable, os.path.abspath(__file__), "--play", which.name],
                                        stdout=self.output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        self.outcome = None

    def is_done(self):
        """Whether it has ended now or before; one that takes too long is ended."""
        seconds = time.monotonic() - self.begin
        if self.outcome is None and self.process.poll() is not None:
            self.tell("ok" if self.process.returncode == 0 else "FAILED", seconds)
        elif self.outcome is None and seconds > self.scene.seconds * PATIENCE + 10:
            self.process.kill()
            self.process.wait()
            self.tell("FAILED (it took too long)", seconds)
        return self.outcome is not None

    def tell(self, outcome, seconds):
        self.outcome = outcome
        print(f"{self.scene.name}: {outcome}, {seconds:.1f} s", flush=True)
        self.output.seek(0)
        if outcome != "ok":
            print(self.output.read(), flush=True)
        self.output.close()


def play_all(which):
    begin, playing = time.monotonic(), []
    for each in which:
        playing.append(Played(each))
        time.sleep(BETWEEN_STARTS)
    while not all([each.is_done() for each in playing]):
        time.sleep(0.1)
    failed = [each.scene.name for each in playing if each.outcome != "ok"]
    print(f"{len(playing) - len(failed)} passed, {len(failed)} failed in {time.monotonic() - begin:.0f} s", *failed)
    return 1 if failed else 0


def main(words):
    if words[:1] == ["--play"]:
        return play(words[1])
    options = {word for word in words if word.startswith("--")}
    if options - {"--long", "--list"}:
        print(__doc__, file=sys.stderr)
        return 2
    which = chosen([word for word in words if word not in options], "--long" in options)
    if "--list" in options:
        print(*(each.name for each in which), sep="\n")
        return 0
    reason = reason_to_skip()
    if reason:
        print(f"skipped: {reason}")
        return SKIPPED
    try:
        return play_all(which)
    except KeyboardInterrupt:  # what was begun ends with this process
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
