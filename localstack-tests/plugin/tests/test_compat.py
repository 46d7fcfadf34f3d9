"""What the plugin changes so that LocalStack runs here, and safely."""

import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from emulator import Emulator, environment, free_port, spawn

from synth_localstack.abort import CANNOT_LISTEN
from synth_localstack.compat import managed_policies, python


def test_it_listens_on_loopback_only(emulator: Emulator) -> None:
    with pytest.raises(OSError):  # noqa: PT011 - refused on Linux, timed out on macOS
        # All of 127.0.0.0/8 is loopback on Linux; a socket bound to 0.0.0.0 would answer here.
        socket.create_connection(("127.0.0.2", emulator.port), timeout=5)


def test_a_taken_port_ends_the_process(emulator: Emulator, tmp_path: Path) -> None:
    process = spawn(tmp_path, environment(tmp_path, emulator.port))
    try:
        assert process.wait(timeout=60) == CANNOT_LISTEN
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    assert f"cannot listen on 127.0.0.1:{emulator.port}" in (tmp_path / "log").read_text()


def test_a_localstack_that_is_ended_while_it_starts_ends(tmp_path: Path) -> None:
    process = spawn(tmp_path, environment(tmp_path, free_port()))
    try:
        deadline = time.monotonic() + 30
        # Printed when the runtime is made, before its server runs.
        while "LocalStack version" not in (tmp_path / "log").read_text():
            assert time.monotonic() < deadline
        process.terminate()
        # By its own decision, or by the signal where it came before there was a handler.
        assert process.wait(timeout=20) in {0, -signal.SIGTERM}
    finally:
        process.kill()
        process.wait()


def test_objects_stay_in_the_instances_own_folder(emulator: Emulator, account: str) -> None:
    s3 = emulator.client("s3", account)
    s3.create_bucket(Bucket=f"objects-{account}")
    s3.put_object(Bucket=f"objects-{account}", Key="key", Body=b"x" * 1_000_000)
    # The files themselves have no names (tempfile.SpooledTemporaryFile): their folders have.
    [storage] = emulator.folder.rglob("s3-storage")
    assert f"objects-{account}" in {path.name for path in storage.rglob("*")}


def test_kms_keys_are_made_on_every_python(emulator: Emulator, account: str) -> None:
    kms = emulator.client("kms", account)
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    assert kms.describe_key(KeyId=key)["KeyMetadata"]["Enabled"] is True


def test_accounts_count_their_own_attachments_of_a_managed_policy(
    emulator: Emulator, account: str
) -> None:
    mine = emulator.client("iam", account)
    theirs = emulator.client("iam", "999999999998")
    arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    mine.create_user(UserName="reader")
    mine.attach_user_policy(UserName="reader", PolicyArn=arn)
    counts = [iam.get_policy(PolicyArn=arn)["Policy"]["AttachmentCount"] for iam in (mine, theirs)]
    assert counts == [1, 0]


def test_managed_policies_are_read_once_and_changed_by_no_other_account() -> None:
    reads = []

    def read(backend: Any) -> list[Any]:
        reads.append(backend.account_id)
        return [SimpleNamespace(account_id=backend.account_id, tags={}, versions=[])]

    def of(account: str) -> Any:
        backend: Any = SimpleNamespace(region_name="a test", account_id=account)
        [policy] = managed_policies.of_account(read, backend)
        return policy

    first, second = of("1"), of("2")
    first.tags["key"] = "value"
    first.versions.append("v2")
    assert (reads, second.account_id, second.tags, second.versions) == (["1"], "2", {}, [])


def test_uuid5_of_text_is_the_standard_librarys() -> None:
    assert python.uuid5(uuid.NAMESPACE_DNS, "é") == uuid.uuid5(uuid.NAMESPACE_DNS, "é")


def test_uuid5_of_bytes_is_that_of_the_text() -> None:
    assert python.uuid5(uuid.NAMESPACE_DNS, "é".encode()) == uuid.uuid5(uuid.NAMESPACE_DNS, "é")


def test_a_lock_is_a_class_that_makes_locks() -> None:
    assert (python.Lock | None) is not None
    assert type(python.Lock()) is type(threading.Lock())
    with python.Lock() as held:
        assert held


def test_the_suite_runs_on_a_python_that_the_package_names() -> None:
    assert (3, 11) <= sys.version_info[:2] <= (3, 13)
