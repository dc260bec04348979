"""A key search in parts as docs/examples has it: GNU parallel, xargs, and a Slurm array job whose srun is a stand-in."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from chat_process import KEYHOLE, LIMIT, OnTerminal, check, run_all
from crack_program import KEY, PAIR

EXAMPLES = Path(os.environ["KEYHOLE_SOURCE_DIR"], "docs", "examples")
TOOLS = ["sh", "seq", "xargs", "grep", "sort", "mktemp", "rm"]


def programs(folder, tools, scripts):
    """A PATH that has these tools, the keyhole under test, and these scripts."""
    for tool in tools:
        Path(folder, tool).symlink_to(shutil.which(tool))
    Path(folder, "keyhole").symlink_to(KEYHOLE)
    for name, text in scripts.items():
        path = Path(folder, name)
        path.write_text(text)
        path.chmod(0o755)
    return folder


def run(script, *arguments, path, **variables):
    environment = {name: value for name, value in os.environ.items() if name != "KEYHOLE"}
    return subprocess.run(["/bin/sh", EXAMPLES / script, *arguments], capture_output=True, text=True, timeout=2 * LIMIT,
                          env={**environment, "PATH": path, **variables}, cwd=variables.get("HOME"))


def search_in_parts(path):
    found = run("crack-des-parts.sh", *PAIR, "--known-key", KEY, "--unknown-bits", "22", path=path)
    assert (found.returncode, found.stdout) == (0, f"key 0x{KEY}\n"), found
    none = run("crack-des-parts.sh", *PAIR, "--known-key", "333457799BBCDFF1", "--unknown-bits", "18", path=path)
    assert (none.returncode, none.stdout, none.stderr) == (1, "", ""), none
    wrong = run("crack-des-parts.sh", *PAIR, "--known-key", "3", "--unknown-bits", "18", path=path)
    assert wrong.returncode == 2 and wrong.stdout == "" and wrong.stderr.startswith("keyhole: error: "), wrong
    assert len(wrong.stderr.splitlines()) == 1, wrong


@check
def with_gnu_parallel():
    """The parts are GNU parallel's jobs. It is one of third_party/packages.txt: ./dev setup installs it."""
    parallel = shutil.which("parallel")
    assert parallel, "GNU parallel is missing (run ./dev setup)"
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log")
        wrapper = f'#!/bin/sh\necho "$@" >>"{log}"\nexec "{parallel}" "$@"\n'
        search_in_parts(programs(folder, [], {"parallel": wrapper}) + ":" + os.environ["PATH"])
        assert "--part {}/8" in log.read_text(), "GNU parallel was not used"


@check
def the_example_as_it_stands():
    """Without arguments it finds the documentation's key."""
    with tempfile.TemporaryDirectory() as folder:
        done = run("crack-des-parts.sh", path=programs(folder, [], {}) + ":" + os.environ["PATH"])
        assert (done.returncode, done.stdout) == (0, f"key 0x{KEY}\n"), done
        done = run("crack-des-parts.sh", path=folder + "/nowhere:/usr/bin:/bin", KEYHOLE="no-such-keyhole")
        assert done.returncode == 2 and "no program no-such-keyhole" in done.stderr, done


@check
def without_gnu_parallel():
    """xargs does the same; another program that is called parallel is left alone."""
    for scripts in ({}, {"parallel": "#!/bin/sh\necho moreutils\n"}):
        with tempfile.TemporaryDirectory() as folder:
            search_in_parts(programs(folder, TOOLS, scripts))


def task(number, folder, path, last=64):
    return {"SLURM_ARRAY_TASK_ID": str(number), "SLURM_ARRAY_TASK_MAX": str(last), "SLURM_CPUS_PER_TASK": "1",
            "HOME": folder, "PATH": path}


@check
def a_slurm_array():
    """Tasks that are stopped are no failure, keep their part, and go on from their checkpoints."""
    with tempfile.TemporaryDirectory() as tools, tempfile.TemporaryDirectory() as folder:
        pid = Path(folder, "pid")
        path = programs(tools, ["sh", "mv"], {"srun": '#!/bin/sh\necho $$ >new && mv new pid\nexec "$@"\n'})
        checkpoint = Path(folder, "crack-des-7.json")
        chunks = []
        for last in (64, 7):  # the second time as sbatch --array=7 alone
            with OnTerminal("/bin/sh", EXAMPLES / "crack-des.slurm", env=task(7, folder, path, last), cwd=folder) as job:
                job.shows(" keys/s ")
                os.kill(int(pid.read_text()), signal.SIGTERM)  # what srun hands on of --signal=TERM@60
                job.shows("goes on from crack-des-7.json")
                assert job.wait() == 0
            pid.unlink()
            state = json.loads(checkpoint.read_text())
            assert state["part"] == "7/64", state
            chunks.append(state["next_chunk"])
        assert chunks[0] < chunks[1], chunks


@check
def a_slurm_task_to_its_end():
    """A part without the key is no failure of the job; what keyhole refuses is one."""
    with tempfile.TemporaryDirectory() as tools, tempfile.TemporaryDirectory() as folder:
        path = programs(tools, ["sh"], {"srun": '#!/bin/sh\nexec "$@"\n'})
        text = (EXAMPLES / "crack-des.slurm").read_text()
        script = Path(folder, "smaller.slurm")
        script.write_text(text.replace("--unknown-bits 40", "--unknown-bits 22"))
        assert script.read_text() != text
        answers = []
        for number in range(1, 65):
            done = subprocess.run(["/bin/sh", script], env=task(number, folder, path), cwd=folder, capture_output=True,
                                  text=True, timeout=LIMIT)
            assert done.returncode == 0, done
            answers.append(done.stdout)
        assert sorted(answers) == [f"key 0x{KEY}\n"] + ["no key in this part\n"] * 63, answers
        Path(folder, "crack-des-9.json").write_text("{")
        refused = subprocess.run(["/bin/sh", script], env=task(9, folder, path), cwd=folder, capture_output=True, text=True,
                                 timeout=LIMIT)
        assert refused.returncode == 1 and "cannot be used" in refused.stderr, refused


run_all()
