"""moto answers one call at a time for each service of an account.

Its models go through dictionaries that calls on other threads change meanwhile; in moto 5.1 the one
then fails with an internal error ("dictionary changed size during iteration"), seen of
`DescribeParameters` beside `PutParameter`.
"""

import threading
from collections import defaultdict
from typing import TYPE_CHECKING

from localstack.runtime import hooks

if TYPE_CHECKING:
    from collections.abc import Callable

    from localstack.aws.api import RequestContext
    from localstack.http import Response

#: By service and account. One that holds its turn may ask the same service again.
_turns: defaultdict[tuple[str, str], threading.RLock] = defaultdict(threading.RLock)
_making = threading.Lock()


def in_turn(
    dispatch: "Callable[[RequestContext], Response]", context: "RequestContext"
) -> "Response":
    """Has `dispatch` answer when its turn has come."""
    with _making:
        turn = _turns[context.service.service_name, context.account_id]
    with turn:
        return dispatch(context)


@hooks.on_infra_start()
def answer_in_turn() -> None:
    """Puts the turns before moto."""
    from localstack.services import moto
    from localstack.utils.patch import patch

    patch(moto.dispatch_to_moto)(in_turn)
