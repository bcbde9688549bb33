//! What the nearest `security.toml` says of public endpoints.

use crate::{failure::Failure, workspace::Problem};
use portcullis_policy::{FileError, Roles, RuleBookFile};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

const FILE_NAME: &str = "security.toml";

/// What a rule book says, as far as it matters here.
#[derive(Clone, Debug)]
pub(crate) struct BookView {
    pub(crate) public: PublicList,
    /// Whether endpoints that say no rate get one.
    pub(crate) has_default_rate: bool,
}

/// Which endpoints may be public.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum PublicList {
    /// These.
    Listed(Vec<String>),
    /// Nothing says so.
    None,
    /// The file cannot be read.
    Unknown,
}

/// The rule books that were read, by folder.
#[derive(Debug, Default)]
pub(crate) struct RuleBooks {
    read: BTreeMap<PathBuf, BookView>,
    problems: Vec<Problem>,
}

impl RuleBooks {
    /// What governs a package: the nearest file, from its folder upwards, as `#[secure]` finds it.
    pub(crate) fn of(&mut self, folder: &Path) -> BookView {
        let Some(file) = folder.ancestors().map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file()) else {
            return BookView { public: PublicList::None, has_default_rate: false };
        };
        if let Some(view) = self.read.get(&file) {
            return view.clone();
        }
        let unknown = BookView { public: PublicList::Unknown, has_default_rate: true };
        let view = match fs::read_to_string(&file).map(|text| RuleBookFile::parse(&text)) {
            Ok(Ok(book)) => BookView::of(&book),
            Ok(Err(errors)) => {
                self.problems.extend(errors.iter().map(|error| problem(&file, error)));
                unknown
            }
            Err(error) => {
                let message = format!("cannot read the rule book: {error}");
                self.problems.push(Problem { path: file.clone(), line: 1, column: 1, message });
                unknown
            }
        };
        self.read.insert(file, view.clone());
        view
    }

    /// What is wrong with the files.
    pub(crate) fn into_problems(self) -> impl Iterator<Item = Problem> {
        self.problems.into_iter()
    }
}

fn problem(file: &Path, error: &FileError) -> Problem {
    Problem { path: file.to_owned(), line: error.line(), column: error.column(), message: error.message().to_owned() }
}

impl BookView {
    pub(crate) fn of(book: &RuleBookFile) -> Self {
        let public = match &book.require().public {
            Some((_, endpoints)) => PublicList::Listed(endpoints.clone()),
            None => PublicList::None,
        };
        Self { public, has_default_rate: !book.defaults().rates.is_empty() }
    }
}

/// The roles of the rule book that governs a package; none where there is none.
///
/// # Errors
/// What is wrong with the file.
pub(crate) fn roles_of(folder: &Path) -> Result<Roles, Failure> {
    let Some(file) = folder.ancestors().map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file()) else {
        return Ok(Roles::default());
    };
    let text = fs::read_to_string(&file).map_err(|error| Failure::of_file("read", &file, &error))?;
    match RuleBookFile::parse(&text) {
        Ok(book) => Ok(book.hierarchy().clone()),
        Err(errors) => Err(Failure::in_file(file.display(), &errors)),
    }
}
