//! Expressions.

use crate::expression;

#[test]
fn literals_are_those_of_rust() {
    assert_eq!(expression(r#""a""#), r#"Output::of::<String>("a")"#);
    assert_eq!(expression("true"), "Output::of::<bool>(true)");
    assert_eq!(expression("-1.5"), "Output::of::<Number>(-1.5)");
    assert_eq!(expression("null"), "Output::of::<Any>(null::<Any>())");
}

#[test]
fn numbers_keep_all_of_their_digits() {
    assert_eq!(expression("5000000000"), "Output::of::<Number>(5000000000_i64)");
    let digits = "123456789012345678901234567890";
    assert_eq!(expression(digits), format!("Value::<Number>::of(Term::Decimal({digits:?}.into()))"));
}

#[test]
fn references_are_borrowed() {
    assert_eq!(expression("var.name"), "&name");
    assert_eq!(expression("path.module"), "path_module()");
    assert_eq!(expression("terraform.workspace"), "workspace()");
}

#[test]
fn parts_of_values_are_read_by_their_types() {
    assert_eq!(expression("var.zones[0]"), "zones.clone().at(0)");
    assert_eq!(expression(r#"var.tags["Owner"]"#), r#"tags.clone().key("Owner")"#);
    assert_eq!(expression("var.tags.Owner"), r#"tags.clone().key("Owner")"#);
    assert_eq!(expression("var.rules[0].port"), r#"rules.clone().at(0).field::<Number>("port")"#);
    assert_eq!(expression("var.loose.a.b"), r#"loose.clone().field::<Any>("a").field::<Any>("b")"#);
}

#[test]
fn templates_have_their_values_in_places() {
    assert_eq!(expression(r#""${var.name}-${var.size}/{}""#), r#"text!("{}-{}/{{}}", &name, &size)"#);
    assert_eq!(expression(r#""${var.name}""#), "&name");
    assert_eq!(expression(r#""$${var.name}""#), r#"Output::of::<String>("${var.name}")"#);
}

#[test]
fn directives_of_templates_are_conditionals_and_joined_lists() {
    assert_eq!(
        expression(r#""%{ if var.large }big%{ else }small%{ endif }!""#),
        r#"text!("{}!", conditional::<String>(&large, "big", "small"))"#
    );
    assert_eq!(
        expression(r#""%{ for zone in var.zones ~}  ${zone},%{ endfor }""#),
        r#"text!("{}", functions::join("", zones.clone().map_each(|zone| text!("{},", &zone))))"#
    );
}

#[test]
fn operators_are_methods() {
    assert_eq!(expression("var.size * 2 + 1 > 10"), "Value::from(&size).times(2).plus(1).above(10)");
    assert_eq!(expression("!var.large || false"), "Value::from(&large).negated().or(false)");
    assert_eq!(expression("-var.size"), "Value::from(&size).negated()");
    assert_eq!(expression(r#"var.name != """#), r#"Value::from(&name).differs("")"#);
    assert_eq!(expression("var.name == null"), "Value::from(&name).equals(null::<String>())");
    assert_eq!(
        expression(r#"var.loose.kind == "a""#),
        r#"Value::from(loose.clone().field::<String>("kind")).equals("a")"#
    );
}

#[test]
fn values_of_two_types_are_not_made_equal_by_comparing_them() {
    assert_eq!(
        expression(r#"var.size == "1""#),
        r#"Value::<Any>::of(size.clone()).equals(Value::<Any>::of(Value::from("1")))"#
    );
}

#[test]
fn conditionals_have_the_type_of_their_sides() {
    assert_eq!(expression("var.large ? var.name : \"a\""), r#"conditional(&large, &name, "a")"#);
    assert_eq!(expression("var.large ? 1 : 2"), "conditional::<Number>(&large, 1, 2)");
    assert_eq!(
        expression("var.large ? var.zones : []"),
        "conditional(&large, &zones, Value::<List<String>>::of(Term::List(Vec::new())))"
    );
}

#[test]
fn functions_are_called_by_their_names() {
    assert_eq!(expression("upper(var.name)"), "functions::upper(&name)");
    assert_eq!(expression("length(var.zones)"), "functions::length(&zones)");
    assert_eq!(expression("max(1, var.size)"), "functions::max([Value::from(1), Value::from(&size)])");
    assert_eq!(
        expression("coalesce(var.name, \"a\")"),
        r#"functions::coalesce::<String>([Value::from(&name), Value::from("a")])"#
    );
    assert_eq!(expression("timestamp()"), "functions::timestamp()");
    assert_eq!(
        expression("try(var.loose.a, \"b\")"),
        r#"functions::try_::<Any>([Value::from(loose.clone().field::<Any>("a")), Value::<Any>::of(Value::from("b"))])"#
    );
    assert_eq!(expression("toset([\"a\", \"b\"])"), r#"functions::toset::<String>(["a", "b"])"#);
    assert_eq!(expression("lookup(var.tags, \"a\")"), r#"Value::from(&tags).key("a")"#);
    assert_eq!(
        expression("concat(var.zones...)"),
        "functions::concat::<Any>(Value::<List<List<Any>>>::of(zones.clone()))"
    );
}

#[test]
fn objects_are_written_with_their_keys() {
    assert_eq!(
        expression(r#"jsonencode({ a = var.name, "b-c" = [1, 2], d = null })"#),
        r#"functions::jsonencode(object! { "a" => &name, "b-c" => [1, 2], "d" => Term::Null })"#
    );
    assert_eq!(expression(r#"{ (var.name) = "a" }"#), r#"functions::zipmap::<String>([&name], ["a"])"#);
    assert_eq!(expression("{}"), "object! {}");
}

#[test]
fn for_expressions_are_closures() {
    assert_eq!(
        expression("[for zone in var.zones : upper(zone)]"),
        "zones.clone().map_each(|zone| functions::upper(&zone))"
    );
    assert_eq!(
        expression("[for zone in var.zones : zone if zone != \"\"]"),
        r#"zones.clone().filter(|zone| zone.clone().differs(""))"#
    );
    assert_eq!(
        expression("[for key, site in var.sites : key]"),
        "sites.clone().map_each(|key, _| key.clone())"
    );
    assert_eq!(
        expression("{ for key, site in var.sites : key => site.host }"),
        r#"sites.clone().map_values(|_, site| site.clone().field::<String>("host"))"#
    );
    assert_eq!(
        expression("{ for index, zone in var.zones : zone => index }"),
        "zones.clone().to_map_indexed(|index, zone| (zone.clone(), index.clone()))"
    );
    assert_eq!(
        expression("{ for rule in var.rules : rule.from => rule.port... }"),
        r#"rules.clone().group_to_map(|rule| (rule.clone().field::<String>("from"), rule.clone().field::<Number>("port")))"#
    );
}

#[test]
fn a_splat_reads_each_item() {
    assert_eq!(
        expression("var.rules[*].port"),
        r#"rules.clone().map_each(|item| item.clone().field::<Number>("port"))"#
    );
    assert_eq!(expression("var.zones[*]"), "&zones");
    assert_eq!(expression("var.name[*]"), "name.clone().splat()");
}
