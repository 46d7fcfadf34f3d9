//! One call of each function at least, and what it gives by Terraform's documentation.

use serde_json::{Value as Json, json};
use synth::functions as f;
use synth::{List, Local, Map, Number, Output, Ref, Scope, Sensitive, Set, Value, Variable};

/// A call and its result.
pub(crate) struct Case {
    pub(crate) function: &'static str,
    /// The position among all, so that a function can have several.
    pub(crate) number: usize,
    pub(crate) output: Output,
    pub(crate) gives: Json,
}

/// `hello`, encrypted for `unused.pem`.
const CIPHERTEXT: &str = "rFNZPH9tLdclzTKStiCscdJJZ/dcPDt/nEFCOZGCW+oVIVQvYxmnan8zJ0yUDo/VuaK+Uni6wVYXbGuhqSgH9yg6U+KKK7S7u9Ie1i3yG0uGbX6lo/VfrVM+Rzn6V4nOgNqVs9CahNV5ilwWtxCF7kPi4nPPKUEJUH5AQFwMWRI=";

fn none() -> Value<List<String>> {
    Vec::<String>::new().into()
}

fn letters() -> Value<List<String>> {
    ["a", "b"].into()
}

fn letters_set() -> Value<Set<String>> {
    ["a", "b"].into()
}

fn numbers() -> Value<Map<Number>> {
    [("one", 1), ("two", 2)].into()
}

fn names() -> Value<Map<String>> {
    [("name", "you")].into()
}

macro_rules! cases {
    ($($function:literal => $call:expr, $gives:tt;)*) => {
        vec![$(Case { function: $function, number: 0, output: Output::of($call), gives: json!($gives) }),*]
    };
}

/// Every case; a few need something to refer to.
pub(crate) fn all(stack: &mut Scope<'_>) -> Vec<Case> {
    let template = stack.add("template", Local::of(Value::from("hello ${name}")));
    let token = stack.add("token", Variable::<String>::new().sensitive());
    let once = stack.add("once", Variable::<String>::new().ephemeral());
    let mut cases = showable(template, token.clone());
    let sensitive =
        |function, value, gives| Case { function, number: 0, output: Output::of_sensitive(value), gives };
    cases.extend([
        sensitive("sensitive", f::sensitive("a"), json!("a")),
        sensitive("ephemeralasnull", f::ephemeralasnull(once), Json::Null),
    ]);
    cases.push(Case {
        function: "nonsensitive",
        number: 0,
        output: Output::of(f::nonsensitive(token)),
        gives: json!("t"),
    });
    for (number, case) in cases.iter_mut().enumerate() {
        case.number = number;
    }
    cases
}

#[rustfmt::skip]
fn showable(template: Ref<String>, token: Sensitive<String>) -> Vec<Case> {
    cases! {
        "abs" => f::abs(-5), 5;
        "abspath" => f::basename(f::abspath("greeting.txt")), "greeting.txt";
        "alltrue" => f::alltrue([true, false]), false;
        "anytrue" => f::anytrue([true, false]), true;
        "base64decode" => f::base64decode("aGk="), "hi";
        "base64encode" => f::base64encode("hi"), "aGk=";
        "base64gzip" => f::startswith(f::base64gzip("hi"), "H4sI"), true;
        "base64sha256" => f::base64sha256("hello\n"), "WJG1tSLV3whtD/CxEPvZ0hu0/HFjrzTQgoai6Eb2vgM=";
        "base64sha512" => f::base64sha512("hello\n"), "58IrmUxZ2c8rSOVJseJGZmNgRZMNPafBrLKZ0cO3+TH5Sq5B7dosKyB6NuEPi8uNRSI+VIePWzFufOO2vAGWKQ==";
        "basename" => f::basename("a/b.txt"), "b.txt";
        "bcrypt" => f::startswith(f::bcrypt("hi", 4), "$2a$04$"), true;
        "can" => f::can(f::tonumber("x")), false;
        "ceil" => f::ceil(1.2), 2;
        "chomp" => f::chomp("hi\n"), "hi";
        "chunklist" => f::chunklist(["a", "b", "c"], 2), [["a", "b"], ["c"]];
        "cidrhost" => f::cidrhost("10.0.0.0/16", 258), "10.0.1.2";
        "cidrnetmask" => f::cidrnetmask("10.0.0.0/12"), "255.240.0.0";
        "cidrsubnet" => f::cidrsubnet("10.0.0.0/16", 8, 2), "10.0.2.0/24";
        "cidrsubnets" => f::cidrsubnets("10.0.0.0/16", [8, 4]), ["10.0.0.0/24", "10.0.16.0/20"];
        "coalesce" => f::coalesce(("", "a")), "a";
        "coalesce" => f::coalesce(Value::<List<String>>::from(["", "b"])), "b";
        "coalescelist" => f::coalescelist([none(), ["a"].into()]), ["a"];
        "compact" => f::compact(["a", "", "b"]), ["a", "b"];
        "concat" => f::concat((letters(), ["c"])), ["a", "b", "c"];
        "contains" => f::contains(["a"], "a"), true;
        "contains" => f::contains(f::toset(letters()), "c"), false;
        "csvdecode" => f::csvdecode("a,b\n1,2\n"), [{ "a": "1", "b": "2" }];
        "dirname" => f::dirname("a/b.txt"), "a";
        "distinct" => f::distinct(["a", "b", "a"]), ["a", "b"];
        "element" => f::element(letters(), 3), "b";
        "endswith" => f::endswith("hello", "lo"), true;
        "file" => f::file("greeting.txt"), "hello\n";
        "filebase64" => f::filebase64("greeting.txt"), "aGVsbG8K";
        "filebase64sha256" => f::filebase64sha256("greeting.txt"), "WJG1tSLV3whtD/CxEPvZ0hu0/HFjrzTQgoai6Eb2vgM=";
        "filebase64sha512" => f::filebase64sha512("greeting.txt"), "58IrmUxZ2c8rSOVJseJGZmNgRZMNPafBrLKZ0cO3+TH5Sq5B7dosKyB6NuEPi8uNRSI+VIePWzFufOO2vAGWKQ==";
        "fileexists" => f::fileexists("nothing.txt"), false;
        "filemd5" => f::filemd5("greeting.txt"), "b1946ac92492d2347c6235b4d2611184";
        "fileset" => f::fileset(".", "greeting.*"), ["greeting.tftpl", "greeting.txt"];
        "filesha1" => f::filesha1("greeting.txt"), "f572d396fae9206628714fb2ce00f72e94f2258f";
        "filesha256" => f::filesha256("greeting.txt"), "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";
        "filesha512" => f::filesha512("greeting.txt"), "e7c22b994c59d9cf2b48e549b1e24666636045930d3da7c1acb299d1c3b7f931f94aae41edda2c2b207a36e10f8bcb8d45223e54878f5b316e7ce3b6bc019629";
        "flatten" => f::flatten([f::chunklist(letters(), 1)]), ["a", "b"];
        "floor" => f::floor(1.8), 1;
        "format" => f::format("%s-%03d-%t", ("a", 7, true)), "a-007-true";
        "formatdate" => f::formatdate("YYYY/MM/DD", "2018-01-02T23:12:01Z"), "2018/01/02";
        "formatlist" => f::formatlist("%s-%s", (letters(), "x")), ["a-x", "b-x"];
        "indent" => f::indent(2, "a\nb"), "a\n  b";
        "index" => f::index(letters(), "b"), 1;
        "issensitive" => f::issensitive(token), true;
        "join" => f::join("-", letters()), "a-b";
        "jsondecode" => f::jsondecode::<Map<String>>(r#"{"a": "${b}"}"#), { "a": "${b}" };
        "jsonencode" => f::jsonencode(numbers()), "{\"one\":1,\"two\":2}";
        "jsonencode" => f::jsonencode(vec!["a", "\"${b}"]), "[\"a\",\"\\\"${b}\"]";
        "keys" => f::keys(numbers()), ["one", "two"];
        "length" => f::length(numbers()), 2;
        "length" => f::length("hello"), 5;
        "log" => f::log(16, 2), 4;
        "lookup" => f::lookup(numbers(), "three", 3), 3;
        "lower" => f::lower("AB"), "ab";
        "matchkeys" => f::matchkeys(["x", "y"], letters(), ["b"]), ["y"];
        "max" => f::max([1, 3, 2]), 3;
        "max" => f::max(f::values(numbers())), 2;
        "md5" => f::md5("hello\n"), "b1946ac92492d2347c6235b4d2611184";
        "merge" => f::merge((numbers(), [("two", 22)])), { "one": 1, "two": 22 };
        "min" => f::min((1, 3.5, 2)), 1;
        "one" => f::one(["a"]), "a";
        "parseint" => f::parseint("ff", 16), 255;
        "pathexpand" => f::pathexpand("a/b"), "a/b";
        "plantimestamp" => f::matches("^20[0-9-]+T[0-9:]+Z$", f::plantimestamp()), true;
        "pow" => f::pow(2, 10), 1024;
        "range" => f::range([1, 7, 3]), [1, 4];
        "regex" => f::regex::<String>("[a-z]+", "1abc2"), "abc";
        "regex" => f::regex::<List<String>>("([a-z])([0-9])", "a1"), ["a", "1"];
        "regex" => f::regex::<Map<String>>("(?P<letter>[a-z])", "a1"), { "letter": "a" };
        "regexall" => f::regexall::<String>("[a-z]", "a1b2"), ["a", "b"];
        "replace" => f::replace("a-b", "-", "+"), "a+b";
        "replace" => f::replace("a1", "/([a-z])([0-9])/", "$2$1"), "1a";
        "reverse" => f::reverse(letters()), ["b", "a"];
        "rsadecrypt" => f::rsadecrypt(CIPHERTEXT, f::file("unused.pem")), "hello";
        "setintersection" => f::setintersection(letters_set(), [["b", "c"]]), ["b"];
        "setproduct" => f::setproduct([letters(), letters()]), [["a", "a"], ["a", "b"], ["b", "a"], ["b", "b"]];
        "setsubtract" => f::setsubtract(letters_set(), ["b", "c"]), ["a"];
        "setunion" => f::setunion(letters_set(), [["b", "c"]]), ["a", "b", "c"];
        "sha1" => f::sha1("hello\n"), "f572d396fae9206628714fb2ce00f72e94f2258f";
        "sha256" => f::sha256("hello\n"), "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";
        "sha512" => f::sha512("hello\n"), "e7c22b994c59d9cf2b48e549b1e24666636045930d3da7c1acb299d1c3b7f931f94aae41edda2c2b207a36e10f8bcb8d45223e54878f5b316e7ce3b6bc019629";
        "signum" => f::signum(-3), (-1);
        "slice" => f::slice(["a", "b", "c"], 1, 3), ["b", "c"];
        "sort" => f::sort(["b", "a"]), ["a", "b"];
        "split" => f::split(",", "a,b"), ["a", "b"];
        "startswith" => f::startswith("hello", "he"), true;
        "strcontains" => f::strcontains("hello", "ell"), true;
        "strrev" => f::strrev("abc"), "cba";
        "substr" => f::substr("hello", 1, 3), "ell";
        "sum" => f::sum([1, 2, 3]), 6;
        "templatefile" => f::templatefile("greeting.tftpl", names()), "hello you";
        "templatestring" => f::templatestring(template, names()), "hello you";
        "textdecodebase64" => f::textdecodebase64("aABpAA==", "UTF-16LE"), "hi";
        "textencodebase64" => f::textencodebase64("hi", "UTF-16LE"), "aABpAA==";
        "timeadd" => f::timeadd("2018-01-02T03:04:05Z", "90m"), "2018-01-02T04:34:05Z";
        "timecmp" => f::timecmp("2018-01-02T03:04:05Z", "2019-01-02T03:04:05Z"), (-1);
        "timestamp" => f::length(f::timestamp()), 20;
        "title" => f::title("hello you"), "Hello You";
        "tobool" => f::tobool("true"), true;
        "tolist" => f::tolist(f::toset(["b", "a"])), ["a", "b"];
        "tomap" => f::tomap(numbers()), { "one": 1, "two": 2 };
        "tonumber" => f::tonumber("1.5"), 1.5;
        "toset" => f::toset(["b", "a", "b"]), ["a", "b"];
        "tostring" => f::tostring(true), "true";
        "transpose" => f::transpose([("a", vec!["x", "y"]), ("b", vec!["x"])]), { "x": ["a", "b"], "y": ["a"] };
        "trim" => f::trim("?hi!", "?!"), "hi";
        "trimprefix" => f::trimprefix("hello", "he"), "llo";
        "trimspace" => f::trimspace(" hi\n"), "hi";
        "trimsuffix" => f::trimsuffix("hello", "lo"), "hel";
        "try" => f::try_((f::tonumber("x"), 7)), 7;
        "upper" => f::upper("ab"), "AB";
        "urlencode" => f::urlencode("a b&c"), "a+b%26c";
        "uuid" => f::length(f::uuid()), 36;
        "uuidv5" => f::uuidv5("dns", "example.com"), "cfbff0d1-9375-5685-968c-48ce8b15ae17";
        "values" => f::values(numbers()), [1, 2];
        "yamldecode" => f::yamldecode::<Map<String>>("a: b\n"), { "a": "b" };
        "yamlencode" => f::yamlencode(names()), "\"name\": \"you\"\n";
        "zipmap" => f::zipmap(letters(), [1, 2]), { "a": 1, "b": 2 };
    }
}
