"""The environment variables that the plugin reads, all of them, once, when LocalStack loads it."""

import functools
import os
from collections.abc import Mapping
from dataclasses import dataclass

from localstack.runtime import hooks

from synth_localstack.abort import UNUSABLE_SETTING, abort

#: The longest delay that makes sense: hashicorp/aws 5.100.0 waits 20 minutes for a service.
LONGEST_DELAY = 1200

#: `ConnectionStatus` of the API reference, without `DELETED`, which is no state to start in.
#: https://docs.aws.amazon.com/apprunner/latest/api/API_Connection.html
CONNECTION_STATUSES = ("AVAILABLE", "PENDING_HANDSHAKE", "ERROR")


class SettingsError(ValueError):
    """An environment variable holds a value that the plugin cannot use."""


@dataclass(frozen=True)
class Settings:
    """How the emulated services behave where AWS leaves it to time or to a person."""

    #: Names the run that started this LocalStack; `GET /_localstack/synth` answers with it.
    session: str = ""
    #: The file that API calls are written to; empty for one in LocalStack's own folder.
    calls: str = ""
    #: Seconds that an App Runner service stays in `OPERATION_IN_PROGRESS`.
    apprunner_delay: float = 0.0
    #: The status of a new connection: at AWS somebody must finish the handshake in the console.
    apprunner_connection_status: str = "AVAILABLE"


def read(environment: Mapping[str, str]) -> Settings:
    """Reads the settings from `environment`; an unusable value is an error, never a default."""
    defaults = Settings()
    return Settings(
        session=environment.get("SYNTH_SESSION", defaults.session),
        calls=environment.get("SYNTH_CALLS", defaults.calls),
        apprunner_delay=_seconds(environment, "SYNTH_APPRUNNER_DELAY", defaults.apprunner_delay),
        apprunner_connection_status=_choice(
            environment,
            "SYNTH_APPRUNNER_CONNECTION_STATUS",
            CONNECTION_STATUSES,
            defaults.apprunner_connection_status,
        ),
    )


def _seconds(environment: Mapping[str, str], name: str, default: float) -> float:
    text = environment.get(name)
    if text is None:
        return default
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    # `not >=` refuses NaN too, which compares false with everything.
    if not 0 <= seconds <= LONGEST_DELAY:
        raise SettingsError(f"`{name}` is `{text}`, expected seconds between 0 and {LONGEST_DELAY}")
    return seconds


def _choice(
    environment: Mapping[str, str], name: str, choices: tuple[str, ...], default: str
) -> str:
    chosen = environment.get(name, default)
    if chosen not in choices:
        raise SettingsError(f"`{name}` is `{chosen}`, expected one of {', '.join(choices)}")
    return chosen


@functools.cache
def current() -> Settings:
    """The settings of this process."""
    return read(os.environ)


@hooks.on_runtime_create()
def refuse_unusable_settings() -> None:
    """Ends LocalStack before it starts anything if a setting cannot be used."""
    try:
        current()
    except SettingsError as error:
        abort(UNUSABLE_SETTING, str(error))
