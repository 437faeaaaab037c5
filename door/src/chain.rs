//! The calls to and from the virtual machine, interface version 8.
//!
//! A *region* is three numbers that say where bytes lie: every pointer that crosses is one to a
//! region. Those that come in were made by [`allocate`], belong to us and are taken exactly once;
//! those that go out as a result are given up; those that go out as an argument are lent for the
//! time of the call.
#![allow(unsafe_code)]

use core::fmt::Display;
use core::mem::ManuallyDrop;

use cosmwasm_std::{Addr, MessageInfo, Order, Record, Storage};
use muster_schema::json::{self, Empty, Read};

use crate::{Addresses, Deps, DepsMut, Env, Others, Response, is_ed25519, is_secp256k1, text};

/// The longest address that the virtual machine reads.
const MAX_WRITTEN: usize = 256;
/// Room for an address in either form, as the chain's own library has it.
const CANONICAL_ROOM: usize = 64;
const WRITTEN_ROOM: usize = 90;
/// A signature that holds. 1 is one that doesn't, larger numbers are inputs of another form.
const HOLDS: u32 = 0;

#[repr(C)]
struct Region {
    offset: u32,
    capacity: u32,
    length: u32,
}

unsafe extern "C" {
    fn abort(message: u32);
    fn db_read(key: u32) -> u32;
    fn db_write(key: u32, value: u32);
    fn db_remove(key: u32);
    fn db_scan(start: u32, end: u32, order: i32) -> u32;
    fn db_next(iterator: u32) -> u32;
    fn addr_canonicalize(written: u32, canonical: u32) -> u32;
    fn addr_humanize(canonical: u32, written: u32) -> u32;
    fn query_chain(request: u32) -> u32;
    fn secp256k1_verify(hash: u32, signature: u32, key: u32) -> u32;
    fn ed25519_verify(message: u32, signature: u32, key: u32) -> u32;
}

#[unsafe(no_mangle)]
extern "C" fn interface_version_8() {}

/// What the chain must offer. The markers of newer versions stand for messages and questions to
/// the chain that no contract of ours sends.
#[unsafe(no_mangle)]
extern "C" fn requires_iterator() {}

#[unsafe(no_mangle)]
extern "C" fn allocate(size: usize) -> u32 {
    give(Vec::with_capacity(size))
}

#[unsafe(no_mangle)]
extern "C" fn deallocate(region: u32) {
    drop(take(region));
}

/// Bytes that become the virtual machine's.
fn give(bytes: Vec<u8>) -> u32 {
    let mut bytes = ManuallyDrop::new(bytes);
    let region = Region {
        offset: bytes.as_mut_ptr() as u32,
        capacity: bytes.capacity() as u32,
        length: bytes.len() as u32,
    };
    Box::into_raw(Box::new(region)) as u32
}

/// Bytes that become ours.
fn take(region: u32) -> Vec<u8> {
    // SAFETY: `region` comes from the virtual machine, which gives only what `give` made, and each
    // once; it changes nothing of it but the bytes and a length up to the capacity.
    unsafe {
        let region = Box::from_raw(region as *mut Region);
        Vec::from_raw_parts(
            region.offset as *mut u8,
            region.length as usize,
            region.capacity as usize,
        )
    }
}

/// Bytes that the virtual machine reads while both they and the region live.
fn lend(bytes: &[u8]) -> Region {
    Region {
        offset: bytes.as_ptr() as u32,
        capacity: bytes.len() as u32,
        length: bytes.len() as u32,
    }
}

fn at(region: &Region) -> u32 {
    core::ptr::from_ref(region) as u32
}

/// Tells the virtual machine why, instead of ending without a word.
fn report_panics() {
    std::panic::set_hook(Box::new(|info| {
        let message = info.to_string();
        // SAFETY: the message and its region outlive the call.
        unsafe { abort(at(&lend(message.as_bytes()))) }
    }));
}

/// A message, or why it is none.
pub fn read<T: Read + Empty>(text: &[u8]) -> Result<T, String> {
    json::from_json(text).map_err(say)
}

/// An error in words.
pub fn say(error: impl Display) -> String {
    error.to_string()
}

type Run<'r> = &'r dyn Fn(DepsMut<'_>, &Env, &MessageInfo, &[u8]) -> Result<Response, String>;

/// Runs a message. A migration has no `info`: the chain doesn't say who sent it.
pub fn message(env: u32, info: Option<u32>, msg: u32, run: Run<'_>) -> u32 {
    report_panics();
    let env = text::env(&take(env));
    let info = match info {
        Some(info) => text::info(&take(info)),
        None => Ok(MessageInfo {
            sender: Addr::unchecked(String::new()),
            funds: Vec::new(),
        }),
    };
    let msg = take(msg);
    let result = match (env, info) {
        (Ok(env), Ok(info)) => {
            let deps = DepsMut {
                storage: &mut Records,
                api: &Chain,
                others: &Chain,
            };
            run(deps, &env, &info, &msg)
        }
        (Err(bad), _) | (_, Err(bad)) => Err(say(bad)),
    };
    give(text::done(&result).into_bytes())
}

type Ask<'a> = &'a dyn Fn(Deps<'_>, &Env, &[u8]) -> Result<String, String>;

/// Answers a question.
pub fn question(env: u32, msg: u32, ask: Ask<'_>) -> u32 {
    report_panics();
    let env = text::env(&take(env));
    let msg = take(msg);
    let result = env.map_err(say).and_then(|env| {
        let deps = Deps {
            storage: &Records,
            api: &Chain,
            others: &Chain,
        };
        ask(deps, &env, &msg)
    });
    give(text::answered(&result).into_bytes())
}

/// The contract's records.
struct Records;

impl Storage for Records {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        // SAFETY: the key and its region outlive the call.
        let found = unsafe { db_read(at(&lend(key))) };
        (found != 0).then(|| take(found))
    }

    fn set(&mut self, key: &[u8], value: &[u8]) {
        assert!(
            !value.is_empty(),
            "an empty record looks like a missing one"
        );
        // SAFETY: key, value and their regions outlive the call.
        unsafe { db_write(at(&lend(key)), at(&lend(value))) }
    }

    fn remove(&mut self, key: &[u8]) {
        // SAFETY: the key and its region outlive the call.
        unsafe { db_remove(at(&lend(key))) }
    }

    fn range<'a>(
        &'a self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> Box<dyn Iterator<Item = Record> + 'a> {
        let (start, end) = (start.map(lend), end.map(lend));
        let place = |bound: &Option<Region>| bound.as_ref().map_or(0, at);
        // SAFETY: the bounds and their regions outlive the call; 0 stands for no bound.
        let iterator = unsafe { db_scan(place(&start), place(&end), order as i32) };
        Box::new(Steps { iterator })
    }
}

/// An iterator that the virtual machine keeps until the end of the message.
struct Steps {
    iterator: u32,
}

impl Iterator for Steps {
    type Item = Record;

    #[allow(clippy::expect_used)] // the virtual machine broke its word: nothing can go on
    fn next(&mut self) -> Option<Record> {
        // SAFETY: the number is one that `db_scan` returned.
        let step = take(unsafe { db_next(self.iterator) });
        let (key, value) = text::step(&step).expect("a step of an iterator");
        (!key.is_empty()).then_some((key, value))
    }
}

/// The chain's addresses and signatures, and the other contracts on it.
struct Chain;

impl Addresses for Chain {
    fn canonical(&self, written: &str) -> Option<Vec<u8>> {
        if written.len() > MAX_WRITTEN {
            return None;
        }
        let out = give(Vec::with_capacity(CANONICAL_ROOM));
        // SAFETY: the address and its region outlive the call; `out` has the room it says.
        let error = unsafe { addr_canonicalize(at(&lend(written.as_bytes())), out) };
        filled(out, error)
    }

    fn written(&self, canonical: &[u8]) -> Option<String> {
        let out = give(Vec::with_capacity(WRITTEN_ROOM));
        // SAFETY: as above.
        let error = unsafe { addr_humanize(at(&lend(canonical)), out) };
        String::from_utf8(filled(out, error)?).ok()
    }

    fn secp256k1(&self, hash: &[u8; 32], signature: &[u8], key: &[u8]) -> bool {
        if !is_secp256k1(signature, key) {
            return false;
        }
        // SAFETY: all three and their regions outlive the call.
        let found =
            unsafe { secp256k1_verify(at(&lend(hash)), at(&lend(signature)), at(&lend(key))) };
        found == HOLDS
    }

    fn ed25519(&self, message: &[u8], signature: &[u8], key: &[u8]) -> bool {
        if !is_ed25519(signature, key) {
            return false;
        }
        // SAFETY: as above.
        let found =
            unsafe { ed25519_verify(at(&lend(message)), at(&lend(signature)), at(&lend(key))) };
        found == HOLDS
    }
}

impl Others for Chain {
    fn record(&self, contract: &str, key: &[u8]) -> Option<Vec<u8>> {
        let request = text::record_of(contract, key);
        // SAFETY: the request and its region outlive the call.
        let answer = take(unsafe { query_chain(at(&lend(request.as_bytes()))) });
        text::record(&answer)
    }
}

/// What the virtual machine wrote into `out`, unless it gave the words of an error.
fn filled(out: u32, error: u32) -> Option<Vec<u8>> {
    let bytes = take(out);
    if error == 0 {
        return Some(bytes);
    }
    drop(take(error));
    None
}
