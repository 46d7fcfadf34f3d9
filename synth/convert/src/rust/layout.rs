//! Breaks expressions into lines.

use super::Rust;

/// The widest line, as rustfmt has it.
const WIDTH: usize = 100;
/// One step to the right.
const STEP: usize = 4;
/// The widest call of methods on one line, as rustfmt has it ("chain_width").
const CHAIN: usize = 60;

/// A statement at an indentation: `let name = value;`.
pub(crate) fn statement(before: &str, value: &Rust, indentation: usize) -> String {
    let column = indentation + before.len();
    format!("{}{before}{};\n", " ".repeat(indentation), layout(value, indentation, column + 1))
}

/// An expression that begins at a column, of a line that is indented so far.
pub(crate) fn layout(rust: &Rust, indentation: usize, column: usize) -> String {
    let line = flat(rust);
    let narrow = column + line.len() <= WIDTH && !line.contains('\n');
    if narrow && (calls(rust) < 2 || line.len() <= CHAIN) {
        return line;
    }
    match rust {
        Rust::Word(word) => word.clone(),
        Rust::Call(path, arguments) => {
            format!("{path}{}", bracketed(("(", ")"), arguments, indentation, column + path.len()))
        }
        Rust::Macro(name, arguments) => {
            format!("{name}!{}", bracketed(("(", ")"), arguments, indentation, column + name.len() + 1))
        }
        Rust::Array(items) => bracketed(("[", "]"), items, indentation, column),
        Rust::Vector(items) => format!("vec!{}", bracketed(("[", "]"), items, indentation, column + 4)),
        Rust::Tuple(items) => bracketed(("(", ")"), items, indentation, column),
        Rust::Closure(parameters, body) => closure(parameters, body, indentation, column),
        Rust::Borrow(of) => format!("&{}", layout(of, indentation, column + 1)),
        Rust::Object(entries) => object(entries, indentation),
        Rust::Method(..) => chain(rust, indentation, column),
    }
}

/// Everything on one line.
fn flat(rust: &Rust) -> String {
    let list = |items: &[Rust]| items.iter().map(flat).collect::<Vec<_>>().join(", ");
    match rust {
        Rust::Word(word) => word.clone(),
        Rust::Call(path, arguments) => format!("{path}({})", list(arguments)),
        Rust::Method(receiver, name, arguments) => format!("{}.{name}({})", flat(receiver), list(arguments)),
        Rust::Macro(name, arguments) => format!("{name}!({})", list(arguments)),
        Rust::Object(entries) if entries.is_empty() => "object! {}".to_owned(),
        Rust::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{key} => {}", flat(value)));
            format!("object! {{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
        Rust::Array(items) => format!("[{}]", list(items)),
        Rust::Vector(items) => format!("vec![{}]", list(items)),
        Rust::Tuple(items) if items.len() == 1 => format!("({},)", list(items)),
        Rust::Tuple(items) => format!("({})", list(items)),
        Rust::Closure(parameters, body) => format!("|{parameters}| {}", flat(body)),
        Rust::Borrow(of) => format!("&{}", flat(of)),
    }
}

/// How many methods are called one after the other.
fn calls(rust: &Rust) -> usize {
    match rust {
        Rust::Method(receiver, ..) => 1 + calls(receiver),
        _ => 0,
    }
}

fn bracketed((open, close): (&str, &str), items: &[Rust], indentation: usize, column: usize) -> String {
    // A closure or a list that is the last of few hugs the brackets around.
    if let Some((last, before)) = items.split_last()
        && (matches!(last, Rust::Closure(..)) || (before.is_empty() && hugs(last)))
    {
        let before: String = before.iter().map(|item| format!("{}, ", flat(item))).collect();
        let hugged = layout(last, indentation, column + open.len() + before.len());
        let first = hugged.lines().next().map_or(0, str::len);
        let fits = column + open.len() + before.len() + first <= WIDTH;
        if !before.contains('\n') && fits && hugged.contains('\n') && before.len() <= CHAIN {
            return format!("{open}{before}{hugged}{close}");
        }
    }
    if let [Rust::Word(word)] = items {
        return format!("{open}{word}{close}");
    }
    let inner = indentation + STEP;
    let space = " ".repeat(inner);
    let lines = items.iter().map(|item| format!("{space}{},\n", layout(item, inner, inner + 1)));
    format!("{open}\n{}{}{close}", lines.collect::<String>(), " ".repeat(indentation))
}

/// What stays on the line of the brackets around it.
fn hugs(rust: &Rust) -> bool {
    matches!(rust, Rust::Array(_) | Rust::Vector(_) | Rust::Object(_) | Rust::Tuple(_))
}

fn closure(parameters: &str, body: &Rust, indentation: usize, column: usize) -> String {
    let head = format!("|{parameters}| ");
    let hugs =
        matches!(body, Rust::Call(..) | Rust::Array(_) | Rust::Object(_) | Rust::Macro(..) | Rust::Tuple(_));
    if hugs && column + head.len() + 20 < WIDTH {
        return format!("{head}{}", layout(body, indentation, column + head.len()));
    }
    let inner = indentation + STEP;
    format!("{head}{{\n{}{}\n{}}}", " ".repeat(inner), layout(body, inner, inner), " ".repeat(indentation))
}

fn object(entries: &[(String, Rust)], indentation: usize) -> String {
    let inner = indentation + STEP;
    let space = " ".repeat(inner);
    let lines = entries
        .iter()
        .map(|(key, value)| format!("{space}{key} => {},\n", layout(value, inner, inner + key.len() + 5)));
    format!("object! {{\n{}{}}}", lines.collect::<String>(), " ".repeat(indentation))
}

/// One call a line.
fn chain(rust: &Rust, indentation: usize, column: usize) -> String {
    let mut methods = Vec::new();
    let mut receiver = rust;
    while let Rust::Method(of, name, arguments) = receiver {
        methods.push((name, arguments));
        receiver = of;
    }
    methods.reverse();
    let head = layout(receiver, indentation, column);
    // A short word, and a single call, keep the first method on their line.
    if methods.len() == 1 || (head.len() <= STEP && !head.contains('\n')) {
        let mut line = head;
        for (position, (name, arguments)) in methods.iter().enumerate() {
            let last = line.lines().last().map_or(0, str::len);
            let start = if line.contains('\n') { last } else { column + last };
            if position > 0 {
                line.push_str(&link(name, arguments, indentation));
            } else {
                let called = called(name, arguments, indentation, start);
                line.push_str(&called);
            }
        }
        return line;
    }
    let links: String = methods.iter().map(|(name, arguments)| link(name, arguments, indentation)).collect();
    format!("{head}{links}")
}

fn link(name: &str, arguments: &[Rust], indentation: usize) -> String {
    let inner = indentation + STEP;
    format!("\n{}{}", " ".repeat(inner), called(name, arguments, inner, inner))
}

fn called(name: &str, arguments: &[Rust], indentation: usize, column: usize) -> String {
    let line = flat(&Rust::Call(name.to_owned(), arguments.to_vec()));
    if column + line.len() < WIDTH && !line.contains('\n') {
        return format!(".{line}");
    }
    format!(".{name}{}", bracketed(("(", ")"), arguments, indentation, column + name.len() + 1))
}
