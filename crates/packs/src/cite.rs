//! Citations in French. A pack cites a law as its English text is cited; where that is law of the Union, the form of its
//! French text follows from it (Interinstitutional style guide): `Directive (EU) 2022/2555, art. 23(4)(a)` is `directive (UE)
//! 2022/2555, article 23, paragraphe 4, point a)`. What follows from nothing stays as it is, and pages mark its language.

/// One part of a citation; parts are joined by `; `.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<'a> {
    /// As the pack writes it.
    pub en: &'a str,
    /// In French, where the form is known.
    pub fr: Option<String>,
}

/// The parts of a citation.
pub fn parts(cite: &str) -> Vec<Part<'_>> {
    cite.split("; ").map(|en| Part { en, fr: act_and_places(en) }).collect()
}

/// The whole in French, parts without a known form as they are.
pub fn french(cite: &str) -> String {
    let parts = parts(cite).into_iter().map(|part| part.fr.unwrap_or_else(|| part.en.to_owned()));
    parts.collect::<Vec<_>>().join(" ; ")
}

/// An act of the Union, and perhaps places in it.
fn act_and_places(text: &str) -> Option<String> {
    let (act, rest) = act(text)?;
    if rest.is_empty() {
        return Some(act);
    }
    let rest = rest.strip_prefix(", ")?;
    if let Some(annex) = rest.strip_prefix("Annex ") {
        let roman = !annex.is_empty() && annex.bytes().all(|b| b"IVX".contains(&b));
        return roman.then(|| format!("{act}, annexe {annex}"));
    }
    let list = rest.strip_prefix("art. ").or_else(|| rest.strip_prefix("arts "))?;
    Some(format!("{act}, {}", places(list)?))
}

/// The name of the act in French, and what stands behind it.
fn act(text: &str) -> Option<(String, &str)> {
    const KINDS: [(&str, &str); 6] = [
        ("Delegated Regulations ", "règlements délégués "),
        ("Delegated Regulation ", "règlement délégué "),
        ("Implementing Regulation ", "règlement d’exécution "),
        ("Regulation ", "règlement "),
        ("Directive ", "directive "),
        ("Delegated Directive ", "directive déléguée "),
    ];
    const OF: [(&str, &str); 4] = [
        ("(EU, Euratom) ", "(UE, Euratom) "),
        ("(EEC, Euratom) ", "(CEE, Euratom) "),
        ("(EU) ", "(UE) "),
        ("(EC) ", "(CE) "),
    ];
    let (kind, rest) = KINDS.iter().find_map(|(en, fr)| Some((fr, text.strip_prefix(en)?)))?;
    let (of, rest) = OF.iter().find_map(|(en, fr)| Some((fr, rest.strip_prefix(en)?)))?;
    let (no, rest) = rest.strip_prefix("No ").map_or(("", rest), |rest| ("nᵒ ", rest));
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '/').unwrap_or(rest.len());
    let (number, mut rest) = rest.split_at(end);
    let (one, other) = number.split_once('/')?;
    if one.is_empty() || other.is_empty() || other.contains('/') {
        return None;
    }
    let mut act = format!("{kind}{of}{no}{number}");
    // Two acts of one kind: "Delegated Regulations (EU) 2024/1772 and 2025/301".
    if let Some(second) =
        rest.strip_prefix(" and ").filter(|second| second.contains('/') && !second.contains(' '))
    {
        act = format!("{act} et {of}{second}");
        rest = "";
    }
    Some((act, rest))
}

/// `23(1), second sentence, and 23(2)` place by place.
fn places(list: &str) -> Option<String> {
    let mut said = Vec::new();
    // "and", with or without a comma before it, and commas part the places.
    for piece in list.replace(", and ", ", ").replace(" and ", ", ").split(", ") {
        match which(piece) {
            // It belongs to the place before it.
            Some(which) => {
                let last: &mut String = said.last_mut()?;
                last.push_str(&format!(", {which}"));
            }
            None => said.push(place(piece)?),
        }
    }
    let last = said.pop()?;
    // In a list that ends with "and" the last place is joined so; its places hold commas themselves.
    Some(if said.is_empty() { last } else { format!("{} et {last}", said.join(", ")) })
}

fn which(piece: &str) -> Option<&'static str> {
    Some(match piece {
        "first subparagraph" => "premier alinéa",
        "second subparagraph" => "deuxième alinéa",
        "third subparagraph" => "troisième alinéa",
        "first sentence" => "première phrase",
        "second sentence" => "deuxième phrase",
        _ => return None,
    })
}

/// The most paragraphs that an article has: a higher number counts the points of a list of definitions.
const PARAGRAPHS: u32 = 20;

/// `19(4)(a)`, `17-19`, or `(2)(a)` of the same article.
fn place(piece: &str) -> Option<String> {
    let open = piece.find('(').unwrap_or(piece.len());
    let (article, mut rest) = piece.split_at(open);
    let mut said = match article.split_once('-') {
        Some((from, to)) if is_article(from) && is_article(to) => vec![format!("articles {from} à {to}")],
        Some(_) => return None,
        None if article.is_empty() => Vec::new(),
        None if is_article(article) => vec![format!("article {article}")],
        None => return None,
    };
    while !rest.is_empty() {
        let (inside, after) = rest.strip_prefix('(')?.split_once(')')?;
        said.push(match inside.parse::<u32>() {
            Ok(number) if number > PARAGRAPHS => format!("point {number})"),
            Ok(number) => format!("paragraphe {number}"),
            Err(_) if (1..=3).contains(&inside.len()) && inside.bytes().all(|b| b.is_ascii_lowercase()) => {
                format!("point {inside})")
            }
            Err(_) => return None,
        });
        rest = after;
    }
    (!said.is_empty()).then(|| said.join(", "))
}

/// `23`, `19a`, `5e`.
fn is_article(text: &str) -> bool {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && text.len() - digits.len() <= 1
}

#[cfg(test)]
mod tests {
    use super::{french, parts};
    use crate::Library;

    #[test]
    fn law_of_the_union_is_cited_as_its_french_text_is() {
        for (en, fr) in [
            (
                "Directive (EU) 2022/2555, art. 23(4)(a)",
                "directive (UE) 2022/2555, article 23, paragraphe 4, point a)",
            ),
            (
                "Directive (EU) 2022/2555, art. 23(1), second sentence, and 23(2)",
                "directive (UE) 2022/2555, article 23, paragraphe 1, deuxième phrase et article 23, paragraphe 2",
            ),
            (
                "Regulation (EU) 2024/2847, art. 14(1) and (2)(a)",
                "règlement (UE) 2024/2847, article 14, paragraphe 1 et paragraphe 2, point a)",
            ),
            (
                "Regulation (EU) 2022/2554, art. 19(2); Delegated Regulation (EU) 2025/301, art. 6",
                "règlement (UE) 2022/2554, article 19, paragraphe 2 ; règlement délégué (UE) 2025/301, article 6",
            ),
            (
                "Implementing Regulation (EU) 2024/2690, arts 7, 9 and 10",
                "règlement d’exécution (UE) 2024/2690, article 7, article 9 et article 10",
            ),
            (
                "Regulation (EU) No 910/2014, art. 24(2)(fb)",
                "règlement (UE) nᵒ 910/2014, article 24, paragraphe 2, point fb)",
            ),
            ("Regulation (EU, Euratom) 2023/2841, art. 21", "règlement (UE, Euratom) 2023/2841, article 21"),
            ("Regulation (EU) 2024/2847, arts 14-16", "règlement (UE) 2024/2847, articles 14 à 16"),
            (
                "Implementing Regulation (EU) 2025/302, Annex I",
                "règlement d’exécution (UE) 2025/302, annexe I",
            ),
        ] {
            assert_eq!(french(en), fr);
        }
    }

    #[test]
    fn what_has_no_french_form_stays_as_it_is_and_is_known_to_be_english() {
        for text in [
            "10 CFR 73.77(a)(1)",
            "Form 8-K, Item 1.05(c)",
            "Directive",
            "Regulation (EU) 1/",
            "Directive (EU) 2022/2555, recital 28",
            "",
        ] {
            assert_eq!(french(text), text);
            assert_eq!(parts(text)[0].fr, None);
        }
        let mixed = parts("Regulation (EU) 2022/2554, art. 19(3); Form 8-K");
        assert!(mixed[0].fr.is_some() && mixed[1].fr.is_none());
    }

    #[test]
    fn every_stage_and_criterion_of_a_regulation_or_directive_by_number_is_cited_in_french() {
        let known = [
            "Implementing Regulation (EU) 2023/203",
            "Delegated Regulation (EU) 2022/1645",
            "Delegated Regulation (EU) 2024/1366",
        ];
        for pack in Library::embedded().packs.values() {
            let cites =
                pack.stages.iter().map(|stage| &stage.cite).chain(pack.criteria.iter().map(|one| &one.cite));
            for part in cites.flat_map(|cite| parts(cite)) {
                let of_the_union = part.en.contains("(EU)") || part.en.contains("(EU, ");
                let in_words = known.iter().any(|act| part.en.starts_with(act));
                assert_eq!(part.fr.is_some(), of_the_union && !in_words, "{}", part.en);
            }
        }
    }
}
