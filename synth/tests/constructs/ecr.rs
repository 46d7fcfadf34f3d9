//! Repositories of images.

use serde_json::json;
use synth::Role;
use synth::ecr::Repository;

use super::{document, policy, problems, refusal};

#[test]
fn a_repository_scans_images_and_never_moves_tags() {
    let document = document(|stack| {
        stack.add("images", Repository::new("shop/api"));
    });
    let repository = &document["resource"]["aws_ecr_repository"]["images"];
    assert_eq!(repository["image_tag_mutability"], "IMMUTABLE");
    assert_eq!(repository["image_scanning_configuration"], json!({ "scan_on_push": true }));
    assert_eq!(repository.get("force_delete"), None);
}

#[test]
fn images_without_a_tag_expire_and_others_only_where_it_is_said() {
    let lifecycle = |repository: Repository| {
        let document = document(|stack| {
            stack.add("images", repository);
        });
        document["resource"]["aws_ecr_lifecycle_policy"]["images"]["policy"].as_str().unwrap().to_owned()
    };
    let plain = lifecycle(Repository::new("shop"));
    assert!(plain.contains("\"countNumber\" = 14, \"countType\" = \"sinceImagePushed\""), "{plain}");
    assert!(!plain.contains("imageCountMoreThan"), "{plain}");
    let kept = lifecycle(Repository::new("shop").keep_images(50).untagged_days(1));
    assert!(kept.contains("\"countNumber\" = 50, \"countType\" = \"imageCountMoreThan\""), "{kept}");
}

#[test]
fn whoever_pushes_may_push_to_that_repository_and_log_in() {
    let document = document(|stack| {
        let images = stack.add("images", Repository::new("shop"));
        let role = stack.add("deploy", Role::of_service("deploy", "codebuild.amazonaws.com"));
        stack.grant_all(images.grant_push(&role));
        stack.grant_all(images.grant_pull(&role));
    });
    let policy = policy(&document, "deploy");
    assert!(policy.contains("\"ecr:PutImage\", \"ecr:UploadLayerPart\"], \"Effect\" = \"Allow\", \"Resource\" = [aws_ecr_repository.images.arn]}"), "{policy}");
    assert_eq!(policy.matches("ecr:GetAuthorizationToken").count(), 1);
    assert_eq!(policy.matches("ecr:BatchGetImage").count(), 1);
}

#[test]
fn an_existing_repository_is_read_and_used_like_any_other() {
    let document = document(|stack| {
        let images = stack.add("images", Repository::existing("shop"));
        let role = stack.add("deploy", Role::of_service("deploy", "codebuild.amazonaws.com"));
        stack.grant_all(images.grant_pull(&role));
    });
    assert_eq!(document["data"]["aws_ecr_repository"]["images"], json!({ "name": "shop" }));
    assert!(policy(&document, "deploy").contains("[data.aws_ecr_repository.images.arn]"));
}

#[test]
fn names_and_counts_that_ecr_has_not_are_refused() {
    for name in ["", "a", "Shop", "shop/", "/shop", "shop--api-", "shop..api", "a b", "ä1"] {
        let message = refusal(|stack| {
            stack.add("images", Repository::new(name));
        });
        assert_eq!(message, format!("`{name}` cannot be a repository's name"));
    }
    let found = problems(|stack| {
        stack.add("images", Repository::new("shop").keep_images(0).untagged_days(0));
    });
    assert_eq!(found.len(), 2, "{found:?}");
}
