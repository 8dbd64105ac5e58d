//! Run-time variables (manual, 20; 54.26 `pg_settings`), without those of extensions: a name with a `.` in it may be set even if nobody knows it.
//!
//! A server may know more: packagers and minor releases add some.

use crate::syntax::Version;

use super::table::{Fields, Row, Table, lines};
use super::versions::Versions;

/// A run-time variable.
#[derive(Debug, Clone)]
pub struct SettingFact {
    /// Its name; SET takes it in any case (`TimeZone`).
    pub name: &'static str,
    /// What its values are.
    pub kind: SettingKind,
    /// Who may change it.
    pub context: SettingContext,
    /// What a number without a unit counts.
    pub unit: Option<&'static str>,
    /// The least that it takes, in that unit; of variables that a session may change.
    pub least: Option<&'static str>,
    /// The greatest that it takes.
    pub greatest: Option<&'static str>,
    pub(super) more: &'static str,
    pub(super) values: &'static str,
    /// The versions that have it as it is here.
    pub versions: Versions,
}

impl SettingFact {
    /// The values of an enum that a session may change, those too that PostgreSQL takes but does not list. They are compared in lower case.
    pub fn values(&self) -> impl Iterator<Item = &'static str> + Clone + use<> {
        self.values.split(',').chain(self.more.split(',')).filter(|value| !value.is_empty())
    }
}

/// What the values of a variable are (`vartype`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingKind {
    /// `on` and `off`, and what else PostgreSQL reads as such.
    Bool,
    /// A whole number, perhaps with a unit.
    Integer,
    /// A number, perhaps with a unit.
    Real,
    /// One of a list.
    Enum,
    /// Any text, which is checked when it is set.
    String,
}

/// Who may change a variable, and when (`context`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingContext {
    /// Nobody: SET fails with 55P02.
    Internal,
    /// Only the start of the server: 55P02.
    Postmaster,
    /// Only the configuration files: 55P02.
    Sighup,
    /// Only the start of a session of a superuser's: 55P02.
    SuperuserBackend,
    /// Only the start of a session: 55P02.
    Backend,
    /// Superusers, and whom they granted it: 42501 for others.
    Superuser,
    /// Everybody.
    User,
}

impl SettingContext {
    /// Whether SET may change it at all.
    pub fn is_settable(self) -> bool {
        matches!(self, SettingContext::Superuser | SettingContext::User)
    }
}

/// The variable called `name`, in any case.
pub fn setting(name: &str, version: Version) -> Option<&'static SettingFact> {
    settings(version).find(|fact| fact.name.eq_ignore_ascii_case(name))
}

/// All variables.
pub fn settings(version: Version) -> impl Iterator<Item = &'static SettingFact> + Clone {
    SETTINGS.of(version)
}

pub(super) static SETTINGS: Table<SettingFact> = Table::new(include_str!("data/settings.txt"));

impl Row for SettingFact {
    fn read(source: &'static str) -> Vec<Self> {
        lines(source, read)
    }

    fn versions(&self) -> Versions {
        self.versions
    }
}

fn read(mut fields: Fields, versions: Versions) -> SettingFact {
    SettingFact {
        name: fields.word(),
        kind: match fields.word() {
            "bool" => SettingKind::Bool,
            "integer" => SettingKind::Integer,
            "real" => SettingKind::Real,
            "enum" => SettingKind::Enum,
            _ => SettingKind::String,
        },
        context: match fields.word() {
            "internal" => SettingContext::Internal,
            "postmaster" => SettingContext::Postmaster,
            "sighup" => SettingContext::Sighup,
            "superuser-backend" => SettingContext::SuperuserBackend,
            "backend" => SettingContext::Backend,
            "superuser" => SettingContext::Superuser,
            _ => SettingContext::User,
        },
        unit: fields.value("unit"),
        least: fields.value("min"),
        greatest: fields.value("max"),
        more: fields.value("more").unwrap_or_default(),
        // The last of the line: values have blanks in them.
        values: fields.0.strip_prefix("values=").unwrap_or_default(),
        versions,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_found() {
        let version = Version::new(15).unwrap();
        assert_eq!(setting("timezone", version).unwrap().kind, SettingKind::String);
        assert!(!setting("shared_buffers", version).unwrap().context.is_settable());
        assert!(setting("client_min_messages", version).unwrap().values().any(|value| value == "warning"));
        assert!(setting("client_min_messages", version).unwrap().values().any(|value| value == "debug"));
        let isolation: Vec<_> = setting("transaction_isolation", version).unwrap().values().collect();
        assert!(isolation.contains(&"repeatable read"));
        assert_eq!(setting("work_mem", version).unwrap().least, Some("64"));
        assert!(setting("role", version).is_some());
        assert!(setting("no_such_variable", version).is_none());
        assert!(setting("transaction_timeout", version).is_none());
        assert!(setting("transaction_timeout", Version::new(17).unwrap()).is_some());
    }
}
