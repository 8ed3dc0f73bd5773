//! The coverage-guided engine: libFuzzer over one target, which `ENTENTE_FUZZ` names. Built and run by `cargo xtask fuzz`.
#![no_main]

use std::sync::LazyLock;

static CHOSEN: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let name = std::env::var("ENTENTE_FUZZ").unwrap_or_default();
    fuzz::target(&name).unwrap_or_else(|| panic!("ENTENTE_FUZZ={name:?} is no target; see fuzz/src/lib.rs")).1
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| (*CHOSEN)(bytes));
