//! Which tables of the local store the nodes of a cluster share, and the statements that take a row out and put it in.
//! A row travels as a JSON array of its columns; bytes as hexadecimal digits.

/// A shared table.
pub(super) struct Table {
    pub name: &'static str,
    /// The columns of its key, then the others; those that begin with `#` hold bytes.
    key: &'static [&'static str],
    rest: &'static [&'static str],
    /// Which of its rows are shared, as a condition on the key.
    only: &'static str,
}

/// All of them.
pub(super) const TABLES: &[Table] = &[
    Table { name: "fact", key: &["name"], rest: &["value"], only: "name IN ('party', 'mac-key')" },
    Table { name: "account", key: &["name"], rest: &["phc", "role", "clearance", "active"], only: "1" },
    Table {
        name: "session",
        key: &["#digest"],
        rest: &["account", "form", "expires_us", "began_us", "seen_us", "proved_us", "browser", "address"],
        only: "1",
    },
    Table { name: "guest", key: &["account"], rest: &["host", "zone", "starts", "ends"], only: "1" },
    Table { name: "totp", key: &["account"], rest: &["#secret", "confirmed", "step"], only: "1" },
    Table { name: "recovery", key: &["account", "#digest"], rest: &[], only: "1" },
    Table {
        name: "api_token",
        key: &["#digest"],
        rest: &["account", "label", "scope", "created_us", "expires_us", "used_us"],
        only: "1",
    },
    Table {
        name: "passkey",
        key: &["id"],
        rest: &["account", "label", "key", "counter", "created_us", "used_us"],
        only: "1",
    },
    Table { name: "glass", key: &["account"], rest: &["reason", "from_us", "until_us"], only: "1" },
    Table { name: "token", key: &["consumer"], rest: &["#digest"], only: "1" },
    Table { name: "dispatched", key: &["peer", "class", "first"], rest: &["last", "at_us"], only: "1" },
    Table { name: "refused", key: &["peer", "position"], rest: &["reason", "at_us"], only: "1" },
    Table { name: "objected", key: &["peer", "position"], rest: &[], only: "1" },
    Table {
        name: "saved_search",
        key: &["account", "name"],
        rest: &["path", "at_us", "watched_us", "looked_us"],
        only: "1",
    },
    Table {
        name: "notice",
        key: &["account", "key"],
        rest: &[
            "reference",
            "kind",
            "en",
            "fr",
            "href",
            "tlp",
            "urgency",
            "due_us",
            "needs",
            "about",
            "at_us",
            "read_us",
        ],
        only: "1",
    },
    Table {
        name: "errand",
        key: &["account", "key", "way"],
        rest: &["state", "next_us", "tries", "first_us", "parcel", "said"],
        only: "1",
    },
    Table { name: "preference", key: &["account", "name"], rest: &["value"], only: "1" },
    Table { name: "cursor", key: &["name"], rest: &["value"], only: "name <> 'shared-place'" },
];

fn bare(column: &str) -> &str {
    column.trim_start_matches('#')
}

fn out(column: &str, of: &str) -> String {
    match column.strip_prefix('#') {
        Some(bytes) => format!("hex({of}{bytes})"),
        None => format!("{of}{column}"),
    }
}

fn array<'a>(columns: impl Iterator<Item = &'a &'static str>, of: &str) -> String {
    let columns: Vec<String> = columns.map(|column| out(column, of)).collect();
    format!("json_array({})", columns.join(", "))
}

impl Table {
    fn columns(&self) -> impl Iterator<Item = &'static &'static str> {
        self.key.iter().chain(self.rest)
    }

    /// Notes in the outbox what changes here, also by a command beside the running node. While changes of other nodes
    /// are applied, `applying` holds a row, which nobody outside that transaction sees.
    pub fn triggers(&self) -> String {
        let trigger = |event: &str, row: &str| {
            let (name, key) = (self.name, array(self.key.iter(), &format!("{row}.")));
            let only = self.only.replace("name ", &format!("{row}.name "));
            format!(
                "CREATE TRIGGER IF NOT EXISTS shared_{name}_{event} AFTER {event} ON {name}
                 WHEN NOT EXISTS (SELECT 1 FROM applying) AND {only}
                 BEGIN INSERT INTO outbox(tbl, key) VALUES('{name}', {key}); END;"
            )
        };
        [trigger("INSERT", "NEW"), trigger("UPDATE", "NEW"), trigger("DELETE", "OLD")].concat()
    }

    /// Notes nothing any more.
    pub fn no_triggers(&self) -> String {
        let name = self.name;
        ["INSERT", "UPDATE", "DELETE"]
            .map(|event| format!("DROP TRIGGER IF EXISTS shared_{name}_{event};"))
            .concat()
    }

    /// Notes every row in the outbox.
    pub fn offer(&self) -> String {
        let (name, key) = (self.name, array(self.key.iter(), ""));
        format!("INSERT INTO outbox(tbl, key) SELECT '{name}', {key} FROM {name} WHERE {}", self.only)
    }

    /// A row by its key.
    pub fn read(&self) -> String {
        let (name, key) = (self.name, array(self.key.iter(), ""));
        format!("SELECT {} FROM {name} WHERE {key} = ?1", array(self.columns(), ""))
    }

    /// Puts a row in.
    pub fn write(&self) -> String {
        let columns: Vec<&str> = self.columns().map(|column| bare(column)).collect();
        let values = self.columns().enumerate().map(|(index, column)| {
            let value = format!("json_extract(?1, '$[{index}]')");
            if column.starts_with('#') { format!("unhex({value})") } else { value }
        });
        let values: Vec<String> = values.collect();
        format!("INSERT OR REPLACE INTO {}({}) VALUES({})", self.name, columns.join(", "), values.join(", "))
    }

    /// Takes a row out.
    pub fn delete(&self) -> String {
        format!("DELETE FROM {} WHERE {} = ?1", self.name, array(self.key.iter(), ""))
    }
}
