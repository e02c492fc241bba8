//! The help of every command as one document: generated, checked in, and compared by a test.

#[cfg(test)]
mod tests {
    use crate::command::Cli;
    use clap::CommandFactory as _;
    use std::fmt::Write as _;

    /// Where the document lies.
    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reference/cli.md");

    fn document() -> String {
        let mut text = String::from(
            "# The command line\n\nMade from the program: `WAYMARK_WRITE_REFERENCE=1 cargo test -p waymark reference` \
             writes it anew. What is typed counts before the environment, that before the settings file.\n",
        );
        let mut whole = Cli::command();
        whole.build();
        write!(text, "\n```text\n{}```\n", whole.render_help()).unwrap();
        for command in whole.get_subcommands_mut().filter(|command| command.get_name() != "help") {
            let name = command.get_name().to_owned();
            // The settings are the same everywhere: said once, above.
            let own = command.clone().mut_args(|arg| {
                let is_setting = arg.get_help_heading() == Some("Settings");
                arg.hide(is_setting)
            });
            let mut own = own.disable_help_flag(true);
            write!(text, "\n## waymark {name}\n\n```text\n{}```\n", own.render_long_help()).unwrap();
        }
        text.lines().flat_map(|line| [line.trim_end(), "\n"]).collect()
    }

    #[test]
    fn the_reference_says_what_the_program_says() {
        let document = document();
        if std::env::var_os("WAYMARK_WRITE_REFERENCE").is_some() {
            std::fs::write(FILE, &document).unwrap();
        }
        let kept = std::fs::read_to_string(FILE).unwrap_or_default();
        assert_eq!(
            kept, document,
            "docs/reference/cli.md is old: WAYMARK_WRITE_REFERENCE=1 cargo test -p waymark reference"
        );
    }
}
