"""What LocalStack 4.12 needs on Python 3.11 and 3.12: it is written for 3.13."""

import hashlib
import sys
import threading
import uuid
from typing import Any

from localstack.runtime import hooks


class Lock:
    """`threading.Lock` as a class, which it is since Python 3.13.

    `localstack.packages.api` annotates with `threading.Lock | None`, which fails on a function.
    """

    def __new__(cls) -> Any:
        """A lock of the type that the standard library made before."""
        return _allocate_lock()


_allocate_lock = threading.Lock


def uuid5(namespace: uuid.UUID, name: str | bytes) -> uuid.UUID:
    """`uuid.uuid5` that takes bytes, as since Python 3.12; LocalStack's KMS passes them."""
    data = name if isinstance(name, bytes) else name.encode()
    digest = hashlib.sha1(namespace.bytes + data, usedforsecurity=False).digest()
    return uuid.UUID(bytes=digest[:16], version=5)


@hooks.on_runtime_create(priority=1000)
def run_on_older_python() -> None:
    """Puts the two in place before LocalStack imports the modules that need them."""
    if sys.version_info < (3, 13):
        threading.Lock = Lock  # type: ignore[assignment]
    if sys.version_info < (3, 12):
        uuid.uuid5 = uuid5
