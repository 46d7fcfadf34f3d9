"""LocalStack listens where it is told to, and ends when it cannot.

`localstack.runtime.server.twisted` 4.12 ignores the host of an IPv4 `GATEWAY_LISTEN` (127.0.0.1
becomes 0.0.0.0) and the failure to bind (it goes on, prints "Ready.", and another process answers).
"""

from types import SimpleNamespace
from typing import Any

from localstack.runtime import hooks

from synth_localstack.abort import CANNOT_LISTEN, abort


class StrictEndpoint:
    """An endpoint that ends the process when its port cannot be bound."""

    def __init__(self, endpoint: Any, address: str) -> None:
        self._endpoint = endpoint
        self._address = address

    def listen(self, factory: Any) -> Any:
        """Listens, as twisted's own endpoints do."""
        return self._endpoint.listen(factory).addErrback(self._fail)

    def _fail(self, failure: Any) -> None:
        abort(CANNOT_LISTEN, f"cannot listen on {self._address}: {failure.getErrorMessage()}")


@hooks.on_runtime_create()
def listen_as_told() -> None:
    """Gives LocalStack's server endpoints that take the interface from `GATEWAY_LISTEN`."""
    from localstack import config
    from localstack.runtime.server import twisted
    from twisted.internet import endpoints

    hosts = {listen.port: listen.host for listen in config.GATEWAY_LISTEN if "." in listen.host}

    def ipv4(reactor: Any, port: int) -> StrictEndpoint:
        host = hosts.get(port, "")
        return StrictEndpoint(
            endpoints.TCP4ServerEndpoint(reactor, port, interface=host), f"{host}:{port}"
        )

    def ipv6(reactor: Any, port: int, interface: str) -> StrictEndpoint:
        return StrictEndpoint(
            endpoints.TCP6ServerEndpoint(reactor, port, interface=interface),
            f"[{interface}]:{port}",
        )

    twisted.endpoints = SimpleNamespace(TCP4ServerEndpoint=ipv4, TCP6ServerEndpoint=ipv6)
