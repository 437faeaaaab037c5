//! What crosses the door, as the virtual machine writes and expects it.

use cosmwasm_std::{Addr, Coin, MessageInfo};
use muster_schema::json::{
    BadJson, Empty, Field, Read, Reader, Rule, Strictness, Write, Writer, base64, from_base64,
    from_json,
};

use crate::{Env, MAX_RECORD, Response};

type Result<T> = core::result::Result<T, Box<BadJson>>;

/// An object that the chain describes. A newer chain may say more than this contract knows.
macro_rules! told {
    ($type:ident { $($name:ident: $of:ty),+ $(,)? }) => {
        struct $type {
            $($name: $of,)+
        }

        impl Empty for $type {
            fn empty() -> Self {
                Self { $($name: Empty::empty()),+ }
            }
        }

        impl Read for $type {
            fn read(&mut self, from: &mut Reader<'_>) -> Result<()> {
                const FIELDS: &[Field] = &[$(Field { name: stringify!($name), rule: Rule::Given }),+];
                from.object(Strictness::Growing, FIELDS, &mut [$(&mut self.$name),+])
            }
        }
    };
}

told!(World {
    block: Block,
    contract: Contract,
});
told!(Block {
    time: String,
    chain_id: String,
});
told!(Contract { address: Addr });
told!(Sent {
    sender: Addr,
    funds: Vec<Coin>,
});

/// Where and when. The chain gives the time as nanoseconds in quotes.
pub(crate) fn env(text: &[u8]) -> Result<Env> {
    const NANOSECONDS: u64 = 1_000_000_000;
    let World { block, contract } = from_json(text)?;
    let time: u64 = block.time.parse().map_err(|_| {
        Box::new(BadJson {
            at: 0,
            found: block.time,
            allowed: "nanoseconds since 1970".to_owned(),
        })
    })?;
    Ok(Env {
        now: time / NANOSECONDS,
        chain_id: block.chain_id,
        contract: contract.address,
    })
}

/// Who sent a message, and the coins with it.
pub(crate) fn info(text: &[u8]) -> Result<MessageInfo> {
    let Sent { sender, funds } = from_json(text)?;
    Ok(MessageInfo { sender, funds })
}

/// The result of a message.
pub(crate) fn done(result: &core::result::Result<Response, String>) -> String {
    in_result(result.as_ref().map(|response| {
        let mut to = Writer::default();
        to.raw("{\"messages\":[");
        let mut before = "";
        for payment in &response.payments {
            to.raw(before);
            to.raw("{\"id\":0,\"payload\":\"\",\"msg\":{\"bank\":{\"send\":{\"to_address\":");
            to.string(payment.to.as_str());
            to.raw(",\"amount\":[");
            payment.coin.write(&mut to);
            to.raw("]}}},\"gas_limit\":null,\"reply_on\":\"never\"}");
            before = ",";
        }
        to.raw("],\"attributes\":[],\"events\":[");
        before = "";
        for event in &response.events {
            to.raw(before);
            to.raw("{\"type\":");
            to.string(&event.ty);
            before = ",\"attributes\":[";
            for attribute in &event.attributes {
                to.raw(before);
                to.raw("{\"key\":");
                to.string(&attribute.key);
                to.raw(",\"value\":");
                to.string(&attribute.value);
                to.raw("}");
                before = ",";
            }
            to.raw(if before == "," {
                "]}"
            } else {
                ",\"attributes\":[]}"
            });
            before = ",";
        }
        to.raw("],\"data\":null}");
        to.into_text()
    }))
}

/// The result of a question, whose answer is JSON already: the chain wants it in base64.
pub(crate) fn answered(result: &core::result::Result<String, String>) -> String {
    in_result(result.as_ref().map(|answer| {
        let mut to = Writer::default();
        to.string(&base64(answer.as_bytes()));
        to.into_text()
    }))
}

fn in_result(result: core::result::Result<String, &String>) -> String {
    let mut to = Writer::default();
    match result {
        Ok(json) => {
            to.raw("{\"ok\":");
            to.raw(&json);
        }
        Err(why) => {
            to.raw("{\"error\":");
            to.string(why);
        }
    }
    to.raw("}");
    to.into_text()
}

/// The question for one record of another contract.
pub(crate) fn record_of(contract: &str, key: &[u8]) -> String {
    let mut to = Writer::default();
    to.raw("{\"wasm\":{\"raw\":{\"contract_addr\":");
    to.string(contract);
    to.raw(",\"key\":");
    to.string(&base64(key));
    to.raw("}}}");
    to.into_text()
}

/// The record that answers it. `None`: there is none, or the chain or that contract had no answer.
/// A record is never empty; of one above [`MAX_RECORD`] no byte is looked at.
pub(crate) fn record(answer: &[u8]) -> Option<Vec<u8>> {
    const RECORD: &[u8] = br#"{"ok":{"ok":""#;
    const CLOSED: &[u8] = b"\"}}";
    const DIGITS: usize = MAX_RECORD.div_ceil(3).saturating_mul(4);
    const LONGEST: usize = DIGITS
        .saturating_add(RECORD.len())
        .saturating_add(CLOSED.len());
    if answer.len() > LONGEST {
        // An error in so many words is no record.
        return answer.starts_with(RECORD).then(Vec::new);
    }
    let Answer(text) = from_json(answer).ok()?;
    let record = from_base64(&text).filter(|record| !record.is_empty())?;
    Some(if record.len() > MAX_RECORD {
        vec![]
    } else {
        record
    })
}

/// `{"ok":{"ok":"…"}}`: the chain found the contract, and the contract the record.
struct Answer(String);

impl Empty for Answer {
    fn empty() -> Self {
        Self(String::new())
    }
}

impl Read for Answer {
    fn read(&mut self, from: &mut Reader<'_>) -> Result<()> {
        from.open(&["ok"])?;
        from.open(&["ok"])?;
        self.0.read(from)?;
        from.close()?;
        from.close()
    }
}

/// A key and a value out of one step of an iterator: each before its length in four bytes.
/// `None`: not that.
pub(crate) fn step(record: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let (rest, value) = last(record)?;
    let (rest, key) = last(rest)?;
    rest.is_empty().then(|| (key.to_vec(), value.to_vec()))
}

fn last(sections: &[u8]) -> Option<(&[u8], &[u8])> {
    let (rest, length) = sections.split_last_chunk()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    rest.split_at_checked(rest.len().checked_sub(length)?)
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::{
        Binary, BlockInfo, ContractInfo, ContractResult, Event, QueryRequest, SystemError,
        SystemResult, Timestamp, TransactionInfo, Uint256, WasmQuery,
    };

    use super::*;
    use crate::Payment;

    fn with_everything() -> Response {
        let coin = Coin::new(Uint256::MAX, "u\"x");
        let to = Addr::unchecked("ann");
        let events = [
            Event::new("one").add_attribute("k", "\"\\\u{1}\u{7f}\n\u{2028} ünï 🦀"),
            Event::new("none"),
            Event::new("two")
                .add_attribute("a", "")
                .add_attribute("b", "2"),
        ];
        let payment = Payment { to, coin };
        Response::new()
            .add_events(events)
            .pay([payment.clone(), payment])
    }

    #[test]
    fn results_are_what_the_chains_own_library_writes() {
        for response in [Response::new(), with_everything()] {
            let theirs = cosmwasm_std::Response::<cosmwasm_std::Empty>::from(response.clone());
            let theirs = serde_json::to_string(&ContractResult::Ok(theirs)).unwrap();
            assert_eq!(done(&Ok(response)), theirs);
        }
        let why = "code: \"quotes\"\n";
        let theirs = serde_json::to_string(&ContractResult::<()>::Err(why.into())).unwrap();
        assert_eq!(done(&Err(why.into())), theirs);
        assert_eq!(answered(&Err(why.into())), theirs);
        for length in 0..100_usize {
            let answer = "~ü?>\u{7}".chars().cycle().take(length).collect::<String>();
            let theirs = ContractResult::Ok(Binary::from(answer.as_bytes()));
            let theirs = serde_json::to_string(&theirs).unwrap();
            assert_eq!(answered(&Ok(answer)), theirs);
        }
    }

    #[test]
    fn what_the_chain_tells_is_read_and_what_a_newer_one_adds_is_skipped() {
        let told = cosmwasm_std::Env {
            block: BlockInfo {
                height: 7,
                time: Timestamp::from_nanos(1_800_000_000_999_999_999),
                chain_id: "a{\"[".into(),
            },
            transaction: Some(TransactionInfo::new(3, Binary::from([1, 2, 3]))),
            contract: ContractInfo {
                address: Addr::unchecked("here"),
            },
        };
        let json = serde_json::to_string(&told).unwrap();
        let expected = Env::from(&told);
        assert_eq!(expected.now, 1_800_000_000);
        assert_eq!(env(json.as_bytes()).unwrap(), expected);
        let more = json.replacen(
            '{',
            "{\"new\":[{\"a\":[1.5e3,null]},{},\"}\"],\"n\":-1,\"t\":true,",
            1,
        );
        assert_eq!(env(more.as_bytes()).unwrap(), expected);
        for broken in [
            "",
            "{}",
            "[]",
            "{\"new\":}",
            "{\"new\":[}",
            &json.replace("180", "x"),
        ] {
            assert!(env(broken.as_bytes()).is_err(), "{broken}");
        }

        let sent = MessageInfo {
            sender: Addr::unchecked("ann"),
            funds: vec![Coin::new(Uint256::MAX, "a"), Coin::new(0_u128, "b")],
        };
        let json = serde_json::to_string(&sent).unwrap();
        assert_eq!(info(json.as_bytes()).unwrap(), sent);
    }

    #[test]
    fn a_record_of_another_contract_is_asked_for_and_answered_as_the_chains_own_library_does() {
        for length in 0..70_u8 {
            let key: Vec<u8> = (0..length).map(|i| i.wrapping_mul(37) ^ length).collect();
            let contract_addr = "there\"".to_owned();
            let theirs: QueryRequest<cosmwasm_std::Empty> = QueryRequest::Wasm(WasmQuery::Raw {
                contract_addr: contract_addr.clone(),
                key: Binary::from(key.as_slice()),
            });
            let theirs = serde_json::to_string(&theirs).unwrap();
            assert_eq!(record_of(&contract_addr, &key), theirs);
            let answer = SystemResult::Ok(ContractResult::Ok(Binary::from(key.as_slice())));
            let answer = serde_json::to_vec(&answer).unwrap();
            assert_eq!(record(&answer), (length > 0).then_some(key));
        }
        let no_such = SystemError::NoSuchContract {
            addr: "there".into(),
        };
        let no_such = SystemResult::<ContractResult<Binary>>::Err(no_such);
        let refused = SystemResult::Ok(ContractResult::<Binary>::Err("no".into()));
        for none in [no_such, refused] {
            assert_eq!(record(&serde_json::to_vec(&none).unwrap()), None);
        }
        for none in [
            &b""[..],
            b"{}",
            b"[]",
            b"{\"ok\":{\"ok\":null}}",
            b"{\"ok\":{\"ok\":\"\"}}",
            b"{\"ok\":{\"ok\":\"AQ\"}}",
            b"{\"ok\":{\"ok\":\"AQ==AQ==\"}}",
            b"{\"ok\":{\"ok\":\"AR==\"}}",
            b"{\"ok\":{\"ok\":\"A===\"}}",
            b"{\"ok\":{\"ok\":\"====\"}}",
            b"{\"ok\":{\"ok\":\"AQ=A\"}}",
            b"{\"ok\":{\"ok\":\"AQ==\"}",
            b"{\"ok\":\"AQ==\"}",
        ] {
            assert_eq!(record(none), None, "{}", String::from_utf8_lossy(none));
        }
        assert_eq!(record(b"{\"ok\":{\"ok\":\"AQ==\"}}"), Some(vec![1]));
    }

    #[test]
    fn of_a_record_that_is_too_long_only_that_it_is_there_is_known() {
        let answer = |length: usize| {
            let found = SystemResult::Ok(ContractResult::Ok(Binary::from(vec![7; length])));
            record(&serde_json::to_vec(&found).unwrap())
        };
        assert_eq!(answer(MAX_RECORD), Some(vec![7; MAX_RECORD]));
        for length in [
            MAX_RECORD + 1,
            MAX_RECORD + 2,
            MAX_RECORD + 3,
            9 * MAX_RECORD,
        ] {
            assert_eq!(answer(length), Some(vec![]), "{length}");
        }
        let long = SystemResult::Ok(ContractResult::<Binary>::Err("no".repeat(MAX_RECORD)));
        assert_eq!(record(&serde_json::to_vec(&long).unwrap()), None);
    }

    #[test]
    fn a_step_of_an_iterator_is_a_key_and_a_value() {
        let both = |k: &[u8], v: &[u8]| Some((k.to_vec(), v.to_vec()));
        assert_eq!(step(b"ab\0\0\0\x02cde\0\0\0\x03"), both(b"ab", b"cde"));
        assert_eq!(step(b"\0\0\0\0\0\0\0\0"), both(b"", b""));
        for wrong in [&b""[..], b"\0\0\0\x09", b"x\0\0\0\0\0\0\0\0", b"\0\0\0\0"] {
            assert_eq!(step(wrong), None);
        }
    }
}
