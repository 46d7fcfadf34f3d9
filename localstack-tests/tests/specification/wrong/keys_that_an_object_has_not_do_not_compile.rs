fn misspelt() {
    synth_aws::secretsmanager::Secret::new().descriptoin("a secret");
}
