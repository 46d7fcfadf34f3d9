"""A LocalStack that is told to end while it starts does end.

In 4.12 a SIGTERM that comes before twisted's reactor runs fails with `ReactorNotRunning`; then the
reactor starts and nothing ends it.
"""

from typing import Any

from localstack.runtime import hooks


@hooks.on_runtime_create()
def end_even_while_starting() -> None:
    """Puts the shutdown off until there is something to shut down."""
    from localstack.runtime.server.twisted import TwistedRuntimeServer
    from twisted.internet import reactor

    shutdown: Any = TwistedRuntimeServer.shutdown

    def shutdown_when_running(self: Any) -> None:
        if reactor.running:
            shutdown(self)
        else:
            reactor.callWhenRunning(shutdown, self)

    TwistedRuntimeServer.shutdown = shutdown_when_running
