"""Configurations that have revisions: auto scaling and observability share these rules.

https://docs.aws.amazon.com/apprunner/latest/dg/manage-configure-resources.html
"""

from collections.abc import Callable
from typing import Any

from synth_localstack.apprunner.call import Call, new_id
from synth_localstack.apprunner.errors import invalid_request, not_found
from synth_localstack.apprunner.pagination import page
from synth_localstack.apprunner.store import Kind, Resource


def create(call: Call, kind: Kind, **data: Any) -> Resource:
    """Adds the next revision of the requested name.

    A revision "is unique among all the active configurations that share the same name"
    (API_AutoScalingConfiguration).
    """
    name = call.request[f"{kind.name}Name"]
    newest = latest(call, kind, name)
    revision = revision_of(newest) + 1 if newest else 1
    revisioned = {f"{kind.name}Revision": revision}
    return call.store.add(call.new(kind, f"{name}/{revision}/{new_id()}", **revisioned, **data))


def revision_of(resource: Resource) -> int:
    """The revision number."""
    return resource.data[f"{resource.kind.name}Revision"]


def latest(call: Call, kind: Kind, name: str) -> Resource | None:
    """The active configuration with the highest revision among those that share `name`."""
    named = [found for found in call.store.all(kind) if found.name == name]
    return max(named, key=revision_of, default=None)


def show(call: Call, resource: Resource, **more: Any) -> dict[str, Any]:
    """The members of a configuration, with `Latest` as of now."""
    return resource.data | {"Latest": latest(call, resource.kind, resource.name) is resource} | more


def name_only(call: Call, kind: Kind, arn: str) -> str | None:
    """The name in a partial ARN that ends with `.../name`, or `None` for any other ARN."""
    prefix = call.arn(f"{kind.word}/")
    path = arn.removeprefix(prefix)
    return path if arn.startswith(prefix) and "/" not in path else None


def resolve(call: Call, kind: Kind, arn: str) -> Resource | None:
    """What a full ARN, or a partial one ending with `.../name` or `.../name/revision`, means.

    A partial ARN means active configurations only; a full one finds deleted ones too.
    """
    exact = call.store.resources.get(arn)
    if exact is not None:
        return exact if exact.kind is kind else None
    name = name_only(call, kind, arn)
    if name is not None:
        return latest(call, kind, name)
    matching = (found for found in call.store.all(kind) if found.arn.rpartition("/")[0] == arn)
    return next(matching, None)


def find(call: Call, kind: Kind) -> Resource:
    """The configuration that the request's ARN means."""
    arn = call.request[kind.arn]
    found = resolve(call, kind, arn)
    if found is None:
        raise not_found(f"No {kind.name} found for ARN: {arn}")
    return found


def referenced(call: Call, kind: Kind, arn: str) -> Resource:
    """The active configuration that a parameter of a service means."""
    found = resolve(call, kind, arn)
    if found is None or not found.alive:
        raise invalid_request(f"The {kind.arn} you specified isn't valid. ARN: '{arn}'")
    return found


def require_unused(call: Call, resource: Resource) -> None:
    """Refuses to go on while a service uses the configuration."""
    users = [service.name for service in call.store.users(resource.arn)]
    if users:
        raise invalid_request(
            f"The {resource.kind.name} {resource.arn} is used by services: {', '.join(users)}"
        )


def listing(
    call: Call, kind: Kind, member: str, summary: Callable[[Resource], dict[str, Any]]
) -> dict[str, Any]:
    """The answer of a list operation; `LatestOnly` is true unless the request says otherwise."""
    found = call.store.all(kind)
    name = call.request.get(f"{kind.name}Name")
    if name is not None:
        found = [resource for resource in found if resource.name == name]
    if call.request.get("LatestOnly", True):
        found = [resource for resource in found if latest(call, kind, resource.name) is resource]
    chosen, more = page(found, lambda resource: resource.order, call.request)
    return {member: [summary(resource) for resource in chosen], **more}
