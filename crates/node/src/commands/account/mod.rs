//! `entente account`: accounts of the console.

mod roles;

use anyhow::{Result, bail};
use clap::Subcommand;
use desk::local::{Account as Person, Local, Role};
use model::Tlp;
use serde::Serialize;

use super::init;
use crate::config::Config;
use crate::exit::Exit;
use crate::folder;
use crate::print::{Output, table};

/// What to do with accounts. Works while the node runs.
#[derive(Debug, Subcommand)]
pub enum Account {
    /// Make an account, or set its password, role and clearance anew
    Add {
        /// 1 to 64 characters from a-z, 0-9, `.`, `_` and `-`
        name: String,
        /// Such as officer or analyst; `entente account roles` says what each may do
        #[arg(long, default_value = "analyst", value_parser = role)]
        role: Role,
        /// The narrowest marking the person is cleared for, such as amber
        #[arg(long, default_value = "amber")]
        clearance: Tlp,
        /// Read the password from this file, `-` for standard input; without it one is made and printed once
        #[arg(long, value_name = "FILE")]
        password_file: Option<String>,
        #[command(flatten)]
        output: Output,
    },
    /// Close an account and every session of it
    Close {
        /// The account
        name: String,
    },
    /// List the accounts
    List {
        #[command(flatten)]
        output: Output,
    },
    /// Print what each role may do; without a node
    Roles {
        /// As the page docs/security/roles.md
        #[arg(long)]
        markdown: bool,
        #[command(flatten)]
        output: Output,
    },
    /// Begin an account anew for somebody who lost password or telephone: a new password, printed once, no second factor
    Reset {
        /// The account
        name: String,
        #[command(flatten)]
        output: Output,
    },
}

/// Reads a role.
pub fn role(text: &str) -> Result<Role, String> {
    let names = || Role::ALL.map(Role::name).join(", ");
    Role::of(text).ok_or_else(|| format!("expected one of {}", names()))
}

#[derive(Debug, Serialize)]
struct Row {
    name: String,
    role: &'static str,
    clearance: Tlp,
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<String>,
}

impl Row {
    fn of(person: Person, password: Option<String>) -> Self {
        Self { name: person.name, role: person.role.name(), clearance: person.clearance, password }
    }
}

impl Account {
    /// Does it.
    pub fn run(self, config: impl Fn() -> Result<Config>) -> Result<Exit> {
        if let Account::Roles { markdown, output } = self {
            return roles::print(markdown, &output);
        }
        let local = Local::open(&folder::must_exist(&config()?)?.join("local.db"))?;
        match self {
            Account::Add { name, role, clearance, password_file, output } => {
                let given = password_file.as_deref().map(init::read_password).transpose()?;
                let password = given.clone().unwrap_or_else(init::generate);
                let person = Person { name, role, clearance };
                local.set_account(&person, &password)?;
                let row = Row::of(person, given.is_none().then_some(password));
                output.print(&row, made)?;
            }
            Account::Roles { .. } => {} // printed above, for it needs no node
            Account::Reset { name, output } => {
                let Some(person) = local.account(&name) else {
                    bail!("there is no open account {name:?}; see `entente account list`");
                };
                let password = init::generate();
                local.reset_account(&person, &password)?;
                output.print(&Row::of(person, Some(password)), made)?;
            }
            Account::Close { name } => {
                if !local.close_account(&name)? {
                    bail!("there is no open account {name:?}; see `entente account list`");
                }
            }
            Account::List { output } => {
                let rows: Vec<Row> =
                    local.accounts()?.into_iter().map(|person| Row::of(person, None)).collect();
                output.print(&rows, |rows| shown(rows))?;
            }
        }
        Ok(Exit::Ok)
    }
}

fn made(row: &Row) -> String {
    match &row.password {
        Some(password) => format!("account {}, password {password}  (shown this once)", row.name),
        None => format!("account {}", row.name),
    }
}

fn shown(rows: &[Row]) -> String {
    let mut lines = vec![vec!["NAME".to_owned(), "ROLE".to_owned(), "CLEARANCE".to_owned()]];
    lines.extend(
        rows.iter().map(|row| vec![row.name.clone(), row.role.to_owned(), row.clearance.to_string()]),
    );
    table(&lines)
}
