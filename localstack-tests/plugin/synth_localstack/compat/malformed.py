"""A request that cannot be parsed is the sender's fault, as at AWS, and not worth a retry.

LocalStack 4.12 answers 500 to a body that is no JSON and to a list where text belongs; the SDKs try
such an answer again, Terraform's provider 25 times. AWS answers 400 with `SerializationException`
(Smithy's tests of malformed requests, smithy-aws-protocol-tests).
"""

from typing import TYPE_CHECKING, Any

from localstack.runtime import hooks

if TYPE_CHECKING:
    from localstack.aws.api import RequestContext


@hooks.on_infra_start()
def blame_the_sender() -> None:
    """Wraps the step of LocalStack's gateway that parses requests."""
    from localstack.aws.api import CommonServiceException
    from localstack.aws.handlers.service import ServiceRequestParser
    from localstack.aws.protocol.parser import RequestParserError

    parse: Any = ServiceRequestParser.parse_and_enrich

    def parse_or_refuse(self: Any, context: "RequestContext") -> None:
        try:
            parse(self, context)
        except RequestParserError as error:
            # An answer needs an operation to be written; LocalStack takes the first one too.
            first = context.service.operation_names[0]
            context.operation = context.operation or context.service.operation_model(first)
            raise CommonServiceException(
                "SerializationException", str(error), status_code=400, sender_fault=True
            ) from error

    ServiceRequestParser.parse_and_enrich = parse_or_refuse
