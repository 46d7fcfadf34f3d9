//! Types of Terraform's functions where its own signatures say no more than `dynamic`.

/// What a parameter of a generated function accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Accepts<'t> {
    /// A value of a type.
    Value(&'t str),
    /// Any number of values of a type.
    Values(&'t str),
    /// A list or set of elements of a type.
    Sequence(&'t str),
    /// One value of whatever type.
    Any,
    /// Any number of values, each of whatever type.
    AnyValues,
    /// A sensitive value of a type.
    Sensitive(&'t str),
    /// An ephemeral value of a type.
    Ephemeral(&'t str),
    /// A reference to a value of a type: no literal, no other expression.
    Reference(&'t str),
    /// Any value, sensitive and ephemeral ones too.
    Whatever,
}

/// A signature in place of Terraform's own.
#[derive(Debug)]
pub(crate) struct Generic {
    pub(crate) name: &'static str,
    /// Type parameters with their bounds: `T`, `T: Flat`; empty for none.
    pub(crate) generics: &'static str,
    /// One for each of Terraform's parameters, the variadic one last.
    pub(crate) accepts: &'static [Accepts<'static>],
    pub(crate) returns: &'static str,
}

const fn generic(
    name: &'static str,
    generics: &'static str,
    accepts: &'static [Accepts<'static>],
    returns: &'static str,
) -> Generic {
    Generic { name, generics, accepts, returns }
}

use Accepts::{Any, AnyValues, Ephemeral, Reference, Sensitive, Sequence, Value, Values, Whatever};

/// Each as Terraform's documentation describes it ("Functions"), by name.
pub(crate) const GENERICS: &[Generic] = &[
    // Optional in Terraform; the default cost is 10.
    generic("bcrypt", "", &[Value("String"), Value("Number")], "Value<String>"),
    generic("can", "", &[Any], "Value<bool>"),
    generic("chunklist", "T", &[Value("List<T>"), Value("Number")], "Value<List<List<T>>>"),
    generic("coalesce", "T", &[Values("T")], "Value<T>"),
    generic("coalescelist", "T", &[Values("List<T>")], "Value<List<T>>"),
    generic("concat", "T", &[Values("List<T>")], "Value<List<T>>"),
    generic("contains", "T", &[Sequence("T"), Value("T")], "Value<bool>"),
    generic("csvdecode", "", &[Value("String")], "Value<List<Map<String>>>"),
    generic("distinct", "T", &[Value("List<T>")], "Value<List<T>>"),
    generic("element", "T", &[Value("List<T>"), Value("Number")], "Value<T>"),
    // The variables of this crate that are ephemeral are sensitive too.
    generic("ephemeralasnull", "T", &[Ephemeral("T")], "Sensitive<T>"),
    generic("flatten", "T: Flat", &[Sequence("T")], "Value<List<T::Leaf>>"),
    generic("format", "", &[Value("String"), AnyValues], "Value<String>"),
    generic("formatlist", "", &[Value("String"), AnyValues], "Value<List<String>>"),
    generic("index", "T", &[Value("List<T>"), Value("T")], "Value<Number>"),
    generic("issensitive", "", &[Whatever], "Value<bool>"),
    // Terraform joins several lists too, which `concat` does as well.
    generic("join", "", &[Value("String"), Value("List<String>")], "Value<String>"),
    generic("jsondecode", "T", &[Value("String")], "Value<T>"),
    generic("jsonencode", "", &[Any], "Value<String>"),
    generic("keys", "T", &[Value("Map<T>")], "Value<List<String>>"),
    generic("length", "T: Counted", &[Value("T")], "Value<Number>"),
    // Optional in Terraform, where leaving it out is deprecated.
    generic("lookup", "T", &[Value("Map<T>"), Value("String"), Value("T")], "Value<T>"),
    generic("matchkeys", "T, K", &[Value("List<T>"), Value("List<K>"), Value("List<K>")], "Value<List<T>>"),
    generic("merge", "T", &[Values("Map<T>")], "Value<Map<T>>"),
    generic("nonsensitive", "T", &[Sensitive("T")], "Value<T>"),
    generic("one", "T", &[Sequence("T")], "Value<T>"),
    generic("parseint", "", &[Value("String"), Value("Number")], "Value<Number>"),
    generic("regex", "T: Captured", &[Value("String"), Value("String")], "Value<T>"),
    generic("regexall", "T: Captured", &[Value("String"), Value("String")], "Value<List<T>>"),
    generic("reverse", "T", &[Value("List<T>")], "Value<List<T>>"),
    generic("sensitive", "T", &[Value("T")], "Sensitive<T>"),
    generic("setintersection", "T", &[Value("Set<T>"), Values("Set<T>")], "Value<Set<T>>"),
    generic("setproduct", "T", &[Values("List<T>")], "Value<List<List<T>>>"),
    generic("setsubtract", "T", &[Value("Set<T>"), Value("Set<T>")], "Value<Set<T>>"),
    generic("setunion", "T", &[Value("Set<T>"), Values("Set<T>")], "Value<Set<T>>"),
    generic("slice", "T", &[Value("List<T>"), Value("Number"), Value("Number")], "Value<List<T>>"),
    generic("sum", "", &[Sequence("Number")], "Value<Number>"),
    generic("templatefile", "", &[Value("String"), Any], "Value<String>"),
    generic("templatestring", "", &[Reference("String"), Any], "Value<String>"),
    generic("tobool", "", &[Any], "Value<bool>"),
    generic("tolist", "T", &[Sequence("T")], "Value<List<T>>"),
    generic("tomap", "T", &[Value("Map<T>")], "Value<Map<T>>"),
    generic("tonumber", "", &[Any], "Value<Number>"),
    generic("toset", "T", &[Sequence("T")], "Value<Set<T>>"),
    generic("tostring", "", &[Any], "Value<String>"),
    generic("try", "T", &[Values("T")], "Value<T>"),
    generic("values", "T", &[Value("Map<T>")], "Value<List<T>>"),
    generic("yamldecode", "T", &[Value("String")], "Value<T>"),
    generic("yamlencode", "", &[Any], "Value<String>"),
    generic("zipmap", "T", &[Value("List<String>"), Value("List<T>")], "Value<Map<T>>"),
];
