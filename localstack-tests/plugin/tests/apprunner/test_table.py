"""The tables of operations against the service model."""

from localstack.aws.spec import load_service

from synth_localstack.apprunner import provider

MODULES = (
    provider.services,
    provider.autoscaling,
    provider.observability,
    provider.connections,
    provider.vpc_connectors,
    provider.vpc_ingress,
    provider.domains,
    provider.tags,
)


def test_every_operation_of_the_model_has_a_handler() -> None:
    model = load_service("apprunner")
    assert set(provider.OPERATIONS) == set(model.operation_names)
    assert len(provider.OPERATIONS) == 37


def test_no_operation_is_in_two_tables() -> None:
    assert sum(len(module.OPERATIONS) for module in MODULES) == len(provider.OPERATIONS)
