//! The matrix as one page that needs nothing from anywhere: a table that is whole without scripts, and a script that hides rows.
//! Nothing of the lock gets into the page but through [`Html`], and the page's own policy forbids what is not its own.

use super::{
    escape::Html,
    html_row,
    kind::Kind,
    mark::{Mark, SYMBOLS},
    model::{Column, Group, Matrix},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use std::fmt::{self, Write};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page.
pub(super) fn page(matrix: &Matrix) -> String {
    let mut page = String::new();
    // A string takes whatever is written to it.
    let _ = write_page(&mut page, matrix);
    page
}

fn write_page(page: &mut String, matrix: &Matrix) -> fmt::Result {
    let title = Html(&matrix.title);
    let (style, script) = (source_of(STYLE), source_of(SCRIPT));
    write!(
        page,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{style}'; script-src '{script}'; \
         base-uri 'none'; form-action 'none'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}: who reaches what</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n\
         <svg class=\"symbols\" aria-hidden=\"true\" width=\"0\" height=\"0\">\n{SYMBOLS}</svg>\n<header>\n<h1>{title}<small>who reaches what</small></h1>\n"
    )?;
    tiles(page, matrix)?;
    controls(page, matrix)?;
    legend(page)?;
    page.push_str("</header>\n<div class=\"region\" role=\"region\" aria-label=\"The matrix\" tabindex=\"0\">\n<table>\n");
    page.push_str("<caption class=\"sr\">Which callers reach which endpoints, and under which limits</caption>\n");
    head(page, matrix)?;
    page.push_str("<tbody>\n");
    for row in &matrix.rows {
        html_row::endpoint(page, row, &matrix.columns)?;
    }
    for (prefix, reason) in &matrix.doors {
        html_row::door(page, prefix, reason, &matrix.columns)?;
    }
    page.push_str("</tbody>\n");
    foot(page, matrix)?;
    writeln!(
        page,
        "</table>\n</div>\n<footer>Made from security.lock by cargo-portcullis {}.</footer>\n<script>{SCRIPT}</script>\n</body>\n</html>",
        env!("CARGO_PKG_VERSION")
    )
}

/// How a policy of the page names one of its scripts and styles.
fn source_of(content: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(content)))
}

/// The counts that a reviewer looks at first; each filters the table.
fn tiles(page: &mut String, matrix: &Matrix) -> fmt::Result {
    page.push_str("<ul class=\"tiles\">\n");
    writeln!(page, "<li><a href=\"#\" data-only=\"\"><b>{}</b> endpoints</a></li>", matrix.rows.len())?;
    for kind in Kind::ALL {
        let count = kind.count(matrix);
        let class = match kind {
            Kind::Public if count > 0 => " class=\"open\"",
            Kind::Door | Kind::Unvalidated if count > 0 => " class=\"danger\"",
            _ => "",
        };
        writeln!(
            page,
            "<li{class}><a href=\"#only={0}\" data-only=\"{0}\"><b>{count}</b> {1}</a></li>",
            kind.id(),
            kind.words()
        )?;
    }
    page.push_str("</ul>\n");
    Ok(())
}

fn controls(page: &mut String, matrix: &Matrix) -> fmt::Result {
    page.push_str(
        "<form role=\"search\" hidden>\n<label>Search <input name=\"q\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\" \
         placeholder=\"path, handler, role, condition  ( / )\"></label>\n<label>Reached by <select name=\"who\"><option value=\"\">anybody or nobody</option>\n",
    );
    for column in &matrix.columns {
        writeln!(page, "<option value=\"{}\">{}</option>", Html(column_id(column)), Html(&column.name))?;
    }
    page.push_str("</select></label>\n<label>Only <select name=\"only\"><option value=\"\">all</option>\n");
    for kind in Kind::ALL {
        writeln!(page, "<option value=\"{}\">{}</option>", kind.id(), kind.words())?;
    }
    page.push_str("</select></label>\n<button type=\"reset\">Show all</button>\n");
    page.push_str("<p class=\"state\" role=\"status\"></p>\n</form>\n");
    Ok(())
}

fn legend(page: &mut String) -> fmt::Result {
    page.push_str("<ul class=\"legend\" aria-label=\"Legend\">\n");
    for mark in Mark::ALL.into_iter().filter(|mark| *mark != Mark::Unknown) {
        writeln!(page, "<li class=\"{0}\"><svg class=\"{0}\"><use href=\"#{0}\"/></svg>{1}</li>", mark.id(), mark.meaning())?;
    }
    page.push_str("<li><svg class=\"anonymous\"><use href=\"#yes\"/></svg>without credentials</li>\n");
    page.push_str("<li><svg class=\"door\"><use href=\"#door\"/></svg>past the guard</li>\n</ul>\n");
    Ok(())
}

fn head(page: &mut String, matrix: &Matrix) -> fmt::Result {
    page.push_str("<thead>\n<tr><th class=\"corner\" rowspan=\"2\" scope=\"col\">Endpoint</th>");
    for group in Group::ALL.into_iter().filter(|group| matrix.width(*group) > 0) {
        write!(page, "<th class=\"group first\" colspan=\"{}\" scope=\"colgroup\">{group}</th>", matrix.width(group))?;
    }
    page.push_str(
        "<th class=\"first\" rowspan=\"2\" scope=\"col\">At most</th><th rowspan=\"2\" scope=\"col\">Terms</th></tr>\n<tr>",
    );
    for (index, column) in matrix.columns.iter().enumerate() {
        let first = if html_row::is_first(&matrix.columns, index) { " first" } else { "" };
        let (id, meaning, name) = (column_id(column), Html(&column.meaning), Html(&column.name));
        write!(
            page,
            "<th class=\"caller{first}\" scope=\"col\" data-caller=\"{}\" title=\"{meaning}\"><span>{name}</span></th>",
            Html(id)
        )?;
    }
    page.push_str("</tr>\n</thead>\n");
    Ok(())
}

fn foot(page: &mut String, matrix: &Matrix) -> fmt::Result {
    write!(page, "<tfoot>\n<tr><th scope=\"row\">reached, of all {} endpoints</th>", matrix.rows.len())?;
    for index in 0..matrix.columns.len() {
        let first = if html_row::is_first(&matrix.columns, index) { " first" } else { "" };
        write!(page, "<td class=\"cell{first}\">{}</td>", matrix.reached(index))?;
    }
    page.push_str("<td class=\"first\"></td><td></td></tr>\n</tfoot>\n");
    Ok(())
}

/// What the address calls a column.
fn column_id(column: &Column) -> String {
    match column.group {
        Group::Anybody => column.name.clone(),
        Group::Role => format!("role:{}", column.name),
        Group::Scope => format!("scope:{}", column.name),
    }
}
