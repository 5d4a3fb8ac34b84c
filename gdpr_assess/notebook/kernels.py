"""The one kernel of the product: this Python, whatever else is installed; its sockets are encrypted."""

from __future__ import annotations

from typing import Any

from ipykernel.kernelspec import RESOURCES, get_kernel_dict
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from jupyter_client.manager import AsyncKernelManager

KERNEL = "python3"
LARGEST_MESSAGE = {"websocket_max_message_size": 200 * 1024 * 1024}
"""Setting of Tornado: a page that sends more loses its kernel without a word; a file has to arrive to be refused."""


class OwnKernel(KernelSpecManager):  # type: ignore[misc]
    """Knows only the kernel of the running interpreter, so that a user's other kernels are never taken by mistake."""

    def find_kernel_specs(self) -> dict[str, str]:
        """Return the one kernel and its resources."""
        return {KERNEL: RESOURCES}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return how to start the kernel; raises NoSuchKernel for any other name."""
        if kernel_name != KERNEL:
            raise NoSuchKernel(kernel_name)
        return KernelSpec(resource_dir=RESOURCES, **get_kernel_dict())


class EncryptedManager(AsyncKernelManager):  # type: ignore[misc]
    """Starts our kernel with encrypted sockets: without, any user of the machine can read what it prints."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"kernel_spec_manager": OwnKernel(), "transport_encryption": "required"} | kwargs)
