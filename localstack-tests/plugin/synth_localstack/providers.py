"""The services that the plugin adds: one entry point each."""

from localstack.services.plugins import Service, aws_provider

from synth_localstack import moto

dynamodb = moto.provider("dynamodb")

application_autoscaling = moto.provider("application-autoscaling")
autoscaling = moto.provider("autoscaling")
ecr = moto.provider("ecr")
ecs = moto.provider("ecs")
efs = moto.provider("efs")
elasticache = moto.provider("elasticache")
elbv2 = moto.provider("elbv2")
rds = moto.provider("rds")
servicediscovery = moto.provider("servicediscovery")
wafv2 = moto.provider("wafv2")


@aws_provider(api="apprunner")
def apprunner() -> Service:
    """AWS App Runner, which the free LocalStack does not have."""
    from synth_localstack.apprunner import provider
    from synth_localstack.settings import current

    return provider.service(current())


@aws_provider(api="cloudfront")
def cloudfront() -> Service:
    """Amazon CloudFront, which the free LocalStack does not have."""
    from synth_localstack.cloudfront import provider

    return provider.service()
