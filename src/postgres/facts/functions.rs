//! Functions, aggregates, window functions and procedures (manual, 53.39 `pg_proc`, 53.1 `pg_aggregate`).

use crate::syntax::tree::Volatility;

use super::table::{Fields, Keyed, Row};
use super::versions::Versions;

/// A function with one list of arguments.
#[derive(Debug, Clone)]
pub struct FunctionFact {
    /// Its name; with its schema if that is neither `pg_catalog` nor the one that its extension was put into.
    pub name: &'static str,
    /// Its arguments, those that are output too.
    pub arguments: &'static [ArgumentFact],
    /// The type of its value; `record` where several arguments are output. `None` if it has none.
    pub result: Option<&'static str>,
    /// Whether it returns a set.
    pub returns_set: bool,
    /// What it may depend on.
    pub volatility: Volatility,
    /// Whether NULL for an argument makes NULL of its value, without it being called.
    pub strict: bool,
    /// What sort of function it is.
    pub kind: FunctionKind,
    /// The versions that have it as it is here.
    pub versions: Versions,
}

impl FunctionFact {
    /// The arguments that a call gives.
    pub fn inputs(&self) -> impl Iterator<Item = &'static ArgumentFact> + Clone {
        self.arguments.iter().filter(|argument| argument.mode.is_input())
    }

    /// The columns of its value, where arguments say them: those that are OUT, INOUT or of RETURNS TABLE.
    pub fn outputs(&self) -> impl Iterator<Item = &'static ArgumentFact> + Clone {
        self.arguments.iter().filter(|argument| argument.mode.is_output())
    }

    /// The type of the elements of its last argument, if that is VARIADIC: `any` for `VARIADIC "any"`, an array type otherwise.
    pub fn variadic(&self) -> Option<&'static str> {
        self.inputs().last().filter(|argument| argument.mode == ArgumentMode::Variadic).map(|argument| argument.type_name)
    }
}

/// An argument of a function.
#[derive(Debug, Clone)]
pub struct ArgumentFact {
    /// Its name, by which a call may give it.
    pub name: Option<&'static str>,
    /// Its type.
    pub type_name: &'static str,
    /// Which way it goes.
    pub mode: ArgumentMode,
    /// Whether a call may leave it out.
    pub has_default: bool,
}

/// Which way an argument goes (`proargmodes`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgumentMode {
    /// Given by a call.
    In,
    /// A column of the value.
    Out,
    /// Both.
    InOut,
    /// The rest of what a call gives, as an array.
    Variadic,
    /// A column of RETURNS TABLE.
    Table,
}

impl ArgumentMode {
    /// Whether a call gives it.
    pub fn is_input(self) -> bool {
        !matches!(self, ArgumentMode::Out | ArgumentMode::Table)
    }

    /// Whether it is a column of the value.
    pub fn is_output(self) -> bool {
        matches!(self, ArgumentMode::Out | ArgumentMode::InOut | ArgumentMode::Table)
    }
}

/// What sort of function it is (`prokind`, `aggkind`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunctionKind {
    /// One that an expression calls.
    Plain,
    /// An aggregate.
    Aggregate,
    /// An aggregate called with WITHIN GROUP, and how many arguments stand before that.
    OrderedSet(u8),
    /// One of those for a row that is not there, and how many arguments stand before WITHIN GROUP.
    Hypothetical(u8),
    /// One that needs OVER.
    Window,
    /// One for CALL.
    Procedure,
}

impl Row for FunctionFact {
    fn read(source: &'static str) -> Vec<Self> {
        let mut arguments = Vec::new();
        let mut read: Vec<(FunctionFact, usize)> = Vec::new();
        for line in source.lines() {
            let (line, versions) = Versions::of_line(line);
            let (name, rest) = line.split_once('(').unwrap_or((line, ""));
            let (list, rest) = rest.split_once(')').unwrap_or((rest, ""));
            arguments.extend(list.split(',').filter(|argument| !argument.is_empty()).map(argument));
            read.push((function(name, Fields(rest.trim_start()), versions), arguments.len()));
        }
        // All arguments are one piece of memory, which lives as long as the facts: as long as the program.
        let arguments: &'static [ArgumentFact] = arguments.leak();
        let mut start = 0;
        let with_arguments = |(mut function, end): (FunctionFact, usize)| {
            function.arguments = &arguments[start..end];
            start = end;
            function
        };
        read.into_iter().map(with_arguments).collect()
    }

    fn versions(&self) -> Versions {
        self.versions
    }
}

impl Keyed for FunctionFact {
    fn key(&self) -> &'static str {
        self.name
    }
}

/// What stands behind the arguments.
fn function(name: &'static str, mut fields: Fields, versions: Versions) -> FunctionFact {
    let returns_set = fields.is_next("setof");
    let result = Some(fields.word()).filter(|result| *result != "-");
    let volatility = fields.word();
    let direct = |number: Option<&str>| number.and_then(|number| number.parse().ok());
    let kind = if let Some(number) = direct(fields.value("ordered-set")) {
        FunctionKind::OrderedSet(number)
    } else if let Some(number) = direct(fields.value("hypothetical")) {
        FunctionKind::Hypothetical(number)
    } else {
        match fields.word() {
            "aggregate" => FunctionKind::Aggregate,
            "window" => FunctionKind::Window,
            "procedure" => FunctionKind::Procedure,
            _ => FunctionKind::Plain,
        }
    };
    FunctionFact {
        name,
        arguments: &[],
        result,
        returns_set,
        volatility: match volatility.trim_end_matches('!') {
            "i" => Volatility::Immutable,
            "s" => Volatility::Stable,
            _ => Volatility::Volatile,
        },
        strict: volatility.ends_with('!'),
        kind,
        versions,
    }
}

fn argument(text: &'static str) -> ArgumentFact {
    let (mode, text) = match text.as_bytes().first() {
        Some(b'<') => (ArgumentMode::InOut, &text[2..]),
        Some(b'>') => (ArgumentMode::Out, &text[1..]),
        Some(b'*') => (ArgumentMode::Variadic, &text[1..]),
        Some(b'|') => (ArgumentMode::Table, &text[1..]),
        _ => (ArgumentMode::In, text),
    };
    let (text, has_default) = text.strip_suffix('=').map_or((text, false), |text| (text, true));
    let (name, type_name) = text.split_once(':').map_or((None, text), |(name, type_name)| (Some(name), type_name));
    ArgumentFact { name, type_name, mode, has_default }
}
