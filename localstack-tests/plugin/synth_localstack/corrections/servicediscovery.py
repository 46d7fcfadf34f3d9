"""A private namespace takes its hosted zone with it."""

from typing import Any

from synth_localstack.corrections.correction import Patch


def delete_zone_too() -> None:
    """Wraps the deletion of namespaces in moto's backend."""
    from moto.route53.models import route53_backends
    from moto.servicediscovery.models import ServiceDiscoveryBackend

    delete: Any = ServiceDiscoveryBackend.delete_namespace

    def delete_namespace(self: Any, namespace_id: str) -> str:
        namespace = self.namespaces.get(namespace_id)
        operation = delete(self, namespace_id)
        zone = (namespace.dns_properties or {}).get("HostedZoneId")
        if zone:
            route53_backends[self.account_id][self.partition].delete_hosted_zone(zone)
        return operation

    ServiceDiscoveryBackend.delete_namespace = delete_namespace


PATCHES = (
    Patch(
        name="servicediscovery-deleted-zone",
        service="servicediscovery",
        reason="moto 5.1 leaves the hosted zone of a deleted namespace: the account is not empty",
        install=delete_zone_too,
    ),
)
