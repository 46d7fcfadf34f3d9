"""What LocalStack's EC2 mixes up in launch templates, forgets of rules, and lacks for images."""

import re
from typing import TYPE_CHECKING, Any

from synth_localstack.corrections.correction import Correction, Patch, Replacement, amends

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


#: Eight digits, or the seventeen that new instances have (EC2 user guide, "Resource IDs").
_INSTANCE = re.compile(r"i-(?:[0-9a-f]{8}|[0-9a-f]{17})")


def answer_uefi_data(context: "RequestContext", request: dict[str, Any]) -> dict[str, Any]:
    """Shows the variables of an instance's firmware: there are none, since nothing runs."""
    from localstack.aws.api import CommonServiceException
    from moto.ec2.models import ec2_backends

    name = request["InstanceId"]
    if not _INSTANCE.fullmatch(name):
        raise CommonServiceException("InvalidInstanceID.Malformed", f'Invalid id: "{name}"')
    if ec2_backends[context.account_id][context.region].get_instance_by_id(name) is None:
        message = f"The instance ID '{name}' does not exist"
        raise CommonServiceException("InvalidInstanceID.NotFound", message)
    return {"InstanceId": name, "UefiData": ""}


def show_descriptions() -> None:
    """Shows what a rule for another security group is described as, not only one for addresses."""
    from moto.ec2.models.security_groups import SecurityGroupRule

    def description(rule: SecurityGroupRule) -> str | None:
        return rule.ip_range.get("Description") or rule.source_group.get("Description")

    SecurityGroupRule.description = property(description)


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

REPLACEMENTS = (
    Replacement(
        name="ec2-instance-uefi-data",
        service="ec2",
        operations=frozenset({"GetInstanceUefiData"}),
        reason=(
            "moto 5.1 has no such operation (501); hashicorp/aws asks it about the image of each"
            " `aws_ami`, and goes on when it is refused, as AWS does"
        ),
        answer=answer_uefi_data,
    ),
)

PATCHES = (
    Patch(
        name="ec2-rule-descriptions",
        service="ec2",
        reason=(
            "moto 5.1 keeps the description of a rule for another security group, and does not"
            " show it: terraform plans to set it, for ever"
        ),
        install=show_descriptions,
    ),
)
