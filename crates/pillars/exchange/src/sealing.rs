//! Sealing what came in: objects, what was refused of them, and the delivery that brought them.

use bytes::Bytes;
use desk::{Desk, edge};
use model::{Timestamp, Tlp};
use records::delivery::{Delivery, OBJECT, QUARANTINE};
use records::{Marked, Recipients, Seal, Sealed, Stamp};

use crate::clip::{LONGEST_NAME, clipped};
use crate::ingest::{Intake, Judged, Report};

/// What the records of one batch share.
pub(crate) struct Sealer<'a> {
    desk: &'a Desk,
    intake: &'a Intake,
    now: Timestamp,
    /// What the objects are parts of, when their bytes can be shared.
    whole: Option<&'a Bytes>,
    stamp: Stamp,
}

impl<'a> Sealer<'a> {
    pub fn new(desk: &'a Desk, intake: &'a Intake, now: Timestamp, whole: Option<&'a Bytes>) -> Self {
        let stamp =
            Stamp::of(&Seal { under: &intake.under, group: intake.group, ..desk.seal::<Delivery>(now) });
        Self { desk, intake, now, whole, stamp }
    }

    fn body(&self, object: &Judged<'_>) -> Bytes {
        match self.whole {
            Some(whole) => whole.slice_ref(object.bytes),
            None => Bytes::copy_from_slice(object.bytes),
        }
    }

    pub fn object(&self, object: &Judged<'_>, salt: [u8; 16]) -> Sealed {
        let Intake { to, to_by_id, under, .. } = self.intake;
        let named = to_by_id.get(&object.id).unwrap_or(to);
        let is_red = matches!(object.marked, Marked::Known(marking) if marking.tlp == Tlp::Red);
        let by_name = !named.is_empty() && (is_red || to_by_id.contains_key(&object.id));
        let recipients = by_name.then(|| Recipients::blind(named, edge::random));
        let seal = Seal {
            kind: OBJECT,
            object_type: &object.object_type,
            marked: object.marked,
            under,
            to: recipients.as_ref(),
            group: self.intake.group,
            ..self.desk.seal::<Delivery>(self.now)
        };
        seal.stamped(&self.stamp, self.body(object), &object.digest, salt)
    }

    /// What was refused keeps the marking it came with, so that those who may read it see why; without one it
    /// counts as TLP:RED. A quarantine record never leaves the node.
    pub fn refused(&self, object: &Judged<'_>, salt: [u8; 16]) -> Sealed {
        // A header has little room, and what is wrong may be a name of a megabyte; the body keeps it whole.
        let about = [clipped(&object.id, LONGEST_NAME), object.fault.clone().unwrap_or_default()];
        let object_type = clipped(&object.object_type, LONGEST_NAME);
        let seal = Seal {
            kind: QUARANTINE,
            object_type: &object_type,
            marked: object.marked,
            about: &about,
            ..self.desk.seal::<Delivery>(self.now)
        };
        seal.bytes(self.body(object), salt)
    }

    /// `marked` is the narrowest marking of what the report quotes.
    pub fn delivery(&self, report: &Report, marked: Marked) -> Sealed {
        let delivery = Delivery {
            id: report.id.clone(),
            gate: self.intake.gate.to_owned(),
            source: self.intake.source.clone(),
            total: report.accepted + report.known + report.refused.len() as u64,
            accepted: report.accepted,
            known: report.known,
            refused: report.refused.clone(),
        };
        Seal { marked, ..self.desk.seal::<Delivery>(self.now) }.body(&delivery, edge::salt())
    }
}
