//! How late the runtime is. A request that waits for a thread waits where no count of requests at work can see it, so two
//! things are measured: a task that wants to run every few milliseconds tells how late it was let, and every connection tells
//! how long ago it was woken when it runs ([`Woken`]).

use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

use desk::edge::monotonic;

/// How often the task wants to run.
pub const BEAT: Duration = Duration::from_millis(10);

/// The beat of one runtime.
#[derive(Debug)]
pub struct Pulse {
    began: Instant,
    /// When it last ran, since `began`; 0 before the first time and when nobody beats.
    beat_ns: AtomicU64,
    /// How late it was then.
    late_ns: AtomicU64,
}

impl Default for Pulse {
    fn default() -> Self {
        Self { began: monotonic(), beat_ns: AtomicU64::new(0), late_ns: AtomicU64::new(0) }
    }
}

impl Pulse {
    /// The time since this was made.
    pub fn now(&self) -> Duration {
        self.began.elapsed()
    }

    /// Notes that the task ran at `now` although it wanted to at `due`; how late that was.
    pub fn beat(&self, due: Duration, now: Duration) -> Duration {
        let late = now.saturating_sub(due);
        self.late_ns.store(late.as_nanos() as u64, Ordering::Relaxed);
        self.beat_ns.store((now.as_nanos() as u64).max(1), Ordering::Relaxed);
        late
    }

    /// How late the runtime is at `now`: as late as the last beat was, or as overdue as the next one is.
    pub fn late(&self, now: Duration) -> Duration {
        let last = self.beat_ns.load(Ordering::Relaxed);
        if last == 0 {
            return Duration::ZERO;
        }
        let overdue = now.saturating_sub(Duration::from_nanos(last) + BEAT);
        Duration::from_nanos(self.late_ns.load(Ordering::Relaxed)).max(overdue)
    }
}

/// A task that knows how long ago it was woken whenever it runs.
#[derive(Debug)]
pub struct Woken<F> {
    task: Pin<Box<F>>,
    bell: Arc<Bell>,
    waker: Waker,
}

/// Hears when the task is woken, and passes it on.
#[derive(Debug)]
struct Bell {
    began: Instant,
    rung_ns: AtomicU64,
    late_ns: Arc<AtomicU64>,
    task: Mutex<Option<Waker>>,
}

/// How late the task was when it last began to run.
#[derive(Debug, Clone, Default)]
pub struct Lateness(Arc<AtomicU64>);

impl Lateness {
    pub fn get(&self) -> Duration {
        Duration::from_nanos(self.0.load(Ordering::Relaxed))
    }
}

impl<F: Future> Woken<F> {
    /// `task`, which reads in `lateness` how late it is.
    pub fn new(task: F, lateness: &Lateness) -> Self {
        let bell = Arc::new(Bell {
            began: monotonic(),
            // A task is woken for the first time when it is made.
            rung_ns: AtomicU64::new(1),
            late_ns: Arc::clone(&lateness.0),
            task: Mutex::default(),
        });
        Self { task: Box::pin(task), waker: Waker::from(Arc::clone(&bell)), bell }
    }
}

impl<F: Future> Future for Woken<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = &mut *self;
        this.bell.runs(context.waker());
        this.task.as_mut().poll(&mut Context::from_waker(&this.waker))
    }
}

impl Bell {
    fn runs(&self, waker: &Waker) {
        let mut task = self.task.lock().unwrap_or_else(PoisonError::into_inner);
        if !task.as_ref().is_some_and(|known| known.will_wake(waker)) {
            *task = Some(waker.clone());
        }
        drop(task);
        let rung = self.rung_ns.swap(0, Ordering::AcqRel);
        let late = if rung == 0 { 0 } else { self.now_ns().saturating_sub(rung) };
        self.late_ns.store(late, Ordering::Relaxed);
    }

    fn now_ns(&self) -> u64 {
        (self.began.elapsed().as_nanos() as u64).max(1)
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        // Only the first of several calls counts: since then it waits.
        let _ = self.rung_ns.compare_exchange(0, self.now_ns(), Ordering::AcqRel, Ordering::Relaxed);
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(task) = task {
            task.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beat_that_came_late_or_does_not_come_shows_how_late_the_runtime_is() {
        let ms = Duration::from_millis;
        let pulse = Pulse::default();
        assert_eq!(pulse.late(ms(9_000)), ms(0), "nobody beats");
        assert_eq!(pulse.beat(ms(100), ms(137)), ms(37));
        assert_eq!(pulse.late(ms(137)), ms(37));
        assert_eq!(pulse.late(ms(150)), ms(37));
        assert_eq!(pulse.late(ms(400)), ms(253), "the next one is overdue");
        pulse.beat(ms(410), ms(410));
        assert_eq!(pulse.late(ms(410)), ms(0));
    }

    #[test]
    fn a_task_learns_how_long_it_has_been_waiting_since_it_was_woken() {
        let lateness = Lateness::default();
        let mut waker = None;
        let mut seen = Vec::new();
        let mut task = Box::pin(Woken::new(
            std::future::poll_fn(|context| {
                seen.push(lateness.get());
                waker = Some(context.waker().clone());
                if seen.len() < 3 { Poll::<()>::Pending } else { Poll::Ready(()) }
            }),
            &lateness,
        ));
        let outer = Arc::new(Count::default());
        let rung = Waker::from(Arc::clone(&outer));
        let mut context = Context::from_waker(&rung);
        assert!(task.as_mut().poll(&mut context).is_pending());
        // Runs again although nobody woke it: it has not waited.
        assert!(task.as_mut().poll(&mut context).is_pending());
        std::thread::sleep(Duration::from_millis(1));
        assert!(task.as_mut().poll(&mut context).is_ready());
        drop(task);
        assert_eq!(seen[1..], [Duration::ZERO, Duration::ZERO]);
        let waker = waker.expect("polled");
        waker.wake_by_ref();
        waker.wake();
        assert_eq!(outer.0.load(Ordering::Relaxed), 2, "every call is passed on");
    }

    #[test]
    fn the_wait_counts_from_the_first_call() {
        let lateness = Lateness::default();
        let mut waker = None;
        let mut task = Box::pin(Woken::new(
            std::future::poll_fn(|context| {
                waker = Some(context.waker().clone());
                Poll::<()>::Pending
            }),
            &lateness,
        ));
        let mut context = Context::from_waker(Waker::noop());
        assert!(task.as_mut().poll(&mut context).is_pending());
        let bell = Arc::clone(&task.bell);
        bell.wake_by_ref();
        std::thread::sleep(Duration::from_millis(5));
        bell.wake_by_ref();
        assert!(task.as_mut().poll(&mut context).is_pending());
        assert!(lateness.get() >= Duration::from_millis(5), "{:?}", lateness.get());
    }

    #[derive(Debug, Default)]
    struct Count(AtomicU64);

    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}
