"""`GET /_localstack/synth/calls`: every API call until now, as JSON lines (`recording`).

`?account=123456789012` leaves the calls of other accounts out.
"""

from localstack.http import Request, Resource, Response
from localstack.runtime import hooks

from synth_localstack.recording import journal

PATH = "/_localstack/synth/calls"


class Calls:
    """The resource behind the route."""

    def on_get(self, request: Request) -> Response:
        """Answers with the calls, oldest first."""
        lines = journal.lines(request.args.get("account"))
        return Response("".join(lines), mimetype="application/x-ndjson")


@hooks.on_infra_start()
def add_calls() -> None:
    """Adds the route."""
    from localstack.services.internal import get_internal_apis

    get_internal_apis().add(Resource(PATH, Calls()))
