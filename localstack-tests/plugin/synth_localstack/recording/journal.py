"""The file that the calls are written to."""

import json
import os
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from synth_localstack.settings import current

_lock = threading.Lock()


def path() -> Path:
    """Where it is: as the user says, else in LocalStack's own folder."""
    from localstack import config

    return Path(current().calls or Path(config.dirs.tmp, "calls.jsonl"))


def write(call: Mapping[str, Any]) -> None:
    """Adds one call; it is in the file before its caller has the answer."""
    line = json.dumps(call, sort_keys=True) + "\n"
    with _lock:
        # Opened each time: who empties the folder between two tests finds the later calls in it.
        file = os.open(path(), os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o666)
        try:
            os.write(file, line.encode())
        finally:
            os.close(file)


def lines(account: str | None) -> Iterator[str]:
    """The calls, oldest first: all of them, or those of one account."""
    journal = path()
    if not journal.exists():
        return
    with _lock:
        written = journal.read_text().splitlines(keepends=True)
    for line in written:
        if account is None or json.loads(line)["account"] == account:
            yield line
