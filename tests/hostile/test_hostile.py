"""A few hundred of the inputs of `make hostile`, in a process of its own: its workers bound their memory."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.attack import unclear

pytestmark = pytest.mark.thorough

INPUTS = 100


def test_no_input_ends_in_a_traceback_a_hang_a_riddle_or_a_wrong_acceptance() -> None:
    command = [sys.executable, "-m", "tests.hostile", "--inputs", str(INPUTS)]
    made = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=900)
    assert made.returncode == 0, made.stdout + made.stderr
    assert int(made.stdout.splitlines()[-1].split()[1]) >= INPUTS


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("a.yaml, line 3: run.draws = 0; allowed: 1 to 9", ""),
        (
            "a.yaml, line 3: unknown run.drawz; did you mean run.draws?",
            "no line names a.yaml and run.draws = 0",
        ),
        ("a.yaml, line 3: run.draws = 0", "nothing is said of what is allowed"),
        ("line 3: run.draws = 0; allowed: 1 to 9", "no line names a.yaml and run.draws = 0"),
        ("a.yaml: run.draws = 0; allowed: \x1b[31m1", "characters that a terminal does not print"),
        ("a.yaml: run.draws = 0; allowed: 1 to 9\nand 1,234 more faults", ""),
        ("a.yaml: run.draws = 0; allowed: 1\n" * 200, "200 lines"),
    ],
)
def test_a_refusal_names_file_place_value_and_what_is_allowed(said: str, why: str) -> None:
    assert unclear(said, ("a.yaml", "run.draws = 0")) == why
