"""Services whose every operation moto answers; LocalStack parses, routes and hands over."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from localstack.runtime import hooks
from localstack.services.plugins import Service, aws_provider

if TYPE_CHECKING:
    from localstack.aws.api import RequestContext
    from localstack.http import Response

#: The provider name under which a service of moto's stands beside LocalStack's own.
BESIDE = "moto"
#: The provider name of a service that LocalStack does not have.
ALONE = "default"

#: Services that LocalStack has, answered by moto all the same.
#: dynamodb: LocalStack's own downloads DynamoDB Local and a Java runtime on first use.
PREFERRED = ("dynamodb",)

#: Services that the free LocalStack does not have.
ADDED = (
    "application-autoscaling",
    "autoscaling",
    "ecr",
    "ecs",
    "efs",
    "elasticache",
    "elbv2",
    "rds",
    "servicediscovery",
    "wafv2",
)


def service(name: str) -> Service:
    """A LocalStack service that passes each operation of `name` (botocore's name) to moto."""
    from localstack.aws.skeleton import Skeleton
    from localstack.aws.spec import load_service
    from localstack.services.moto import dispatch_to_moto

    def answer(context: "RequestContext", _request: object) -> "Response":
        return dispatch_to_moto(context)

    model = load_service(name)
    return Service(name, skeleton=Skeleton(model, dict.fromkeys(model.operation_names, answer)))


def provider(name: str) -> Callable[[], Service]:
    """The plugin factory for `name`, as an entry point wants it."""

    def create() -> Service:
        return service(name)

    create.__name__ = name.replace("-", "_")
    return aws_provider(api=name, name=BESIDE if name in PREFERRED else ALONE)(create)


@hooks.on_infra_start()
def prefer_moto() -> None:
    """Makes moto the provider of the preferred services, unless the user named another one."""
    from localstack import config

    for name in PREFERRED:
        config.SERVICE_PROVIDER_CONFIG.set_provider_if_not_exists(name, BESIDE)
