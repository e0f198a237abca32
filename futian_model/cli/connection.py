"""The way between JupyterLab and its kernels, for messages as small and as frequent as a dragged slider's."""

import asyncio

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """A connection that sends every message at once.

    By default TCP holds a small message back until the one before it has been acknowledged, which a
    browser puts off for up to 40 ms; a kernel tells that it is busy before it answers, so every answer
    would wait.
    """

    def connect(self) -> "asyncio.Future[None] | None":  # type: ignore[override]  # as the class itself does
        self.websocket_handler.set_nodelay(True)
        return super().connect()
