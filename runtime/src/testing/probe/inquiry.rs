//! One run of the probe: endpoint by endpoint, case by case.
//! Every answer is compared with the verdict of the oracle, and looked at for what all answers must have.

use super::{
    answer::{Answer, expectation},
    checks,
    door::{Door, Way, doors},
    options::Options,
    oracle::{Credentials, Grant, Grants, Holder, cast},
    payload::{Payload, media_type},
    report::Report,
    service::{Ask, Service},
};
use crate::{
    guard::{Note, Outcome},
    security::Promises,
};
use http::Method;
use portcullis_policy::{Entry, Input, Manifest, Terms};
use std::collections::BTreeSet;

/// A run of the probe.
pub(super) struct Inquiry {
    pub(super) service: Service,
    pub(super) promises: Promises,
    pub(super) options: Options,
    pub(super) report: Report,
    /// Whether an endpoint was found with which the limit of failed authentications could be tried.
    pub(super) failures_tried: bool,
}

/// An endpoint by one of its methods, and a request that leads there.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) name: String,
    /// The name under which the probe is told of it.
    pub(super) told_as: String,
    pub(super) terms: Terms,
    pub(super) way: Way,
}

/// Somebody whom the endpoint admits.
#[derive(Clone, Debug)]
pub(super) struct Witness {
    /// `None` for nobody in particular, who has no credentials.
    pub(super) holder: Option<Holder>,
    /// Whether the witness came as far as the body of the request: past the arguments and the condition.
    pub(super) reaches_body: bool,
}

impl Target {
    /// What a body must be of, where one is read.
    pub(super) fn body_input(&self) -> Option<Input> {
        // A form that comes with GET is in the query.
        let in_query = |input: &Input| *input == Input::Form && matches!(self.way.method, Method::GET | Method::HEAD);
        self.terms.input.filter(|input| !in_query(input))
    }
}

impl Inquiry {
    /// Tries every endpoint of the manifest.
    pub(super) async fn run(mut self, manifest: &Manifest) -> Report {
        let mut known = BTreeSet::new();
        for entry in manifest.entries() {
            match entry {
                Entry::Endpoint { route, policy } => {
                    let doors = doors(route, manifest.entries(), &self.options);
                    known.extend(doors.iter().map(|door| door.told_as.clone()));
                    self.endpoint(doors, &Terms::from(*policy)).await;
                }
                Entry::Unsecured { reason, prefix } => {
                    self.report.skip(&format!("* {prefix}/…"), format!("unsecured routes: {reason}"));
                }
                _ => {}
            }
        }
        for (endpoint, problem) in self.options.unknown(&known) {
            self.report.add(&endpoint, "what the probe was told of it", "an endpoint of the manifest", problem);
        }
        let requests = self.service.requests();
        self.report.finish(requests)
    }

    /// Tries an endpoint: the callers by every door, all else by the first.
    async fn endpoint(&mut self, doors: Vec<Door>, terms: &Terms) {
        let mut is_first = true;
        for door in doors {
            self.report.count_endpoint();
            if !self.service.has_time() {
                self.report.skip(&door.name, "everything: the clock of the probe came to its end, after 484 years");
                continue;
            }
            let Some(target) = self.reach(door, terms).await else { continue };
            let witness = checks::access::check(self, &target, is_first).await;
            if is_first {
                checks::tokens::check(self, &target, &witness).await;
                checks::failures::check(self, &target, &witness).await;
                checks::step_up::check(self, &target, &witness).await;
                checks::body::check(self, &target, &witness).await;
                checks::media_type::check(self, &target, &witness).await;
                checks::limits::check(self, &target, &witness).await;
            }
            is_first = false;
        }
    }

    /// Finds a request that leads through the door, and of those one whose arguments fit.
    async fn reach(&mut self, door: Door, terms: &Terms) -> Option<Target> {
        let Door { name, told_as, ways, is_fallback } = door;
        let holder = self.somebody_admitted(terms);
        let mut second_best = None;
        let mut elsewhere = "no path of the manifest can lead there".to_owned();
        for way in ways {
            let target = Target { name: name.clone(), told_as: told_as.clone(), terms: terms.clone(), way };
            let credentials = holder.clone().map_or(Credentials::None, Credentials::Token);
            let ask = self.ask(&target, credentials);
            self.service.make_room(terms, &ask);
            let (_, answer) = self.service.send(terms, &ask).await;
            match &answer.note {
                Some(note) if note.endpoint == terms.handler && fits(note) => return Some(target),
                Some(note) if note.endpoint == terms.handler => {
                    second_best.get_or_insert(target);
                }
                Some(note) => elsewhere = format!("{} is answered by `{}`", target.way.uri, note.endpoint),
                None => elsewhere = format!("{} is answered {}", target.way.uri, answer.describe()),
            }
        }
        match second_best {
            None if is_fallback => self.report.skip(&name, format!("everything: {elsewhere}")),
            None => self.report.add(&name, "any request", format!("an answer of `{}`", terms.handler), elsewhere),
            Some(_) => {}
        }
        second_best
    }

    /// Somebody whom the endpoint admits, with as little as it takes, or somebody whom it does not; `None` where it is public.
    pub(super) fn somebody_admitted(&mut self, terms: &Terms) -> Option<Holder> {
        if terms.admission.is_public() {
            return None;
        }
        let declared = self.declared();
        let callers = cast(&terms.admission, self.service.oracle.hierarchy(), &declared).callers;
        let mut admitted =
            callers.into_iter().filter(|grants| self.service.oracle.admits(terms, grants)).collect::<Vec<Grants>>();
        admitted.sort_by_key(|grants| grants.0.len());
        let grants = admitted.into_iter().next().unwrap_or_default();
        Some(self.holder(grants))
    }

    /// Every role and every scope.
    pub(super) fn declared(&self) -> Vec<Grant> {
        let book = self.promises.rule_book;
        let roles = book.roles().iter().map(|role| Grant::Role(role.name().to_owned()));
        let scopes = book.scopes().iter().map(|scope| Grant::Scope(scope.name().to_owned()));
        roles.chain(scopes).collect()
    }

    /// Somebody new who holds these grants, and has just logged in with two factors.
    pub(super) fn holder(&mut self, grants: Grants) -> Holder {
        Holder { subject: self.service.fresh_subject(), grants, login_age: Some(0), two_factors: true }
    }

    /// A request from a new address. Its body, where one is read, is the one that the probe was given, or one that does not validate.
    pub(super) fn ask(&mut self, target: &Target, credentials: Credentials) -> Ask {
        let input = target.body_input();
        let (payload, media_type) = match (self.options.body(&target.told_as), input) {
            (Some(text), input) => (Payload::Text(text), Some(media_type(input.unwrap_or(Input::Json)))),
            (None, Some(input)) => (Payload::Filler(1), Some(media_type(input))),
            (None, None) => (Payload::None, None),
        };
        let Way { method, uri, .. } = target.way.clone();
        Ask { method, uri, address: self.service.fresh_address(), credentials, media_type, payload }
    }

    /// The same request by the witness, under another name unless the name is what lets it pass.
    pub(super) fn ask_as(&mut self, target: &Target, witness: &Witness) -> Ask {
        let credentials = witness.holder.clone().map_or(Credentials::None, Credentials::Token);
        self.ask(target, credentials)
    }

    /// Sends a request, and reports where the answer is not what the manifest says.
    pub(super) async fn try_case(&mut self, target: &Target, case: &str, ask: &Ask) -> Answer {
        let (verdict, answer) = self.service.send(&target.terms, ask).await;
        self.report.count_case();
        if answer.is(&verdict, target.terms.when.is_some()) {
            for (expected, found) in answer.faults(&verdict) {
                self.report.add(&target.name, case, expected, found);
            }
        } else {
            self.report.add(&target.name, case, expectation(&verdict), answer.describe());
        }
        checks::every_answer::check(self, target, case, &verdict, &answer);
        answer
    }
}

/// Whether the arguments that are taken from the path fit, as far as a note can tell.
fn fits(note: &Note) -> bool {
    use crate::Denial::{InvalidInput, Rejected};
    !matches!(note.outcome, Outcome::Rejected | Outcome::Denied(Rejected(_) | InvalidInput(_)))
}
