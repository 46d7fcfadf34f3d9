"""What moto's ElastiCache does not let go of, and does not show."""

from typing import TYPE_CHECKING, Any

from synth_localstack.corrections.correction import Correction, Patch, Replacement, amends

if TYPE_CHECKING:
    from localstack.aws.api import RequestContext
    from localstack.http import Response


def _backend(context: "RequestContext") -> Any:
    from moto.elasticache.models import elasticache_backends

    return elasticache_backends[context.account_id][context.region]


def let_go(context: "RequestContext", _response: "Response") -> None:
    """Removes the cluster; its deletion takes no time, since nothing runs."""
    _backend(context).cache_clusters.pop(context.service_request["CacheClusterId"], None)


def let_go_of_group(context: "RequestContext", _response: "Response") -> None:
    """Removes the replication group and its members."""
    group = _backend(context).replication_groups.pop(
        context.service_request["ReplicationGroupId"], None
    )
    for member in group.member_clusters if group else []:
        _backend(context).cache_clusters.pop(member, None)


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


def make_members() -> None:
    """Gives a replication group as many members as it was asked for, and makes each a cluster."""
    from inspect import signature

    from moto.elasticache.models import CacheCluster, ElastiCacheBackend

    create: Any = ElastiCacheBackend.create_replication_group
    #: What the members have of their group; of the rest nothing was said.
    shared = (
        "auto_minor_version_upgrade",
        "cache_node_type",
        "cache_parameter_group_name",
        "cache_subnet_group_name",
        "engine",
        "engine_version",
        "port",
        "preferred_maintenance_window",
        "replication_group_id",
        "security_group_ids",
        "snapshot_retention_limit",
        "snapshot_window",
        "transit_encryption_enabled",
    )

    def create_with_members(self: Any, **request: Any) -> Any:
        if request.get("num_cache_clusters"):
            request["replicas_per_node_group"] = request["num_cache_clusters"] - 1
        group = create(self, **request)
        for member in group.member_clusters:
            cluster = dict.fromkeys(list(signature(CacheCluster).parameters))
            cluster |= {name: getattr(group, name) for name in shared}
            cluster |= {"account_id": self.account_id, "region_name": self.region_name}
            made: Any = CacheCluster(**cluster | {"cache_cluster_id": member})
            # Terraform reads this of a member, not of the group.
            made.at_rest_encryption_enabled = group.at_rest_encryption_enabled
            self.cache_clusters[member] = made
        return group

    ElastiCacheBackend.create_replication_group = create_with_members


CORRECTIONS = (
    Correction(
        name="elasticache-deleted-cluster",
        service="elasticache",
        operations=frozenset({"DeleteCacheCluster"}),
        reason="moto 5.1 shows a deleted cluster for ever: terraform waits 40 minutes for its end",
        apply=let_go,
    ),
    Correction(
        name="elasticache-deleted-replication-group",
        service="elasticache",
        operations=frozenset({"DeleteReplicationGroup"}),
        reason="moto 5.1 shows a deleted group for ever: terraform waits 45 minutes for its end",
        apply=let_go_of_group,
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

PATCHES = (
    Patch(
        name="elasticache-replication-group-members",
        service="elasticache",
        reason=(
            "moto 5.1 gives a group one member however many were asked for, and has no cluster of"
            " that name: terraform cannot read the group"
        ),
        install=make_members,
    ),
)
