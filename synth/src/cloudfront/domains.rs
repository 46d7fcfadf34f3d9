//! The names that a distribution answers to, and the certificate that covers them.

use synth_aws::cloudfront::DistributionViewerCertificate;
use synth_core::{Known, Problem, Scope, Term, Tree, Value, functions};

use crate::certificate::CertificateHandle;
use crate::dns::name::Named;

/// The only region whose certificates CloudFront takes.
const REGION: &str = "us-east-1";
const PAGE: &str =
    "Amazon CloudFront Developer Guide, \"Requirements for using SSL/TLS certificates with CloudFront\"";

/// Names of our own.
#[derive(Clone, Debug)]
pub(super) struct Domains {
    pub(super) certificate: CertificateHandle,
    pub(super) names: Vec<Value<String>>,
}

impl Domains {
    pub(super) fn check(&self, scope: &mut Scope<'_>) {
        for name in &self.names {
            Named::Host.check(scope, "/domains", name);
        }
        if self.names.is_empty() {
            let problem = Problem::new("a certificate without a name that it is for does nothing");
            scope.refuse(problem.at("/domains").help("write at least one name, such as `www.example.com`"));
        }
        if let Known::Is(region) = region(scope.look(), self.certificate)
            && region != REGION
        {
            let problem = Problem::new(format!("CloudFront takes no certificate of {region}"))
                .at("/domains")
                .help(format!(
                    "request it with a provider of {REGION}: \
                     `Certificate::new(…).provider(Provider::new().region(\"{REGION}\").configure_as(…))`"
                ))
                .source(PAGE);
            scope.refuse(problem);
        }
        let Known::Is(covered) = covered(scope.look(), self.certificate) else { return };
        for name in &self.names {
            if let Known::Is(name) = name.known()
                && !covered.iter().any(|by| covers(by, name))
            {
                scope.refuse(
                    Problem::new(format!("the certificate does not cover `{name}`"))
                        .at("/domains")
                        .help(format!(
                            "add it to the certificate: `.also(\"{name}\")`; it has {}",
                            covered.join(", ")
                        ))
                        .source(PAGE),
                );
            }
        }
    }

    /// What Terraform checks, where the certificate's region is not known before.
    pub(super) fn condition(&self, tree: &Tree) -> Option<(Value<bool>, String)> {
        match region(tree, self.certificate) {
            Known::Is(_) => None,
            Known::Later => {
                // arn:PARTITION:acm:REGION:ACCOUNT:certificate/ID
                let region = functions::split(":", self.certificate.arn()).at(3);
                Some((region.equals(REGION), format!("CloudFront takes certificates of {REGION} alone.")))
            }
        }
    }

    pub(super) fn viewer_certificate(&self) -> DistributionViewerCertificate {
        DistributionViewerCertificate::new()
            .acm_certificate_arn(self.certificate.arn())
            .ssl_support_method("sni-only")
            // The newest policy that browsers of the last years can all speak ("Supported protocols and ciphers
            // between viewers and CloudFront").
            .minimum_protocol_version("TLSv1.2_2021")
    }
}

/// The region that the certificate's provider is configured with, where that is written out.
fn region(tree: &Tree, certificate: CertificateHandle) -> Known<String> {
    match tree.provider_argument(certificate, "aws_acm_certificate", "region") {
        Some(Term::Text(region)) => Known::Is(region.to_string()),
        Some(_) | None => Known::Later,
    }
}

/// The certificate's names, where all are written out.
fn covered(tree: &Tree, certificate: CertificateHandle) -> Known<Vec<String>> {
    let argument = |name| tree.argument(certificate, "aws_acm_certificate", name);
    let others = match argument("subject_alternative_names") {
        None => Vec::new(),
        Some(Term::List(names)) => names.iter().collect(),
        Some(_) => return Known::Later,
    };
    let names = argument("domain_name").into_iter().chain(others).map(|name| match name {
        Term::Text(name) => Some(name.to_string()),
        _ => None,
    });
    names.collect::<Option<Vec<String>>>().map_or(Known::Later, Known::Is)
}

/// Whether a certificate's name is for a name; `*.` is for one label (RFC 6125, section 6.4.3).
fn covers(by: &str, name: &str) -> bool {
    let below = by.strip_prefix("*.").zip(name.split_once('.'));
    by == name || below.is_some_and(|(above, (_, rest))| above == rest)
}
