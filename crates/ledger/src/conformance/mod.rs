//! What every engine must do, as sentences. An engine passes when each story passes over it:
//!
//! ```text
//! ledger::conformance_stories!(|| Ledger::memory(ledger::conformance::options()));
//! ```
//! Stories take a closure that opens a fresh, empty ledger. Those of [`reopen`] take one that opens the same ledger
//! again and again; engines that survive their process run them too.

mod arrival;
mod cut;
mod fixture;
mod mirrors;
mod proofs;
pub mod reopen;
mod reveals;
mod together;
mod verifying;

pub use arrival::*;
pub use cut::*;
pub use fixture::{Author, options};
pub use mirrors::*;
pub use proofs::*;
pub use reveals::*;
pub use together::*;
pub use verifying::*;

/// Opens a fresh, empty ledger.
pub type Fresh<'a> = &'a dyn Fn() -> crate::Ledger;

/// One test for each story over an engine; the argument opens a fresh ledger of that engine.
#[macro_export]
macro_rules! conformance_stories {
    ($open:expr) => {
        $crate::conformance_stories!($open;
            entries_come_back_in_order_with_what_was_given
            arrival_numbers_have_no_gap_over_several_logs
            commit_times_only_grow_even_when_the_clock_jumps_back
            a_reader_stops_at_its_limits_and_always_gets_ahead
            bodies_are_found_by_arrival_number_in_any_order
            a_place_in_a_log_is_found_by_position_and_by_record
            a_log_is_created_once_and_found_again
            an_unknown_log_is_refused
            what_carries_a_key_is_appended_once
            what_is_too_large_is_refused_with_its_place
            listeners_hear_of_every_commit
            an_erased_body_is_gone_and_proofs_still_hold
            proofs_hold_at_every_size_around_tile_borders
            checkpoints_are_signed_and_agree_with_the_tree
            a_checkpoint_of_an_earlier_size_is_consistent_with_a_later_one
            a_mirror_equals_its_author_also_with_withheld_records
            a_mirror_refuses_what_was_altered_reordered_or_dropped
            a_mirror_refuses_a_body_that_is_not_the_promised_one
            a_mirror_refuses_records_of_another_party_or_realm
            a_mirror_tells_where_to_go_on
            two_stories_by_one_author_are_kept_as_evidence
            a_repeated_old_checkpoint_changes_nothing
            a_revealed_record_arrives_anew_at_its_old_place
            revealing_needs_the_withheld_header_itself
            what_came_later_is_not_in_the_ledger_as_it_stood
            the_past_takes_no_writes
            callers_in_many_threads_lose_and_double_nothing
            callbacks_are_called_once_with_a_durable_receipt
            an_eventful_ledger_verifies
            a_checkpoint_by_other_keys_does_not_verify
        );
    };
    ($open:expr; $($story:ident)*) => {
        $(
            #[test]
            fn $story() {
                $crate::conformance::$story(&$open);
            }
        )*
    };
}
