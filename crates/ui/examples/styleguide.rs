//! Writes the style guide in both languages and every theme, with its assets, into a folder to look at:
//! `cargo run -p ui --example styleguide -- <folder>`.

use std::path::PathBuf;
use std::{env, fs, io};

use ui::{Locale, Theme, assets, styleguide};

fn main() -> io::Result<()> {
    let folder =
        PathBuf::from(env::args().nth(1).ok_or_else(|| io::Error::other("name a folder to write to"))?);
    fs::create_dir_all(folder.join("assets"))?;
    for asset in assets::all() {
        fs::write(folder.join(asset.path.trim_start_matches('/')), asset.bytes)?;
    }
    for locale in Locale::ALL {
        for theme in Theme::ALL {
            // Opened from disk, a page finds its assets beside it.
            let page = styleguide::page(locale, theme).into_string().replace("\"/assets/", "\"assets/");
            fs::write(folder.join(format!("styleguide-{}-{}.html", locale.code(), theme.code())), page)?;
        }
    }
    Ok(())
}
