//! One row of the page: an endpoint, or a door past the guard.

use super::{
    escape::Html,
    kind::Kind,
    mark::{self, Mark},
    model::{Column, Fact, FactKind, Group, Row},
};
use std::fmt::{self, Write};

/// Whether a column begins its group.
pub(super) fn is_first(columns: &[Column], index: usize) -> bool {
    let group = |index: usize| columns.get(index).map(|column| column.group);
    index == 0 || group(index) != group(index - 1)
}

/// The row of an endpoint.
pub(super) fn endpoint(page: &mut String, row: &Row, columns: &[Column]) -> fmt::Result {
    let kinds: Vec<&str> = Kind::ALL.into_iter().filter(|kind| kind.holds(row)).map(Kind::id).collect();
    let public = if row.is_public { " class=\"public\"" } else { "" };
    let (method, path) = (row.method(), row.path());
    write!(page, "<tr{public} data-only=\"{}\" data-q=\"{}\">", kinds.join(" "), Html(searched(row)))?;
    write!(page, "<th scope=\"row\"><span class=\"method\">{}</span> <span class=\"path\">{}</span>", Html(method), Html(path))?;
    write!(page, "<span class=\"handler\">{}</span></th>", Html(&row.handler))?;
    for (index, (reach, column)) in row.cells.iter().zip(columns).enumerate() {
        let (mark, detail) = (Mark::of(reach), mark::detail(reach));
        let first = if is_first(columns, index) { " first" } else { "" };
        let anonymous = if column.group == Group::Anybody && index == 0 { " anonymous" } else { "" };
        let said = detail.as_deref().unwrap_or_else(|| mark.meaning());
        let title = format!("{}: {said}", column.name);
        write!(page, "<td class=\"cell {}{first}{anonymous}\" title=\"{}\">", mark.id(), Html(title))?;
        write!(
            page,
            "<svg aria-hidden=\"true\"><use href=\"#{}\"/></svg><span class=\"sr\">{}</span></td>",
            mark.id(),
            Html(said)
        )?;
    }
    page.push_str("<td class=\"most first\">");
    match row.rates.is_empty() {
        true => page.push_str("<div class=\"none\">any rate</div>"),
        false => row.rates.iter().try_for_each(|rate| write!(page, "<div>{}</div>", Html(rate)))?,
    }
    let bounds: Vec<&str> = row.body.iter().chain(&row.timeout).map(String::as_str).collect();
    write!(page, "<div>{}</div>", Html(bounds.join(", ")))?;
    write!(page, "</td><td class=\"also\"><span><code>{}</code></span> ", Html(&row.access))?;
    row.facts.iter().try_for_each(|fact| fact_line(page, fact))?;
    page.push_str("</td></tr>\n");
    Ok(())
}

/// The row of a router that was merged without policies.
pub(super) fn door(page: &mut String, prefix: &str, reason: &str, columns: &[Column]) -> fmt::Result {
    let path = if prefix.is_empty() { "/" } else { prefix };
    let searched = format!("{path} {reason} unsecured").to_lowercase();
    write!(page, "<tr data-only=\"door\" data-q=\"{}\">", Html(searched))?;
    write!(page, "<th scope=\"row\"><span class=\"method\">*</span> <span class=\"path\">{}</span>", Html(path))?;
    page.push_str("<span class=\"handler\">whatever was merged here, without policies</span></th>");
    for index in 0..columns.len() {
        let first = if is_first(columns, index) { " first" } else { "" };
        write!(page, "<td class=\"cell door{first}\"><svg aria-hidden=\"true\"><use href=\"#door\"/></svg>")?;
        page.push_str("<span class=\"sr\">past the guard</span></td>");
    }
    page.push_str("<td class=\"most first\"><div class=\"none\">any rate</div></td><td class=\"also\">");
    writeln!(page, "<span><span class=\"key door\">unsecured</span>{}</span></td></tr>", Html(reason))
}

fn fact_line(page: &mut String, fact: &Fact) -> fmt::Result {
    let text = Html(&fact.text);
    let class = if fact.kind == FactKind::Unvalidated { " unvalidated" } else { "" };
    match fact.kind {
        FactKind::When | FactKind::StepUp => {
            write!(page, "<span><span class=\"key\">{}</span><code>{text}</code></span> ", fact.kind)
        }
        _ => write!(page, "<span><span class=\"key{class}\">{}</span>{text}</span> ", fact.kind),
    }
}

/// What a search looks at, in lower case.
fn searched(row: &Row) -> String {
    let facts = row.facts.iter().map(|fact| format!("{} {}", fact.kind, fact.text));
    let words: Vec<String> = [row.method().to_owned(), row.path(), row.handler.clone(), row.access.clone()]
        .into_iter()
        .chain(row.rates.iter().chain(&row.body).chain(&row.timeout).cloned())
        .chain(facts)
        .collect();
    words.join(" ").to_lowercase()
}
