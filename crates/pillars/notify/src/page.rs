//! The page of a regime, for review by a lawyer: everything that the pack says, in one language, as Markdown.

use model::Bilingual;
use packs::pack::Binds;
use packs::{Counting, Library, Limb, Overlay, Pack, Stage};
use serde::Serialize;

use crate::wording;

/// The language of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    En,
    /// French.
    Fr,
}

struct Page<'a> {
    library: &'a Library,
    pack: &'a Pack,
    language: Language,
    text: String,
}

/// The page of one regime; `file` is the name of its file, without its ending.
pub fn page(library: &Library, pack: &Pack, file: &str, language: Language) -> String {
    let mut page = Page { library, pack, language, text: String::new() };
    page.head(file);
    page.stages();
    page.criteria();
    page.classes();
    page.overlays();
    page.text
}

/// The name of an enumerated word as packs write it.
pub(crate) fn code(of: impl Serialize) -> String {
    serde_json::to_value(of).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

impl Page<'_> {
    fn pick(&self, text: &Bilingual) -> String {
        match self.language {
            Language::En => text.en.clone(),
            Language::Fr => text.fr.clone(),
        }
    }

    fn term(&self, code: &str) -> String {
        self.pick(&self.library.words.term(code))
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn item(&mut self, term: &str, what: &str) {
        let term = self.term(term);
        let colon = if self.language == Language::Fr { "\u{a0}:" } else { ":" };
        self.line(&format!("- **{term}**{colon} {what}"));
    }

    /// A citation in the form of the page's language, as far as it has one.
    fn cited(&self, cite: &str) -> String {
        match self.language {
            Language::En => cite.to_owned(),
            Language::Fr => packs::cite::french(cite),
        }
    }

    fn head(&mut self, file: &str) {
        let head = &self.pack.head;
        self.line(&format!("# {} ({})\n", self.pick(&head.title), head.regime));
        let made = self.library.words.say("page-head", &[("file", &wording::same(file))]);
        self.line(&format!("{}\n", self.pick(&made)));
        let law = self.cited(&head.law);
        self.item("page-law", &law);
        let status = self.term(&format!("status-{}", code(head.status)));
        self.item("page-status", &status);
        let open = self.term("page-open");
        let day =
            |day: Option<model::time::civil::Date>| day.map_or_else(|| open.clone(), |day| day.to_string());
        self.item("page-days", &format!("{} – {}", day(head.from), day(head.until)));
        self.item("page-confidence", &head.confidence);
        self.item("page-version", &format!("{}, {}", head.version, head.reviewed));
        if !head.yields_to.is_empty() {
            self.item("page-yields", &head.yields_to.join(", "));
        }
        self.item("page-covered", &self.pick(&head.covered));
        self.item("page-test", &self.pick(&head.test));
        self.item("page-sources", &head.sources.join("; "));
        if !self.pack.notes.is_empty() {
            let title = self.term("page-notes");
            self.line(&format!("\n## {title}\n"));
            for note in &self.pack.notes {
                self.line(&format!("- {}", self.pick(note)));
            }
        }
    }

    fn stages(&mut self) {
        let titles = ["page-stage", "page-from", "page-limit", "page-clause", "page-confidence"];
        let titles = titles.map(|title| self.term(title));
        self.line(&format!("\n## {}\n", self.term("page-stages")));
        self.line(&format!("| {} |\n|---|---|---|---|---|", titles.join(" | ")));
        for stage in &self.pack.stages {
            let (from, limit) = (self.each(stage, Self::anchor), self.each(stage, Self::limit));
            let row = format!(
                "| `{}` {} | {from} | {limit} | {} | {} |",
                stage.id,
                self.pick(&stage.title),
                self.cited(&stage.cite),
                self.pack.confidence(stage)
            );
            self.line(&row);
        }
        for stage in &self.pack.stages {
            self.stage(stage);
        }
    }

    fn each(&self, stage: &Stage, part: fn(&Self, &Limb) -> String) -> String {
        let parts: Vec<String> = stage.limbs.iter().map(|limb| part(self, limb)).collect();
        if parts.is_empty() { "–".to_owned() } else { parts.join("; ") }
    }

    fn anchor(&self, limb: &Limb) -> String {
        self.pick(&wording::anchor(self.library, &limb.anchor))
    }

    fn limit(&self, limb: &Limb) -> String {
        let name = limb.name.as_ref().map_or_else(String::new, |name| format!("`{name}` "));
        let only = limb.when.as_ref().map_or_else(String::new, |when| {
            format!(" ({})", self.pick(&wording::condition(self.library, self.pack, when)))
        });
        format!("{name}{}{only}", self.pick(&wording::period(self.library, limb.period)))
    }

    fn stage(&mut self, stage: &Stage) {
        self.line(&format!("\n### `{}` {}\n", stage.id, self.pick(&stage.title)));
        if stage.binds == Binds::Authority {
            self.item("page-duty", &format!("{}; {}", self.duty(stage), self.term("page-binds-authority")));
        } else {
            self.item("page-duty", &self.duty(stage));
        }
        if stage.from.is_some() || stage.until.is_some() || stage.status.is_some() {
            let (from, until) = self.pack.window(stage);
            let open = self.term("page-open");
            let day = |day: Option<model::time::civil::Date>| {
                day.map_or_else(|| open.clone(), |day| day.to_string())
            };
            let status =
                self.term(&format!("status-{}", code(stage.status.unwrap_or(self.pack.head.status))));
            self.item("page-days", &format!("{} – {} ({status})", day(from), day(until)));
        }
        for counting in countings(stage) {
            self.item("page-counted", &self.term(&format!("counting-{}", code(counting))));
        }
        if let Some(relief) = stage.relief {
            let relief = self.term(&format!("page-relief-{}", code(relief)));
            self.line(&format!("- {relief}"));
        }
        let words = &self.library.words;
        let names = |codes: Vec<Bilingual>| self.pick(&wording::joined(&codes, ", "));
        let to = names(stage.recipients.iter().map(|code| words.recipients[code].name()).collect());
        let by = names(stage.channels.iter().map(|code| words.channels[code].clone()).collect());
        self.item("page-recipients", &to);
        self.item("page-channels", &by);
        for when in &stage.when {
            self.item("page-only", &self.pick(&wording::condition(self.library, self.pack, when)));
        }
        if !stage.replaces.is_empty() {
            self.item("page-replaces", &stage.replaces.join(", "));
        }
        for (title, codes) in [("page-required", &stage.required), ("page-conditional", &stage.conditional)] {
            if !codes.is_empty() {
                self.item(title, &self.fields(codes));
            }
        }
        if let Some(note) = &stage.note {
            self.line(&format!("- {}", self.pick(note)));
        }
    }

    fn duty(&self, stage: &Stage) -> String {
        self.term(&format!("duty-{}", code(stage.duty)))
    }

    fn fields(&self, codes: &[String]) -> String {
        let name = |code: &String| format!("{code} {}", self.pick(&self.library.words.fields[code].name()));
        codes.iter().map(name).collect::<Vec<_>>().join("; ")
    }

    fn criteria(&mut self) {
        if self.pack.criteria.is_empty() {
            return;
        }
        let (library, pack) = (self.library, self.pack);
        let title = self.term("page-criteria");
        self.line(&format!("\n## {title}\n"));
        if pack.threshold.least > 0 {
            let least = wording::same(pack.threshold.least.to_string());
            let text = self.pick(&library.words.say("page-criteria-least", &[("n", &least)]));
            self.line(&format!("{text}.\n"));
        }
        for criterion in &pack.criteria {
            let role = self.term(&format!("role-{}", code(criterion.role)));
            let or = if self.language == Language::Fr { " *ou* " } else { " *or* " };
            let and = if self.language == Language::Fr { "; *et* " } else { "; *and* " };
            let line = |line: &Vec<packs::Condition>| {
                line.iter()
                    .map(|c| self.pick(&wording::condition(library, pack, c)))
                    .collect::<Vec<_>>()
                    .join(or)
            };
            let asked: Vec<String> = criterion.all.iter().map(line).collect();
            let title = self.pick(&criterion.title);
            let text = format!(
                "- `{}` {title} ({role}; {}): {}",
                criterion.id,
                self.cited(&criterion.cite),
                asked.join(and)
            );
            self.line(&text);
        }
    }

    fn classes(&mut self) {
        if self.pack.classes.is_empty() {
            return;
        }
        let title = self.term("page-classes");
        self.line(&format!("\n## {title}\n"));
        for class in &self.pack.classes {
            let denied =
                if class.no_relief { format!(" ({})", self.term("page-no-relief")) } else { String::new() };
            self.line(&format!("- `{}` {}{denied}", class.id, self.pick(&class.name)));
        }
    }

    fn overlays(&mut self) {
        if self.pack.overlays.is_empty() {
            return;
        }
        let titles = [
            "page-country",
            "page-status",
            "page-days",
            "page-law",
            "page-confidence",
            "page-overlay-authority",
            "page-overlay-counting",
        ];
        let titles = titles.map(|title| self.term(title));
        self.line(&format!("\n## {}\n", self.term("page-overlays")));
        self.line(&format!("| {} |\n|---|---|---|---|---|---|---|", titles.join(" | ")));
        for overlay in &self.pack.overlays {
            let name = self.library.calendar(&overlay.country).map(|calendar| self.pick(&calendar.name));
            let row = format!(
                "| {} | {} | {} | {} | {} | {} | {} |",
                name.unwrap_or_default(),
                self.term(&format!("status-{}", code(overlay.status))),
                overlay.from.map_or_else(|| "–".to_owned(), |day| day.to_string()),
                overlay.law,
                overlay.confidence,
                overlay.authority.as_deref().unwrap_or("–"),
                self.national_counting(overlay),
            );
            self.line(&row);
        }
        let noted = self.pack.overlays.iter().filter_map(|overlay| Some((overlay, overlay.note.as_ref()?)));
        let notes: Vec<String> =
            noted.map(|(overlay, note)| format!("- {}: {}", overlay.country, self.pick(note))).collect();
        if !notes.is_empty() {
            self.line(&format!("\n{}", notes.join("\n")));
        }
    }

    /// The law by which a State counts, what it does to the dates here, and how sure that is.
    fn national_counting(&self, overlay: &Overlay) -> String {
        let Some(law) = &overlay.counting else { return "–".to_owned() };
        let does = self.term(&format!("counts-{}", code(overlay.counts)));
        format!("{law} ({does}; {})", overlay.counting_confidence.as_ref().unwrap_or(&overlay.confidence))
    }
}

/// The ways of counting of a stage, each once.
fn countings(stage: &Stage) -> Vec<Counting> {
    let mut found = Vec::new();
    for limb in &stage.limbs {
        if !found.contains(&limb.counting) {
            found.push(limb.counting);
        }
    }
    found
}
