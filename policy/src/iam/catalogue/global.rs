//! The condition keys of all services (IAM user guide, "AWS global condition context keys").

use super::ConditionKey;

const fn key(name: &'static str, kind: &'static str) -> ConditionKey {
    ConditionKey { name, kind }
}

/// By name. The types are those that the guide gives each key, and are named as services name those of theirs; at the end the
/// keys of sessions that services hand out, which any request may have.
static GLOBAL: &[ConditionKey] = &[
    key("aws:AssumedRoot", "Bool"),
    key("aws:CalledVia", "ArrayOfString"),
    key("aws:CalledViaAWSMCP", "String"),
    key("aws:CalledViaFirst", "String"),
    key("aws:CalledViaLast", "String"),
    key("aws:ChatbotSourceArn", "ARN"),
    key("aws:CurrentTime", "Date"),
    key("aws:Ec2InstanceSourcePrivateIPv4", "IPAddress"),
    key("aws:Ec2InstanceSourceVpc", "String"),
    key("aws:EpochTime", "Date"),
    key("aws:FederatedProvider", "String"),
    key("aws:IsMcpServiceAction", "Bool"),
    key("aws:MultiFactorAuthAge", "Numeric"),
    key("aws:MultiFactorAuthPresent", "Bool"),
    key("aws:PrincipalAccount", "String"),
    key("aws:PrincipalArn", "ARN"),
    key("aws:PrincipalIsAWSService", "Bool"),
    key("aws:PrincipalOrgID", "String"),
    key("aws:PrincipalOrgPaths", "ArrayOfString"),
    key("aws:PrincipalServiceName", "String"),
    key("aws:PrincipalServiceNamesList", "ArrayOfString"),
    key("aws:PrincipalTag/${TagKey}", "String"),
    key("aws:PrincipalType", "String"),
    key("aws:referer", "String"),
    key("aws:RequestedRegion", "String"),
    key("aws:RequestTag/${TagKey}", "String"),
    key("aws:ResourceAccount", "String"),
    key("aws:ResourceOrgID", "String"),
    key("aws:ResourceOrgPaths", "ArrayOfString"),
    key("aws:ResourceTag/${TagKey}", "String"),
    key("aws:SecureTransport", "Bool"),
    key("aws:SourceAccount", "String"),
    key("aws:SourceArn", "ARN"),
    key("aws:SourceIdentity", "String"),
    key("aws:SourceIp", "IPAddress"),
    key("aws:SourceOrgID", "String"),
    key("aws:SourceOrgPaths", "ArrayOfString"),
    // What SNS and S3 said before `aws:SourceAccount` (SNS developer guide, "Example cases for access control").
    key("aws:SourceOwner", "String"),
    key("aws:SourceVpc", "String"),
    key("aws:SourceVpcArn", "ARN"),
    key("aws:SourceVpce", "String"),
    key("aws:TagKeys", "ArrayOfString"),
    key("aws:TokenIssueTime", "Date"),
    key("aws:UserAgent", "String"),
    key("aws:userid", "String"),
    key("aws:username", "String"),
    key("aws:ViaAWSMCPService", "Bool"),
    key("aws:ViaAWSService", "Bool"),
    key("aws:VpceAccount", "String"),
    key("aws:VpceOrgID", "String"),
    key("aws:VpceOrgPaths", "ArrayOfString"),
    key("aws:VpcSourceIp", "IPAddress"),
    key("codebuild:BuildArn", "ARN"),
    key("codebuild:ProjectArn", "ARN"),
    key("ec2:RoleDelivery", "Numeric"),
    key("ec2:SourceInstanceArn", "ARN"),
    key("glue:CredentialIssuingService", "String"),
    key("glue:RoleAssumedBy", "String"),
    key("identitystore:UserId", "String"),
    key("lambda:SourceFunctionArn", "ARN"),
    key("ssm:SourceInstanceArn", "ARN"),
];

/// The key of all services that a key of a condition is.
#[must_use]
pub fn global_condition_key(key: &str) -> Option<&'static ConditionKey> {
    GLOBAL.iter().find(|known| known.is(key))
}

/// The keys of all services, by name.
pub fn global_condition_keys() -> impl Iterator<Item = &'static ConditionKey> {
    GLOBAL.iter()
}
