"""The errors that App Runner's operations declare."""

from localstack.aws.api import CommonServiceException


class AppRunnerError(CommonServiceException):
    """A refusal with one of the service's error codes; the request's sender is at fault."""

    def __init__(self, code: str, message: str) -> None:
        # `ErrorMessage` in the service model: at most 600 characters.
        super().__init__(code, message[:600], status_code=400, sender_fault=True)


def invalid_request(message: str) -> AppRunnerError:
    """A parameter is not valid."""
    return AppRunnerError("InvalidRequestException", message)


def invalid_state(message: str) -> AppRunnerError:
    """The resource's current status does not allow the action."""
    return AppRunnerError("InvalidStateException", message)


def not_found(message: str) -> AppRunnerError:
    """No resource has the ARN."""
    return AppRunnerError("ResourceNotFoundException", message)
