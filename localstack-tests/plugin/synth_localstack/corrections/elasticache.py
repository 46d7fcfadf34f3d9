"""A cache that is deleted does go in moto's ElastiCache."""

from typing import TYPE_CHECKING

from synth_localstack.corrections.correction import Correction

if TYPE_CHECKING:
    from localstack.aws.api import RequestContext
    from localstack.http import Response


def let_go(context: "RequestContext", _response: "Response") -> None:
    """Removes the cluster; its deletion takes no time, since nothing runs."""
    from moto.elasticache.models import elasticache_backends

    backend = elasticache_backends[context.account_id][context.region]
    backend.cache_clusters.pop(context.service_request["CacheClusterId"], None)


CORRECTIONS = (
    Correction(
        name="elasticache-deleted-cluster",
        service="elasticache",
        operations=frozenset({"DeleteCacheCluster"}),
        reason="moto 5.1 shows a deleted cluster for ever: terraform waits 40 minutes for its end",
        apply=let_go,
    ),
)
