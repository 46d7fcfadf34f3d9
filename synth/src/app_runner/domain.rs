//! A domain of one's own for a service.

use synth_aws::apprunner;
use synth_core::{Construct, Handle, NodeId, Of, Place, Ref, Set, THIS, Value};

use super::handle::ServiceHandle;

/// Makes a service answer under a domain of one's own. DNS needs a record to [`CustomDomainHandle::dns_target`], and those
/// that prove whose domain it is.
#[derive(Clone, Debug)]
pub struct CustomDomain {
    name: Value<String>,
    service: Of<ServiceHandle>,
    www: bool,
}

impl CustomDomain {
    /// A domain, such as `api.example.com`, of a service.
    pub fn new(name: impl Into<Value<String>>, service: impl Into<Of<ServiceHandle>>) -> Self {
        CustomDomain { name: name.into(), service: service.into(), www: false }
    }

    /// Answers under `www.` and the domain too.
    #[must_use]
    pub fn with_www(mut self) -> Self {
        self.www = true;
        self
    }
}

impl Construct for CustomDomain {
    type Handle = CustomDomainHandle;

    fn build(self, place: Place<'_, '_>) -> CustomDomainHandle {
        let mut scope = place.construct(CustomDomainHandle::KIND);
        let domain = apprunner::CustomDomainAssociation::new()
            .domain_name(self.name)
            .service_arn(self.service.export::<String>("arn"))
            .enable_www_subdomain(self.www);
        let domain = scope.add(THIS, domain);
        scope.export("dns_target", domain.dns_target());
        scope.export("name", domain.domain_name());
        CustomDomainHandle { node: scope.node(), domain }
    }
}

/// A service's domain of a stack.
#[derive(Clone, Copy)]
pub struct CustomDomainHandle {
    node: NodeId,
    domain: apprunner::CustomDomainAssociationHandle,
}

impl Handle for CustomDomainHandle {
    const KIND: &'static str = "app_runner_custom_domain";

    fn node(self) -> NodeId {
        self.node
    }
}

impl CustomDomainHandle {
    /// What a CNAME record of the domain points to.
    pub fn dns_target(self) -> Ref<String> {
        Of::Handle(self).export("dns_target")
    }

    /// The records that prove whose domain it is: known when the domain was added, so that records of them are applied
    /// after it.
    pub fn validation_records(
        self,
    ) -> Ref<Set<apprunner::CustomDomainAssociationCertificateValidationRecordsRef>> {
        self.domain.certificate_validation_records()
    }
}
