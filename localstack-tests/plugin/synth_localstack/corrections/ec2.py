"""What LocalStack's EC2 mixes up in launch templates."""

from typing import TYPE_CHECKING, Any

from synth_localstack.corrections.correction import Correction, amends

if TYPE_CHECKING:
    from localstack.aws.api import RequestContext


def leave_own_tags_out(_context: "RequestContext", answer: dict[str, Any]) -> None:
    """Removes the template's own tags from what it would tag."""
    for version in answer.get("LaunchTemplateVersions", []):
        data = version.get("LaunchTemplateData", {})
        specifications = data.get("TagSpecifications")
        if specifications is None:
            continue
        data["TagSpecifications"] = [
            found for found in specifications if found.get("ResourceType") != "launch-template"
        ]


CORRECTIONS = (
    Correction(
        name="ec2-launch-template-tags",
        service="ec2",
        operations=frozenset({"DescribeLaunchTemplateVersions"}),
        reason=(
            "moto 5.1 takes the tags of a launch template for tags of what is launched:"
            " terraform plans to remove them, for ever"
        ),
        apply=amends(leave_own_tags_out),
    ),
)
