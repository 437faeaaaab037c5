//! Records as they would be: what is written here reaches the storage only when it is taken over.
//!
//! One lies over the storage for a whole batch, so that a record which every item rewrites is read
//! and written once; one lies over that for each item, so that a refused item changes nothing,
//! however far it came.

use core::cell::RefCell;
use core::cmp::Ordering;
use core::iter::Peekable;
use std::collections::BTreeMap;

use cosmwasm_std::{Order, Record, Storage};

/// A record that was read or written here; `None`: there is none.
struct Entry {
    value: Option<Vec<u8>>,
    is_written: bool,
}

/// A key with what it will have; `None`: nothing.
pub(crate) type Change = (Vec<u8>, Option<Vec<u8>>);

pub(crate) struct Overlay<'a> {
    below: &'a dyn Storage,
    /// How a record below is looked up.
    look: fn(&dyn Storage, &[u8]) -> Option<Vec<u8>>,
    entries: RefCell<BTreeMap<Vec<u8>, Entry>>,
}

impl<'a> Overlay<'a> {
    pub(crate) fn over(below: &'a dyn Storage) -> Self {
        Self {
            below,
            look: |below, key| below.get(key),
            entries: RefCell::new(BTreeMap::new()),
        }
    }

    /// Over the chain's own storage, where a range of one key costs a sixth of a read by key.
    pub(crate) fn over_chain(below: &'a dyn Storage) -> Self {
        Self {
            look: |below, key| {
                let end = [key, &[0]].concat();
                let mut found = below.range(Some(key), Some(&end), Order::Ascending);
                found.next().map(|(_, value)| value)
            },
            ..Self::over(below)
        }
    }

    /// Everything that was written, in key order.
    pub(crate) fn into_changes(self) -> impl Iterator<Item = Change> {
        let entries = self.entries.into_inner().into_iter();
        entries
            .filter(|(_, entry)| entry.is_written)
            .map(|(key, entry)| (key, entry.value))
    }

    fn write(&mut self, key: &[u8], value: Option<Vec<u8>>) {
        let entry = Entry {
            value,
            is_written: true,
        };
        self.entries.get_mut().insert(key.to_vec(), entry);
    }
}

/// Writes changes into a storage.
pub(crate) fn take_over(storage: &mut dyn Storage, changes: impl Iterator<Item = Change>) {
    for (key, value) in changes {
        match value {
            Some(value) => storage.set(&key, &value),
            None => storage.remove(&key),
        }
    }
}

impl Storage for Overlay<'_> {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        if let Some(entry) = self.entries.borrow().get(key) {
            return entry.value.clone();
        }
        let value = (self.look)(self.below, key);
        let entry = Entry {
            value: value.clone(),
            is_written: false,
        };
        self.entries.borrow_mut().insert(key.to_vec(), entry);
        value
    }

    fn set(&mut self, key: &[u8], value: &[u8]) {
        self.write(key, Some(value.to_vec()));
    }

    fn remove(&mut self, key: &[u8]) {
        self.write(key, None);
    }

    fn range<'a>(
        &'a self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> Box<dyn Iterator<Item = Record> + 'a> {
        let within =
            |key: &[u8]| start.is_none_or(|start| start <= key) && end.is_none_or(|end| key < end);
        let entries = self.entries.borrow();
        let here = entries
            .iter()
            .filter(|(key, entry)| entry.is_written && within(key));
        let mut here: Vec<Change> = here
            .map(|(key, entry)| (key.clone(), entry.value.clone()))
            .collect();
        if order == Order::Descending {
            here.reverse();
        }
        Box::new(Merged {
            here: here.into_iter().peekable(),
            below: self.below.range(start, end, order).peekable(),
            order,
        })
    }
}

/// The records below, and over them those that were written here.
struct Merged<'a> {
    here: Peekable<std::vec::IntoIter<Change>>,
    below: Peekable<Box<dyn Iterator<Item = Record> + 'a>>,
    order: Order,
}

impl Iterator for Merged<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            let first = match (self.here.peek(), self.below.peek()) {
                (Some((here, _)), Some((below, _))) if self.order == Order::Descending => {
                    below.cmp(here)
                }
                (Some((here, _)), Some((below, _))) => here.cmp(below),
                (Some(_), None) => Ordering::Less,
                (None, _) => Ordering::Greater,
            };
            match first {
                Ordering::Greater => return self.below.next(),
                Ordering::Equal => drop(self.below.next()),
                Ordering::Less => {}
            }
            if let Some((key, Some(value))) = self.here.next() {
                return Some((key, value));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::testing::MockStorage;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_reads_like_a_storage_that_everything_was_written_to(
            before in prop::collection::vec((0..12_u8, 1..9_u8), 0..9),
            steps in prop::collection::vec((0..12_u8, prop::option::of(1..9_u8)), 0..12),
            bounds in (prop::option::of(0..13_u8), prop::option::of(0..13_u8)),
        ) {
            let mut real = MockStorage::new();
            for (key, value) in before {
                real.set(&[key], &[value]);
            }
            let mut base = MockStorage::new();
            for (key, value) in real.range(None, None, Order::Ascending) {
                base.set(&key, &value);
            }
            let middle = Overlay::over_chain(&base);
            let mut top = Overlay::over(&middle);
            for (key, value) in steps {
                take_over(&mut real, core::iter::once((vec![key], value.map(|v| vec![v]))));
                take_over(&mut top, core::iter::once((vec![key], value.map(|v| vec![v]))));
                prop_assert_eq!(real.get(&[key]), top.get(&[key]));
            }
            let bound = |b: Option<u8>| b.map(|b| vec![b]);
            let (start, end) = (bound(bounds.0), bound(bounds.1));
            for order in [Order::Ascending, Order::Descending] {
                let of = |s: &dyn Storage| -> Vec<Record> {
                    s.range(start.as_deref(), end.as_deref(), order).collect()
                };
                prop_assert_eq!(of(&real), of(&top));
            }
            let changes: Vec<Change> = top.into_changes().collect();
            let untouched: Vec<Record> = middle.range(None, None, Order::Ascending).collect();
            prop_assert_eq!(untouched, base.range(None, None, Order::Ascending).collect::<Vec<_>>());
            take_over(&mut base, changes.into_iter());
            prop_assert_eq!(
                real.range(None, None, Order::Ascending).collect::<Vec<_>>(),
                base.range(None, None, Order::Ascending).collect::<Vec<_>>()
            );
        }
    }
}
