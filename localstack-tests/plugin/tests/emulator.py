"""Starts a LocalStack for the tests and talks to it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

PLUGIN = Path(__file__).resolve().parent.parent
#: Seconds; a start takes 2 to 4 on two cores, the first one after an installation 10.
START = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(folder: Path, port: int, **more: str) -> dict[str, str]:
    """All that LocalStack's process sees: nothing of the machine's own environment."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        # plux keeps an index of entry points here and misses changes within two minutes.
        "XDG_CACHE_HOME": str(folder / "cache"),
        "PYTHONPATH": str(PLUGIN),
        "PYTHONUNBUFFERED": "1",
        "GATEWAY_LISTEN": f"127.0.0.1:{port}",
        "FILESYSTEM_ROOT": str(folder / "root"),
        "LOCALSTACK_VOLUME_DIR": str(folder / "volume"),
        "ACTIVATE_PRO": "0",
        "DISABLE_EVENTS": "1",
        "DNS_ADDRESS": "0",
        "OVERRIDE_IN_DOCKER": "0",
        "SKIP_SSL_CERT_DOWNLOAD": "1",
        **more,
    }


@dataclass(frozen=True)
class Emulator:
    port: int
    process: subprocess.Popen[bytes]
    folder: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(self.url + path, timeout=10) as response:  # noqa: S310
            return json.load(response)

    def reset(self) -> Any:
        request = urllib.request.Request(f"{self.url}/_localstack/state/reset", method="POST")  # noqa: S310
        with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
            return json.load(response)

    def client(self, service: str, account: str, region: str = "us-east-1") -> Any:
        # botocore's own checks are off: the emulator's are the ones under test.
        config = Config(
            parameter_validation=False,
            retries={"max_attempts": 0},
            s3={"addressing_style": "path"},
        )
        return boto3.client(
            service,
            endpoint_url=self.url,
            region_name=region,
            aws_access_key_id=account,
            aws_secret_access_key="none",  # noqa: S106
            config=config,
        )


def spawn(folder: Path, env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "localstack.runtime.main"],
            env=dict(env),
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


@contextmanager
def running(folder: Path, **more: str) -> Iterator[Emulator]:
    """A LocalStack that has answered once, ended when the block ends."""
    port = free_port()
    process = spawn(folder, environment(folder, port, **more))
    emulator = Emulator(port, process, folder)
    try:
        _await_answer(emulator)
        yield emulator
    finally:
        # Nothing of it is kept, and an orderly end takes up to six seconds.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _await_answer(emulator: Emulator) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        try:
            emulator.process.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            pass
        else:
            raise AssertionError(f"LocalStack ended while it started:\n{emulator.log}")
        try:
            emulator.get("/_localstack/health")
        except (urllib.error.URLError, OSError):
            continue
        return
    raise AssertionError(f"LocalStack did not answer within {START} s:\n{emulator.log}")
