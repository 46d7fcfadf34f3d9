//! Lists whose copies share their elements.

use std::ops::Deref;
use std::sync::Arc;

/// A list that is copied where a value is evaluated and where it is judged, at no cost.
#[derive(Clone, Debug)]
pub struct Shared<T> {
    elements: Arc<[T]>,
}

impl<T> Shared<T> {
    /// The elements.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        &self.elements
    }

    /// What is taken from the end of a list, from the element at `first` on.
    pub(crate) fn of_rest(list: &mut Vec<T>, first: usize) -> Shared<T> {
        if first >= list.len() {
            return Shared::default();
        }
        Shared { elements: list.drain(first..).collect() }
    }

    /// Whether both share their elements.
    pub(crate) fn is_same(&self, other: &Shared<T>) -> bool {
        Arc::ptr_eq(&self.elements, &other.elements)
    }
}

impl<T: Clone> Shared<T> {
    /// The elements, to be changed: made its own if they are shared.
    pub fn make_mut(&mut self) -> &mut [T] {
        Arc::make_mut(&mut self.elements)
    }

    /// What is made of each element: the same list if nothing was changed.
    pub(crate) fn map_unless_same(
        &self,
        mut make: impl FnMut(&T) -> T,
        is_same: impl Fn(&T, &T) -> bool,
    ) -> Shared<T> {
        let mut rest = self.iter().enumerate();
        let first = rest.find_map(|(index, element)| {
            let made = make(element);
            (!is_same(element, &made)).then_some((index, made))
        });
        let Some((index, changed)) = first else {
            return self.clone();
        };
        let mut all = Vec::with_capacity(self.len());
        all.extend(self.iter().take(index).cloned());
        all.push(changed);
        all.extend(rest.map(|(_, element)| make(element)));
        all.into()
    }
}

impl<T> Default for Shared<T> {
    fn default() -> Shared<T> {
        Shared { elements: Arc::default() }
    }
}

impl<T> Deref for Shared<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.elements
    }
}

impl<T> From<Vec<T>> for Shared<T> {
    fn from(elements: Vec<T>) -> Shared<T> {
        if elements.is_empty() { Shared::default() } else { Shared { elements: elements.into() } }
    }
}

impl<T> FromIterator<T> for Shared<T> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Shared<T> {
        elements.into_iter().collect::<Vec<T>>().into()
    }
}

impl<'s, T> IntoIterator for &'s Shared<T> {
    type Item = &'s T;
    type IntoIter = std::slice::Iter<'s, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.elements.iter()
    }
}
