from pathlib import Path

import pytest
from emulator import environment, free_port, spawn

from synth_localstack.abort import UNUSABLE_SETTING
from synth_localstack.settings import Settings, SettingsError, read


def test_nothing_set_is_the_defaults() -> None:
    assert read({}) == Settings(
        session="", calls="", apprunner_delay=0.0, apprunner_connection_status="AVAILABLE"
    )


def test_everything_can_be_set() -> None:
    environment = {
        "SYNTH_SESSION": "run-1",
        "SYNTH_CALLS": "calls.jsonl",
        "SYNTH_APPRUNNER_DELAY": "1.5",
        "SYNTH_APPRUNNER_CONNECTION_STATUS": "PENDING_HANDSHAKE",
    }
    assert read(environment) == Settings("run-1", "calls.jsonl", 1.5, "PENDING_HANDSHAKE")


@pytest.mark.parametrize("text", ["", "soon", "-1", "nan", "inf", "1201"])
def test_a_delay_that_is_no_number_of_seconds_is_an_error(text: str) -> None:
    with pytest.raises(SettingsError, match="SYNTH_APPRUNNER_DELAY"):
        read({"SYNTH_APPRUNNER_DELAY": text})


@pytest.mark.parametrize("text", ["", "available", "DELETED"])
def test_an_unknown_connection_status_is_an_error(text: str) -> None:
    with pytest.raises(SettingsError, match="expected one of AVAILABLE"):
        read({"SYNTH_APPRUNNER_CONNECTION_STATUS": text})


def test_localstack_does_not_start_with_an_unusable_setting(tmp_path: Path) -> None:
    settings = environment(tmp_path, free_port(), SYNTH_APPRUNNER_DELAY="soon")
    process = spawn(tmp_path, settings)
    try:
        assert process.wait(timeout=30) == UNUSABLE_SETTING
    finally:
        process.kill()
        process.wait()
    assert "`SYNTH_APPRUNNER_DELAY` is `soon`" in (tmp_path / "log").read_text()
