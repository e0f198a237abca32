"""Programs that show notebooks, started on loopback for as long as a test wants them."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

TOKEN = "tested"
SERVER = ("--no-browser", "--allow-root", "--ip=127.0.0.1", "--ServerApp.port_retries=0")
JUPYTER = (*SERVER, f"--IdentityProvider.token={TOKEN}", "--expose-app-in-browser")
"""Options of JupyterLab and Notebook."""


class Served(NamedTuple):
    """Where a program answers, and its process."""

    address: str
    process: int


@contextmanager
def served(root: Path, *command: str) -> Iterator[Served]:
    """A Python module with its options as a server in a folder, which is its home as well."""
    port = free_port()
    home = {"HOME": str(root), "JUPYTER_CONFIG_DIR": str(root / ".jupyter")}
    with (root / "log.txt").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", *command, f"--port={port}"],
            env=os.environ | home,
            cwd=root,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        wait(f"{address}/static/", server)
        yield Served(address, server.pid)
    finally:
        server.terminate()
        server.wait(30)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def wait(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(480):
        try:
            urllib.request.urlopen(address, timeout=60).close()
            return
        except urllib.error.HTTPError:  # it is there and has no such page
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            assert server.poll() is None, "the server has ended"
            time.sleep(0.25)
    raise TimeoutError(address)
