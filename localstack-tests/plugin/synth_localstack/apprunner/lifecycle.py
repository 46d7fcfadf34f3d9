"""Statuses that change by themselves after a while: creating to running, deleting to gone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any


@dataclass
class Transition:
    """A status that takes effect at a time."""

    status: str
    ready_at: datetime
    #: Called once when the status takes effect, with that time.
    then: Callable[[datetime], None] | None = None


@dataclass
class Tracked:
    """Something with a `Status` in `data`; at most one transition is under way."""

    data: dict[str, Any] = field(default_factory=dict)
    transition: Transition | None = None

    @property
    def status(self) -> str:
        """The status as of the last `settle`."""
        return self.data["Status"]

    def start(
        self,
        passing: str,
        final: str,
        now: datetime,
        delay: timedelta,
        then: Callable[[datetime], None] | None = None,
    ) -> None:
        """Takes the status `passing` now and `final` after `delay`.

        With no delay the answer to the call that starts the transition still says `passing`, as at
        AWS, and every later call sees `final`.
        """
        self.data["Status"] = passing
        self.transition = Transition(final, now + delay, then)

    def settle(self, now: datetime) -> None:
        """Takes the status whose time has come."""
        due = self.transition
        if due is None or now < due.ready_at:
            return
        self.transition = None
        self.data["Status"] = due.status
        if due.then is not None:
            due.then(now)
