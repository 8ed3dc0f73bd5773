//! Importing a file: any size in constant memory, twice without harm.

use std::collections::HashMap;
use std::io::Read;

use formats::json::{Limits, ObjectStream, StreamError};
use formats::stix::{KnownMarking, definition_in};
use records::delivery::Refused;

use crate::ingest::{IngestError, Intake, Intaker, Piece, Report};

/// Objects taken in at once: enough for one fsync to serve many.
const BATCH_OBJECTS: usize = 2_000;
/// Bytes taken in at once.
const BATCH_BYTES: usize = 8 << 20;

/// Pieces that cannot even be told apart as objects are noted one by one up to here; further ones are counted.
const NOTED: u64 = 10_000;

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Accepted now.
    pub accepted: u64,
    /// Held already, byte for byte.
    pub known: u64,
    /// Refused, with reasons; at most the first thousand are listed.
    pub refused: Vec<Refused>,
    /// How many were refused.
    pub refused_count: u64,
    /// Bytes read.
    pub bytes: u64,
    /// The arrival number after which views show everything.
    pub last_seq: u64,
}

/// Refusals listed in the answer; all of them are in quarantine.
const LISTED: usize = 1_000;

/// The markings that an input defines, wherever they stand in it, for [`Intake::definitions`]: an import goes in batches,
/// and a definition may come batches after the objects that carry it.
pub fn definitions<R: Read>(reader: R, limits: Limits) -> HashMap<String, KnownMarking> {
    let mut stream = ObjectStream::new(reader, Limits { max_objects: u64::MAX, ..limits });
    let mut found = HashMap::new();
    while let Some(next) = stream.next_object() {
        match next {
            Ok((_, object)) if found.len() < MOST_DEFINITIONS => found.extend(definition_in(object, &limits)),
            Ok(_) | Err(StreamError::Split(_)) => {}
            Err(StreamError::Read { .. }) => break, // the import itself tells it
        }
    }
    found
}

/// Definitions looked for in one input.
const MOST_DEFINITIONS: usize = 10_000;

/// Imports everything that `reader` gives: bundle, envelope, array, one object or one per line.
/// `progress` hears bytes read and objects done.
pub fn import<R: Read>(
    intaker: &Intaker,
    reader: R,
    intake: &Intake,
    mut progress: impl FnMut(u64, u64),
) -> Result<Imported, IngestError> {
    let limits = Limits { max_objects: u64::MAX, ..intaker.limits() };
    let mut stream = ObjectStream::new(reader, limits);
    let mut done = Imported::default();
    let mut batch: Vec<(u64, Vec<u8>)> = Vec::new();
    let (mut bytes, mut flaws, mut flawed) = (0, Vec::new(), 0);
    loop {
        match stream.next_object() {
            Some(Ok((at, object))) => {
                bytes += object.len();
                batch.push((at, object.to_vec()));
            }
            Some(Err(StreamError::Split(flaw))) => {
                flawed += 1;
                if flawed > NOTED {
                    continue;
                }
                flaws.push(Refused { id: String::new(), version: String::new(), message: flaw.to_string() });
            }
            Some(Err(error)) => {
                take(intaker, &mut batch, intake, &mut flaws)?;
                return Err(IngestError::Input(error.to_string()));
            }
            None => break,
        }
        if batch.len() + flaws.len() >= BATCH_OBJECTS || bytes >= BATCH_BYTES {
            done.add(take(intaker, &mut batch, intake, &mut flaws)?);
            bytes = 0;
            progress(stream.bytes_read(), done.accepted + done.known + done.refused_count);
        }
    }
    if flawed > NOTED {
        let message = format!("{} more pieces of the input could not be read", flawed - NOTED);
        flaws.push(Refused { id: String::new(), version: String::new(), message });
        done.refused_count += flawed - NOTED - 1; // the line itself is counted with the batch
    }
    if !batch.is_empty() || !flaws.is_empty() {
        done.add(take(intaker, &mut batch, intake, &mut flaws)?);
    }
    done.bytes = stream.bytes_read();
    progress(done.bytes, done.accepted + done.known + done.refused_count);
    Ok(done)
}

fn take(
    intaker: &Intaker,
    batch: &mut Vec<(u64, Vec<u8>)>,
    intake: &Intake,
    flaws: &mut Vec<Refused>,
) -> Result<Report, IngestError> {
    let objects: Vec<Piece<'_>> = batch.iter().map(|(at, bytes)| Piece { at: *at, bytes }).collect();
    let report = intaker.take(&objects, intake, std::mem::take(flaws))?;
    batch.clear();
    Ok(report)
}

impl Imported {
    fn add(&mut self, report: Report) {
        self.accepted += report.accepted;
        self.known += report.known;
        self.refused_count += report.refused.len() as u64;
        let room = LISTED.saturating_sub(self.refused.len());
        self.refused.extend(report.refused.into_iter().take(room));
        self.last_seq = self.last_seq.max(report.last_seq);
    }
}
