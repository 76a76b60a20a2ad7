"""Kernels that share no port.

Pages are read side by side, each starts a kernel, and each kernel looks for ports that are free: now and then two find
the same. Here a kernel talks through files of a folder of its own.
"""

from __future__ import annotations

import os
import pathlib
import tempfile
from typing import TYPE_CHECKING, Any

import jupyter_client

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class KernelManager(jupyter_client.AsyncKernelManager):
    """The manager of one kernel, whose sockets are files."""

    def __init__(self, **options: Any) -> None:
        # The names of sockets must be short: no more than 100 bytes on some systems.
        self.folder = tempfile.TemporaryDirectory(prefix="k", ignore_cleanup_errors=True)
        super().__init__(transport="ipc", ip=str(pathlib.Path(self.folder.name, "s")), **options)

    def cleanup_ipc_files(self) -> None:
        """Remove the folder, when the kernel has ended."""
        self.folder.cleanup()


def setup(app: Sphinx) -> dict[str, Any]:
    """Have nbclient, which asks for this name when it starts a kernel, take the manager above."""
    if os.name == "posix":
        jupyter_client.AsyncKernelManager = KernelManager
    return {"parallel_read_safe": True, "parallel_write_safe": True}
