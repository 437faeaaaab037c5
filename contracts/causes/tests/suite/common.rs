//! The suite: a chain with one `causes` contract, and builders for causes and actions.

use std::collections::{BTreeMap, HashMap};

use cosmwasm_std::testing::MockApi;
use cosmwasm_std::{Addr, Api, Coin, Empty, StdResult, Storage, Uint128, coin, coins};
use cw_multi_test::{
    AddressGenerator, App, AppBuilder, AppResponse, BankSudo, Contract, ContractWrapper, Executor,
    SimpleAddressGenerator, SudoMsg, WasmKeeper,
};
use muster_causes::native as contract;
use muster_schema::causes::event::{CausesEvent, RawEvent};
use muster_schema::causes::{
    ActionResponse, CancelRule, CoinTerms, CreateCause, Credential, ExecuteMsg, ForfeitsTo,
    Fulfilment, Gate, InstantiateMsg, NewAction, PledgeResponse, QueryMsg, Requirement, Schedule,
    SolvencyResponse, StakeRule, StakeTerms, Statement, Unit, WindowFloors,
};
use serde::de::DeserializeOwned;

pub(crate) const DENOM: &str = "umust";
pub(crate) const EURO: &str = "ueuro";
/// The second at which the suite's chain begins.
pub(crate) const START: u64 = 1_800_000_000;
/// What everybody has of each coin at first.
pub(crate) const PURSE: u128 = 1_000_000_000;
/// The windows of the suite's actions: pledging, acting, reporting.
pub(crate) const OPEN: u64 = 1_000;
pub(crate) const ACT: u64 = 500;
pub(crate) const REPORT: u64 = 200;

pub(crate) use muster_schema::causes::Outcome;

use crate::record::Record;
use crate::signing;
use crate::tally::{Sent, name_of};

/// The chain of the suite has name and addresses of the local chain.
const CHAIN_ID: &str = "muster-local-1";
const PREFIX: &str = "wasm";

/// The chain counts its contracts from 1, so that the suite's has the address it would have there.
struct FromOne;

impl AddressGenerator for FromOne {
    fn contract_address(
        &self,
        api: &dyn Api,
        storage: &mut dyn Storage,
        code: u64,
        instance: u64,
    ) -> StdResult<Addr> {
        SimpleAddressGenerator.contract_address(api, storage, code, instance + 1)
    }
}

pub(crate) struct Suite {
    pub(crate) app: App,
    pub(crate) contract: Addr,
    pub(crate) instantiated: InstantiateMsg,
    pub(crate) record: Option<Record>,
    pub(crate) sent: Sent,
    /// Messages sent so far.
    pub(crate) steps: u64,
    /// Who was named before: a key takes long to derive.
    known: HashMap<String, Addr>,
}

fn code() -> Box<dyn Contract<Empty>> {
    Box::new(
        ContractWrapper::new(contract::execute, contract::instantiate, contract::query)
            .with_migrate(contract::migrate),
    )
}

impl Suite {
    pub(crate) fn new() -> Self {
        Self::with_fee(0)
    }

    pub(crate) fn with_fee(fee_bps: u16) -> Self {
        let mut app = AppBuilder::new()
            .with_api(MockApi::default().with_prefix(PREFIX))
            .with_wasm(WasmKeeper::new().with_address_generator(FromOne))
            .build(|_, _, _| {});
        app.update_block(|b| {
            b.chain_id = CHAIN_ID.to_owned();
            b.time = cosmwasm_std::Timestamp::from_seconds(START);
        });
        let code_id = app.store_code(code());
        let owner = signing::address(app.api(), &signing::key("owner"));
        let msg = InstantiateMsg {
            owner: owner.to_string(),
            treasury: app.api().addr_make("treasury").to_string(),
            fee_bps,
            floors: WindowFloors {
                report: 10,
                hold: 5,
                lock: 20,
                confirm: 5,
            },
        };
        let contract = app
            .instantiate_contract(
                code_id,
                owner.clone(),
                &msg,
                &[],
                "causes",
                Some(owner.to_string()),
            )
            .unwrap();
        Self {
            app,
            contract,
            instantiated: msg,
            record: None,
            sent: Sent::default(),
            steps: 0,
            known: HashMap::new(),
        }
    }

    /// An address; whoever is named the first time has [`PURSE`] of both coins.
    pub(crate) fn who(&mut self, name: &str) -> Addr {
        if let Some(address) = self.known.get(name) {
            return address.clone();
        }
        let address = match name {
            "treasury" => self.app.api().addr_make(name),
            _ => signing::address(self.app.api(), &signing::key(name)),
        };
        let amount = vec![coin(PURSE, EURO), coin(PURSE, DENOM)];
        let to_address = address.to_string();
        self.app
            .sudo(SudoMsg::Bank(BankSudo::Mint { to_address, amount }))
            .unwrap();
        self.known.insert(name.to_owned(), address.clone());
        address
    }

    /// Everybody who was named and has a key, with the address.
    pub(crate) fn people(&self) -> BTreeMap<String, String> {
        let named = self.known.iter();
        named
            .filter(|(name, _)| name.as_str() != "treasury")
            .map(|(name, address)| (name.clone(), address.to_string()))
            .collect()
    }

    /// The name of somebody who was named before.
    pub(crate) fn name_of(&self, address: &str) -> String {
        let found = self
            .known
            .iter()
            .find(|(_, known)| known.as_str() == address);
        found.expect("somebody who was named").0.clone()
    }

    pub(crate) fn canonical(&mut self, name: &str) -> Vec<u8> {
        let address = self.who(name);
        self.app
            .api()
            .addr_canonicalize(address.as_str())
            .unwrap()
            .into()
    }

    pub(crate) fn balance(&self, of: &Addr, denom: &str) -> u128 {
        let coin = self.app.wrap().query_balance(of, denom).unwrap();
        Uint128::try_from(coin.amount).unwrap().u128()
    }

    /// What somebody has won or lost of `DENOM` since the beginning.
    pub(crate) fn gain(&mut self, name: &str) -> i128 {
        let who = self.who(name);
        self.balance(&who, DENOM) as i128 - PURSE as i128
    }

    pub(crate) fn now(&self) -> u64 {
        self.app.block_info().time.seconds()
    }

    /// Goes to a second counted from [`START`].
    pub(crate) fn at(&mut self, second: u64) -> &mut Self {
        self.app.update_block(|b| {
            b.time = cosmwasm_std::Timestamp::from_seconds(START + second);
            b.height += 1;
        });
        self
    }

    /// Sends a message; afterwards the books balance, and a refused one changed nothing.
    pub(crate) fn send_with(
        &mut self,
        name: &str,
        msg: &ExecuteMsg,
        funds: &[Coin],
    ) -> Result<AppResponse, String> {
        let sender = self.who(name);
        let before = self.app.dump_wasm_raw(&self.contract);
        let result = self
            .app
            .execute_contract(sender, self.contract.clone(), msg, funds);
        if result.is_err() {
            assert_eq!(
                before,
                self.app.dump_wasm_raw(&self.contract),
                "a refused message changed something"
            );
        }
        self.assert_solvent();
        self.sent.note(name_of(msg), result.is_ok());
        self.steps += 1;
        let result = result.map_err(|e| e.to_string());
        self.record_sent(name, msg, funds, result.as_ref().err().map(String::as_str));
        result
    }

    pub(crate) fn send(&mut self, name: &str, msg: ExecuteMsg) -> Result<AppResponse, String> {
        self.send_with(name, &msg, &[])
    }

    pub(crate) fn query<T: DeserializeOwned>(&self, msg: &QueryMsg) -> T {
        self.try_query(msg).unwrap()
    }

    pub(crate) fn try_query<T: DeserializeOwned>(&self, msg: &QueryMsg) -> Result<T, String> {
        self.app
            .wrap()
            .query_wasm_smart(&self.contract, msg)
            .map_err(|e| e.to_string())
    }

    pub(crate) fn action(&self, action: u64) -> ActionResponse {
        self.query(&QueryMsg::Action { action })
    }

    pub(crate) fn phase(&self, action: u64) -> String {
        self.action(action).phase
    }

    pub(crate) fn pledge_of(&mut self, name: &str, action: u64) -> PledgeResponse {
        let person = self.who(name).to_string();
        self.query(&QueryMsg::Pledge { action, person })
    }

    /// Starts a cause by "creator"; returns the number of its first action.
    pub(crate) fn create(&mut self, cause: CreateCause) -> Result<u64, String> {
        self.create_by("creator", cause)
    }

    pub(crate) fn create_by(&mut self, by: &str, cause: CreateCause) -> Result<u64, String> {
        let response = self.send(by, ExecuteMsg::CreateCause(Box::new(cause)))?;
        match events(&response).into_iter().next() {
            Some(CausesEvent::CauseCreated(e)) => Ok(e.first_action),
            other => panic!("not a cause_created: {other:?}"),
        }
    }

    /// Starts a cause with one action.
    pub(crate) fn start(&mut self, action: NewAction) -> u64 {
        self.create(a_cause(vec![action])).unwrap()
    }

    /// Pledges without a stake.
    pub(crate) fn pledge(
        &mut self,
        name: &str,
        action: u64,
        needs_others: u32,
    ) -> Result<AppResponse, String> {
        self.send(
            name,
            ExecuteMsg::Pledge {
                action,
                needs_others,
                referrer: None,
                credentials: vec![],
            },
        )
    }

    /// Pledges with credentials.
    pub(crate) fn pledge_as(
        &mut self,
        name: &str,
        action: u64,
        credentials: &[Credential],
    ) -> Result<AppResponse, String> {
        self.send(
            name,
            ExecuteMsg::Pledge {
                action,
                needs_others: 0,
                credentials: credentials.to_vec(),
                referrer: None,
            },
        )
    }

    /// Pledges with a stake of `DENOM`.
    pub(crate) fn stake(
        &mut self,
        name: &str,
        action: u64,
        needs_others: u32,
        amount: u128,
    ) -> Result<AppResponse, String> {
        self.send_with(
            name,
            &ExecuteMsg::Pledge {
                action,
                needs_others,
                credentials: vec![],
                referrer: None,
            },
            &coins(amount, DENOM),
        )
    }

    /// Pledges coins of `DENOM`, only if so many units come together.
    pub(crate) fn give(
        &mut self,
        name: &str,
        action: u64,
        amount: u128,
        total_at_least: u32,
    ) -> Result<AppResponse, String> {
        self.send_with(
            name,
            &ExecuteMsg::PledgeCoins {
                action,
                total_at_least,
                credentials: vec![],
            },
            &coins(amount, DENOM),
        )
    }

    pub(crate) fn activate(&mut self, by: &str, action: u64) -> Result<AppResponse, String> {
        self.send(by, ExecuteMsg::Activate { action })
    }

    pub(crate) fn confirm(&mut self, name: &str, action: u64) -> Result<AppResponse, String> {
        self.send(name, ExecuteMsg::Confirm { action })
    }

    pub(crate) fn score(
        &mut self,
        name: &str,
        cause: u64,
        scores: &[u8],
    ) -> Result<AppResponse, String> {
        let scores = scores.to_vec();
        self.send(name, ExecuteMsg::Score { cause, scores })
    }

    pub(crate) fn propose(
        &mut self,
        name: &str,
        cause: u64,
        action: NewAction,
    ) -> Result<AppResponse, String> {
        let action = Box::new(action);
        self.send(name, ExecuteMsg::Propose { cause, action })
    }

    pub(crate) fn second(
        &mut self,
        name: &str,
        cause: u64,
        proposal: u32,
    ) -> Result<AppResponse, String> {
        self.send(name, ExecuteMsg::Second { cause, proposal })
    }

    pub(crate) fn withdraw(&mut self, name: &str, action: u64) -> Result<AppResponse, String> {
        self.send(name, ExecuteMsg::Withdraw { action })
    }

    pub(crate) fn check_in(&mut self, name: &str, action: u64) -> Result<AppResponse, String> {
        self.send(
            name,
            ExecuteMsg::CheckIn {
                action,
                evidence: None,
            },
        )
    }

    pub(crate) fn attest(
        &mut self,
        by: &str,
        action: u64,
        said: &[(&str, Outcome)],
    ) -> Result<AppResponse, String> {
        let statements = said
            .iter()
            .map(|(name, outcome)| Statement {
                person: self.who(name).to_string(),
                outcome: *outcome,
            })
            .collect();
        self.send(by, ExecuteMsg::Attest { action, statements })
    }

    pub(crate) fn claim(&mut self, by: &str, action: u64, of: &str) -> Result<AppResponse, String> {
        let person = Some(self.who(of).to_string());
        self.send(by, ExecuteMsg::Claim { action, person })
    }

    /// Coins held = coins owed, for each denom.
    pub(crate) fn assert_solvent(&self) {
        let owed = self.owed_by_denom();
        for denom in [DENOM, EURO] {
            assert_eq!(
                self.balance(&self.contract, denom),
                owed.get(denom).copied().unwrap_or(0),
                "held and owed of {denom}"
            );
        }
    }

    pub(crate) fn owed(&self, denom: &str) -> u128 {
        self.owed_by_denom().get(denom).copied().unwrap_or(0)
    }

    /// The sums over the pages of the solvency query.
    fn owed_by_denom(&self) -> HashMap<String, u128> {
        let (mut sums, mut start_after) = (HashMap::new(), None);
        loop {
            let page: SolvencyResponse = self.query(&QueryMsg::Solvency {
                start_after,
                limit: Some(30),
            });
            let all = page.actions.into_iter().map(|a| a.owed);
            let all = all
                .chain(page.causes.into_iter().map(|c| c.owed))
                .chain(page.fees);
            for coin in all {
                let amount = Uint128::try_from(coin.amount).unwrap().u128();
                *sums.entry(coin.denom).or_default() += amount;
            }
            match page.last {
                None => return sums,
                last => start_after = last,
            }
        }
    }
}

/// Every event of ours in a response, decoded, in order.
pub(crate) fn events(response: &AppResponse) -> Vec<CausesEvent> {
    let decode = |event: &cosmwasm_std::Event| {
        let attributes: Vec<_> = event
            .attributes
            .iter()
            .map(|a| (a.key.as_str(), a.value.as_str()))
            .collect();
        CausesEvent::decode(&RawEvent {
            kind: &event.ty,
            attributes: &attributes,
        })
        .unwrap()
    };
    response.events.iter().filter_map(decode).collect()
}

/// Asserts that a message was refused with this code, and shows the sentence otherwise.
#[track_caller]
pub(crate) fn refused<T: std::fmt::Debug>(result: Result<T, String>, code: &str) {
    let said = result.unwrap_err();
    assert!(
        said.contains(&format!("{code}: ")),
        "expected {code}, got: {said}"
    );
    assert!(
        said.contains("found") || said.contains("allowed"),
        "says neither: {said}"
    );
}

pub(crate) fn a_cause(actions: Vec<NewAction>) -> CreateCause {
    CreateCause {
        title: "Leave the overpriced journal".into(),
        summary: "We submit elsewhere from January on.".into(),
        language: "en".into(),
        text: "From January on we neither submit to it nor review for it.".into(),
        place: None,
        tags: vec!["open-access".into()],
        harm_note: String::new(),
        relation: None,
        fund_to: None,
        bundle: false,
        deliberation: None,
        cancel: CancelRule::UntilLock,
        actions,
    }
}

/// An action without a stake: goal 1, honor, `at_close` after [`OPEN`] seconds.
pub(crate) fn an_action() -> NewAction {
    NewAction {
        label: "Don't submit".into(),
        description: "You submit nothing to it for a year. Anybody can see it in its issues."
            .into(),
        unit: None,
        goal: 1,
        max: None,
        gate: None,
        schedule: Schedule::AtClose {
            pledge_until: START + OPEN,
        },
        requires: vec![],
        counterpart: None,
        lock: 0,
        confirm_window: None,
        act_window: ACT,
        report_window: REPORT,
        stake: None,
        bonus: None,
        fulfilment: Fulfilment::Honor {},
        forfeits_to: None,
        outcome: None,
        saving: None,
    }
}

/// Chainable changes of an action.
pub(crate) trait With: Sized {
    fn goal(self, goal: u32) -> Self;
    fn max(self, max: u32) -> Self;
    fn gate(self, gate: Gate) -> Self;
    fn lock(self, lock: u64) -> Self;
    fn schedule(self, schedule: Schedule) -> Self;
    fn confirm(self, window: u64) -> Self;
    fn requires(self, requirements: &[Requirement]) -> Self;
    fn staked(self, rule: StakeRule, amount: u128, to: ForfeitsTo) -> Self;
    fn attested(self, suite: &mut Suite, attestors: &[&str], quorum: u8) -> Self;
    fn coins(self, suite: &mut Suite, min: u128) -> Self;
}

impl With for NewAction {
    fn goal(self, goal: u32) -> Self {
        Self { goal, ..self }
    }

    fn max(self, max: u32) -> Self {
        let max = Some(max);
        Self { max, ..self }
    }

    fn gate(self, gate: Gate) -> Self {
        let gate = Some(gate);
        Self { gate, ..self }
    }

    fn lock(self, lock: u64) -> Self {
        Self { lock, ..self }
    }

    fn schedule(self, schedule: Schedule) -> Self {
        Self { schedule, ..self }
    }

    fn confirm(self, window: u64) -> Self {
        let confirm_window = Some(window);
        Self {
            confirm_window,
            ..self
        }
    }

    fn requires(self, requirements: &[Requirement]) -> Self {
        let requires = requirements.to_vec();
        Self { requires, ..self }
    }

    fn staked(self, rule: StakeRule, amount: u128, to: ForfeitsTo) -> Self {
        let stake = Some(StakeTerms {
            rule,
            coin: coin(amount, DENOM),
        });
        Self {
            stake,
            forfeits_to: Some(to),
            ..self
        }
    }

    /// Counts `DENOM` for "farmer" instead of people.
    fn coins(self, suite: &mut Suite, min: u128) -> Self {
        let terms = CoinTerms {
            denom: DENOM.into(),
            min: Uint128::new(min),
            beneficiary: suite.who("farmer").into(),
            release: None,
            document: None,
        };
        Self {
            unit: Some(Unit::Coins(terms)),
            act_window: 0,
            report_window: 0,
            ..self
        }
    }

    fn attested(self, suite: &mut Suite, attestors: &[&str], quorum: u8) -> Self {
        let attestors = attestors.iter().map(|a| suite.who(a).to_string()).collect();
        Self {
            fulfilment: Fulfilment::Attested { attestors, quorum },
            ..self
        }
    }
}
