//! Random expressions, computed by terraform and by a few lines of Rust: what is written binds as it was built.

use localstack_tests::Failure;
use localstack_tests::terraform::State;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::json;
use synth::{App, List, Local, Number, Output, Value, conditional, functions};
use synth_testing::Synthesized;

use crate::synthesized;

/// How many expressions one run asks terraform about.
const EXPRESSIONS: usize = 400;
/// What the local value `known` is.
const KNOWN: i64 = 7;
/// Numbers beyond are no longer exact in JSON's readers.
const LARGEST: i64 = 1 << 53;

#[derive(Clone, Debug)]
enum Whole {
    Literal(i64),
    Known,
    /// What a `for` around names, the innermost first; a literal outside of all.
    Item(usize),
    Plus(Box<Whole>, Box<Whole>),
    Minus(Box<Whole>, Box<Whole>),
    Times(Box<Whole>, Box<Whole>),
    Remainder(Box<Whole>, i64),
    Negated(Box<Whole>),
    If(Box<Truth>, Box<Whole>, Box<Whole>),
    Sum(Box<Items>),
    At(Box<Items>),
}

#[derive(Clone, Debug)]
enum Truth {
    Below(Whole, Whole),
    Equals(Whole, Whole),
    And(Box<Truth>, Box<Truth>),
    Or(Box<Truth>, Box<Truth>),
    Not(Box<Truth>),
}

#[derive(Clone, Debug)]
enum Items {
    Of(Vec<Whole>),
    Map(Box<Items>, Whole),
    Filter(Box<Items>, Truth),
    If(Truth, Box<Items>, Box<Items>),
}

fn whole(depth: u32) -> BoxedStrategy<Whole> {
    let leaf = prop_oneof![
        (-9_i64..10).prop_map(Whole::Literal),
        Just(Whole::Known),
        (0_usize..3).prop_map(Whole::Item)
    ];
    let Some(less) = depth.checked_sub(1) else { return leaf.boxed() };
    let pair = || (whole(less), whole(less)).prop_map(|(a, b)| (Box::new(a), Box::new(b)));
    prop_oneof![
        leaf,
        pair().prop_map(|(a, b)| Whole::Plus(a, b)),
        pair().prop_map(|(a, b)| Whole::Minus(a, b)),
        pair().prop_map(|(a, b)| Whole::Times(a, b)),
        (whole(less), 1_i64..9).prop_map(|(a, b)| Whole::Remainder(Box::new(a), b)),
        whole(less).prop_map(|a| Whole::Negated(Box::new(a))),
        (truth(less), pair()).prop_map(|(is, (a, b))| Whole::If(Box::new(is), a, b)),
        items(less).prop_map(|list| Whole::Sum(Box::new(list))),
        items(less).prop_map(|list| Whole::At(Box::new(list))),
    ]
    .boxed()
}

fn truth(depth: u32) -> BoxedStrategy<Truth> {
    let compared = (whole(depth.saturating_sub(1)), whole(depth.saturating_sub(1)), any::<bool>())
        .prop_map(|(a, b, equal)| if equal { Truth::Equals(a, b) } else { Truth::Below(a, b) });
    let Some(less) = depth.checked_sub(1) else { return compared.boxed() };
    let pair = || (truth(less), truth(less)).prop_map(|(a, b)| (Box::new(a), Box::new(b)));
    prop_oneof![
        compared,
        pair().prop_map(|(a, b)| Truth::And(a, b)),
        pair().prop_map(|(a, b)| Truth::Or(a, b)),
        truth(less).prop_map(|a| Truth::Not(Box::new(a))),
    ]
    .boxed()
}

fn items(depth: u32) -> BoxedStrategy<Items> {
    let written = prop::collection::vec(whole(depth.saturating_sub(1)), 1..4).prop_map(Items::Of);
    let Some(less) = depth.checked_sub(1) else { return written.boxed() };
    prop_oneof![
        written,
        (items(less), whole(less)).prop_map(|(list, item)| Items::Map(Box::new(list), item)),
        (items(less), truth(less)).prop_map(|(list, is)| Items::Filter(Box::new(list), is)),
        (truth(less), items(less), items(less)).prop_map(|(is, a, b)| Items::If(
            is,
            Box::new(a),
            Box::new(b)
        )),
    ]
    .boxed()
}

/// With one more item, the innermost.
fn inside<T: Clone>(around: &[T], item: T) -> Vec<T> {
    [&[item], around].concat()
}

impl Whole {
    /// What it is; nothing, where a number on the way is not exact everywhere.
    fn computed(&self, around: &[i64]) -> Option<i64> {
        let small = |number: i64| (number.abs() < LARGEST).then_some(number);
        match self {
            Whole::Literal(number) => Some(*number),
            Whole::Known => Some(KNOWN),
            Whole::Item(outwards) => Some(around.get(*outwards).copied().unwrap_or(1)),
            Whole::Plus(a, b) => small(a.computed(around)?.checked_add(b.computed(around)?)?),
            Whole::Minus(a, b) => small(a.computed(around)?.checked_sub(b.computed(around)?)?),
            Whole::Times(a, b) => small(a.computed(around)?.checked_mul(b.computed(around)?)?),
            Whole::Remainder(a, b) => a.computed(around)?.checked_rem(*b),
            Whole::Negated(a) => Some(-a.computed(around)?),
            Whole::If(is, a, b) => if is.computed(around)? { a } else { b }.computed(around),
            Whole::Sum(list) => small(list.computed(around)?.iter().sum()),
            Whole::At(list) => Some(list.computed(around)?.first().copied().unwrap_or(0)),
        }
    }

    fn built(&self, known: &Value<Number>, around: &[Value<Number>]) -> Value<Number> {
        let of = |whole: &Whole| whole.built(known, around);
        match self {
            Whole::Literal(number) => Value::from(*number),
            Whole::Known => known.clone(),
            Whole::Item(outwards) => around.get(*outwards).cloned().unwrap_or_else(|| 1.into()),
            Whole::Plus(a, b) => of(a).plus(of(b)),
            Whole::Minus(a, b) => of(a).minus(of(b)),
            Whole::Times(a, b) => of(a).times(of(b)),
            Whole::Remainder(a, b) => of(a).remainder(*b),
            Whole::Negated(a) => of(a).negated(),
            Whole::If(is, a, b) => conditional(is.built(known, around), of(a), of(b)),
            Whole::Sum(list) => functions::sum(functions::concat((list.built(known, around), [0]))),
            Whole::At(list) => functions::try_((list.built(known, around).at(0), 0)),
        }
    }
}

impl Truth {
    fn computed(&self, around: &[i64]) -> Option<bool> {
        // Terraform 1.11 computes both sides of an operator.
        Some(match self {
            Truth::Below(a, b) => a.computed(around)? < b.computed(around)?,
            Truth::Equals(a, b) => a.computed(around)? == b.computed(around)?,
            Truth::And(a, b) => a.computed(around)? & b.computed(around)?,
            Truth::Or(a, b) => a.computed(around)? | b.computed(around)?,
            Truth::Not(a) => !a.computed(around)?,
        })
    }

    fn built(&self, known: &Value<Number>, around: &[Value<Number>]) -> Value<bool> {
        match self {
            Truth::Below(a, b) => a.built(known, around).below(b.built(known, around)),
            Truth::Equals(a, b) => a.built(known, around).equals(b.built(known, around)),
            Truth::And(a, b) => a.built(known, around).and(b.built(known, around)),
            Truth::Or(a, b) => a.built(known, around).or(b.built(known, around)),
            Truth::Not(a) => a.built(known, around).negated(),
        }
    }
}

impl Items {
    fn computed(&self, around: &[i64]) -> Option<Vec<i64>> {
        match self {
            Items::Of(list) => list.iter().map(|item| item.computed(around)).collect(),
            Items::Map(list, change) => {
                let list = list.computed(around)?.into_iter();
                list.map(|item| change.computed(&inside(around, item))).collect()
            }
            Items::Filter(list, keep) => {
                let mut kept = Vec::new();
                for item in list.computed(around)? {
                    if keep.computed(&inside(around, item))? {
                        kept.push(item);
                    }
                }
                Some(kept)
            }
            Items::If(is, a, b) => if is.computed(around)? { a } else { b }.computed(around),
        }
    }

    fn built(&self, known: &Value<Number>, around: &[Value<Number>]) -> Value<List<Number>> {
        match self {
            Items::Of(list) => list.iter().map(|item| item.built(known, around)).collect(),
            Items::Map(list, change) => {
                list.built(known, around).map_each(|item| change.built(known, &inside(around, item)))
            }
            Items::Filter(list, keep) => {
                list.built(known, around).filter(|item| keep.built(known, &inside(around, item)))
            }
            Items::If(is, a, b) => {
                let (a, b) = (a.built(known, around), b.built(known, around));
                // Terraform wants both sides to be of one type, which tuples of other lengths are not.
                conditional(is.built(known, around), functions::tolist(a), functions::tolist(b))
            }
        }
    }
}

#[test]
fn random_expressions_are_computed_as_they_were_built() -> Result<(), Failure> {
    let (any, mut runner) = (whole(4), TestRunner::deterministic());
    let mut app = App::new();
    let mut stack = app.stack("random");
    let known = stack.add("known", Local::of(Value::from(KNOWN))).into();
    let mut expected = Vec::new();
    while expected.len() < EXPRESSIONS {
        let tree = any.new_tree(&mut runner).map_err(|reason| reason.to_string())?.current();
        if let Some(number) = tree.computed(&[]) {
            let name = format!("n{}", expected.len());
            stack.add(name.clone(), Output::of(tree.built(&known, &[])));
            expected.push((name, number, tree));
        }
    }
    let random = Synthesized::app(app).pop().ok_or("no stack")?;
    random.valid();
    let state = State::read(&synthesized::apply("random-expressions", random.text(), &[])?)?;
    for (name, number, tree) in expected {
        assert_eq!(state.output(&name), Some(&json!(number)), "{tree:?}");
    }
    Ok(())
}
