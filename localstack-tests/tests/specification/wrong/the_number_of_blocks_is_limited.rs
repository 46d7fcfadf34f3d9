use synth_aws::secretsmanager::{SecretRotation, SecretRotationRotationRules};

fn two() {
    SecretRotation::new().rotation_rules([SecretRotationRotationRules::new(), SecretRotationRotationRules::new()]);
}
