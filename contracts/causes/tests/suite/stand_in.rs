//! A stand-in for the verdict contract: it stores under a key whatever it is told to. `causes`
//! reads its records raw, so it needs no more to answer honestly and maliciously.

use cosmwasm_std::{
    Addr, Api, Binary, Deps, DepsMut, Empty, Env, MessageInfo, Response, StdError, StdResult,
};
use cw_multi_test::{Contract, ContractWrapper, Executor};
use muster_mechanism::answer::Class;
use muster_schema::causes::{Answer, Electorate, ExecuteMsg, Fulfilment, Judge, OutcomeBy};
use muster_schema::causes::{NewAction, OutcomeTerms};
use muster_schema::layout::Layout;
use muster_schema::layout::verdict::{self, ClassKind, Part, Question, Status, Voter};
use serde::{Deserialize, Serialize};

use crate::common::*;

#[derive(Clone, Debug, Deserialize, Serialize)]
struct Put {
    key: Binary,
    record: Binary,
}

fn instantiate(_: DepsMut, _: Env, _: MessageInfo, _: Empty) -> StdResult<Response> {
    Ok(Response::new())
}

fn execute(deps: DepsMut, _: Env, _: MessageInfo, put: Put) -> StdResult<Response> {
    if put.record.is_empty() {
        deps.storage.remove(&put.key);
    } else {
        deps.storage.set(&put.key, &put.record);
    }
    Ok(Response::new())
}

/// Whoever calls it instead of reading its records has lost.
fn query(_: Deps, _: Env, _: Empty) -> StdResult<Binary> {
    Err(StdError::msg("a smart query"))
}

fn code() -> Box<dyn Contract<Empty>> {
    Box::new(ContractWrapper::new(execute, instantiate, query))
}

/// Whom the suite's verdicts ask.
pub(crate) const JURY: Electorate = Electorate::Jury {
    size: 12,
    community: 7,
};
/// How long after the report window the suite's questions may be asked.
pub(crate) const JUDGE: u64 = 300;
/// The jurors' fee of the suite's questions.
pub(crate) const FEE: u128 = 700;

/// What the stand-in says of a question.
pub(crate) struct Says {
    pub(crate) status: Status,
    pub(crate) asked_at: u64,
    pub(crate) final_at: u64,
    pub(crate) edit: fn(&mut Question),
}

impl Suite {
    /// A verdict contract that has nothing stored yet.
    pub(crate) fn verdict(&mut self) -> Addr {
        let code_id = self.app.store_code(code());
        let owner = self.app.api().addr_make("owner");
        self.app
            .instantiate_contract(code_id, owner, &Empty {}, &[], "verdict", None)
            .unwrap()
    }

    pub(crate) fn canonical_of(&self, address: &Addr) -> Vec<u8> {
        let canonical = self.app.api().addr_canonicalize(address.as_str());
        canonical.unwrap().into()
    }

    /// Stores raw bytes at a verdict contract; none removes the record.
    pub(crate) fn put(&mut self, verdict: &Addr, action: u64, part: Part<'_>, record: Vec<u8>) {
        let this = self.canonical_of(&self.contract);
        let key = verdict::key(&this, action, part);
        self.put_at(verdict, key, record);
    }

    /// Stores raw bytes beside the question about an action, under a voter's or a claimant's key.
    pub(crate) fn put_beside(
        &mut self,
        verdict: &Addr,
        action: u64,
        (tag, name): (u8, &str),
        record: Vec<u8>,
    ) {
        let this = self.canonical_of(&self.contract);
        let question = verdict::key(&this, action, Part::Whole);
        let person = self.canonical(name);
        self.put_at(verdict, verdict::beside(tag, &question, &person), record);
    }

    /// Says what somebody's ballot was in the first round.
    pub(crate) fn voted(&mut self, verdict: &Addr, action: u64, name: &str, kind: ClassKind) {
        let record = Voter { round: 1, kind }.encode();
        self.put_beside(verdict, action, (verdict::VOTER_TAG, name), record);
    }

    fn put_at(&mut self, verdict: &Addr, key: Vec<u8>, record: Vec<u8>) {
        self.record_put(verdict, &key, &record);
        let (key, record) = (key.into(), record.into());
        let put = Put { key, record };
        self.steps += 1;
        let owner = self.app.api().addr_make("owner");
        self.app
            .execute_contract(owner, verdict.clone(), &put, &[])
            .unwrap();
    }

    /// Stores a question about one person, or about the whole action where there is none.
    pub(crate) fn says(&mut self, verdict: &Addr, action: u64, person: Option<&str>, says: Says) {
        let challenger = self.who("challenger");
        let mut question = Question {
            status: says.status,
            asked_at: says.asked_at,
            final_at: says.final_at,
            electorate: JURY,
            jurors_fee: FEE,
            fee_denom: DENOM.into(),
            asker: self.canonical_of(&challenger),
            classes: vec![],
            round: 1,
        };
        (says.edit)(&mut question);
        let person = person.map(|name| {
            let address = self.who(name);
            self.canonical_of(&address)
        });
        let part = person.as_deref().map_or(Part::Whole, Part::Person);
        self.put(verdict, action, part, question.encode());
    }

    /// Asks now; nothing is answered yet.
    pub(crate) fn asks(&mut self, verdict: &Addr, action: u64, person: Option<&str>) {
        let says = Says {
            status: Status::Asked,
            asked_at: self.now(),
            final_at: 0,
            edit: |_| {},
        };
        self.says(verdict, action, person, says);
    }

    /// Answers now and for good what was asked at `asked_at`, counted from [`START`].
    pub(crate) fn answers(
        &mut self,
        verdict: &Addr,
        action: u64,
        person: Option<&str>,
        asked_at: u64,
        answer: Answer,
    ) {
        let says = Says {
            status: Status::Final(answer),
            asked_at: START + asked_at,
            final_at: self.now(),
            edit: |_| {},
        };
        self.says(verdict, action, person, says);
    }

    pub(crate) fn challenge(&mut self, by: &str, action: u64, of: &str) -> Taken {
        let person = self.who(of).to_string();
        self.send(by, ExecuteMsg::Challenge { action, person })
    }

    pub(crate) fn settle(&mut self, by: &str, action: u64) -> Taken {
        self.send(by, ExecuteMsg::Settle { action })
    }
}

pub(crate) type Taken = Result<cw_multi_test::AppResponse, String>;

/// More was gained than was lost.
pub(crate) fn greedy(question: &mut Question) {
    let class = |gain, loss| Class {
        count: 2,
        gain,
        loss,
    };
    question.classes = vec![
        (ClassKind::Yes, class(51, 0)),
        (ClassKind::No, class(0, 50)),
    ];
}

pub(crate) fn judge(verdict: &Addr, electorate: Electorate) -> Judge {
    Judge {
        verdict: verdict.to_string(),
        electorate,
    }
}

pub(crate) fn vote(verdict: &Addr, electorate: Electorate) -> Option<OutcomeTerms> {
    Some(OutcomeTerms {
        by: OutcomeBy::Vote(judge(verdict, electorate)),
        judge_window: Some(JUDGE),
        deposit: None,
    })
}

pub(crate) fn challengeable(action: NewAction, verdict: &Addr, window: u64) -> NewAction {
    let judge = judge(verdict, JURY);
    NewAction {
        fulfilment: Fulfilment::Challengeable { window, judge },
        ..action
    }
}
