//! `entente exchange validate`: every finding with severity, position and clause; nothing is stored.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use formats::json::{Limits, ObjectStream, StreamError};
use formats::stix::{self, Severity};
use serde::Serialize;

use super::import::{files, open};
use crate::exit::Exit;
use crate::print::Output;

/// What to validate.
#[derive(Debug, Args)]
pub struct Validate {
    /// Files, folders of .json files, or `-` for standard input
    #[arg(required = true)]
    sources: Vec<PathBuf>,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Default, Serialize)]
struct Report {
    objects: u64,
    /// Objects that would be quarantined.
    refused: u64,
    /// At most the first ten thousand.
    findings: Vec<Found>,
}

#[derive(Debug, Serialize)]
struct Found {
    source: String,
    object: u64,
    severity: String,
    pointer: String,
    code: String,
    clause: String,
    message: String,
}

/// Findings kept for the answer.
const LISTED: usize = 10_000;

impl Validate {
    /// Validates everything; an error anywhere is a finding.
    pub fn run(self) -> Result<Exit> {
        let mut report = Report::default();
        for source in files(&self.sources)? {
            let mut stream = ObjectStream::new(open(&source)?, Limits::default());
            let name = source.display().to_string();
            while let Some(next) = stream.next_object() {
                report.objects += 1;
                match next {
                    Ok((_, object)) => report.inspect(&name, object),
                    Err(StreamError::Split(flaw)) => report.refuse(&name, flaw.to_string()),
                    Err(error) => {
                        report.refuse(&name, error.to_string());
                        break;
                    }
                }
            }
        }
        self.output.print(&report, text)?;
        Ok(if report.refused == 0 { Exit::Ok } else { Exit::Failed })
    }
}

impl Report {
    fn inspect(&mut self, source: &str, object: &[u8]) {
        let inspected = match stix::inspect(object, &Limits::default()) {
            Ok(inspected) => inspected,
            Err(unusable) => return self.refuse(source, unusable.to_string()),
        };
        self.refused += u64::from(inspected.is_quarantined());
        for finding in &inspected.findings {
            self.add(Found {
                source: source.to_owned(),
                object: self.objects,
                severity: severity(finding.severity).to_owned(),
                pointer: finding.pointer.clone(),
                code: finding.code.to_owned(),
                clause: finding.clause.to_owned(),
                message: finding.message.clone(),
            });
        }
    }

    fn refuse(&mut self, source: &str, message: String) {
        self.refused += 1;
        self.add(Found {
            source: source.to_owned(),
            object: self.objects,
            severity: severity(Severity::Error).to_owned(),
            pointer: String::new(),
            code: "unreadable".to_owned(),
            clause: String::new(),
            message,
        });
    }

    fn add(&mut self, found: Found) {
        if self.findings.len() < LISTED {
            self.findings.push(found);
        }
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

fn text(report: &Report) -> String {
    let mut text = String::new();
    for found in &report.findings {
        text.push_str(&format!(
            "{}, object {}{}: {}: {} ({}{}{})\n",
            found.source,
            found.object,
            found.pointer,
            found.severity,
            found.message,
            found.code,
            if found.clause.is_empty() { "" } else { ", " },
            found.clause
        ));
    }
    text + &format!("{} objects, {} would be refused", report.objects, report.refused)
}
