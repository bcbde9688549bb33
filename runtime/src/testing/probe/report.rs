//! What the probe found: every disagreement between the manifest and the service, as a table for people, and all that it did not try.

use std::{collections::HashSet, fmt};

/// The most disagreements that are shown: where a stage is missing there are thousands, and the first say which.
const MOST_SHOWN: usize = 60;

/// What a [`probe`](super::probe) found. Shown, it is a table of what the service does otherwise than its manifest says.
#[derive(Clone, Debug, Default)]
#[must_use = "a probe fails no test by itself: `assert!(report.holds(), \"{report}\")`"]
pub struct Report {
    endpoints: usize,
    requests: usize,
    cases: usize,
    disagreements: Vec<Disagreement>,
    not_tried: Vec<NotTried>,
    seen: HashSet<Disagreement>,
}

/// One case in which the service does not do what its manifest says.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Disagreement {
    /// The endpoint, by its method and path pattern.
    pub endpoint: String,
    /// What was tried.
    pub case: String,
    /// What must become of it.
    pub expected: String,
    /// What did.
    pub found: String,
}

/// Something that the probe could not try.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct NotTried {
    /// The endpoint, by its method and path pattern.
    pub endpoint: String,
    /// What was not tried, and why.
    pub what: String,
}

impl Report {
    /// Whether the service does what its manifest says, in every case that was tried.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.disagreements.is_empty()
    }

    /// How many endpoints there were, each with each of its methods.
    #[must_use]
    pub fn endpoints(&self) -> usize {
        self.endpoints
    }

    /// How many requests were sent.
    #[must_use]
    pub fn requests(&self) -> usize {
        self.requests
    }

    /// How many cases were decided.
    #[must_use]
    pub fn cases(&self) -> usize {
        self.cases
    }

    /// Where the service and its manifest disagree, in the order of the manifest.
    #[must_use]
    pub fn disagreements(&self) -> &[Disagreement] {
        &self.disagreements
    }

    /// What was not tried.
    #[must_use]
    pub fn not_tried(&self) -> &[NotTried] {
        &self.not_tried
    }

    pub(super) fn count_endpoint(&mut self) {
        self.endpoints += 1;
    }

    pub(super) fn count_case(&mut self) {
        self.cases += 1;
    }

    pub(super) fn finish(mut self, requests: usize) -> Self {
        self.requests = requests;
        self.seen.clear();
        self
    }

    /// Adds a disagreement.
    pub(super) fn add(&mut self, endpoint: &str, case: &str, expected: impl Into<String>, found: impl Into<String>) {
        self.disagreements.push(row(endpoint, case, expected.into(), found.into()));
    }

    /// Adds a disagreement that every answer of the endpoint may show, once.
    pub(super) fn add_once(&mut self, endpoint: &str, case: &str, expected: impl Into<String>, found: impl Into<String>) {
        let (expected, found) = (expected.into(), found.into());
        if self.seen.insert(row(endpoint, "", expected.clone(), found.clone())) {
            self.add(endpoint, case, expected, found);
        }
    }

    pub(super) fn skip(&mut self, endpoint: &str, what: impl Into<String>) {
        let skipped = NotTried { endpoint: endpoint.to_owned(), what: what.into() };
        if !self.not_tried.contains(&skipped) {
            self.not_tried.push(skipped);
        }
    }
}

fn row(endpoint: &str, case: &str, expected: String, found: String) -> Disagreement {
    Disagreement { endpoint: endpoint.to_owned(), case: case.to_owned(), expected, found }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { endpoints, requests, cases, disagreements, not_tried, .. } = self;
        write!(f, "{endpoints} endpoints, {cases} cases, {requests} requests: ")?;
        match disagreements.len() {
            0 => f.write_str("the service does what its manifest says")?,
            1 => f.write_str("in 1 case the service does not do what its manifest says")?,
            many => write!(f, "in {many} cases the service does not do what its manifest says")?,
        }
        if !disagreements.is_empty() {
            let header = ["ENDPOINT", "CASE", "EXPECTED", "FOUND"].map(str::to_owned);
            let cells = |row: &Disagreement| [&row.endpoint, &row.case, &row.expected, &row.found].map(|cell| one_line(cell));
            let rows = disagreements.iter().take(MOST_SHOWN).map(cells);
            f.write_str("\n\n")?;
            table(f, &[header].into_iter().chain(rows).collect::<Vec<_>>())?;
            if let Some(more) = disagreements.len().checked_sub(MOST_SHOWN).filter(|more| *more > 0) {
                write!(f, "\n… and {more} more")?;
            }
        }
        if !not_tried.is_empty() {
            f.write_str("\n\nNot tried:\n")?;
            let cells = |skipped: &NotTried| [&skipped.endpoint, &skipped.what].map(|cell| one_line(cell));
            table(f, &not_tried.iter().map(cells).collect::<Vec<_>>())?;
        }
        Ok(())
    }
}

/// Text that cannot leave its cell.
fn one_line(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { '\u{fffd}' } else { character }).collect()
}

fn table<const COLUMNS: usize>(f: &mut fmt::Formatter<'_>, rows: &[[String; COLUMNS]]) -> fmt::Result {
    let mut widths = [0; COLUMNS];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    for (index, row) in rows.iter().enumerate() {
        let line: String = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}  ")).collect();
        let newline = if index == 0 { "" } else { "\n" };
        write!(f, "{newline}{}", line.trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Report;

    #[test]
    fn an_empty_report_holds_and_says_so() {
        let report = Report::default();
        assert!(report.holds());
        assert_eq!(report.to_string(), "0 endpoints, 0 cases, 0 requests: the service does what its manifest says");
    }

    #[test]
    fn disagreements_are_rows_of_an_aligned_table_and_what_was_not_tried_is_listed() {
        let mut report = Report::default();
        report.add("GET /a", "a caller without credentials", "401", "200\nfrom the handler");
        report.add_once("DELETE /users/{id}", "one call", "a", "b");
        report.add_once("DELETE /users/{id}", "another call", "a", "b");
        report.skip("GET /a", "the limit");
        report.skip("GET /a", "the limit");
        assert!(!report.holds());
        let expected = "\
0 endpoints, 0 cases, 7 requests: in 2 cases the service does not do what its manifest says

ENDPOINT            CASE                          EXPECTED  FOUND
GET /a              a caller without credentials  401       200\u{fffd}from the handler
DELETE /users/{id}  one call                      a         b

Not tried:
GET /a  the limit";
        assert_eq!(report.finish(7).to_string(), expected);
    }

    #[test]
    fn a_flood_of_disagreements_is_cut_and_counted() {
        let mut report = Report::default();
        (0..100).for_each(|case| report.add("GET /a", &case.to_string(), "x", "y"));
        assert!(report.to_string().ends_with("\n… and 40 more"));
        assert_eq!(report.disagreements().len(), 100);
    }
}
