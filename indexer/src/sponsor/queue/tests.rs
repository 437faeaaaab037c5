//! The limits of a day, and what a crash leaves.

use super::*;

const NOW: u64 = 1_800_000_000;

fn item(id: &str, signer: &str) -> Checked {
    Checked {
        id: id.into(),
        signer: signer.into(),
        expires: NOW + 10,
        body: format!("{{\"{id}\":1}}"),
    }
}

struct File(std::path::PathBuf);

impl File {
    fn new(name: &str) -> Self {
        let name = format!("muster-queue-{name}-{}.db", std::process::id());
        Self(std::env::temp_dir().join(name))
    }

    async fn open(&self) -> Queue {
        let daily = Daily {
            per_signer: 2,
            per_day: 4,
        };
        let url = format!("sqlite://{}", self.0.display());
        Queue::open(&url, daily).await.unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", self.0.display()));
        }
    }
}

async fn states(queue: &Queue, ids: &[&str]) -> Vec<State> {
    let mut found = vec![];
    for id in ids {
        found.push(queue.fate(id).await.unwrap().unwrap().state);
    }
    found
}

#[tokio::test]
async fn a_day_has_its_limits_for_one_and_for_all() {
    let file = File::new("limits");
    let queue = file.open().await;
    let all = ["a1", "a2", "a1", "a3", "b1", "c1", "d1"];
    let items: Vec<_> = all.iter().map(|id| item(id, &id[..1])).collect();
    let fates = queue.take(&items, NOW).await.unwrap();
    let taken: Vec<_> = fates.iter().map(|f| f.state == State::Queued).collect();
    // The third is the first again; the fourth is Ann's third; the last is the day's fifth.
    assert_eq!(taken, [true, true, true, false, true, true, false]);
    for refused in [&fates[3], &fates[6]] {
        assert_eq!(refused.code.as_deref(), Some("limit"));
        assert_eq!(refused.id, None);
    }
    assert_eq!(queue.left(NOW).await.unwrap(), 0);
    let tomorrow = queue.take(&[item("a3", "a")], NOW + DAY).await.unwrap();
    assert_eq!(tomorrow[0].state, State::Queued);
}

#[tokio::test]
async fn what_was_taken_is_there_after_the_process_ended_at_any_point() {
    let file = File::new("kill");
    let queue = file.open().await;
    let items = [item("a", "a"), item("b", "b"), item("c", "c")];
    queue.take(&items, NOW).await.unwrap();
    // Nothing is closed: another process finds what was committed.
    let again = file.open().await;
    let waiting = again.waiting(NOW, 2).await.unwrap();
    let ids: Vec<_> = waiting.iter().map(|w| w.id.as_str()).collect();
    assert_eq!(ids, ["a", "b"]);
    let tx = Transaction {
        hash: "AB".into(),
        bytes: vec![1, 2],
        last_height: 9,
    };
    again.start(&tx, &waiting).await.unwrap();
    let third = file.open().await;
    assert_eq!(third.under_way().await.unwrap(), Some(tx.clone()));
    assert_eq!(third.waiting(NOW, 9).await.unwrap().len(), 1);
    // It fell, and waits again; then lands with one refused.
    third.fell("AB").await.unwrap();
    assert_eq!(third.under_way().await.unwrap(), None);
    let waiting = third.waiting(NOW, 2).await.unwrap();
    third.start(&tx, &waiting).await.unwrap();
    let refused = Refusals::from([(1, ("no_pledge".to_owned(), "none".to_owned()))]);
    third.landed("AB", 7, &refused).await.unwrap();
    let ids = ["a", "b", "c"];
    let expected = [State::Landed, State::Refused, State::Queued];
    assert_eq!(states(&third, &ids).await, expected);
    let landed = third.fate("a").await.unwrap().unwrap();
    assert_eq!(
        (landed.tx_hash.as_deref(), landed.height),
        (Some("AB"), Some(7))
    );
    // What could not be sent in time isn't sent.
    assert_eq!(third.waiting(NOW + 10, 9).await.unwrap().len(), 0);
    let over = third.fate("c").await.unwrap().unwrap();
    assert_eq!(over.code.as_deref(), Some("expired"));
    assert_eq!(third.fate("x").await.unwrap(), None);
}
