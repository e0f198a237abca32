"""A kernel manager for notebooks run one after the other without anybody watching."""

import sys
import time
from queue import Empty
from typing import Any

from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets import Type

from futian_model.kernels.nursery import Nursery
from futian_model.kernels.provisioner import ForkProvisioner

NAME = "futian-fork"
"""The provisioner's entry point."""
SHOWN = ("stream", "display_data", "execute_result", "update_display_data")
OWN_KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
"""What a notebook names that runs where the library is."""
ASK_SECONDS = 1.0
IDLE_SECONDS = 0.2


class CountingChannel(AsyncZMQSocketChannel):
    """A channel that counts what a notebook shows, and empties what comes beyond a limit."""

    printed = 0
    most = sys.maxsize

    async def get_msg(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """As `AsyncZMQSocketChannel`; a text too many comes as an empty one."""
        message: dict[str, Any] = await super().get_msg(*args, **kwargs)
        content = message["content"]
        shown = [content] if message["msg_type"] == "stream" else [content.get("data") or {}]
        for held in shown if message["msg_type"] in SHOWN else ():
            for kind, text in held.items():
                if isinstance(text, str):
                    self.printed += len(text)
                    if self.printed > self.most and kind != "name":
                        held[kind] = ""
        return message


class ReadyClient(AsyncKernelClient):
    """A client that is ready when the kernel has said so on both channels, with no further wait."""

    iopub_channel_class = Type(CountingChannel)

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Until the kernel answers and its answer's end is heard on IOPub.

        Raises
        ------
        RuntimeError
            It did not in `timeout` seconds, or died.
        """
        end = time.monotonic() + (timeout if timeout is not None else float("inf"))
        while True:
            asked = self.kernel_info()
            try:
                answer = await self.shell_channel.get_msg(timeout=ASK_SECONDS)
                if answer["msg_type"] == "kernel_info_reply":
                    while not _idle(await self.iopub_channel.get_msg(timeout=IDLE_SECONDS), asked):
                        pass
                    self._handle_kernel_info_reply(answer)
                    return
            except Empty:
                pass
            if not await self._async_is_alive():
                raise RuntimeError("it died before it could answer")
            if time.monotonic() > end:
                raise RuntimeError(f"no answer in {timeout:g} s")


def _idle(message: dict[str, Any], asked: str) -> bool:
    return (
        message["msg_type"] == "status"
        and message["content"]["execution_state"] == "idle"
        and message["parent_header"].get("msg_id") == asked
    )


class WarmKernelManager(AsyncKernelManager):
    """Kernels of the library's own Python: of a nursery where there is one, in its environment.

    Parameters
    ----------
    nursery : Nursery or None
    most_printed : int
        Characters of output that a notebook may have; the rest is dropped.

    Attributes
    ----------
    printed : int
        Characters of output so far, dropped ones included.
    """

    def __init__(
        self, *args: Any, nursery: Nursery | None = None, most_printed: int = sys.maxsize, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.client_factory = ReadyClient
        self._nursery, self._most_printed = nursery, most_printed
        self._client: ReadyClient | None = None

    def client(self, **kwargs: Any) -> ReadyClient:
        client: ReadyClient = super().client(**kwargs)
        client.iopub_channel.most = self._most_printed
        self._client = client
        return client

    @property
    def printed(self) -> int:
        return 0 if self._client is None else self._client.iopub_channel.printed

    @property
    def kernel_spec(self) -> Any:
        # not the one that a user has put down under the same name for another Python
        spec = KernelSpec(**get_kernel_dict())
        if self._nursery is not None and self._nursery.address is not None:
            chosen = {"provisioner_name": NAME, "config": {"address": str(self._nursery.address)}}
            spec.metadata = {**spec.metadata, "kernel_provisioner": chosen}
        return spec

    async def _async_start_kernel(self, **kwargs: Any) -> None:
        if self._nursery is not None:
            kwargs.setdefault("env", dict(self._nursery.env))
        await super()._async_start_kernel(**kwargs)

    start_kernel = _async_start_kernel

    @property
    def ended(self) -> int | None:
        """Exit code of the kernel, minus the signal that ended it; None when it is not known."""
        return self.provisioner.ended if isinstance(self.provisioner, ForkProvisioner) else None
