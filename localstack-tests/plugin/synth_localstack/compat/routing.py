"""Operations that differ by a value in the query only are told apart more than once.

LocalStack 4.12 keeps the values in an iterator (`op_router._HttpOperation.from_operation`): the
first request uses it up, and then CloudFront's UntagResource is taken for TagResource.
"""

from typing import TYPE_CHECKING, Any

from localstack.runtime import hooks

if TYPE_CHECKING:
    from botocore.model import OperationModel


@hooks.on_runtime_create()
def remember_query_values() -> None:
    """Gives every operation a list."""
    from localstack.aws.protocol import op_router

    read: Any = op_router._HttpOperation.from_operation  # noqa: SLF001 - no other way in

    def from_operation(operation: "OperationModel") -> Any:
        found = read(operation)
        values = {name: list(given) for name, given in found.query_args.items()}
        return found._replace(query_args=values)

    op_router._HttpOperation.from_operation = staticmethod(from_operation)  # noqa: SLF001
