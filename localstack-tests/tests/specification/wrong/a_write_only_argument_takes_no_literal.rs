fn literal() {
    synth_aws::secretsmanager::SecretVersion::new().secret_string_wo("hunter2");
}
