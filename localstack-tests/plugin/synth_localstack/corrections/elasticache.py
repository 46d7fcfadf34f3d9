"""What moto's ElastiCache does not let go of, and does not show."""

from typing import TYPE_CHECKING, Any

from synth_localstack.corrections.correction import Correction, Replacement, amends

if TYPE_CHECKING:
    from localstack.aws.api import RequestContext
    from localstack.http import Response


def _backend(context: "RequestContext") -> Any:
    from moto.elasticache.models import elasticache_backends

    return elasticache_backends[context.account_id][context.region]


def let_go(context: "RequestContext", _response: "Response") -> None:
    """Removes the cluster; its deletion takes no time, since nothing runs."""
    _backend(context).cache_clusters.pop(context.service_request["CacheClusterId"], None)


def show_security_groups(context: "RequestContext", answer: dict[str, Any]) -> None:
    """Says which security groups a cluster has: moto knows, and does not tell."""
    created = answer.get("CacheCluster")
    for cluster in [created] if created else answer.get("CacheClusters", []):
        kept = _backend(context).cache_clusters[cluster["CacheClusterId"]]
        cluster["SecurityGroups"] = [
            {"SecurityGroupId": group, "Status": "active"} for group in kept.security_group_ids
        ]


def delete_subnet_group(context: "RequestContext", request: dict[str, Any]) -> dict[str, Any]:
    """Removes a subnet group that no cluster uses."""
    from localstack.aws.api import CommonServiceException

    name = request["CacheSubnetGroupName"]
    backend = _backend(context)
    if name not in backend.cache_subnet_groups:
        code = "CacheSubnetGroupNotFoundFault"
        raise CommonServiceException(code, f"Cache Subnet Group {name} does not exist.")
    clusters = backend.cache_clusters.values()
    if any(cluster.cache_subnet_group_name == name for cluster in clusters):
        message = f"Cache subnet group {name} is currently in use by a cache cluster."
        raise CommonServiceException("CacheSubnetGroupInUse", message)
    del backend.cache_subnet_groups[name]
    return {}


CORRECTIONS = (
    Correction(
        name="elasticache-deleted-cluster",
        service="elasticache",
        operations=frozenset({"DeleteCacheCluster"}),
        reason="moto 5.1 shows a deleted cluster for ever: terraform waits 40 minutes for its end",
        apply=let_go,
    ),
    Correction(
        name="elasticache-security-groups",
        service="elasticache",
        operations=frozenset({"CreateCacheCluster", "DescribeCacheClusters"}),
        reason=(
            "moto 5.1 does not show a cluster's security groups: terraform plans to add them,"
            " for ever"
        ),
        apply=amends(show_security_groups),
    ),
)

REPLACEMENTS = (
    Replacement(
        name="elasticache-deleted-subnet-group",
        service="elasticache",
        operations=frozenset({"DeleteCacheSubnetGroup"}),
        reason="moto 5.1 cannot delete a subnet group (501): terraform destroy fails",
        answer=delete_subnet_group,
    ),
)
