//! Names that are words of Rust, text that is code, files that are none.

use crate::{convert, left, program, try_convert};

#[test]
fn keywords_make_no_names() {
    let program = program(
        "variable \"type\" {}\nvariable \"match\" {}\nvariable \"self\" {}\nvariable \"stack\" {}\n\
         output \"it\" { value = [var.type, var.match, var.self, var.stack] }",
    );
    for part in ["let type_ = ", "let match_ = ", "let variable = ", "let stack_variable = "] {
        assert!(program.contains(part), "{part} in {program}");
    }
}

#[test]
fn names_that_synth_would_change_are_kept_whole() {
    let program = program("variable \"a__b\" {}\nvariable \"é\" {}\noutput \"_it\" { value = var.a__b }");
    for part in [r#"Id::Exact("a__b".into())"#, r#"Id::Exact("é".into())"#, r#"Id::Exact("_it".into())"#] {
        assert!(program.contains(part), "{part} in {program}");
    }
}

#[test]
fn text_is_never_code() {
    let program = program(r###"output "it" { value = "\"); panic!(\"# \\ \u202e" }"###);
    assert!(program.contains(r##"Output::of::<String>("\"); panic!(\"# \\ \u{202e}")"##), "{program}");
}

#[test]
fn a_comment_is_one_line() {
    let program = program("/* a\n } fn main() {}\n*/\nvariable \"a\" {}");
    assert!(program.contains("// a // } fn main() {}"), "{program}");
}

#[test]
fn an_empty_file_is_an_empty_stack() {
    let program = program("");
    assert!(program.ends_with("fn shop(stack: &mut Scope<'_>) { }"), "{program}");
}

#[test]
fn what_is_no_terraform_is_shown_with_its_place() {
    let problems = try_convert("variable \"a\" {\n  type = \n}\n").expect_err("the file is wrong");
    let places: Vec<(usize, usize)> =
        problems.0.iter().map(|problem| (problem.line, problem.column)).collect();
    assert_eq!(places, [(2, 10)]);
    assert!(problems.to_string().contains("--> main.tf:2:10"), "{problems}");
}

#[test]
fn a_second_declaration_points_at_the_first() {
    let problems = try_convert("variable \"a\" {}\nvariable \"a\" {}\n").expect_err("there are two");
    assert_eq!(problems.to_string(), "error: `var.a` is declared already, in main.tf:1\n  --> main.tf:2:1");
}

#[test]
fn an_attribute_outside_of_blocks_is_refused() {
    let problems = try_convert("a = 1\n").expect_err("it is no block");
    assert!(problems.to_string().contains("`a` stands outside of every block"), "{problems}");
}

#[test]
fn deep_nesting_is_refused_and_ends_nothing() {
    let deep = format!("output \"a\" {{ value = {}1{} }}", "[".repeat(5_000), "]".repeat(5_000));
    assert!(try_convert(&deep).is_err());
}

#[test]
fn a_circle_of_references_still_ends() {
    let output = convert("locals {\n  a = local.b\n  b = local.a\n}\noutput \"a\" { value = local.a }");
    assert_eq!(left(&output), Vec::<String>::new());
    assert!(output.files["src/main.rs"].contains("verbatim::<Any>"), "one of them is kept as text");
}

#[test]
fn a_comment_behind_a_value_is_no_part_of_it() {
    let program = program(
        "variable \"size\" {\n  type = number # how many\n  default = 3 // three\n}\n\
         locals {\n  arn = provider::aws::arn_parse(\"a\") # parsed\n}",
    );
    assert!(program.contains("Variable::<Number>::new().default(3)"), "{program}");
    assert!(!program.contains("parsed"), "{program}");
}
