"""What App Runner asks of EC2: do the subnets, security groups and endpoints exist."""

from typing import TYPE_CHECKING

from synth_localstack.apprunner.call import Call
from synth_localstack.apprunner.errors import invalid_request

if TYPE_CHECKING:
    from moto.ec2.models import EC2Backend


def _ec2(call: Call) -> "EC2Backend":
    from moto.ec2.models import ec2_backends

    return ec2_backends[call.account][call.region]


def vpc_of_subnets(call: Call, ids: list[str]) -> str:
    """The VPC of the subnets, which must exist and lie in a single VPC (API_CreateVpcConnector)."""
    subnets = {
        zone_id: subnet for zone in _ec2(call).subnets.values() for zone_id, subnet in zone.items()
    }
    unknown = [subnet for subnet in ids if subnet not in subnets]
    if unknown:
        raise invalid_request(f"The subnet IDs you specified don't exist: {', '.join(unknown)}")
    vpcs = {subnets[subnet].vpc_id for subnet in ids}
    if len(vpcs) != 1:
        raise invalid_request("Specify IDs of subnets of a single Amazon VPC.")
    return vpcs.pop()


def security_groups(call: Call, vpc: str, ids: list[str]) -> list[str]:
    """The security groups, which must exist in the VPC; its default one where none is named."""
    known = _ec2(call).groups.get(vpc, {})
    if not ids:
        return [group.id for group in known.values() if group.name == "default"]
    unknown = [group for group in ids if group not in known]
    if unknown:
        raise invalid_request(
            f"The security group IDs you specified don't exist in {vpc}: {', '.join(unknown)}"
        )
    return ids


def require_endpoint(call: Call, vpc: str, endpoint: str) -> None:
    """Refuses a VPC endpoint that does not exist in the VPC."""
    found = _ec2(call).vpc_end_points.get(endpoint)
    if found is None or found.vpc_id != vpc:
        raise invalid_request(f"The VPC endpoint {endpoint} doesn't exist in {vpc}")
