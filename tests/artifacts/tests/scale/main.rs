//! What messages of the shipped `causes` cost inside the contract with 1, 1,000 and 1,000,000
//! pledges before them: instructions by the virtual machine's own meter, storage with the prices
//! of the chain. Both are exact, so both are asserted.
//!
//! Build the artifact first: `scripts/build-contracts`. `cargo test -p muster-artifacts --test scale
//! -- --nocapture` prints the table of `docs/benchmarks.md`.

mod relay;
mod store;

use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;

use cosmwasm_std::{Coin, ContractResult, Empty, Response, Timestamp, coins};
use cosmwasm_vm::testing::{MockApi, MockQuerier, execute, instantiate, mock_env, mock_info};
use cosmwasm_vm::{Backend, Instance, InstanceOptions, Size};
use muster_schema::layout::key::{self, tag};
use muster_schema::layout::{Bucket, Layout, Pledge, Tally};
use serde_json::{Value, json};
use store::Metered;

/// CosmWasm gas of one gas of the chain (`DefaultGasMultiplier` of wasmd).
const MULTIPLIER: u64 = 140_000;
const STAKE: u128 = 1_000;
/// What the scan of the whole threshold grid may cost.
const MAX_SCAN: u64 = 100_000;
/// All personal thresholds above 0 that the grid has.
const GRID: usize = 459;
/// What a message may cost in here, so that it keeps its goal on a chain, where the transaction and the bank
/// come to it (docs/benchmarks.md has both).
const GOALS: [(&str, u64); 8] = [
    ("pledge", 12_100),
    ("pledge, with a stake", 13_400),
    ("withdraw, with a stake", 9_000),
    ("pledge_coins", 13_800),
    ("withdraw, coins", 9_200),
    ("settle", 19_000),
    ("claim, stake and share", 12_800),
    ("claim, coins of what failed", 13_000),
];

struct Vm {
    vm: Instance<MockApi, Metered, MockQuerier>,
    now: u64,
}

impl Vm {
    fn new() -> Self {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../artifacts/causes.wasm");
        let code = fs::read(path).expect("artifacts/: run scripts/build-contracts first");
        let backend = Backend {
            api: MockApi::default(),
            storage: Metered::default(),
            querier: MockQuerier::new(&[]),
        };
        let options = InstanceOptions {
            gas_limit: u64::MAX / 2,
        };
        let vm = Instance::from_code(&code, backend, options, Some(Size::mebi(32))).unwrap();
        let now = mock_env().block.time.seconds();
        let mut this = Self { vm, now };
        let owner = this.who("owner");
        let msg = json!({
            "owner": owner, "treasury": owner, "fee_bps": 200, "floors": { "report": 1, "hold": 1, "lock": 1, "confirm": 1 },
        });
        let info = mock_info(&owner, &[]);
        let env = this.env();
        let done: ContractResult<Response<Empty>> = instantiate(&mut this.vm, env, info, msg);
        done.unwrap();
        this
    }

    fn who(&self, name: &str) -> String {
        MockApi::default().addr_make(name)
    }

    fn env(&self) -> cosmwasm_std::Env {
        let mut env = mock_env();
        env.block.time = Timestamp::from_seconds(self.now);
        env
    }

    /// Sends a message, which must be taken. Gas of the chain that it took inside the contract.
    fn send(&mut self, name: &str, funds: &[Coin], msg: Value) -> u64 {
        let left = self.vm.get_gas_left();
        let spent = self.spent();
        let info = mock_info(&self.who(name), funds);
        let env = self.env();
        let done: ContractResult<Response<Empty>> = execute(&mut self.vm, env, info, msg);
        done.unwrap();
        let computed = (left - self.vm.get_gas_left()).div_ceil(MULTIPLIER);
        computed + self.spent() - spent
    }

    fn spent(&mut self) -> u64 {
        self.vm.with_storage(|s| Ok(s.spent.get())).unwrap()
    }

    fn put<T: Layout>(&mut self, key: &[u8], record: &T) {
        let bytes = record.encode();
        self.vm
            .with_storage(|s| {
                s.records.insert(key.to_vec(), bytes);
                Ok(())
            })
            .unwrap();
    }

    fn tally(&mut self, action: u64) -> Tally {
        let bytes = self.vm.with_storage(|s| {
            let key = key::number(tag::TALLY, action);
            Ok(s.records.get(key.as_slice()).cloned())
        });
        Tally::decode(&bytes.unwrap().unwrap()).unwrap()
    }

    /// Puts `count` pledges like this one there, at the goal, as so many messages would have.
    fn crowd(&mut self, action: u64, count: u32, pledge: Pledge) {
        let bytes = pledge.encode();
        self.vm
            .with_storage(|s| {
                for i in 0..count {
                    let mut person = [0_u8; 20];
                    person[..4].copy_from_slice(&i.to_be_bytes());
                    s.records
                        .insert(key::pledge(action, &person), bytes.clone());
                }
                Ok(())
            })
            .unwrap();
        let tally = Tally {
            pledged: count * pledge.weight(),
            staked: count * pledge.stakes(),
            people: if pledge.units > 0 { count } else { 0 },
            ever_pledged: true,
            ..Tally::default()
        };
        self.put(&key::number(tag::TALLY, action), &tally);
    }

    fn create(&mut self, extra: Value) {
        let mut action = json!({
            "label": "Don't submit",
            "description": "You submit nothing to it for a year; anybody can see it in its issues.",
            "goal": 1,
            "schedule": { "at_close": { "pledge_until": self.now + 1_000 } },
            "act_window": 10,
            "report_window": 10,
            "fulfilment": { "honor": {} },
        });
        for (name, value) in extra.as_object().unwrap() {
            action[name] = value.clone();
        }
        let cause = json!({
            "title": "Leave the overpriced journal",
            "summary": "We submit elsewhere from January on.",
            "language": "en",
            "text": "x".repeat(500),
            "cancel": "until_lock",
            "actions": [action],
        });
        self.send("creator", &[], json!({ "create_cause": cause }));
    }
}

fn with_stake() -> Value {
    let coin = json!({ "denom": "umust", "amount": STAKE.to_string() });
    json!({ "stake": { "rule": "optional", "coin": coin }, "forfeits_to": { "everybody": {} } })
}

/// Each message with so many pledges before it.
fn course(size: u32) -> Vec<(&'static str, u64)> {
    let stake = coins(STAKE, "umust");
    let mut vm = Vm::new();
    let mut rows = Vec::new();
    vm.create(json!({}));
    vm.crowd(1, size, Pledge::default());
    let pledge =
        |action: u64, needs: u32| json!({ "pledge": { "action": action, "needs_others": needs } });
    let withdraw = |action: u64| json!({ "withdraw": { "action": action } });
    let claim = |action: u64| json!({ "claim": { "action": action } });
    rows.push(("pledge", vm.send("ann", &[], pledge(1, 0))));
    rows.push(("withdraw", vm.send("ann", &[], withdraw(1))));
    rows.push((
        "pledge, threshold above the goal",
        vm.send("ann", &[], pledge(1, 40)),
    ));
    rows.push((
        "withdraw, threshold above the goal",
        vm.send("ann", &[], withdraw(1)),
    ));

    vm.create(with_stake());
    let staked = Pledge {
        staked: true,
        ..Pledge::default()
    };
    vm.crowd(2, size, staked);
    rows.push(("pledge, with a stake", vm.send("ann", &stake, pledge(2, 0))));
    rows.push(("withdraw, with a stake", vm.send("ann", &[], withdraw(2))));
    for name in ["ann", "bob"] {
        vm.send(name, &stake, pledge(2, 0));
    }
    vm.now += 1_000;
    rows.push((
        "check_in, that stores K*",
        vm.send("ann", &[], json!({ "check_in": { "action": 2 } })),
    ));
    rows.push((
        "check_in",
        vm.send("bob", &[], json!({ "check_in": { "action": 2 } })),
    ));
    vm.now += 20;
    rows.push((
        "settle",
        vm.send("cas", &[], json!({ "settle": { "action": 2 } })),
    ));
    rows.push(("claim, stake and share", vm.send("ann", &[], claim(2))));
    rows.extend(coins_course(size));
    rows
}

/// The messages about coins for a purpose.
fn coins_course(size: u32) -> Vec<(&'static str, u64)> {
    let mut vm = Vm::new();
    let unit = coins(STAKE, "umust");
    let beneficiary = vm.who("school");
    let terms = json!({ "denom": "umust", "min": STAKE.to_string(), "beneficiary": beneficiary });
    let goal = 3 * size + 3;
    vm.create(
        json!({ "unit": { "coins": terms }, "goal": goal, "act_window": 0, "report_window": 0 }),
    );
    let one = Pledge {
        units: 1,
        ..Pledge::default()
    };
    vm.crowd(1, size, one);
    let give = json!({ "pledge_coins": { "action": 1 } });
    let mut rows = vec![
        ("pledge_coins", vm.send("ann", &unit, give.clone())),
        (
            "withdraw, coins",
            vm.send("ann", &[], json!({ "withdraw": { "action": 1 } })),
        ),
    ];
    for name in ["ann", "bob"] {
        vm.send(name, &unit, give.clone());
    }
    vm.now += 1_000;
    let claim = |person: String| json!({ "claim": { "action": 1, "person": person } });
    vm.send("cas", &[], claim(vm.who("bob"))); // stores that nobody is bound
    let claimed = vm.send("cas", &[], claim(vm.who("ann")));
    rows.push(("claim, coins of what failed", claimed));
    rows
}

#[test]
fn no_message_costs_more_in_a_larger_crowd() {
    let sizes = [1, 1_000, 1_000_000];
    let all: Vec<_> = sizes.map(course).into();
    println!("| message | {} |", sizes.map(|s| s.to_string()).join(" | "));
    for (goal, _) in GOALS {
        assert!(all[0].iter().any(|(message, _)| *message == goal), "{goal}");
    }
    for (i, (message, first)) in all[0].iter().enumerate() {
        let gas: Vec<u64> = all.iter().map(|rows| rows[i].1).collect();
        println!(
            "| {message} | {} |",
            gas.iter()
                .map(u64::to_string)
                .collect::<Vec<_>>()
                .join(" | ")
        );
        // Numbers in events and in sums have more digits; nothing else may differ.
        let most = first + 100;
        assert!(gas.iter().all(|g| *g <= most), "{message}: {gas:?}");
        for (goal, most) in GOALS.iter().filter(|(goal, _)| goal == message) {
            assert!(
                gas.iter().all(|g| g <= most),
                "{goal}: {gas:?}, goal {most}"
            );
        }
    }
}

/// An action that triggers: each pledge that could start its readiness scans.
fn triggering(thresholds: &[u32]) -> u64 {
    let mut vm = Vm::new();
    vm.create(json!({ "schedule": { "at_trigger": { "hold": 60 } } }));
    let count = u32::try_from(thresholds.len()).unwrap().max(1);
    vm.crowd(1, count, Pledge::default());
    for threshold in thresholds {
        let bucket = Bucket {
            pledges: 1,
            ..Bucket::default()
        };
        vm.put(&key::bucket(1, *threshold), &bucket);
    }
    vm.send("ann", &[], json!({ "pledge": { "action": 1 } }))
}

#[test]
fn four_hundred_and_sixty_thresholds_price_nobody_out() {
    let grid: Vec<u32> = (1..=990_000_u32)
        .filter(|n| muster_mechanism::grid::check_needs_others(*n).is_ok())
        .map(|n| n + 1)
        .collect();
    assert_eq!(grid.len(), GRID);
    let distinct: HashSet<_> = grid.iter().collect();
    assert_eq!(distinct.len(), GRID);
    let scan = triggering(&grid) - triggering(&[]);
    println!("the scan of all {GRID} thresholds: {scan} gas");
    assert!(scan <= MAX_SCAN, "{scan}");
}
