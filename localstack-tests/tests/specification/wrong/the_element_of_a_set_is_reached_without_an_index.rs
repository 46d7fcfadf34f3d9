fn indexed(certificate: synth_aws::acm::CertificateHandle) {
    certificate.domain_validation_options().at(0);
}
