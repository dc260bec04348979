"""Tables as a notebook and a lecturer handle them: the example of docs/trace-format.md, and verify from outside."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from chat_process import LIMIT, check, run_all
from command import keyhole

SOURCE = Path(os.environ.get("KEYHOLE_SOURCE_DIR", Path(__file__).resolve().parents[3]))
FIELD = SOURCE / "tests/core/verify/field"


@check
def the_notebook_example_runs():
    """The Python of docs/trace-format.md, as it stands there, on the export that is made above it."""
    document = (SOURCE / "docs/trace-format.md").read_text(encoding="utf-8")
    example = re.search(r"```python\n(.*?)```", document, re.DOTALL).group(1)
    with tempfile.TemporaryDirectory() as folder:
        done = keyhole("trace", "des", "--key", "133457799BBCDFF1", "--text", "Hello", "--csv", "hello", cwd=folder)
        assert done.returncode == 0, done.stderr
        run = subprocess.run([sys.executable, "-c", example], capture_output=True, text=True, timeout=LIMIT, cwd=folder)
        assert run.returncode == 0, run.stderr
        assert len(run.stdout.splitlines()) == 16, run.stdout


@check
def verify_ends_with_its_status():
    """0 with what was read, 1 with the cell and the cause, 2 with one line."""
    done = keyhole("verify", FIELD / "09_few_columns")
    assert (done.returncode, done.stdout.splitlines()) == (0, [
        "rounds.csv: 16 rows, without message, stage, block, left_in, right_in, expanded, mixed, s_out, p_out", "verified"])
    done = keyhole("verify", FIELD / "10_row_first_two_bits")
    assert done.returncode == 1 and "the first two bits chose the row" in done.stdout, done
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "Rounds.csv").write_text("round,subkey\n", encoding="utf-8")
        done = keyhole("verify", folder)
        assert done.returncode == 2 and done.stderr.count("\n") == 1 and "it has Rounds.csv" in done.stderr, done
        Path(folder, "rounds.csv").write_text("round;subkey;note\n1;0x194CD072DE8C;x\n", encoding="utf-8")
        done = keyhole("verify", folder)
        assert done.returncode == 0 and done.stdout.endswith("not read: note\nnot read: Rounds.csv\nverified\n"), done


run_all()
