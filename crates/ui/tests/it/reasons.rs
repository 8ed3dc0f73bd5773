//! Every reason a verdict can give reaches the reader as words.

use share::Reason;
use ui::Locale;
use ui::locale::lookup;

#[test]
fn every_reason_has_a_name_and_a_sentence_in_both_languages() {
    for locale in Locale::ALL {
        for reason in Reason::ALL {
            for key in [format!("reason-{}", reason.code()), format!("reason-{}-why", reason.code())] {
                assert!(lookup(locale, &key).is_some(), "{key} has no text in {}", locale.code());
            }
        }
    }
}
