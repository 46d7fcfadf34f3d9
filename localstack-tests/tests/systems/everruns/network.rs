//! The network, who may talk to whom in it, and the load balancer.

use std::collections::BTreeSet;

use localstack_tests::Failure;
use serde_json::{Value, json};

use super::{REGION, STACK};
use crate::seen::Seen;

fn id(seen: &Seen<'_>, address: &str) -> Result<Value, Failure> {
    Ok(seen.resource(STACK, address)?["id"].clone())
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

pub(super) fn two_zones_have_a_public_and_a_private_subnet_each(seen: &Seen<'_>) -> Result<(), Failure> {
    let aws = seen.aws(REGION)?;
    let vpc = id(seen, "aws_vpc.network")?;
    let vpcs = aws.call("ec2", "DescribeVpcs", json!({ "VpcId": [vpc] }))?;
    assert_eq!(vpcs["vpcSet"][0]["cidrBlock"], "10.0.0.0/16");
    let names = json!({ "VpcId": vpc, "Attribute": "enableDnsHostnames" });
    assert_eq!(aws.call("ec2", "DescribeVpcAttribute", names)?["enableDnsHostnames"]["value"], "true");

    let expected = [
        ("public_1", "10.0.1.0/24", "us-east-1a", "gatewayId"),
        ("public_2", "10.0.2.0/24", "us-east-1b", "gatewayId"),
        ("private_1", "10.0.10.0/24", "us-east-1a", "natGatewayId"),
        ("private_2", "10.0.11.0/24", "us-east-1b", "natGatewayId"),
    ];
    for (name, range, zone, way) in expected {
        let subnet = id(seen, &format!("aws_subnet.network__{name}"))?;
        let subnets = aws.call("ec2", "DescribeSubnets", json!({ "SubnetId": [subnet] }))?;
        let found = &subnets["subnetSet"][0];
        assert_eq!((text(&found["cidrBlock"]), text(&found["availabilityZone"])), (range, zone));
        let association = seen.resource(STACK, &format!("aws_route_table_association.network__{name}"))?;
        let table = json!({ "RouteTableId": [association["route_table_id"]] });
        let tables = aws.call("ec2", "DescribeRouteTables", table)?;
        let routes = tables["routeTableSet"][0]["routeSet"].as_array().cloned().unwrap_or_default();
        let out = routes.iter().find(|route| route["destinationCidrBlock"] == "0.0.0.0/0");
        assert!(out.is_some_and(|route| route[way].is_string()), "{name}: {routes:?}");
    }
    let nat = id(seen, "aws_nat_gateway.network__nat_1")?;
    let gateways = aws.call("ec2", "DescribeNatGateways", json!({ "NatGatewayId": [nat] }))?;
    let gateway = &gateways["natGatewaySet"][0];
    assert_eq!(gateway["subnetId"], id(seen, "aws_subnet.network__public_1")?);
    let address = &seen.resource(STACK, "aws_eip.network__nat_1")?["public_ip"];
    assert_eq!(&gateway["natGatewayAddressSet"][0]["publicIp"], address);
    Ok(())
}

/// A group's rules in one direction: `tcp 5432-5432 from …`, each source by its range or its group's id.
fn rules(group: &Value, direction: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for rule in group[direction].as_array().into_iter().flatten() {
        let ports = match (&rule["fromPort"], &rule["toPort"]) {
            (Value::String(first), Value::String(last)) => format!(" {first}-{last}"),
            _ => String::new(),
        };
        let ranges = rule["ipRanges"].as_array().into_iter().flatten().map(|range| &range["cidrIp"]);
        let groups = rule["groups"].as_array().into_iter().flatten().map(|group| &group["groupId"]);
        for other in ranges.chain(groups) {
            found.insert(format!("{}{ports} {}", text(&rule["ipProtocol"]), text(other)));
        }
    }
    found
}

pub(super) fn groups_let_in_what_they_should_and_the_database_sends_nothing(
    seen: &Seen<'_>,
) -> Result<(), Failure> {
    let aws = seen.aws(REGION)?;
    let of = |name: &str| id(seen, &format!("aws_security_group.{name}_group"));
    let (balancer, tasks, database) = (of("balancer")?, of("tasks")?, of("database")?);
    let described = |group: &Value| -> Result<Value, Failure> {
        let groups = aws.call("ec2", "DescribeSecurityGroups", json!({ "GroupId": [group] }))?;
        Ok(groups["securityGroupInfo"][0].clone())
    };
    let set = |rules: &[String]| rules.iter().cloned().collect::<BTreeSet<String>>();
    let (into, out) = ("ipPermissions", "ipPermissionsEgress");
    let everything = set(&["-1 0.0.0.0/0".to_owned()]);

    let found = described(&balancer)?;
    assert_eq!(
        rules(&found, into),
        set(&["tcp 80-80 0.0.0.0/0".to_owned(), "tcp 443-443 0.0.0.0/0".to_owned()])
    );
    assert_eq!(rules(&found, out), everything);
    let found = described(&tasks)?;
    assert_eq!(
        rules(&found, into),
        set(&[format!("-1 {}", text(&balancer)), format!("-1 {}", text(&tasks))])
    );
    assert_eq!(rules(&found, out), everything);
    let found = described(&database)?;
    assert_eq!(rules(&found, into), set(&[format!("tcp 5432-5432 {}", text(&tasks))]));
    assert_eq!(rules(&found, out), set(&[]));

    let own = id(seen, "aws_default_security_group.network")?;
    let found = described(&own)?;
    assert_eq!((rules(&found, into), rules(&found, out)), (set(&[]), set(&[])), "the VPC's own group");
    Ok(())
}

pub(super) fn balancer_leads_to_https_and_sends_paths_to_the_api(seen: &Seen<'_>) -> Result<(), Failure> {
    let aws = seen.aws(REGION)?;
    let balancer = &seen.resource(STACK, "aws_lb.balancer")?["arn"];
    let attributes =
        aws.call("elbv2", "DescribeLoadBalancerAttributes", json!({ "LoadBalancerArn": balancer }))?;
    let attribute = |name: &str| {
        let all = attributes["Attributes"].as_array().cloned().unwrap_or_default();
        all.iter()
            .find(|attribute| attribute["Key"] == name)
            .map(|attribute| text(&attribute["Value"]).to_owned())
    };
    assert_eq!(attribute("deletion_protection.enabled").as_deref(), Some("false"), "as the variable says");
    assert_eq!(attribute("routing.http.drop_invalid_header_fields.enabled").as_deref(), Some("true"));

    let listeners = aws.call("elbv2", "DescribeListeners", json!({ "LoadBalancerArn": balancer }))?;
    let listeners = listeners["Listeners"].as_array().cloned().unwrap_or_default();
    let on = |port: &str| listeners.iter().find(|listener| listener["Port"] == port);
    let http = on("80").ok_or("nothing listens on 80")?;
    assert_eq!(http["DefaultActions"][0]["RedirectConfig"]["Protocol"], "HTTPS");
    assert_eq!(http["DefaultActions"][0]["RedirectConfig"]["StatusCode"], "HTTP_301");
    let https = on("443").ok_or("nothing listens on 443")?;
    assert_eq!(https["SslPolicy"], "ELBSecurityPolicy-TLS13-1-2-2021-06");
    let certificate = &seen.resource(STACK, "aws_acm_certificate.certificate")?["arn"];
    assert_eq!(&https["Certificates"][0]["CertificateArn"], certificate);
    let targets = |name: &str| -> Result<Value, Failure> {
        Ok(seen.resource(STACK, &format!("aws_lb_target_group.{name}_targets"))?["arn"].clone())
    };
    let (api, ui) = (targets("api")?, targets("ui")?);
    assert_eq!(https["DefaultActions"][0]["TargetGroupArn"], ui);

    let rules = aws.call("elbv2", "DescribeRules", json!({ "ListenerArn": https["ListenerArn"] }))?;
    let mut paths: Vec<(u32, String)> = Vec::new();
    for rule in rules["Rules"].as_array().into_iter().flatten().filter(|rule| rule["IsDefault"] != "true") {
        assert_eq!(rule["Actions"][0]["TargetGroupArn"], api);
        let path = &rule["Conditions"][0]["PathPatternConfig"]["Values"][0];
        paths.push((text(&rule["Priority"]).parse()?, text(path).to_owned()));
    }
    paths.sort();
    let paths: Vec<&str> = paths.iter().map(|(_, path)| path.as_str()).collect();
    assert_eq!(paths, ["/api/*", "/health", "/swagger-ui/*", "/openapi.json"]);
    for (arn, path, port) in [(&api, "/health", "9000"), (&ui, "/", "3000")] {
        let groups = aws.call("elbv2", "DescribeTargetGroups", json!({ "TargetGroupArns": [arn] }))?;
        let group = &groups["TargetGroups"][0];
        assert_eq!((text(&group["HealthCheckPath"]), text(&group["Port"])), (path, port));
        assert_eq!(group["HealthCheckIntervalSeconds"], "30");
    }
    Ok(())
}
