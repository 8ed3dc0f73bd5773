//! `entente man`: the manual page, in roff, of the program and every command.

use anyhow::Result;
use clap::{Command, CommandFactory as _};
use clap_mangen::Man;

use crate::cli::Cli;
use crate::exit::Exit;
use crate::print;

/// Prints one page for the whole program, then the sections of its commands.
pub fn run() -> Result<Exit> {
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    describe(&command, &mut page)?;
    print::line(&String::from_utf8_lossy(&page))?;
    Ok(Exit::Ok)
}

fn describe(command: &Command, page: &mut Vec<u8>) -> Result<()> {
    for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
        let full = below.get_bin_name().unwrap_or(below.get_name()).to_owned();
        page.extend_from_slice(format!(".SH {}\n", full.to_uppercase()).as_bytes());
        let man = Man::new(below.clone());
        man.render_description_section(page)?;
        man.render_synopsis_section(page)?;
        man.render_options_section(page)?;
        describe(below, page)?;
    }
    Ok(())
}
