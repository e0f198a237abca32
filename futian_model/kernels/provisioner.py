"""How a kernel comes to be: forked from a nursery, or started from nothing where that cannot be had."""

import asyncio
import json
import os
import select
import signal
import socket
import sys
from typing import Any

from jupyter_client.provisioning import LocalProvisioner
from traitlets import Unicode

LAUNCHER = ["-m", "ipykernel_launcher"]
ASK_SECONDS = 60
STATUS_SECONDS = 1
POLL_SECONDS = 0.01


class ForkProvisioner(LocalProvisioner):
    """A local kernel forked from the nursery at `address`.

    Only a kernel that ``python -m ipykernel_launcher`` of this same Python would be is forked;
    any other, and any that the nursery does not give, is started by `LocalProvisioner`.

    Attributes
    ----------
    ended : int or None
        Exit code of the kernel, minus the signal that ended it; None while it runs.
    """

    address = Unicode(help="Socket of the nursery")

    _watched: int | None = None
    _line: socket.socket | None = None
    _forked = False
    ended: int | None = None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        argv = forkable(cmd)
        if argv is None or not self._ask(argv, kwargs.get("env"), kwargs.get("cwd")):
            self._forked = False
            return await super().launch_kernel(cmd, **kwargs)
        return self.connection_info

    def _ask(self, argv: list[str], env: dict[str, str] | None, cwd: str | None) -> bool:
        request = {"argv": argv, "env": env or dict(os.environ), "cwd": str(cwd or os.getcwd())}
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(ASK_SECONDS)
        try:
            line.connect(self.address)
            line.sendall(json.dumps(request).encode() + b"\n")
            pid, numbers, _, _ = socket.recv_fds(line, 32, 1)
            if not numbers:
                raise ConnectionError("no kernel was given")
        except OSError:
            line.close()
            return False
        self._forked, self._line, self._watched, self.ended = True, line, numbers[0], None
        self.pid, self.pgid = int(pid), int(pid)
        return True

    @property
    def has_process(self) -> bool:
        return self._watched is not None if self._forked else super().has_process

    async def poll(self) -> int | None:
        if not self._forked:
            self.ended = await super().poll()
            return self.ended
        if self._watched is None:
            return self.ended
        readable, _, _ = select.select([self._watched], [], [], 0)
        return self._status() if readable else None

    async def wait(self) -> int | None:
        if not self._forked:
            self.ended = await super().wait()
            return self.ended
        while await self.poll() is None:
            await asyncio.sleep(POLL_SECONDS)
        self._close()
        return self.ended

    async def send_signal(self, signum: int) -> None:
        if not self._forked:
            return await super().send_signal(signum)
        if self._watched is None or await self.poll() is not None:
            return None
        try:
            os.killpg(self.pid, signum)  # with what the notebook has started
        except ProcessLookupError:  # it has no group of its own yet
            signal.pidfd_send_signal(self._watched, signum)
        return None

    async def kill(self, restart: bool = False) -> None:
        if not self._forked:
            return await super().kill(restart)
        return await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:
        if not self._forked:
            return await super().terminate(restart)
        return await self.send_signal(signal.SIGTERM)

    async def cleanup(self, restart: bool = False) -> None:
        self._close()
        await super().cleanup(restart)

    def _status(self) -> int:
        """How the kernel ended, from the nursery; as killed where the nursery went with it."""
        if self.ended is None:
            assert self._line is not None
            self._line.settimeout(STATUS_SECONDS)
            try:
                status = self._line.recv(32)
            except OSError:
                status = b""
            self.ended = int(status) if status else -signal.SIGKILL
        return self.ended

    def _close(self) -> None:
        if self._watched is not None:
            os.close(self._watched)
        if self._line is not None:
            self._line.close()
        self._watched, self._line = None, None


def forkable(cmd: list[str]) -> list[str] | None:
    """What a kernel's command would have as ``sys.argv``, when it is one of this Python; else None."""
    if not cmd or os.path.realpath(cmd[0]) != os.path.realpath(sys.executable):
        return None
    rest = cmd[1:]
    while rest and rest[0].startswith("-X"):
        rest = rest[1:]
    return rest[1:] if rest[: len(LAUNCHER)] == LAUNCHER else None
