"""What LocalStack's services and moto lose; most of it shows in Terraform as an endless diff.

A correction runs after the service answered and without an error, a replacement instead of an
operation that the service does not have, a patch once. One file per service, its lines below.
"""

from localstack.runtime import hooks

from synth_localstack.corrections import (
    acm,
    application_autoscaling,
    autoscaling,
    cloudwatch,
    ec2,
    ecs,
    efs,
    elasticache,
    logs,
    rds,
    route53,
    secretsmanager,
    servicediscovery,
)
from synth_localstack.corrections.correction import Correction, Patch, Replacement

CORRECTIONS: tuple[Correction, ...] = (
    *application_autoscaling.CORRECTIONS,
    *autoscaling.CORRECTIONS,
    *cloudwatch.CORRECTIONS,
    *ec2.CORRECTIONS,
    *ecs.CORRECTIONS,
    *elasticache.CORRECTIONS,
    *logs.CORRECTIONS,
    *rds.CORRECTIONS,
    *route53.CORRECTIONS,
)

REPLACEMENTS: tuple[Replacement, ...] = (
    *application_autoscaling.REPLACEMENTS,
    *ec2.REPLACEMENTS,
    *efs.REPLACEMENTS,
    *elasticache.REPLACEMENTS,
)

PATCHES: tuple[Patch, ...] = (
    *acm.PATCHES,
    *ec2.PATCHES,
    *elasticache.PATCHES,
    *rds.PATCHES,
    *secretsmanager.PATCHES,
    *servicediscovery.PATCHES,
)


def names() -> list[str]:
    """The names of everything that is corrected."""
    corrections: tuple[Correction | Replacement | Patch, ...] = (
        *CORRECTIONS,
        *REPLACEMENTS,
        *PATCHES,
    )
    return [correction.name for correction in corrections]


@hooks.on_infra_start()
def install() -> None:
    """Puts corrections behind their services, replacements before them, and installs patches."""
    from localstack.aws import handlers

    for correction in CORRECTIONS:
        handlers.modify_service_response.append(correction.service, correction)
    for replacement in REPLACEMENTS:
        handlers.serve_custom_service_request_handlers.append(replacement)
    for patch in PATCHES:
        patch.install()
