//! RAISE.

use std::collections::BTreeSet;
use std::sync::Mutex;

use super::interpreter::Interpreter;
use crate::catalog::evaluate::shown;
use crate::catalog::failure::{Result, Stop};
use crate::catalog::rows::Value;
use crate::postgres::facts;
use crate::syntax::Version;
use crate::syntax::plpgsql::{Condition, Raise, RaiseLevel};
use crate::text::Span;

impl Interpreter<'_, '_, '_> {
    pub(super) fn raise(&mut self, raise: &Raise, span: Span) -> Result {
        if raise.message.is_none() && raise.condition.is_none() && raise.options.is_empty() {
            return Err(match &self.caught {
                Some(caught) => Stop::fails(caught.sqlstate, caught.message.clone(), span),
                None => Stop::fails("0Z002", "RAISE without parameters cannot be used outside an exception handler", span),
            });
        }
        let mut values = Vec::with_capacity(raise.arguments.len());
        for argument in &raise.arguments {
            values.push(self.evaluate(*argument)?);
        }
        let mut sqlstate = "P0001";
        let mut message = raise.message.map(|span| self.formatted(&super::string(self.code, span), &values));
        match raise.condition {
            Some(Condition::Name(name)) => {
                let name = self.name(name).to_ascii_lowercase();
                let Some(fact) = facts::condition(&name, self.run.world.target) else {
                    return Err(Stop::fails("42704", format!("unrecognized exception condition \"{name}\""), span));
                };
                sqlstate = fact.sqlstates().next().unwrap_or(sqlstate);
                message = message.or(Some(name));
            }
            Some(Condition::SqlState(state)) => {
                let state = super::string(self.code, state);
                sqlstate = interned(&state);
                message = message.or(Some(state));
            }
            None => {}
        }
        for (name, value) in &raise.options {
            let value = self.evaluate(*value)?;
            match (&*self.name(*name).to_ascii_lowercase(), value) {
                ("errcode", Value::Text(code)) => {
                    let named = facts::condition(&code.to_ascii_lowercase(), self.run.world.target);
                    sqlstate = named.and_then(|fact| fact.sqlstates().next()).unwrap_or_else(|| interned(&code));
                }
                ("errcode", _) if raise.level == RaiseLevel::Exception => {
                    return Err(Stop::unknown("which error is raised can't be told", span));
                }
                ("message", Value::Text(text)) => message = Some(text.to_string()),
                _ => {}
            }
        }
        match raise.level {
            RaiseLevel::Exception => Err(Stop::fails(sqlstate, message.unwrap_or_default(), span)),
            RaiseLevel::Debug | RaiseLevel::Log | RaiseLevel::Info | RaiseLevel::Notice | RaiseLevel::Warning => Ok(()),
        }
    }

    /// A format with each `%` filled in.
    fn formatted(&self, format: &str, values: &[Value]) -> String {
        let mut result = String::new();
        let mut values = values.iter();
        let mut chars = format.chars().peekable();
        while let Some(c) = chars.next() {
            if c != '%' {
                result.push(c);
            } else if chars.next_if_eq(&'%').is_some() {
                result.push('%');
            } else {
                let value = values.next().map(|value| match value {
                    Value::Null => "<NULL>".to_owned(),
                    value => shown(self.run, value).unwrap_or_else(|| "…".to_owned()),
                });
                result.push_str(&value.unwrap_or_default());
            }
        }
        result
    }
}

/// An SQLSTATE as one that lives as long as the program: of those that PostgreSQL does not know, each is kept once.
fn interned(code: &str) -> &'static str {
    static OWN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let known = facts::conditions(Version::NEWEST).flat_map(|fact| fact.sqlstates()).find(|known| *known == code);
    if let Some(known) = known {
        return known;
    }
    let Ok(mut own) = OWN.lock() else { return "P0001" };
    match own.get(code) {
        Some(found) => found,
        None => {
            let kept: &'static str = code.chars().take(5).collect::<String>().leak();
            own.insert(kept);
            kept
        }
    }
}
