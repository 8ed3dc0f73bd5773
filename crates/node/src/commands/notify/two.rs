//! `entente notify incident waiting|approve|refuse`: filings that a rule holds for a second person, on the command line.
//! Who asks and who approves say so with the password of their account, so that one person with a shell is not two.

use anyhow::{Context as _, Result, bail};
use clap::Args;
use desk::Desk;
use desk::access::{self, Permission, Permit as _, ReleaseApprove};
use desk::local::Account;
use desk::notice::Couriers;
use desk::views::release;
use model::{IncidentId, Timestamp};
use notify::access::StageSubmit;
use notify::commands::submit_stage::Sent;
use notify::held::{self, Asked, Outcome};
use records::release_rule::ReleaseRule;
use serde::Serialize;

use crate::commands::init::read_password;
use crate::commands::serve::couriers;
use crate::config::Config;
use crate::exit::Ending;
use crate::folder;
use crate::print::{self, Output};

/// Who acts, proved by the password of their account.
#[derive(Debug, Args)]
pub struct Person {
    /// Your account; where a rule wants two people, it asks for the second
    #[arg(long, requires = "password_file")]
    account: Option<String>,
    /// Read its password from this file, `-` for standard input
    #[arg(long, value_name = "FILE", requires = "account")]
    password_file: Option<String>,
}

impl Person {
    /// The account, when one was named, proved, and may do it.
    fn proved(&self, desk: &Desk, permission: Permission) -> Result<Option<Account>> {
        let (Some(name), Some(file)) = (&self.account, &self.password_file) else { return Ok(None) };
        let account = desk.local.sign_in(name, &read_password(file)?)?;
        if desk.local.has_second_factor(name)? {
            bail!(
                "the account {name:?} has a second factor, which cannot be asked for here; use the console"
            );
        }
        if !permission.is_of(account.role) {
            bail!("the role of {name:?} does not include `{}`", permission.name);
        }
        Ok(Some(account))
    }

    fn must(&self, desk: &Desk, permission: Permission) -> Result<Account> {
        self.proved(desk, permission)?.context("say who you are: --account NAME --password-file FILE")
    }
}

/// Notes what was filed by hand, with the file that proves it, or has it wait for a second person; what to print.
pub fn ask_by_hand(
    desk: &Desk,
    (incident, sent): (IncidentId, Sent),
    file: Option<(&str, &[u8])>,
    person: &Person,
) -> Result<String> {
    let name = asker(desk, &Asked::Hand { incident, sent: sent.clone() }, person)?;
    let noted = format!("noted {} as sent at {}", sent.stage, sent.at);
    Ok(match held::ask_with_file(desk, (incident, sent), file, &name)? {
        Outcome::Done(_) => noted,
        Outcome::Waits(draft) => waits(&draft),
    })
}

/// What is said of a draft.
pub fn waits(draft: &str) -> String {
    format!("{draft} waits for a second person; see `entente notify incident waiting`")
}

/// The account of whoever asks; needed where a rule wants two.
pub fn asker(desk: &Desk, asked: &Asked, person: &Person) -> Result<String> {
    let account = person.proved(desk, StageSubmit::PERMISSION)?;
    if account.is_none()
        && let Some(rule) = held::rules(desk, asked)?.into_iter().next()
    {
        let error = notify::commands::StateError::Two(rule.name);
        return Err(Ending::usage(error.to_string()));
    }
    Ok(account.map(|account| account.name).unwrap_or_default())
}

/// Sets a rule of two for filings.
pub fn require(config: &Config, name: String, regimes: Vec<String>, person: &Person) -> Result<()> {
    let known = held::regimes();
    if let Some(strange) = regimes.iter().find(|regime| !known.contains(regime)) {
        return Err(Ending::usage(format!(
            "no regime is called {strange:?}; see `entente notify pack list`"
        )));
    }
    if name.trim().is_empty() || name.chars().count() > 100 {
        return Err(Ending::usage("give the rule a name of 100 characters at most"));
    }
    let desk = folder::open(config)?;
    let done = person.must(&desk, access::ReleaseRule::PERMISSION).and_then(|account| {
        let rule = ReleaseRule {
            rule: desk::edge::uuid().to_string(),
            name: name.trim().to_owned(),
            acts: vec![StageSubmit::PERMISSION.name.to_owned()],
            markings: Vec::new(),
            recipients: Vec::new(),
            regimes,
            active: true,
            by: account.name,
        };
        Ok(desk.note(&rule)?)
    });
    desk.close();
    done?;
    print::line("two people are needed from now on")
}

#[derive(Debug, Serialize)]
struct Row {
    draft: String,
    asked: Asked,
    since: Timestamp,
    by: String,
    approved: bool,
}

/// Shows what waits.
pub fn waiting(config: &Config, output: Output) -> Result<()> {
    let desk = folder::open(config)?;
    let found = held::waiting(&desk);
    desk.close();
    let row = |one: held::Waiting| Row {
        draft: one.draft,
        asked: one.asked,
        since: one.since,
        by: one.by,
        approved: one.approved,
    };
    let rows: Vec<Row> = found?.into_iter().map(row).collect();
    output.print(&rows, |rows| {
        let mut table = vec![["draft", "stage", "since", "asked by", "incident"].map(str::to_owned).to_vec()];
        for row in rows {
            let (stage, incident) = (row.asked.stage().to_owned(), row.asked.incident().to_string());
            table.push(vec![row.draft.clone(), stage, row.since.to_string(), row.by.clone(), incident]);
        }
        print::table(&table)
    })
}

/// The second person's word: yes, and it is carried out; or no, with the reason.
pub fn decide(config: &Config, draft: &str, no: Option<&str>, person: &Person) -> Result<()> {
    let desk = folder::open(config)?;
    let done = decided(&desk, &couriers(config)?, draft, no, person);
    desk.close();
    print::line(&done?)
}

fn decided(desk: &Desk, couriers: &Couriers, id: &str, no: Option<&str>, person: &Person) -> Result<String> {
    let account = person.must(desk, ReleaseApprove::PERMISSION)?;
    let draft = release::draft(&desk.views.read()?, id)?.map(|held| held.draft);
    let cleared = |markings: &[model::Tlp]| markings.iter().all(|one| *one <= account.clearance);
    let draft = draft.filter(|draft| draft.act == StageSubmit::PERMISSION.name && cleared(&draft.markings));
    let draft =
        draft.with_context(|| format!("no filing waits as {id}; see `entente notify incident waiting`"))?;
    if let Some(reason) = no {
        if reason.trim().is_empty() {
            bail!("say why with --reason");
        }
        desk.decide(id, false, reason, &account.name)?;
        return Ok(format!("refused {id}"));
    }
    let held = release::draft(&desk.views.read()?, id)?;
    let held = match held.filter(|held| held.stage == release::Stage::Approved) {
        // Approved before, and the node stopped between.
        Some(held) => held,
        None => desk.decide(id, true, "", &account.name)?,
    };
    let by = held.decision.as_ref().map_or(account.name.as_str(), |decision| decision.by.as_str());
    let asked = held::approved(desk, Some(couriers), &draft, by)?;
    desk.carried_out(&held)?;
    Ok(format!("approved and carried out: {} of {}", asked.stage(), asked.incident()))
}
