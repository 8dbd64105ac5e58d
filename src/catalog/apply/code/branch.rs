//! Branches of which it can't be told which is taken.

use super::interpreter::{Flow, Interpreter};
use crate::catalog::difference::differences;
use crate::catalog::evaluate::{Variables, either};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::replay::deed::{self, Deeds};
use crate::catalog::rows::Value;
use crate::catalog::run::Run;
use crate::syntax::plpgsql::Statement;
use crate::text::Span;

/// What a branch comes to.
struct End<'w> {
    result: Result<Flow>,
    run: Run<'w>,
    variables: Variables,
    returned: Option<Value>,
}

impl<'w, 'b> Interpreter<'_, 'w, 'b> {
    /// Runs one of several branches, whichever: if there is more than one, all must come to the same.
    pub(super) fn one_of(&mut self, branches: &[&'b [Statement]], doubt: Span) -> Result<Flow> {
        let [first, rest @ ..] = branches else { return Ok(Flow::Next) };
        if rest.is_empty() {
            return self.statements(first);
        }
        let before = (self.run.clone(), self.variables.clone(), self.returned.clone());
        let mut ends = Vec::with_capacity(branches.len());
        for branch in branches {
            self.run.deeds.iter_mut().for_each(Deeds::begin_untold);
            let result = self.statements(branch);
            deed::end_untold(self.run);
            let mut run = std::mem::replace(self.run, before.0.clone());
            // Whichever is taken, each may be.
            self.run.deeds = run.deeds.take();
            let variables = std::mem::replace(&mut self.variables, before.1.clone());
            let returned = std::mem::replace(&mut self.returned, before.2.clone());
            if let Err(Stop::Unknown(_)) = result {
                return result;
            }
            ends.push(End { result, run, variables, returned });
        }
        let undecided = || Stop::unknown("whether this holds can't be told", doubt);
        let mut ends = ends.into_iter();
        let Some(mut kept) = ends.next() else { return Ok(Flow::Next) };
        for end in ends {
            match (&kept.result, &end.result) {
                (Err(Stop::Fails(one)), Err(Stop::Fails(other))) if one.sqlstate == other.sqlstate => continue,
                (Ok(one), Ok(other)) if one == other => {}
                _ => return Err(undecided()),
            }
            if !same_database(&kept.run, &end.run) {
                return Err(undecided());
            }
            kept.variables.blur(&end.variables);
            if kept.returned != end.returned {
                kept.returned = Some(kept.returned.zip(end.returned).map_or(Value::Unknown, |(one, other)| either(&one, &other)));
            }
        }
        let (budget, deeds) = (kept.run.budget, self.run.deeds.take());
        *self.run = kept.run;
        (self.run.budget, self.run.deeds) = (budget, deeds);
        self.variables = kept.variables;
        self.returned = kept.returned;
        kept.result
    }
}

/// Whether two runs have come to the same database and session.
pub(in crate::catalog) fn same_database(one: &Run<'_>, other: &Run<'_>) -> bool {
    one.session.settings == other.session.settings
        && one.session.settings_after == other.session.settings_after
        && one.catalog.rows == other.catalog.rows
        && differences(&one.catalog, &other.catalog).is_empty()
}
