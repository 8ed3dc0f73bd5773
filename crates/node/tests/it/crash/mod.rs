//! The real process, killed at instants that a seed decides: what it had acknowledged is there, the ledger verifies,
//! and the views are what the ledger says (I2, I4).
//!
//! A handful of kills runs with the suite. `cargo xtask crash --times 300 --seed 7` goes on for longer.
#![expect(clippy::disallowed_methods, reason = "these tests time and kill the binary")]

pub mod load;
mod scenes;
mod seed;
mod world;

use crate::crash::scenes::Scene;
use crate::crash::seed::Seed;
use crate::crash::world::World;

/// Kills in one world; then a new one begins, so that neither ledgers nor lines of keys grow without end.
const KILLS_IN_A_WORLD: u32 = 60;

/// Kills processes `times` times. The story so far is told when something is wrong.
fn kill(seed: u64, times: u32, scenes: &[Scene]) {
    let mut left = times;
    for nth in 0.. {
        let here = left.min(KILLS_IN_A_WORLD);
        if here == 0 {
            break;
        }
        let mut world = World::made(Seed::new(seed, nth));
        for n in 0..here {
            let scene = scenes[(n as usize + nth as usize) % scenes.len()];
            world.tell(format!("kill {} of {times}, seed {seed}: {scene:?}", times - left + n + 1));
            scene.play(&mut world);
            world.check(scene.of_us());
        }
        world.settle();
        world.sum_up();
        left -= here;
    }
}

#[test]
fn what_a_killed_node_acknowledged_is_there_and_its_views_are_what_the_ledger_says() {
    kill(20_261_127, 8, &Scene::ALL[..6]);
}

#[test]
fn what_a_killed_command_had_begun_is_whole_or_undone_and_nothing_acknowledged_is_lost() {
    kill(20_261_128, 8, &Scene::ALL[5..]);
}

#[test]
#[ignore = "takes as long as it is told to; `cargo xtask crash` runs it"]
fn killed_as_often_as_asked() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let times = number("ENTENTE_CRASH_TIMES").unwrap_or(300) as u32;
    kill(number("ENTENTE_CRASH_SEED").unwrap_or(1), times, &Scene::ALL);
}
