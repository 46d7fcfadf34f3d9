import itertools
import time
import tomllib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from emulator import PLUGIN, Emulator, running

SESSION = "a session of the plugin's tests"
ACCOUNTS = itertools.count(1)


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    with running(tmp_path_factory.mktemp("localstack"), SYNTH_SESSION=SESSION) as started:
        yield started


@pytest.fixture(scope="session")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """One whose services take a second and whose connections wait for their handshake."""
    settings = {
        "SYNTH_APPRUNNER_DELAY": "1",
        "SYNTH_APPRUNNER_CONNECTION_STATUS": "PENDING_HANDSHAKE",
    }
    with running(tmp_path_factory.mktemp("slow"), **settings) as started:
        yield started


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """One with the plugin's services, what Python 3.11 and 3.12 need, and no corrections."""
    folder = tmp_path_factory.mktemp("bare")
    metadata = folder / "bare-1.dist-info"
    metadata.mkdir()
    entry = "run_on_older_python = synth_localstack.compat.python:run_on_older_python"
    pyproject = tomllib.loads((PLUGIN / "pyproject.toml").read_text())
    providers = pyproject["project"]["entry-points"]["localstack.aws.provider"].items()
    services = "\n".join(f"{name} = {target}" for name, target in providers)
    (metadata / "entry_points.txt").write_text(
        f"[localstack.hooks.on_runtime_create]\n{entry}\n\n[localstack.aws.provider]\n{services}\n"
    )
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: bare\nVersion: 1\n")
    (folder / "synth_localstack").symlink_to(PLUGIN / "synth_localstack")
    with running(folder, PYTHONPATH=str(folder)) as started:
        yield started


@pytest.fixture
def account() -> str:
    """An account that no other test uses: LocalStack takes 12 digits of the access key for one."""
    return f"{next(ACCOUNTS):012}"


@pytest.fixture
def apprunner(emulator: Emulator, account: str) -> Any:
    return emulator.client("apprunner", account)


@pytest.fixture
def cloudfront(emulator: Emulator, account: str) -> Any:
    return emulator.client("cloudfront", account)


@pytest.fixture
def refusal() -> Callable[..., tuple[str, str]]:
    """Calls an operation that must be refused: its error code and message."""

    def refuse(call: Callable[..., Any], **request: Any) -> tuple[str, str]:
        with pytest.raises(ClientError) as raised:
            call(**request)
        error = raised.value.response["Error"]
        return error["Code"], error["Message"]

    return refuse


@pytest.fixture
def eventually() -> Callable[[Callable[[], Any], Any], None]:
    """Asks until the answer is the expected one, for ten seconds."""

    def wait(ask: Callable[[], Any], expected: Any) -> None:
        deadline = time.monotonic() + 10
        while (answer := ask()) != expected:
            assert time.monotonic() < deadline, f"still {answer!r}, expected {expected!r}"

    return wait
