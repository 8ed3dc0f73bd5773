//! Sectors in three vocabularies: STIX 2.1 (`industry-sector-ov`), Annexes I and II of NIS2, and the sixteen of the United
//! States (National Security Memorandum 22). Where a word of STIX has no counterpart the row says so; nothing is guessed.

/// A word of STIX, the sector of NIS2 with its annex, and the sector of the United States.
pub(crate) struct Sector {
    pub word: &'static str,
    pub nis2: &'static str,
    /// `I`, `II` or nothing.
    pub annex: &'static str,
    pub cisa: &'static str,
}

const fn sector(word: &'static str, annex: &'static str, nis2: &'static str, cisa: &'static str) -> Sector {
    Sector { word, nis2, annex, cisa }
}

const SECTORS: [Sector; 26] = [
    sector("agriculture", "II", "food", "food-agriculture"),
    sector("aerospace", "II", "manufacturing", "critical-manufacturing"),
    sector("automotive", "II", "manufacturing", "critical-manufacturing"),
    sector("chemical", "II", "chemicals", "chemical"),
    sector("commercial", "", "none", "commercial-facilities"),
    sector("communications", "I", "digital", "communications"),
    sector("dams", "", "none", "dams"),
    sector("defense", "", "none", "defense-industrial-base"),
    sector("emergency-services", "", "none", "emergency-services"),
    sector("energy", "I", "energy", "energy"),
    sector("financial-services", "I", "finance", "financial-services"),
    sector("government", "I", "public-administration", "government"),
    sector("government-local", "", "none", "government"),
    sector("government-national", "I", "public-administration", "government"),
    sector("government-public-services", "I", "public-administration", "government"),
    sector("government-regional", "I", "public-administration", "government"),
    sector("healthcare", "I", "health", "healthcare"),
    sector("manufacturing", "II", "manufacturing", "critical-manufacturing"),
    sector("nuclear", "I", "energy", "nuclear"),
    sector("pharmaceuticals", "I", "health", "healthcare"),
    sector("retail", "", "none", "commercial-facilities"),
    sector("space", "I", "space", "space"),
    sector("technology", "I", "ict-services", "information-technology"),
    sector("telecommunications", "I", "digital", "communications"),
    sector("transportation", "I", "transport", "transportation"),
    sector("water", "I", "water", "water"),
];

/// The row of a word, if it has counterparts.
pub(crate) fn of(word: &str) -> Option<&'static Sector> {
    SECTORS.iter().find(|sector| sector.word == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ui::Locale;
    use ui::locale::lookup;

    #[test]
    fn every_row_has_its_three_names_in_both_languages() {
        for row in &SECTORS {
            for locale in Locale::ALL {
                for key in [
                    format!("sector-{}", row.word),
                    format!("nis2-{}", row.nis2),
                    format!("cisa-{}", row.cisa),
                ] {
                    assert!(lookup(locale, &key).is_some(), "{key}");
                }
            }
            assert_eq!(row.annex.is_empty(), row.nis2 == "none", "{}", row.word);
        }
    }
}
