//! Databases of PostgreSQL.

use serde_json::{Value as Json, json};
use synth::aws::rds;
use synth::database::{Availability, GeneratedPassword, Password, Postgres, Storage};
use synth::network::{Group, Placement};
use synth::{Number, Output, Secret, Variable};
use synth_testing::Synthesized;

use super::{placement, postgres, stack};

#[test]
fn a_database_is_private_encrypted_protected_and_backed_up() {
    let stack = stack(|stack| {
        stack.add("database", postgres());
    });
    stack.has_resource::<rds::DbInstance>(json!({
        "identifier": "shop", "engine": "postgres", "engine_version": "16.3", "instance_class": "db.t4g.micro",
        "allocated_storage": 20, "storage_type": "gp3", "storage_encrypted": true,
        "publicly_accessible": false, "multi_az": false, "deletion_protection": true,
        "backup_retention_period": 7, "copy_tags_to_snapshot": true,
        "skip_final_snapshot": false, "final_snapshot_identifier": "shop-final",
        "vpc_security_group_ids": ["sg-1"], "db_subnet_group_name": "${aws_db_subnet_group.database.name}",
        "parameter_group_name": null, "max_allocated_storage": null, "kms_key_id": null,
    }));
    stack.has_resource::<rds::DbSubnetGroup>(
        json!({ "name": "shop", "subnet_ids": ["subnet-1", "subnet-2"] }),
    );
}

#[test]
fn everything_can_be_said() {
    let stack = stack(|stack| {
        let database = postgres()
            .class("db.m7g.large")
            .availability(Availability::StandbyInAnotherZone)
            .username("shop_admin")
            .database("shop")
            .storage(Storage::gigabytes(20).growing_to(100))
            .kms_key("arn:aws:kms:us-east-1:111111111111:key/1")
            .backups(14, "03:00-04:00")
            .maintenance("Mon:04:00-Mon:05:00")
            .deletion_protection(false)
            .no_final_snapshot();
        stack.add("database", database);
    });
    stack.has_resource::<rds::DbInstance>(json!({
        "instance_class": "db.m7g.large", "multi_az": true, "username": "shop_admin", "db_name": "shop",
        "max_allocated_storage": 100, "kms_key_id": "arn:aws:kms:us-east-1:111111111111:key/1",
        "backup_retention_period": 14, "backup_window": "03:00-04:00",
        "maintenance_window": "Mon:04:00-Mon:05:00", "deletion_protection": false,
        "skip_final_snapshot": true, "final_snapshot_identifier": null,
    }));
}

#[test]
fn a_generated_password_is_sent_to_the_database_and_its_secret_and_kept_nowhere_else() {
    let stack = stack(|stack| {
        let password = stack.add("password", GeneratedPassword::new().version(2));
        let database = Postgres::new("shop", "16.3", placement(), password).username("shop").database("shop");
        let database = stack.add("database", database);
        let url = database.connection_string(password);
        stack.add("url", Secret::new("shop/database-url").value(url).value_version(password.version()));
    });
    stack.has_resource::<rds::DbInstance>(json!({
        "password_wo": "${ephemeral.aws_secretsmanager_random_password.password.random_password}",
        "password_wo_version": 2, "password": null, "manage_master_user_password": null,
    }));
    let version = stack.document().pointer("/resource/aws_secretsmanager_secret_version/url").cloned();
    let url = "postgres://${aws_db_instance.database.username}:${ephemeral.aws_secretsmanager_random_password.password.random_password}\
               @${aws_db_instance.database.address}:${aws_db_instance.database.port}\
               /${aws_db_instance.database.db_name}?sslmode=require";
    assert_eq!(
        version,
        Some(json!({
            "secret_id": "${aws_secretsmanager_secret.url.id}",
            "secret_string_wo": url,
            "secret_string_wo_version": 2,
        }))
    );
}

#[test]
fn a_generated_password_can_stand_in_a_connection_string() {
    let stack = stack(|stack| {
        stack.add("password", GeneratedPassword::new());
    });
    let password =
        stack.document().pointer("/ephemeral/aws_secretsmanager_random_password/password").cloned();
    assert_eq!(password, Some(json!({ "exclude_punctuation": true, "password_length": 32 })));
}

#[test]
fn rds_can_keep_the_password_and_tell_where() {
    let stack = stack(|stack| {
        let database = stack.add("database", postgres());
        stack.add("secret", Output::of::<String>(database.secret_arn()));
    });
    stack.has_resource::<rds::DbInstance>(
        json!({ "manage_master_user_password": true, "password_wo": null, "password_wo_version": null }),
    );
    stack.has_output(
        "secret",
        json!({ "value": "${aws_db_instance.database.master_user_secret[0].secret_arn}" }),
    );
}

#[test]
fn parameters_are_of_the_engines_major_version() {
    let stack = stack(|stack| {
        let engine = stack.add("engine", Variable::<String>::new());
        stack.add("written", postgres().parameter("log_min_duration_statement", "250"));
        let later = Postgres::new("later", engine, placement(), Password::kept_by_rds());
        stack.add("later", later.parameter("log_statement", "ddl"));
    });
    stack.has_resource::<rds::DbParameterGroup>(json!({
        "family": "postgres16", "name_prefix": "shop-", "lifecycle": { "create_before_destroy": true },
        "parameter": { "name": "log_min_duration_statement", "value": "250", "apply_method": "pending-reboot" },
    }));
    stack.has_resource::<rds::DbParameterGroup>(
        json!({ "family": "postgres${split(\".\", var.engine)[0]}", "name_prefix": "later-" }),
    );
}

#[test]
fn numbers_that_come_later_are_checked_when_they_are_planned() {
    let stack = stack(|stack| {
        let (first, most) =
            (stack.add("first", Variable::<Number>::new()), stack.add("most", Variable::<Number>::new()));
        let days = stack.add("days", Variable::<Number>::new());
        let storage = Storage::gigabytes(first).growing_to(most);
        stack.add("database", postgres().storage(storage).backups(days, "03:00-04:00"));
    });
    let conditions =
        stack.document().pointer("/resource/aws_db_instance/database/lifecycle/precondition").cloned();
    let conditions: Vec<Json> = conditions.and_then(|list| list.as_array().cloned()).unwrap_or_default();
    let conditions: Vec<&Json> = conditions.iter().map(|rule| &rule["condition"]).collect();
    assert_eq!(
        conditions,
        [
            "${(var.days >= 1) && (var.days <= 35)}",
            "${(var.first >= 20) && (var.first <= 65536)}",
            "${(var.most >= 20) && (var.most <= 65536)}",
            "${var.most > var.first}"
        ]
    );
}

#[test]
fn what_rds_would_refuse_is_refused_with_what_to_write() {
    let problems = Synthesized::refused(|stack| {
        let none: [Group; 0] = [];
        let nowhere = Placement::new(["subnet-1"], none);
        let database = Postgres::new("Shop--", "16.3.1", nowhere, Password::kept_by_rds())
            .class("t4g.micro")
            .username("admin")
            .database("1shop")
            .storage(Storage::gigabytes(10).growing_to(5))
            .backups(36, "03:00-04:00");
        stack.add("database", database);
    });
    let messages: Vec<&str> = problems.0.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "backups cannot be kept for 36 days",
            "`t4g.micro` cannot be the class of a database",
            "`1shop` cannot be a database's name",
            "`Shop--` cannot be a database's name",
            "1 subnets are too few",
            "no security group says what may reach it",
            "a database cannot have 10 GiB of storage",
            "a database cannot have 5 GiB of storage",
            "storage of 10 GiB cannot grow to 5 GiB",
            "`admin` cannot be the first user's name",
            "`16.3.1` cannot be a version of PostgreSQL",
        ]
    );
    assert!(problems.0.iter().all(|problem| problem.help.is_some()), "{problems}");
}
