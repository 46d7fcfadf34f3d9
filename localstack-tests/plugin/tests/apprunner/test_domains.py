from typing import Any

from apprunner.examples import create


def domains(apprunner: Any, service: str, **request: Any) -> list[dict[str, Any]]:
    return apprunner.describe_custom_domains(ServiceArn=service, **request)["CustomDomains"]


def test_a_domain_waits_for_its_validation_records(apprunner: Any) -> None:
    service = create(apprunner)
    arn = service["ServiceArn"]
    answer = apprunner.associate_custom_domain(ServiceArn=arn, DomainName="example.com")
    assert answer["DNSTarget"] == service["ServiceUrl"]
    assert answer["CustomDomain"]["Status"] == "creating"
    [found] = domains(apprunner, arn)
    assert found["Status"] == "pending_certificate_dns_validation"
    assert found["EnableWWWSubdomain"] is True
    hosts = [record["Name"].partition(".")[2] for record in found["CertificateValidationRecords"]]
    assert hosts == ["example.com.", "www.example.com."]


def test_a_domain_without_www_has_one_record(apprunner: Any) -> None:
    arn = create(apprunner)["ServiceArn"]
    answer = apprunner.associate_custom_domain(
        ServiceArn=arn, DomainName="example.com", EnableWWWSubdomain=False
    )
    assert len(answer["CustomDomain"]["CertificateValidationRecords"]) == 1


def test_a_disassociated_domain_is_gone(apprunner: Any, refusal: Any) -> None:
    arn = create(apprunner)["ServiceArn"]
    named = {"ServiceArn": arn, "DomainName": "example.com"}
    apprunner.associate_custom_domain(**named)
    assert refusal(apprunner.associate_custom_domain, **named)[0] == "InvalidRequestException"
    answer = apprunner.disassociate_custom_domain(**named)
    assert answer["CustomDomain"]["Status"] == "deleting"
    assert domains(apprunner, arn) == []
    assert refusal(apprunner.disassociate_custom_domain, **named)[0] == "ResourceNotFoundException"


def test_domains_come_five_a_page_at_most(apprunner: Any, refusal: Any) -> None:
    arn = create(apprunner)["ServiceArn"]
    for number in range(3):
        apprunner.associate_custom_domain(ServiceArn=arn, DomainName=f"{number}.example.com")
    page = apprunner.describe_custom_domains(ServiceArn=arn, MaxResults=2)
    rest = domains(apprunner, arn, MaxResults=2, NextToken=page["NextToken"])
    assert [found["DomainName"] for found in rest] == ["2.example.com"]
    refused = refusal(apprunner.describe_custom_domains, ServiceArn=arn, MaxResults=6)
    assert "less than or equal to 5" in refused[1]


def test_a_domain_of_no_service_is_refused_with_a_declared_error(
    apprunner: Any, account: str, refusal: Any
) -> None:
    arn = f"arn:aws:apprunner:us-east-1:{account}:service/nothing/{'0' * 32}"
    named = {"ServiceArn": arn, "DomainName": "example.com"}
    # AssociateCustomDomain declares no ResourceNotFoundException, DisassociateCustomDomain does.
    assert refusal(apprunner.associate_custom_domain, **named)[0] == "InvalidRequestException"
    assert refusal(apprunner.disassociate_custom_domain, **named)[0] == "ResourceNotFoundException"
