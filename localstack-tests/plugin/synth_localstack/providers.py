"""The services that the plugin adds: one entry point each."""

from localstack.services.plugins import Service, aws_provider

from synth_localstack import moto

dynamodb = moto.provider("dynamodb")


@aws_provider(api="apprunner")
def apprunner() -> Service:
    """AWS App Runner, which the free LocalStack does not have."""
    from synth_localstack.apprunner import provider
    from synth_localstack.settings import current

    return provider.service(current())
