"""No command fails on printing, and none is ended without a word."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from futian_model.cli.console import nearest
from futian_model.languages import every_text
from futian_model.project import find_project

pytestmark = pytest.mark.thorough

ROOT = find_project(Path(__file__).parent).root
FUTIAN = (sys.executable, "-m", "futian_model.cli")


def ran(command: tuple[str, ...], **more: object) -> subprocess.CompletedProcess[bytes]:
    """A command in the project's folder."""
    settings = {"cwd": ROOT, "timeout": 120, "check": False, "capture_output": True} | more
    if "stdout" in more:
        settings = settings | {"capture_output": False, "stderr": subprocess.PIPE}
    return subprocess.run(command, **settings)


@pytest.mark.parametrize(
    "console",
    [
        {"PYTHONIOENCODING": "gbk", "COLUMNS": "20"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "cp1252"},
    ],
    ids=["gbk", "posix", "cp1252"],
)
def test_an_encoding_that_lacks_letters_gets_those_most_like_them(console: dict[str, str]) -> None:
    ended = ran((*FUTIAN, "goal", "plan_targets"), env={**os.environ, **console})
    assert (ended.returncode, ended.stderr) == (0, b"")
    told = ended.stdout.decode(console.get("PYTHONIOENCODING", "ascii"))
    assert "at least 0.00 points a year" in told.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("encoding", "text", "told"),
    [
        ("ascii", "≥\xa06\u202f600\xa0bn − 1…", ">= 6 600 bn - 1..."),
        ("ascii", "福田：约100亿元；", "??:?100??;"),
        ("gbk", "福田\xa0−1", "福田 -1"),
        ("cp1252", "a file \udcb8", "a file ?"),
    ],
)
def test_what_stands_for_a_letter(encoding: str, text: str, told: str) -> None:
    from codecs import register_error

    register_error("test.nearest", nearest)
    assert text.encode(encoding, "test.nearest").decode(encoding) == told


def test_what_a_program_reads_loses_no_letter() -> None:
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    found = json.loads(ran((*FUTIAN, "show", "scenario", "stagnation", "--json"), env=env).stdout)
    assert found["scenario"]["title"]["zh"].startswith("若")
    texts = ran((*FUTIAN, "show", "texts", "--lang", "zh"), env=env).stdout
    assert yaml.safe_load(texts) == yaml.safe_load(every_text("zh"))


SHELL = {
    "nobody reads": ("{command} | true", 0, b""),
    "all closed": ("{command} <&- >&- 2>&-", 0, b""),
    "a full disk": ("{command} > /dev/full", 1, b"not all could be printed: No space left on device"),
}


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
@pytest.mark.parametrize("case", SHELL)
def test_a_stream_that_takes_nothing_stops_no_command(case: str) -> None:
    line, status, told = SHELL[case]
    if "/dev/full" in line and not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    command = line.format(command=" ".join((*FUTIAN, "show", "texts")))
    ended = ran(("bash", "-o", "pipefail", "-c", command))
    assert ended.returncode == status
    assert ended.stderr.startswith(told)
    assert len(ended.stderr.splitlines()) == bool(told)


WAITING = """
import signal, sys, time

for number in (signal.SIGTERM, signal.SIGHUP):  # whoever runs the tests may ignore them
    signal.signal(number, signal.SIG_DFL)
from futian_model import cli
from futian_model.files import scratch

def wait(options, project):
    with scratch() as folder:
        print(folder, flush=True)
        time.sleep(60)

sys.argv = ["futian", "check"]
parse = cli.parser
def parser():
    made = parse()
    made.set_defaults(command=wait)
    for action in made._subparsers._group_actions:
        for one in action.choices.values():
            one.set_defaults(command=wait)
    return made
cli.parser = parser
sys.exit(cli.main(["check"]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_to_stop_is_told_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    command = (sys.executable, "-c", WAITING)
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, cwd=ROOT)
    assert running.stdout is not None
    folder = Path(running.stdout.readline().decode().strip())
    assert folder.is_dir()
    running.send_signal(getattr(signal, name))
    _, told = running.communicate(timeout=60)
    assert running.returncode == 128 + getattr(signal, name)
    assert told == b"stopped; what is finished is whole\n"
    assert list(tmp_path.iterdir()) == []
