"""Checks a request against the service model: required, type, enum, range, length and pattern.

LocalStack parses requests but does not validate them; AWS does, before an operation sees them. The
messages follow the form that AWS services share, all problems in one; each service has its own code
for them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from botocore.model import Shape

#: The Python types that a parsed value of each shape may have; `bool` is an `int` to Python only.
TYPES: Mapping[str, tuple[type, ...]] = {
    "structure": (dict,),
    "list": (list,),
    "map": (dict,),
    "string": (str,),
    "integer": (int,),
    "long": (int,),
    "float": (int, float),
    "double": (int, float),
    "boolean": (bool,),
    "timestamp": (datetime,),
    "blob": (bytes,),
}

#: The shape of a boolean that cannot be null, unlike `NullableBoolean`: absent, it is false.
#: AWS's SDK for Go, and so hashicorp/aws 5.100.0, does not send one that is false.
PRIMITIVE = "Boolean"


def problems(request: Any, shape: Shape) -> list[str]:
    """Every way in which `request` is not a `shape`."""
    return list(_structure(request, shape, ""))


def message(found: Sequence[str]) -> str:
    """The problems as AWS tells them."""
    plural = "" if len(found) == 1 else "s"
    return f"{len(found)} validation error{plural} detected: {'; '.join(found)}"


def present(value: Any) -> Any:
    """The request without members that are null, which JSON clients may send for absent ones."""
    if isinstance(value, dict):
        return {name: present(member) for name, member in value.items() if member is not None}
    if isinstance(value, list):
        return [present(member) for member in value]
    return value


def _value(value: Any, shape: Shape, path: str) -> Iterator[str]:
    """Yields the problems of one value; inside a value of a wrong type nothing is looked at."""
    kind = shape.type_name
    if not _has_type(value, kind):
        yield _failed(value, shape, path, f"Member must be of type {kind}")
    elif kind == "structure":
        yield from _structure(value, shape, f"{path}.")
    elif kind == "list":
        yield from _size(value, shape, path, len(value), "length")
        for position, member in enumerate(value, start=1):
            yield from _member(member, shape.member, f"{path}.{position}.member")
    elif kind == "map":
        for key, member in value.items():
            yield from _value(key, shape.key, path)
            yield from _member(member, shape.value, f"{path}.value")
    elif kind == "string":
        yield from _string(value, shape, path)
    elif kind in {"integer", "long", "float", "double"}:
        yield from _size(value, shape, path, value, "value")


def _has_type(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, TYPES[kind])


def _structure(value: Mapping[str, Any], shape: Shape, prefix: str) -> Iterator[str]:
    for name in shape.required_members:
        if value.get(name) is None and shape.members[name].name != PRIMITIVE:
            yield _failed(
                None, shape.members[name], prefix + _camel(name), "Member must not be null"
            )
    for name, member in value.items():
        if member is not None and name in shape.members:
            yield from _value(member, shape.members[name], prefix + _camel(name))


def _member(value: Any, shape: Shape, path: str) -> Iterator[str]:
    if value is None:
        yield _failed(None, shape, path, "Member must not be null")
    else:
        yield from _value(value, shape, path)


def _string(value: str, shape: Shape, path: str) -> Iterator[str]:
    if shape.enum and value not in shape.enum:
        yield _failed(
            value, shape, path, f"Member must satisfy enum value set: [{', '.join(shape.enum)}]"
        )
        return
    too_long_or_short = list(_size(value, shape, path, len(value), "length"))
    yield from too_long_or_short
    pattern = shape.metadata.get("pattern")
    # The pattern is not tried on a string of a wrong length: some backtrack.
    if pattern and not too_long_or_short and not _matches(pattern, value):
        yield _failed(
            value, shape, path, f"Member must satisfy regular expression pattern: {pattern}"
        )


def _matches(pattern: str, value: str) -> bool:
    # Unicode's classes are unknown to Python's `re`: such a pattern (of tags) is not checked.
    if r"\p{" in pattern:
        return True
    # `.` must match newlines: the model says `.*` where AWS takes any text (environment variables).
    # ASCII, because `\w` and `\d` in AWS's patterns mean ASCII.
    return re.fullmatch(pattern, value, re.DOTALL | re.ASCII) is not None


def _size(value: Any, shape: Shape, path: str, size: int, what: str) -> Iterator[str]:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if least is not None and size < least:
        yield _failed(
            value, shape, path, f"Member must have {what} greater than or equal to {least}"
        )
    if most is not None and size > most:
        yield _failed(value, shape, path, f"Member must have {what} less than or equal to {most}")


def _failed(value: Any, shape: Shape, path: str, constraint: str) -> str:
    # The model marks commands and environment variables as sensitive: their values are not shown.
    shown = "" if shape.metadata.get("sensitive") or value is None else f" '{str(value)[:80]}'"
    return f"Value{shown} at '{path}' failed to satisfy constraint: {constraint}"


def _camel(name: str) -> str:
    return name[:1].lower() + name[1:]
