//! A certificate of AWS Certificate Manager, validated by DNS.

use synth_aws::{acm, route53};
use synth_core::{
    Construct, Handle, Known, Lifecycle, MetaArguments as _, NodeId, Of, Place, Problem, ProviderHandle, Ref,
    Scope, Set, THIS, Value, functions,
};

use crate::dns::ZoneHandle;
use crate::dns::name::Named;

/// What Certificate Manager asks to be written into the DNS: an object for each name.
pub use synth_aws::acm::CertificateDomainValidationOptionsRef as ValidationRecord;

/// The longest first name: it becomes the certificate's common name (AWS Certificate Manager API Reference,
/// "RequestCertificate": DomainName).
const LONGEST_FIRST: usize = 64;
/// The most names beside the first (the same page: SubjectAlternativeNames).
const MOST_OTHERS: usize = 100;

/// A public certificate. With a hosted zone it writes the records that prove the domain is ours, and whatever uses
/// it waits until it is issued. Without one, the records are [`CertificateHandle::validation_records`], and somebody
/// else writes them.
#[derive(Clone, Debug)]
pub struct Certificate {
    domain: Value<String>,
    others: Vec<Value<String>>,
    zone: Option<ZoneHandle>,
    provider: Option<ProviderHandle>,
}

impl Certificate {
    /// A certificate for one name: `www.example.com`, or every name right below one: `*.example.com`.
    pub fn new(domain: impl Into<Value<String>>) -> Self {
        Certificate { domain: domain.into(), others: Vec::new(), zone: None, provider: None }
    }

    /// One more name.
    #[must_use]
    pub fn also(mut self, domain: impl Into<Value<String>>) -> Self {
        self.others.push(domain.into());
        self
    }

    /// Writes the validation records into a zone that holds every name of the certificate.
    #[must_use]
    pub fn validated_in(mut self, zone: ZoneHandle) -> Self {
        self.zone = Some(zone);
        self
    }

    /// Requests it with another configuration of the provider: CloudFront takes certificates of us-east-1 alone.
    #[must_use]
    pub fn provider(mut self, provider: ProviderHandle) -> Self {
        self.provider = Some(provider);
        self
    }

    fn names(&self) -> impl Iterator<Item = &Value<String>> {
        std::iter::once(&self.domain).chain(&self.others)
    }

    fn check(&self, scope: &mut Scope<'_>) {
        Named::Host.check(scope, "/domain", &self.domain);
        for other in &self.others {
            Named::Host.check(scope, "/also", other);
        }
        // A record that proves a name is below the name, and so in the name's own zone.
        if let Some(zone) = self.zone {
            self.names().for_each(|name| zone.check(scope, "/validated_in", name));
        }
        if let Known::Is(domain) = self.domain.known()
            && domain.len() > LONGEST_FIRST
        {
            scope.refuse(
                Problem::new(format!("`{domain}` is too long for the first name of a certificate"))
                    .at("/domain")
                    .help(format!(
                        "begin with a name of at most {LONGEST_FIRST} characters, and add this one by `also`"
                    ))
                    .source("AWS Certificate Manager API Reference, \"RequestCertificate\": DomainName"),
            );
        }
        if self.others.len() > MOST_OTHERS {
            scope.refuse(
                Problem::new(format!(
                    "a certificate cannot have {} names beside the first",
                    self.others.len()
                ))
                .at("/also")
                .help(format!("write at most {MOST_OTHERS}"))
                .source(
                    "AWS Certificate Manager API Reference, \"RequestCertificate\": SubjectAlternativeNames",
                ),
            );
        }
    }
}

impl Construct for Certificate {
    type Handle = CertificateHandle;

    fn build(self, place: Place<'_, '_>) -> CertificateHandle {
        let mut scope = place.construct(CertificateHandle::KIND);
        self.check(&mut scope);
        let mut certificate = acm::Certificate::new()
            .domain_name(&self.domain)
            .validation_method("DNS")
            // Whatever uses the old one goes on with it until the new one is issued.
            .lifecycle(Lifecycle::new().create_before_destroy());
        for (condition, message) in self.names().filter_map(|name| Named::Host.condition(name)) {
            certificate = certificate.precondition(condition, message);
        }
        if !self.others.is_empty() {
            certificate = certificate.subject_alternative_names(self.others);
        }
        if let Some(provider) = self.provider {
            certificate = certificate.provider(provider);
        }
        let certificate = scope.add(THIS, certificate);
        scope.export("validation_records", certificate.domain_validation_options());
        match self.zone {
            None => scope.export("arn", certificate.arn()),
            Some(zone) => {
                let validation = validate(&mut scope, certificate, zone, self.provider);
                scope.export("arn", validation.certificate_arn());
            }
        }
        CertificateHandle(scope.node())
    }
}

/// Writes the records that prove the names are ours, and waits for the certificate.
fn validate(
    scope: &mut Scope<'_>,
    certificate: acm::CertificateHandle,
    zone: ZoneHandle,
    provider: Option<ProviderHandle>,
) -> acm::CertificateValidationHandle {
    // By domain, because the records' own names are not known before the certificate is requested.
    let options = certificate
        .domain_validation_options()
        .to_map(|option| (option.clone().object().domain_name(), option));
    let records = scope.add_for_each("validation", options, |each| {
        let option = each.value().object();
        route53::Record::new()
            .zone_id(zone.id())
            .name(option.resource_record_name())
            .type_(option.resource_record_type())
            .records([option.resource_record_value()])
            .ttl(60)
            // `example.com` and `*.example.com` are proved by the same record (AWS Certificate Manager User Guide,
            // "DNS validation").
            .allow_overwrite(true)
    });
    let names = functions::values(records.all(|record| record.fqdn()));
    let mut validation = acm::CertificateValidation::new()
        .certificate_arn(certificate.arn())
        .validation_record_fqdns(Value::<Set<String>>::of(names.into_term()));
    if let Some(provider) = provider {
        validation = validation.provider(provider);
    }
    scope.add("validation", validation)
}

/// A certificate of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CertificateHandle(NodeId);

impl Handle for CertificateHandle {
    const KIND: &'static str = "certificate";

    fn node(self) -> NodeId {
        self.0
    }
}

impl CertificateHandle {
    /// The certificate's ARN; where it has a zone, the ARN of the issued certificate.
    pub fn arn(self) -> Ref<String> {
        Of::Handle(self).export("arn")
    }

    /// The records that prove the names are ours, for whoever keeps the zone.
    pub fn validation_records(self) -> Ref<Set<ValidationRecord>> {
        Of::Handle(self).export("validation_records")
    }
}
