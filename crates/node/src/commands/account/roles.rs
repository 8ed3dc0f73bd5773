//! `entente account roles`: what each role may do, as the handlers ask it.

use anyhow::Result;
use desk::access::Permission;
use desk::local::Role;
use serde::Serialize;

use crate::exit::Exit;
use crate::print::{Output, line, table};

/// What stands above the table of docs/security/roles.md.
const INTRODUCTION: &str = "# Roles and permissions

What each role may do. Each permission has the name of what it permits and guards the routes of its room; a handler
without one does not compile, and `node/tests/it/access` asks every route as every role and compares the answers with
this page. **asks** says that it is asked again who is there, unless that was proved within the last 15 minutes. What
anybody sees besides is decided by marking and agreement, for every role alike. Written by
`entente account roles --markdown`.
";

#[derive(Debug, Serialize)]
struct Row {
    permission: &'static str,
    asks: bool,
    roles: Vec<&'static str>,
}

/// Prints the table.
pub fn print(markdown: bool, output: &Output) -> Result<Exit> {
    if markdown {
        return line(&page()).map(|()| Exit::Ok);
    }
    let rows: Vec<Row> = permissions().map(row).collect();
    output.print(&rows, |rows| {
        let mut lines = vec![vec!["PERMISSION".to_owned(), "ASKS".to_owned(), "ROLES".to_owned()]];
        lines.extend(rows.iter().map(|row| {
            let asks = if row.asks { "asks" } else { "" };
            vec![row.permission.to_owned(), asks.to_owned(), row.roles.join(" ")]
        }));
        table(&lines)
    })?;
    Ok(Exit::Ok)
}

fn permissions() -> impl Iterator<Item = Permission> {
    let rooms = [
        desk::access::PERMISSIONS,
        exchange::access::PERMISSIONS,
        notify::access::PERMISSIONS,
        accord::access::PERMISSIONS,
    ];
    rooms.into_iter().flatten().copied()
}

fn row(permission: Permission) -> Row {
    Row {
        permission: permission.name,
        asks: permission.sensitive,
        roles: permission.roles.iter().map(|role| role.name()).collect(),
    }
}

fn page() -> String {
    let mut text = format!("{INTRODUCTION}\n| permission | |");
    Role::ALL.iter().for_each(|role| text.push_str(&format!(" {} |", role.name())));
    text.push_str(&format!("\n|---|---|{}\n", ":-:|".repeat(Role::ALL.len())));
    for permission in permissions() {
        let asks = if permission.sensitive { "asks" } else { "" };
        text.push_str(&format!("| {} | {asks} |", permission.name));
        for role in Role::ALL {
            text.push_str(if permission.is_of(role) { " yes |" } else { " – |" });
        }
        text.push('\n');
    }
    text
}
