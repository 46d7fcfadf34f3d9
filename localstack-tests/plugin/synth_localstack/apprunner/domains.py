"""Custom domains of a service.

https://docs.aws.amazon.com/apprunner/latest/api/API_AssociateCustomDomain.html
"""

import uuid
from datetime import datetime
from typing import Any

from synth_localstack.apprunner import services, vpc_ingress
from synth_localstack.apprunner.call import Call, Operations
from synth_localstack.apprunner.errors import invalid_request, invalid_state, not_found
from synth_localstack.apprunner.pagination import page
from synth_localstack.apprunner.store import Domain, Resource

# Lower case in answers though the model's enum is upper case: hashicorp/aws 5.100.0 waits for these
# (custom_domain_association.go), because AWS answers so.
CREATING = "creating"
PENDING = "pending_certificate_dns_validation"
DELETING = "deleting"
#: Never shown: a domain that reaches it is forgotten.
GONE = "deleted"


def _answer(call: Call, service: Resource, **members: Any) -> dict[str, Any]:
    """The members that the three operations share, and more."""
    targets = [
        {
            "VpcIngressConnectionArn": ingress.arn,
            "VpcId": ingress.data["IngressVpcConfiguration"]["VpcId"],
            "DomainName": ingress.data["DomainName"],
        }
        for ingress in vpc_ingress.of_service(call, service.arn)
    ]
    shared = {"DNSTarget": service.data["ServiceUrl"], "ServiceArn": service.arn}
    return {**shared, "VpcDNSTargets": targets, **members}


def _validation_record(host: str) -> dict[str, str]:
    """The CNAME that proves who owns a host name: made from the name, so always the same."""
    return {
        "Name": f"_{uuid.uuid5(uuid.NAMESPACE_DNS, host).hex}.{host}.",
        "Type": "CNAME",
        "Value": f"_{uuid.uuid5(uuid.NAMESPACE_URL, host).hex}.acm-validations.aws.",
        "Status": "PENDING_VALIDATION",
    }


def _associate(call: Call) -> dict[str, Any]:
    service = services.find_in(call, services.RUNNING, services.PAUSED)
    name = call.request["DomainName"]
    if name in service.domains:
        raise invalid_request(f"Domain {name} is already associated with service {service.name}")
    www = call.request.get("EnableWWWSubdomain", True)
    hosts = [name, f"www.{name}"] if www else [name]
    domain = Domain(
        {
            "DomainName": name,
            "EnableWWWSubdomain": www,
            "CertificateValidationRecords": [_validation_record(host) for host in hosts],
        },
        order=next(call.store.orders),
    )
    domain.start(CREATING, PENDING, call.now, call.delay)
    service.domains[name] = domain
    return _answer(call, service, CustomDomain=domain.data)


def _describe(call: Call) -> dict[str, Any]:
    service = services.find(call)
    domains = list(service.domains.values())
    chosen, more = page(domains, lambda domain: domain.order, call.request)
    return _answer(call, service, CustomDomains=[domain.data for domain in chosen], **more)


def _disassociate(call: Call) -> dict[str, Any]:
    service = services.find_in(call, services.RUNNING, services.PAUSED)
    name = call.request["DomainName"]
    domain = service.domains.get(name)
    if domain is None:
        raise not_found(f"Domain {name} is not associated with service {service.name}")
    if domain.status != PENDING:
        raise invalid_state(f"Domain {name} is in status {domain.status}")

    def forget(_at: datetime) -> None:
        service.domains.pop(name, None)

    domain.start(DELETING, GONE, call.now, call.delay, forget)
    return _answer(call, service, CustomDomain=domain.data)


OPERATIONS: Operations = {
    "AssociateCustomDomain": _associate,
    "DescribeCustomDomains": _describe,
    "DisassociateCustomDomain": _disassociate,
}
