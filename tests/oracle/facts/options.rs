//! Options: of `WITH (…)`, of definitions, of foreign data, of sequences.

use migration_lint::syntax::tree::{
    Clause, Generation, Ident, OwnedBy, SequenceOption, SequenceOptionKind, Setting, SettingValue, SettingVerb,
};

use super::Facts;
use super::words::{Words, list};

impl Facts<'_> {
    /// `option KEY=VALUE` each.
    pub fn options(&mut self, settings: &[Setting]) {
        self.each("option", settings.iter().map(|setting| self.words.setting(setting)).collect::<Vec<_>>());
    }

    /// The same of a clause that may be missing.
    pub fn optional_options(&mut self, clause: &Option<Clause<Vec<Setting>>>) {
        self.options(clause.as_ref().map_or(&[], |clause| &clause.value));
    }

    /// The same where `NONE` is no value.
    pub fn options_or_none(&mut self, settings: &[Setting]) {
        for setting in settings {
            let none = matches!(&setting.value, Some(SettingValue::Word(word)) if self.words.text[*word].eq_ignore_ascii_case("none"));
            let key = self.words.key(setting);
            self.say(if none { format!("option {key}") } else { format!("option {}", self.words.setting(setting)) });
        }
    }

    /// Options of VACUUM and its kin, where ANALYZE may be written as the British do.
    pub fn utility_options(&mut self, settings: &[Setting]) {
        for setting in settings {
            let line = format!("option {}", self.words.setting(setting));
            let british = setting.name.text(self.words.text).eq_ignore_ascii_case("analyse");
            self.say(if british { line.replacen("analyse", "analyze", 1) } else { line });
        }
    }

    /// `fdw-option KEY=VALUE` each.
    pub fn fdw_options(&mut self, settings: &[Setting]) {
        for setting in settings {
            let verb = match setting.verb {
                Some(SettingVerb::Add) => "add ",
                Some(SettingVerb::Set) => "set ",
                Some(SettingVerb::Drop) => "drop ",
                None => "",
            };
            self.say(format!("fdw-option {verb}{}", self.words.setting(setting)));
        }
    }

    /// `option KEY=VALUE` each, of a sequence.
    pub fn sequence_options(&mut self, options: &[SequenceOption]) {
        for option in options {
            let line = self.words.sequence_option(option);
            self.say(format!("option {line}"));
        }
    }
}

impl Words<'_> {
    /// `(k=v, …)`
    pub fn settings(self, settings: &[Setting]) -> String {
        list(settings.iter().map(|setting| self.setting(setting)))
    }

    /// `KEY[=VALUE]`
    pub fn setting(self, setting: &Setting) -> String {
        let key = self.key(setting);
        match &setting.value {
            Some(value) => format!("{key}={}", self.setting_value(value)),
            None => key,
        }
    }

    /// The name of an option, with its namespace; `CONNECTION LIMIT` is `connection_limit`.
    pub fn key(self, setting: &Setting) -> String {
        let parts = setting.namespace.into_iter().map(|namespace| self.ident(namespace));
        let words = self.tokens(setting.name.span);
        let name = match words.as_slice() {
            [one, two] if one.is_word() && two.is_word() => {
                format!("{}_{}", self.ident(Ident { span: one.span }), self.ident(Ident { span: two.span }))
            }
            _ => self.ident(setting.name),
        };
        parts.chain([name]).collect::<Vec<_>>().join(".")
    }

    fn setting_value(self, value: &SettingValue) -> String {
        match value {
            SettingValue::Type(ty) => self.type_name(ty),
            SettingValue::Word(span) => self.ident(Ident { span: *span }),
            SettingValue::Number(span) => self.number(*span),
            SettingValue::String(span) => self.string(*span),
            SettingValue::Operator(span) => self.operator(*span),
        }
    }

    /// `KEY[=VALUE]` of a sequence.
    pub fn sequence_option(self, option: &SequenceOption) -> String {
        match &option.kind {
            SequenceOptionKind::As(ty) => format!("as={}", self.type_name(ty)),
            SequenceOptionKind::Cache(number) => format!("cache={}", self.number(*number)),
            SequenceOptionKind::Cycle => "cycle=true".to_owned(),
            SequenceOptionKind::NoCycle => "cycle=false".to_owned(),
            SequenceOptionKind::Increment(number) => format!("increment={}", self.number(*number)),
            SequenceOptionKind::MinValue(number) => format!("minvalue={}", self.number(*number)),
            SequenceOptionKind::NoMinValue => "minvalue".to_owned(),
            SequenceOptionKind::MaxValue(number) => format!("maxvalue={}", self.number(*number)),
            SequenceOptionKind::NoMaxValue => "maxvalue".to_owned(),
            SequenceOptionKind::Start(number) => format!("start={}", self.number(*number)),
            SequenceOptionKind::Restart(Some(number)) => format!("restart={}", self.number(*number)),
            SequenceOptionKind::Restart(None) => "restart".to_owned(),
            SequenceOptionKind::OwnedBy(OwnedBy::None(_)) => "owned_by=none".to_owned(),
            SequenceOptionKind::OwnedBy(OwnedBy::Column(Some(table), column)) => {
                format!("owned_by={}.{}", self.name(*table), self.ident(*column))
            }
            SequenceOptionKind::OwnedBy(OwnedBy::Column(None, column)) => format!("owned_by={}", self.ident(*column)),
            SequenceOptionKind::SequenceName(name) => format!("sequence_name={}", self.name(*name)),
            SequenceOptionKind::Logged => "logged".to_owned(),
            SequenceOptionKind::Unlogged => "unlogged".to_owned(),
        }
    }
}

/// ALWAYS or BY DEFAULT.
pub const fn generation(generation: Generation) -> &'static str {
    match generation {
        Generation::Always => "always",
        Generation::ByDefault => "by-default",
    }
}
