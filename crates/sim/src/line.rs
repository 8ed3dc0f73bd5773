//! Frames on their way from one node to another, and what may happen to them.

use std::collections::VecDeque;

use bytes::Bytes;

use crate::chance::Chance;
use crate::step::Mishap;
use crate::tally::Tally;

/// Frames on their way in one direction.
#[derive(Default)]
pub(crate) struct Line {
    pub frames: VecDeque<Bytes>,
    pub mishap: Option<Mishap>,
}

/// A frame as it arrives.
pub(crate) struct Arriving {
    pub bytes: Bytes,
    /// It is not what was sent.
    pub wrong: bool,
    /// It comes out in the other realm.
    pub strayed: bool,
}

impl Line {
    /// The next frame, or what a mishap makes of it.
    pub fn next(&mut self, chance: &mut Chance, tally: &mut Tally) -> Vec<Arriving> {
        let Some(frame) = self.frames.pop_front() else { return Vec::new() };
        let whole = |bytes: Bytes| Arriving { bytes, wrong: false, strayed: false };
        let Some(mishap) = self.mishap.take() else { return vec![whole(frame)] };
        tally.fault(fault(mishap));
        match mishap {
            Mishap::Lost => Vec::new(),
            Mishap::Doubled => vec![whole(frame.clone()), whole(frame)],
            Mishap::Overtaken => self.frames.pop_front().into_iter().chain([frame]).map(whole).collect(),
            Mishap::Forged => {
                let mut bytes = frame.to_vec();
                for _ in 0..=chance.below(3) {
                    let at = chance.below(bytes.len());
                    bytes[at] ^= 1 << chance.below(8);
                }
                vec![Arriving { bytes: Bytes::from(bytes), wrong: true, strayed: false }]
            }
            Mishap::Truncated => {
                let end = chance.below(frame.len());
                vec![Arriving { bytes: frame.slice(..end), wrong: true, strayed: false }]
            }
            Mishap::Strayed => vec![Arriving { strayed: true, ..whole(frame) }],
        }
    }
}

fn fault(mishap: Mishap) -> &'static str {
    match mishap {
        Mishap::Lost => "frame lost",
        Mishap::Doubled => "frame doubled",
        Mishap::Overtaken => "frames out of order",
        Mishap::Forged => "frame forged",
        Mishap::Truncated => "frame truncated",
        Mishap::Strayed => "frame led into the other realm",
    }
}
