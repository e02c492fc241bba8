//! The figures: a table for people, JSON for programs, and the growth from the smallest size to the largest.

use crate::load::Measured;
use serde::Serialize;
use std::io::Write as _;
use std::time::Duration;

/// One line of the table.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// Which engine.
    pub engine: &'static str,
    /// How many records.
    pub records: usize,
    /// What was measured.
    pub what: String,
    /// Answers in a second.
    pub per_second: f64,
    /// Half of the answers came within, in milliseconds.
    pub p50_ms: f64,
    /// 95 of 100.
    pub p95_ms: f64,
    /// 99 of 100.
    pub p99_ms: f64,
    /// Beside the raw figure of the same run: *plain* for pages, *commit* for submissions.
    pub ratio: Option<f64>,
    /// Answers that were none.
    pub unexpected: usize,
}

/// All figures of a run.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// The lines.
    pub lines: Vec<Line>,
    /// Other figures, by name.
    pub facts: Vec<(String, f64)>,
    /// First unexpected answers.
    pub faults: Vec<String>,
}

/// The engine of a database's address.
pub fn engine(url: &str) -> &'static str {
    if url.starts_with("sqlite") { "sqlite" } else { "postgres" }
}

impl Report {
    /// Notes how long loading took.
    pub fn loaded(&mut self, url: &str, size: usize, took: Duration) {
        self.fact(format!("{} {size}: load, seconds", engine(url)), took.as_secs_f64());
    }

    /// Notes a figure by name.
    pub fn fact(&mut self, name: String, value: f64) {
        let _ = writeln!(std::io::stderr(), "{name}: {value:.2}");
        self.facts.push((name, value));
    }

    /// Notes a measurement.
    pub fn line(&mut self, (url, records): (&str, usize), what: &str, measured: (&Measured, Option<f64>)) {
        let (measured, raw) = measured;
        let line = Line {
            engine: engine(url),
            records,
            what: what.to_owned(),
            per_second: measured.per_second(),
            p50_ms: measured.quantile_ms(0.5),
            p95_ms: measured.quantile_ms(0.95),
            p99_ms: measured.quantile_ms(0.99),
            ratio: raw.map(|raw| measured.per_second() / raw),
            unexpected: measured.unexpected,
        };
        let _ = writeln!(std::io::stderr(), "{}", row(&line));
        if let Some(fault) = &measured.first_unexpected {
            self.faults.push(format!("{what}: {fault}"));
        }
        self.lines.push(line);
    }

    /// Prints the table.
    ///
    /// # Errors
    /// Where the output is closed.
    pub fn print(&self) -> std::io::Result<()> {
        let mut out = std::io::stdout().lock();
        writeln!(
            out,
            "engine     records  what               per s     p50 ms   p95 ms   p99 ms   ratio  unexpected"
        )?;
        for line in &self.lines {
            writeln!(out, "{}", row(line))?;
        }
        for (name, value) in &self.facts {
            writeln!(out, "{name}: {value:.2}")?;
        }
        for growth in self.growth() {
            writeln!(out, "{growth}")?;
        }
        for fault in &self.faults {
            writeln!(out, "unexpected answer to {fault}")?;
        }
        Ok(())
    }

    /// How p95 grew from the smallest size to the largest.
    fn growth(&self) -> Vec<String> {
        let least = self.lines.iter().map(|line| line.records).min().unwrap_or_default();
        let most = self.lines.iter().map(|line| line.records).max().unwrap_or_default();
        let small = self.lines.iter().filter(|line| line.records == least && most > least);
        let grown = small.filter_map(|small| {
            let same =
                |line: &&Line| line.records == most && line.what == small.what && line.engine == small.engine;
            let ratio = self.lines.iter().find(same)?.p95_ms / small.p95_ms;
            Some(format!("{} {}: p95 at {most} is {ratio:.2} × that at {least}", small.engine, small.what))
        });
        grown.collect()
    }

    /// The figures as JSON.
    ///
    /// # Errors
    /// Never for finite figures.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self)
    }
}

fn row(line: &Line) -> String {
    let ratio = line.ratio.map_or_else(String::new, |ratio| format!("{ratio:.3}"));
    format!(
        "{:9} {:8}  {:16} {:8.0} {:9.2} {:8.2} {:8.2} {:>7} {:>6}",
        line.engine,
        line.records,
        line.what,
        line.per_second,
        line.p50_ms,
        line.p95_ms,
        line.p99_ms,
        ratio,
        line.unexpected
    )
}
