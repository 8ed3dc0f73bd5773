//! Who gets in, who waits, and who is told to come back.

use super::*;

const NOW: Duration = Duration::ZERO;

fn admission(requests: usize, reads: usize) -> Admission {
    let ms = Duration::from_millis;
    let patience = Patience { calm: ms(50), target: ms(25), interval: ms(100) };
    Admission::new(AdmissionLimits {
        requests,
        reads,
        people: 2,
        people_reads: 1,
        patience,
        ..Default::default()
    })
}

fn run<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    runtime.expect("a runtime").block_on(work)
}

async fn stranger(admission: &Admission, method: Method, late: Duration) -> Result<Admitted<'_>, Shed> {
    admission.enter(&method, late, async || false).await
}

#[test]
fn who_reads_waits_a_moment_for_a_turn_and_who_writes_needs_none() {
    let admission = admission(3, 1);
    run(async {
        let enter = |method| stranger(&admission, method, NOW);
        let reading = enter(Method::GET).await.expect("the only turn");
        assert_eq!(enter(Method::GET).await.expect_err("told to come back").why, "late");
        let writing = enter(Method::POST).await.expect("a place");
        let more = enter(Method::POST).await.expect("the last place");
        assert_eq!(enter(Method::POST).await.map(drop), Err(Shed { why: "full", retry_s: 1 }));
        assert_eq!(enter(Method::GET).await.map(drop).map_err(|shed| shed.why), Err("full"));
        drop((reading, writing, more));
        assert!(enter(Method::GET).await.is_ok());
    });
    assert_eq!(admission.measures().1, 3);
}

/// An interval in which every request was late.
async fn crowded(admission: &Admission) {
    let late = Duration::from_millis(26);
    for _ in 0..40 {
        let _ = stranger(admission, Method::POST, late).await; // whoever gets in leaves at once
    }
    admission.weigh();
}

#[test]
fn a_free_turn_is_given_to_whoever_comes_however_late_as_long_as_most_are_in_time() {
    let admission = admission(100, 1);
    run(async {
        let hours = Duration::from_secs(9_000);
        let turn = stranger(&admission, Method::GET, hours).await.expect("the turn is free");
        let refused = stranger(&admission, Method::GET, hours).await.expect_err("it is not any more");
        assert_eq!(refused.why, "late");
        drop(turn);
        assert!(stranger(&admission, Method::GET, hours).await.is_ok());
    });
}

#[test]
fn when_most_are_late_the_late_come_back_and_the_others_get_in() {
    let admission = admission(100, 9);
    run(async {
        crowded(&admission).await;
        // Somebody has just been let in, so that nobody is let in for want of others.
        let now = || admission.let_in_ns.store(u64::MAX >> 1, Ordering::Relaxed);
        now();
        let (late, in_time) = (Duration::from_millis(26), Duration::from_millis(24));
        assert_eq!(stranger(&admission, Method::GET, late).await.expect_err("late").why, "late");
        assert!(stranger(&admission, Method::GET, in_time).await.is_ok());
        let officer = admission.enter(&Method::GET, late, async || true).await;
        assert!(officer.is_ok(), "people have places of their own");
        // An interval of few requests ends it.
        admission.weigh();
        assert!(stranger(&admission, Method::GET, late).await.is_ok());
    });
}

#[test]
fn when_all_are_late_one_is_let_in_now_and_then() {
    let admission = admission(100, 9);
    run(async {
        crowded(&admission).await;
        let late = Duration::from_secs(1);
        let mut let_in = 0;
        for _ in 0..100 {
            admission.let_in_ns.store(u64::MAX >> 1, Ordering::Relaxed);
            let_in += u32::from(stranger(&admission, Method::GET, late).await.is_ok());
        }
        assert_eq!(let_in, 0, "somebody has just been let in, each time");
        tokio::time::sleep(2 * BEAT).await;
        admission.let_in_ns.store(0, Ordering::Relaxed);
        assert!(stranger(&admission, Method::GET, late).await.is_ok(), "nobody has been for a while");
    });
}

#[test]
fn while_the_node_is_late_writes_fill_a_quarter_of_the_places() {
    let admission = admission(8, 1);
    run(async {
        crowded(&admission).await;
        admission.let_in_ns.store(u64::MAX >> 1, Ordering::Relaxed);
        let late = Duration::from_millis(26);
        let first = stranger(&admission, Method::POST, late).await.expect("one of two");
        let _second = stranger(&admission, Method::POST, late).await.expect("two of two");
        assert_eq!(stranger(&admission, Method::POST, late).await.expect_err("no third").why, "late");
        assert!(stranger(&admission, Method::POST, NOW).await.is_ok(), "who is not late gets in");
        drop(first);
        assert!(stranger(&admission, Method::POST, late).await.is_ok());
    });
}

#[test]
fn people_have_places_and_turns_of_their_own_and_are_looked_up_only_when_it_is_full() {
    let admission = admission(1, 1);
    run(async {
        let first =
            admission.enter(&Method::GET, NOW, async || -> bool { unreachable!("there is room") }).await;
        let first = first.expect("the place of everybody");
        assert!(stranger(&admission, Method::GET, NOW).await.is_err());
        let officer = async |method: Method| admission.enter(&method, NOW, async || true).await;
        let kept = officer(Method::GET).await.expect("kept for people");
        assert!(officer(Method::GET).await.is_err(), "one reads at a time");
        let _form = officer(Method::POST).await.expect("the second place");
        assert!(officer(Method::POST).await.is_err());
        drop((kept, first));
        assert!(officer(Method::GET).await.is_ok());
    });
}

#[test]
fn connections_are_taken_slowly_only_while_a_queue_stands_and_many_are_open() {
    let admission = admission(1, 1);
    run(async {
        admission.look(NOW, admission.pulse.now());
        assert_eq!(admission.pause(4_000, 4_096), None, "it is calm");
        while !admission.stands() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(admission.pause(4_000, 4_096), Some(ACCEPT_PAUSE));
        assert_eq!(admission.pause(200, 4_096), None, "few are open");
    });
}

#[test]
fn who_is_told_to_come_back_hears_it_late_while_too_much_is_asked_and_at_once_else() {
    let admission = admission(1, 1);
    run(async {
        admission.look(NOW, admission.pulse.now());
        let calm = admission.pulse.now();
        admission.hold().await;
        assert!(admission.pulse.now() - calm < HOLD || admission.stands(), "this machine stood still");
        while !admission.stands() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let began = admission.pulse.now();
        admission.hold().await;
        assert!(admission.pulse.now() - began >= HOLD);
    });
}

#[test]
fn a_runtime_that_is_late_shows_it_and_one_that_beats_in_time_is_calm() {
    let admission = Arc::new(admission(1, 1));
    run(async {
        let beating = tokio::spawn(Arc::clone(&admission).beat());
        let reached = async |wanted: &dyn Fn(Duration) -> bool| {
            for _ in 0..2_000 {
                tokio::time::sleep(Duration::from_millis(5)).await;
                if wanted(admission.measures().0) {
                    return true;
                }
            }
            false
        };
        // Somebody blocks the only thread of this runtime: the beat is overdue.
        reached(&|_| admission.calm_at() > NOW).await;
        std::thread::sleep(Duration::from_millis(200));
        assert!(admission.measures().0 >= Duration::from_millis(150), "{:?}", admission.measures());
        assert!(reached(&|late| late < Duration::from_millis(100)).await, "it beats again");
        beating.abort();
    });
}
