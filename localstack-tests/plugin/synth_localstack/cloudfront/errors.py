"""How CloudFront refuses; the HTTP status of each error code stands in the service model."""

from localstack.aws.api import CommonServiceException
from localstack.aws.spec import load_service


class CloudFrontError(CommonServiceException):
    """A refusal with one of the service's error codes; the request's sender is at fault."""


def refusal(code: str, message: str) -> CloudFrontError:
    """The refusal `code`."""
    model = load_service("cloudfront")
    shape = model.shape_for(code) if code in model.shape_names else None
    # `MalformedXML` is common to the services with XML bodies and stands in no model.
    status = shape.metadata.get("error", {}).get("httpStatusCode", 400) if shape else 400
    return CloudFrontError(code, message, status_code=status, sender_fault=True)
