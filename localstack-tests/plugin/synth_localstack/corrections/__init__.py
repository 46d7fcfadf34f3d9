"""Fields that LocalStack's own services lose; each shows in Terraform as a diff that never ends.

A correction runs after the service answered and without an error. One file per service, one line
in `CORRECTIONS` per file.
"""

from localstack.runtime import hooks

from synth_localstack.corrections import cloudwatch
from synth_localstack.corrections.correction import Correction

CORRECTIONS: tuple[Correction, ...] = (*cloudwatch.CORRECTIONS,)


@hooks.on_infra_start()
def install() -> None:
    """Puts each correction behind its service."""
    from localstack.aws import handlers

    for correction in CORRECTIONS:
        handlers.modify_service_response.append(correction.service, correction)
