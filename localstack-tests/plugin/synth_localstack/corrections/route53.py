"""A change of DNS records is in sync at once; Terraform need not wait before it asks."""

from typing import TYPE_CHECKING, Any

from synth_localstack.corrections.correction import Correction, amends

if TYPE_CHECKING:
    from localstack.aws.api import RequestContext
    from localstack.http import Response


def leave_change_out(_context: "RequestContext", answer: dict[str, Any]) -> None:
    """Takes the member away whose absence says that there is nothing to wait for."""
    answer.pop("ChangeInfo", None)


def spare_terraform(context: "RequestContext", response: "Response") -> None:
    """For Terraform only: the API promises the member, and others may read it."""
    if "Terraform/" in context.request.headers.get("User-Agent", ""):
        amends(leave_change_out)(context, response)


CORRECTIONS = (
    Correction(
        name="route53-change-wait",
        service="route53",
        operations=frozenset({"CreateHostedZone", "ChangeResourceRecordSets", "DeleteHostedZone"}),
        reason=(
            "hashicorp/aws 5.100.0 sleeps 10 to 30 s before it first asks whether a change is in"
            " sync (internal/service/route53); without a ChangeInfo it does not"
        ),
        apply=spare_terraform,
    ),
)
