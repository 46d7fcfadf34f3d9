//! The names are those of the generated crate.

use super::*;

#[test]
fn every_builder_and_setter_is_in_the_generated_crate() {
    let api = Api::aws().unwrap();
    let file = |service: &str| {
        std::fs::read_to_string(format!("{}/../aws/src/{service}.rs", env!("CARGO_MANIFEST_DIR")))
    };
    for service in ["ecr", "iam", "s3", "ec2"] {
        let text = file(service).unwrap();
        for ((_, kind), part) in api.parts.iter().filter(|((name, _), _)| *name == service) {
            for root in &part.roots {
                let builder = api.builder(*kind, &root.type_name).unwrap();
                assert!(text.contains(&format!("    {}, {}Handle: ", root.name, root.name)));
                for member in builder.members().filter(Member::is_settable) {
                    assert!(text.contains(&format!("pub fn {}(mut self, v: ", member.function())));
                    let block = member.block().map(|block| match block {
                        NestedBlock::One(it) | NestedBlock::Many(it) | NestedBlock::Labelled(it) => it,
                    });
                    let is_there = |name: &str| {
                        text.contains(&format!("block! {{ {name} ("))
                            || text.contains(&format!(" as {name};"))
                    };
                    assert!(block.is_none_or(|it| is_there(it.name)));
                }
            }
        }
    }
}

#[test]
fn a_nested_block_is_found_by_its_path() {
    let api = Api::aws().unwrap();
    let repository = api.builder(TypeKind::Data, "aws_ecr_repository").unwrap();
    assert_eq!(repository.path(), "ecr::data::Repository");
    let secret = api.builder(TypeKind::Resource, "aws_secretsmanager_secret_version").unwrap();
    assert!(secret.member("secret_string_wo").unwrap().is_write_only());
    assert!(secret.member("no_such_argument").is_none());
    assert!(api.builder(TypeKind::Resource, "aws_no_such_type").is_none());
}

#[test]
fn functions_are_typed_as_in_rust() {
    let api = Api::aws().unwrap();
    let lookup = api.function("lookup").unwrap();
    assert_eq!((lookup.generics, lookup.returns.as_str()), ("T", "Value<T>"));
    assert_eq!(lookup.parameters.first(), Some(&Parameter::Value("Map<T>".to_owned())));
    assert_eq!(api.function("try").unwrap().word, "try_");
    assert_eq!(api.function("upper").unwrap().returns, "Value<String>");
    assert_eq!(api.function("no_such_function"), None);
}
