"""`POST /_localstack/state/reset`: forgets all state of all services.

The free edition cannot. Method and path are those of LocalStack's commercial edition.
"""

import shutil
from typing import TYPE_CHECKING

from localstack.http import Request, Resource
from localstack.runtime import hooks

from synth_localstack.corrections.memory import MEMORIES

if TYPE_CHECKING:
    from localstack.state import StateContainer

PATH = "/_localstack/state/reset"


class Forget:
    """A state visitor that empties each of the three containers in which LocalStack keeps state."""

    def visit(self, container: "StateContainer") -> None:
        """Empties `container`."""
        from localstack.services.stores import AccountRegionBundle
        from localstack.state import AssetDirectory
        from moto.core.base_backend import BackendDict

        if isinstance(container, AssetDirectory):
            shutil.rmtree(container.path, ignore_errors=True)
        elif isinstance(container, AccountRegionBundle):
            container.reset()
        elif isinstance(container, BackendDict):
            for account in list(container.values()):
                for backend in list(account.values()):
                    backend.reset()
        else:
            raise TypeError(f"no way to reset state of type `{type(container).__name__}`")


class StateReset:
    """The resource behind the route."""

    def on_post(self, _request: Request) -> dict[str, list[str]]:
        """Resets every loaded service and answers with their names."""
        from localstack.services.plugins import SERVICE_PLUGINS

        names = sorted(SERVICE_PLUGINS.list_loaded_services())
        for name in names:
            service = SERVICE_PLUGINS.get_service(name)
            service.lifecycle_hook.on_before_state_reset()
            service.accept_state_visitor(Forget())
            service.lifecycle_hook.on_after_state_reset()
        MEMORIES.reset()
        return {"reset": names}


@hooks.on_infra_start()
def add_state_reset() -> None:
    """Adds the route."""
    from localstack.services.internal import get_internal_apis

    get_internal_apis().add(Resource(PATH, StateReset()))
