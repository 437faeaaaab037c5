//! A contract's records in memory, metered with the prices of the Cosmos SDK's store.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;

use cosmwasm_std::{Order, Record};
use cosmwasm_vm::{BackendError, BackendResult, GasInfo, Storage};

/// What the chain puts before each key: a tag of one byte and the contract's 32 bytes.
const PREFIX: usize = 33;
// `KVGasConfig` of the Cosmos SDK 0.53 (`store/types/gas.go`).
const READ_FLAT: u64 = 1_000;
const READ_BYTE: u64 = 3;
const WRITE_FLAT: u64 = 2_000;
const WRITE_BYTE: u64 = 30;
const DELETE_FLAT: u64 = 1_000;
const STEP_FLAT: u64 = 30;

type Records = BTreeMap<Vec<u8>, Vec<u8>>;

/// The records, and what was spent on them so far.
#[derive(Default)]
pub(crate) struct Metered {
    pub(crate) records: Records,
    pub(crate) spent: Cell<u64>,
    iterators: HashMap<u32, Range>,
}

/// What is left of a range.
struct Range {
    from: Bound<Vec<u8>>,
    to: Bound<Vec<u8>>,
    order: Order,
}

impl Range {
    fn next(&self, records: &Records) -> Option<Record> {
        let mut range = records.range((self.from.clone(), self.to.clone()));
        let found = match self.order {
            Order::Ascending => range.next(),
            Order::Descending => range.next_back(),
        };
        found.map(|(key, value)| (key.clone(), value.clone()))
    }

    fn leave(&mut self, key: &[u8]) {
        let left = Bound::Excluded(key.to_vec());
        match self.order {
            Order::Ascending => self.from = left,
            Order::Descending => self.to = left,
        }
    }
}

fn bytes(key: &[u8], value: &[u8]) -> u64 {
    (PREFIX + key.len() + value.len()) as u64
}

/// What standing at the next record of a range costs.
fn step(next: Option<&Record>) -> u64 {
    STEP_FLAT + next.map_or(0, |(key, value)| READ_BYTE * bytes(key, value))
}

impl Metered {
    fn pay(&self, gas: u64) {
        self.spent.set(self.spent.get() + gas);
    }
}

impl Storage for Metered {
    fn get(&self, key: &[u8]) -> BackendResult<Option<Vec<u8>>> {
        let found = self.records.get(key).cloned();
        self.pay(READ_FLAT + READ_BYTE * bytes(key, found.as_deref().unwrap_or_default()));
        (Ok(found), GasInfo::free())
    }

    fn scan(
        &mut self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> BackendResult<u32> {
        let range = Range {
            from: start.map_or(Bound::Unbounded, |key| Bound::Included(key.to_vec())),
            to: end.map_or(Bound::Unbounded, |key| Bound::Excluded(key.to_vec())),
            order,
        };
        self.pay(step(range.next(&self.records).as_ref()));
        let id = u32::try_from(self.iterators.len()).expect("few iterators") + 1;
        self.iterators.insert(id, range);
        (Ok(id), GasInfo::free())
    }

    fn next(&mut self, iterator_id: u32) -> BackendResult<Option<Record>> {
        let Some(range) = self.iterators.get_mut(&iterator_id) else {
            let error = BackendError::iterator_does_not_exist(iterator_id);
            return (Err(error), GasInfo::free());
        };
        let found = range.next(&self.records);
        if let Some((key, _)) = &found {
            range.leave(key);
            let price = step(range.next(&self.records).as_ref());
            self.pay(price);
        }
        (Ok(found), GasInfo::free())
    }

    fn set(&mut self, key: &[u8], value: &[u8]) -> BackendResult<()> {
        self.pay(WRITE_FLAT + WRITE_BYTE * bytes(key, value));
        self.records.insert(key.to_vec(), value.to_vec());
        (Ok(()), GasInfo::free())
    }

    fn remove(&mut self, key: &[u8]) -> BackendResult<()> {
        self.pay(DELETE_FLAT);
        self.records.remove(key);
        (Ok(()), GasInfo::free())
    }
}
