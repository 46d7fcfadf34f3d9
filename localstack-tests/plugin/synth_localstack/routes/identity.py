"""`GET /_localstack/synth`: which plugin answers, and in which run it was started.

A harness compares `session` with the value that it gave to the process it started: a LocalStack
that somebody else left on the port answers with another one, or with 404.
"""

import os

from localstack.http import Request, Resource
from localstack.runtime import hooks

from synth_localstack import __version__, corrections
from synth_localstack.settings import current

PATH = "/_localstack/synth"


class Identity:
    """The resource behind the route."""

    def on_get(self, _request: Request) -> dict[str, object]:
        """Describes the plugin and the process."""
        from localstack.constants import VERSION

        return {
            "version": __version__,
            "localstack": VERSION,
            "session": current().session,
            "process": os.getpid(),
            "corrections": corrections.names(),
        }


@hooks.on_infra_start()
def add_identity() -> None:
    """Adds the route."""
    from localstack.services.internal import get_internal_apis

    get_internal_apis().add(Resource(PATH, Identity()))
