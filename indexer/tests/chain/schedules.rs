//! Random histories of each schedule, a block at a time: what the views say is what `mechanism`
//! says of the same pledges at the block's time, and whoever watches is told of every change of
//! phase, also where no transaction came.

use std::collections::BTreeMap;
use std::sync::Arc;

use muster_indexer::follow::{Follower, Shared};
use muster_indexer::read::Reader;
use muster_indexer::read::types::{Action, Phase};
use muster_mechanism::grid;
use muster_mechanism::schedule::{Binding, Facts, Schedule, Timeline};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::home::Home;
use crate::node::{Fake, Node, created, event, pledged, time};

const LAST: u64 = 32;
/// The cause is created in this block.
const CREATED: u64 = 2;

/// A small generator: the histories are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % n
    }
}

/// An action told naively: everybody with their condition.
struct Oracle {
    goal: u32,
    timeline: Timeline,
    facts: Facts,
    needs: BTreeMap<String, u32>,
}

impl Oracle {
    /// The greatest number at which everybody's condition holds, by dropping whose doesn't.
    fn committed(&self) -> u32 {
        let fits = |crowd: u32| {
            let fits = |needs: &u32| grid::threshold(*needs, self.goal) <= crowd;
            self.needs.values().filter(|n| fits(n)).count() as u32
        };
        let mut crowd = self.needs.len() as u32;
        while fits(crowd) != crowd {
            crowd = fits(crowd);
        }
        crowd
    }

    fn ready(&self) -> Result<bool, ()> {
        Ok(self.committed() > 0)
    }

    fn phase(&self, now: u64) -> Phase {
        self.timeline
            .phase(self.facts, || self.ready(), now)
            .unwrap()
    }

    fn activated_at(&self, now: u64) -> Option<u64> {
        self.timeline
            .activated_at(self.facts, || self.ready(), now)
            .unwrap()
    }

    fn is_bound(&self, needs: u32, now: u64) -> bool {
        let threshold = grid::threshold(needs, self.goal);
        self.activated_at(now).is_some() && threshold <= self.committed()
    }

    /// What somebody does in a block at `now`, where the contract would let them.
    fn act(&mut self, dice: &mut Dice, now: u64) -> Option<Value> {
        let phase = self.phase(now);
        let person = format!("p{}", dice.below(9));
        let waits = matches!(self.timeline.schedule, Schedule::AtTrigger { .. });
        if let Some(needs) = self.needs.get(&person).copied() {
            if phase != Phase::Pledging || self.is_bound(needs, now) {
                return None;
            }
            self.needs.remove(&person);
            if waits && self.committed() == 0 {
                self.facts.ready_since = None;
            }
            let attributes = [("action", "1"), ("person", &*person)];
            return Some(event("withdrawn", &attributes));
        }
        if !phase.is_open() {
            return None;
        }
        let needs = dice.below(6) as u32;
        self.needs.insert(person.clone(), needs);
        let counts = !matches!(self.timeline.schedule, Schedule::AtClose { .. });
        if counts && self.facts.ready_since.is_none() && self.committed() > 0 {
            self.facts.ready_since = Some(now);
        }
        Some(pledged(1, &person, needs, false))
    }

    fn agrees(&self, action: &Action, now: u64, of: &str) {
        let phase = self.phase(now);
        let committed = if phase.is_void() { 0 } else { self.committed() };
        let found = (action.phase, action.committed, action.pledged);
        let own = (phase, committed, self.needs.len() as u32);
        assert_eq!(found, own, "{of}");
        assert_eq!(action.activated_at, self.activated_at(now), "{of}");
        let next = self
            .timeline
            .next_boundary(self.facts, || self.ready(), now);
        assert_eq!(action.next_boundary, next.unwrap(), "{of}");
    }
}

fn schedules(dice: &mut Dice) -> (Schedule, Value) {
    let close = time(10 + dice.below(10)) + dice.below(10);
    let hold = dice.below(60);
    match dice.below(4) {
        0 => (
            Schedule::AtClose {
                pledge_until: close,
            },
            json!({ "at_close": { "pledge_until": close } }),
        ),
        1 => (
            Schedule::Rolling {
                pledge_until: close,
            },
            json!({ "rolling": { "pledge_until": close } }),
        ),
        2 => (
            Schedule::AtTrigger {
                hold,
                pledge_until: Some(close),
            },
            json!({ "at_trigger": { "hold": hold, "pledge_until": close } }),
        ),
        _ => (
            Schedule::AtTrigger {
                hold,
                pledge_until: None,
            },
            json!({ "at_trigger": { "hold": hold } }),
        ),
    }
}

/// The blocks of one history, and the oracle after each of them.
fn history(dice: &mut Dice) -> (Fake, Vec<Oracle>) {
    let (schedule, json) = schedules(dice);
    let closes = !matches!(
        schedule,
        Schedule::AtTrigger {
            pledge_until: None,
            ..
        }
    );
    let timeline = Timeline {
        confirm: 0,
        binding: Binding::Derived,
        schedule,
        lock: if closes { dice.below(3) * 15 } else { 0 },
        act_window: 1 + dice.below(60),
        report_window: 1 + dice.below(60),
        judged: muster_mechanism::schedule::Judged::default(),
    };
    let goal = 1 + dice.below(4) as u32;
    let action = json!({
        "label": "do", "description": "d", "goal": goal, "schedule": json, "lock": timeline.lock,
        "act_window": timeline.act_window, "report_window": timeline.report_window,
        "fulfilment": { "honor": {} }
    });
    let mut blocks = BTreeMap::from([(CREATED, vec![created(1, 1, json!([action]))])]);
    let mut oracle = Oracle {
        goal,
        timeline,
        facts: Facts::default(),
        needs: BTreeMap::new(),
    };
    let mut after = vec![];
    for height in CREATED..=LAST {
        if height > CREATED && dice.below(2) == 0 {
            for event in (0..=dice.below(2)).filter_map(|_| oracle.act(dice, time(height))) {
                blocks.entry(height).or_default().push(event);
            }
        }
        after.push(Oracle {
            needs: oracle.needs.clone(),
            ..oracle
        });
    }
    let mut fake = Fake::of(blocks);
    fake.last = LAST;
    (fake, after)
}

#[tokio::test]
async fn views_agree_with_the_mechanism_and_watchers_hear_of_what_time_alone_changes() {
    let (mut by_time, mut phases) = (0, std::collections::BTreeSet::new());
    for seed in 0..24 {
        let (fake, oracles) = history(&mut Dice(seed * 7_919 + 1));
        let events = fake.blocks.clone();
        let node = Node::start(fake).await;
        let home = Home::new(&format!("schedules-{seed}"));
        let (db, shared) = (home.db("a"), Arc::new(Shared::new([])));
        let started = Follower::start(&node.deployment(), &db, shared.clone()).await;
        let mut follower = started.unwrap();
        let reader = Reader::open(&db, shared.clone()).await.unwrap();
        let mut words = shared.changes();
        let mut before = None;
        for (height, oracle) in (CREATED..=LAST).zip(&oracles) {
            let stop = CancellationToken::new();
            follower.run(Some(height), &stop).await.unwrap();
            let (view, cause) = reader.cause(1).await.unwrap();
            let cause = cause.unwrap();
            let of = format!("seed {seed}, height {height}, {:?}", oracle.timeline);
            assert_eq!((view.height, view.time), (height, time(height)));
            oracle.agrees(&cause.actions[0], view.time, &of);

            let word = words.try_recv().unwrap();
            let told = word.causes == [1];
            let acted = events.contains_key(&height);
            let phase = Some(cause.actions[0].phase);
            if before != phase || acted {
                assert!(told, "{of}: nobody was told of {phase:?}");
                assert_eq!(cause.changed_height, height, "{of}");
            }
            by_time += u32::from(before != phase && !acted);
            before = phase;
            phases.insert(phase.map(Phase::as_str));
        }
    }
    assert!(by_time > 24, "{by_time}");
    let all = [
        "acting",
        "failed",
        "locked",
        "pledging",
        "reporting",
        "settled",
    ];
    assert!(phases.into_iter().eq(all.map(Some)), "too tame");
}
