//! The matrix as one picture, for a document that takes no page.

use super::{
    escape::Html,
    mark::{self, Mark, SYMBOLS},
    model::{Matrix, Row},
};
use portcullis_policy::visible;
use std::fmt::{self, Write};

const STYLE: &str = include_str!("picture.css");

/// Lengths in user units; a character of the text is a little less wide than `CHARACTER`.
const CHARACTER: usize = 8;
const MARGIN: usize = 20;
const TITLE: usize = 44;
const ROW: usize = 26;
const COLUMN: usize = 34;
const LEGEND: usize = 40;

/// The picture.
pub(super) fn picture(matrix: &Matrix) -> String {
    let mut picture = String::new();
    // A string takes whatever is written to it.
    let _ = Plan::of(matrix).write(&mut picture, matrix);
    picture
}

/// Where things are.
struct Plan {
    /// Where the columns of callers begin.
    callers: usize,
    /// Where the limits begin.
    most: usize,
    /// Where the terms begin.
    terms: usize,
    width: usize,
    /// Where the rows begin.
    rows: usize,
    height: usize,
}

impl Plan {
    fn of(matrix: &Matrix) -> Self {
        let widest = |texts: &mut dyn Iterator<Item = String>| texts.map(|text| width(&text)).max().unwrap_or(0);
        let doors = || matrix.doors.iter();
        let names = matrix.rows.iter().map(name).chain(doors().map(|(prefix, _)| door_name(prefix)));
        let callers = MARGIN + widest(&mut names.into_iter()).max(12 * CHARACTER) + MARGIN;
        let most = callers + matrix.columns.len() * COLUMN + MARGIN;
        let terms = most + widest(&mut matrix.rows.iter().map(limits)) + MARGIN;
        let reasons = doors().map(|(_, reason)| door_terms(reason));
        let right = terms + widest(&mut matrix.rows.iter().map(facts).chain(reasons)) + MARGIN;
        let legend = MARGIN + legend_width();
        let rows = TITLE + widest(&mut matrix.columns.iter().map(|column| column.name.clone())) + MARGIN;
        let height = rows + (matrix.rows.len() + matrix.doors.len()) * ROW + LEGEND;
        Self { callers, most, terms, width: right.max(legend), rows, height }
    }

    fn write(&self, picture: &mut String, matrix: &Matrix) -> fmt::Result {
        let Self { width, height, .. } = self;
        let title = Html(&matrix.title);
        writeln!(
            picture,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
             role=\"img\" aria-label=\"{title}: who reaches what\">\n<style>{STYLE}</style>\n{SYMBOLS}\
             <rect class=\"sheet\" width=\"{width}\" height=\"{height}\"/>"
        )?;
        text(picture, MARGIN, MARGIN + 10, "title", &format!("{}: who reaches what", matrix.title))?;
        for (index, column) in matrix.columns.iter().enumerate() {
            let (x, y) = (self.callers + index * COLUMN + COLUMN / 2 + 5, self.rows - 8);
            writeln!(
                picture,
                "<text class=\"caller\" transform=\"translate({x} {y}) rotate(-90)\">{}</text>",
                Html(&column.name)
            )?;
        }
        let mut y = self.rows;
        for row in &matrix.rows {
            self.line(picture, y)?;
            text(picture, MARGIN, y + 17, "path", &name(row))?;
            for (index, (reach, column)) in row.cells.iter().zip(&matrix.columns).enumerate() {
                let mark = Mark::of(reach);
                let said = mark::detail(reach).unwrap_or_else(|| mark.meaning().to_owned());
                let class = if index == 0 && mark != Mark::No { "open" } else { mark.id() };
                self.mark(picture, index, y, mark.id(), class, &format!("{}: {said}", column.name))?;
            }
            text(picture, self.most, y + 17, "muted", &limits(row))?;
            text(picture, self.terms, y + 17, "terms", &facts(row))?;
            y += ROW;
        }
        for (prefix, reason) in &matrix.doors {
            self.line(picture, y)?;
            text(picture, MARGIN, y + 17, "path", &door_name(prefix))?;
            for index in 0..matrix.columns.len() {
                self.mark(picture, index, y, "door", "door", "past the guard")?;
            }
            text(picture, self.terms, y + 17, "door", &door_terms(reason))?;
            y += ROW;
        }
        self.line(picture, y)?;
        legend(picture, y + 12)?;
        picture.push_str("</svg>\n");
        Ok(())
    }

    fn line(&self, picture: &mut String, y: usize) -> fmt::Result {
        writeln!(picture, "<path class=\"line\" d=\"M{MARGIN} {y}H{}\"/>", self.width - MARGIN)
    }

    fn mark(&self, picture: &mut String, column: usize, y: usize, symbol: &str, class: &str, title: &str) -> fmt::Result {
        let x = self.callers + column * COLUMN + (COLUMN - 16) / 2;
        let title = Html(title);
        writeln!(picture, "<g class=\"{class}\"><title>{title}</title>{}</g>", Use { x, y: y + 5, symbol })
    }
}

struct Use<'a> {
    x: usize,
    y: usize,
    symbol: &'a str,
}

impl fmt::Display for Use<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<use href=\"#{}\" x=\"{}\" y=\"{}\" width=\"16\" height=\"16\"/>", self.symbol, self.x, self.y)
    }
}

fn text(picture: &mut String, x: usize, y: usize, class: &str, content: &str) -> fmt::Result {
    writeln!(picture, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", Html(content))
}

/// The marks with their meanings, side by side: the symbol, its class, and the words.
fn legend_entries() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let marks = Mark::ALL.into_iter().filter(|mark| *mark != Mark::Unknown).map(|mark| (mark.id(), mark.id(), mark.meaning()));
    marks.chain([("yes", "open", "without credentials"), ("door", "door", "past the guard")])
}

fn legend(picture: &mut String, y: usize) -> fmt::Result {
    let mut x = MARGIN;
    for (symbol, class, words) in legend_entries() {
        writeln!(picture, "<g class=\"{class}\">{}</g>", Use { x, y, symbol })?;
        text(picture, x + 22, y + 12, "muted", words)?;
        x += 22 + width(words) + MARGIN;
    }
    Ok(())
}

fn legend_width() -> usize {
    legend_entries().map(|(_, _, words)| 22 + width(words) + MARGIN).sum()
}

fn name(row: &Row) -> String {
    format!("{} {}", row.method(), row.path())
}

fn door_name(prefix: &str) -> String {
    format!("* {}", if prefix.is_empty() { "/" } else { prefix })
}

fn door_terms(reason: &str) -> String {
    format!("unsecured: {reason}")
}

fn limits(row: &Row) -> String {
    let most: Vec<&str> = row.rates.iter().chain(&row.body).chain(&row.timeout).map(String::as_str).collect();
    most.join(", ")
}

fn facts(row: &Row) -> String {
    let facts = row.facts.iter().map(|fact| format!("{} {}", fact.kind, fact.text));
    [row.access.clone()].into_iter().chain(facts).collect::<Vec<_>>().join(" · ")
}

/// How wide the text is, at most: characters from U+1100 on may take the room of two.
fn width(text: &str) -> usize {
    visible(text).chars().map(|character| if character < '\u{1100}' { CHARACTER } else { 2 * CHARACTER }).sum()
}
