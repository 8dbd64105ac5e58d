//! What is said of a routine besides its arguments and result, in CREATE and ALTER (`compute_function_attributes`).

use std::sync::Arc;

use crate::catalog::apply::session::{expect_change, schemas};
use crate::catalog::failure::{Result, Stop};
use crate::catalog::model::{Routine, TypeUse};
use crate::catalog::object::{Class, Name};
use crate::catalog::run::Run;
use crate::catalog::{Oid, types};
use crate::postgres::facts;
use crate::syntax::literal;
use crate::syntax::tree::{
    self, FunctionBody, FunctionOption, FunctionOptionKind, ObjectKind, OnNull, Security, VariableChange, VariableSetting, Volatility,
    WordOrString,
};
use crate::text::Span;

use super::setting;

/// The options of one statement, each once.
#[derive(Default)]
pub(super) struct Attributes<'s> {
    pub(super) body: Option<(&'s FunctionBody, Span)>,
    pub(super) language: Option<(String, Span)>,
    pub(super) transforms: Option<&'s [tree::TypeName]>,
    window: bool,
    volatility: Option<Volatility>,
    strict: Option<bool>,
    security_definer: Option<bool>,
    leakproof: Option<bool>,
    parallel: Option<char>,
    cost: Option<Name>,
    pub(super) rows: Option<(Name, Span)>,
    support: Option<(Name, Option<Oid>)>,
    settings: Vec<&'s VariableSetting>,
}

/// Reads options, in the order in which PostgreSQL refuses them.
///
/// # Errors
/// 42601 for what is said twice, 42P13 for what a procedure can't have, 22023, 42704, 42883 for what does not mean anything.
pub(super) fn read<'s>(run: &mut Run<'_>, text: &str, options: &'s [FunctionOption], kind: ObjectKind) -> Result<Attributes<'s>> {
    for (at, option) in options.iter().enumerate() {
        if kind == ObjectKind::Procedure && !procedures_have(&option.kind) {
            return Err(Stop::fails("42P13", "invalid attribute in procedure definition", option.span));
        }
        let is_repeated = |other: &FunctionOption| word(&other.kind).is_some_and(|own| word(&option.kind) == Some(own));
        if options[..at].iter().any(is_repeated) {
            return Err(Stop::fails("42601", "conflicting or redundant options", option.span));
        }
    }
    let mut found = Attributes::default();
    for option in options {
        match &option.kind {
            FunctionOptionKind::Body(body) => found.body = Some((body, option.span)),
            FunctionOptionKind::Language(language) => found.language = Some((language_name(text, *language), option.span)),
            FunctionOptionKind::Transform(types) => found.transforms = Some(types),
            FunctionOptionKind::Window => found.window = true,
            FunctionOptionKind::Volatility(volatility) => found.volatility = Some(*volatility),
            FunctionOptionKind::OnNull(on_null) => found.strict = Some(*on_null == OnNull::ReturnsNull),
            FunctionOptionKind::Security(security) => found.security_definer = Some(*security == Security::Definer),
            FunctionOptionKind::Leakproof => found.leakproof = Some(true),
            FunctionOptionKind::NotLeakproof => found.leakproof = Some(false),
            FunctionOptionKind::Variable(variable) => {
                expect_change(run, text, &variable.change)?;
                found.settings.push(variable);
            }
            FunctionOptionKind::Parallel(_)
            | FunctionOptionKind::Cost(_)
            | FunctionOptionKind::Rows(_)
            | FunctionOptionKind::Support(_) => {}
        }
    }
    for option in options {
        if let FunctionOptionKind::Cost(span) = option.kind {
            found.cost = Some(positive(text, span, "COST")?);
        }
    }
    for option in options {
        if let FunctionOptionKind::Rows(span) = option.kind {
            found.rows = Some((positive(text, span, "ROWS")?, option.span));
        }
    }
    for option in options {
        if let FunctionOptionKind::Support(name) = option.kind {
            found.support = Some(support(run, text, name)?);
        }
    }
    for option in options {
        if let FunctionOptionKind::Parallel(word) = option.kind {
            found.parallel = Some(parallel(text, word)?);
        }
    }
    Ok(found)
}

/// What a procedure may say of itself.
const fn procedures_have(option: &FunctionOptionKind) -> bool {
    matches!(
        option,
        FunctionOptionKind::Body(_)
            | FunctionOptionKind::Language(_)
            | FunctionOptionKind::Transform(_)
            | FunctionOptionKind::Security(_)
            | FunctionOptionKind::Variable(_)
    )
}

/// What may be said once only; variables may be set one after the other.
const fn word(option: &FunctionOptionKind) -> Option<u8> {
    Some(match option {
        FunctionOptionKind::Body(FunctionBody::Text(_) | FunctionBody::Object { .. }) => 0,
        FunctionOptionKind::Language(_) => 1,
        FunctionOptionKind::Transform(_) => 2,
        FunctionOptionKind::Window => 3,
        FunctionOptionKind::Volatility(_) => 4,
        FunctionOptionKind::OnNull(_) => 5,
        FunctionOptionKind::Security(_) => 6,
        FunctionOptionKind::Leakproof | FunctionOptionKind::NotLeakproof => 7,
        FunctionOptionKind::Parallel(_) => 8,
        FunctionOptionKind::Cost(_) => 9,
        FunctionOptionKind::Rows(_) => 10,
        FunctionOptionKind::Support(_) => 11,
        FunctionOptionKind::Body(_) => 12,
        FunctionOptionKind::Variable(_) => return None,
    })
}

/// A language's name: one in quotes is not folded to lower case.
fn language_name(text: &str, language: WordOrString) -> String {
    match language {
        WordOrString::Word(word) => word.value(text).into_owned(),
        WordOrString::String(string) => literal::value(text, string).into_owned(),
    }
}

fn positive(text: &str, span: Span, what: &str) -> Result<Name> {
    let written = text[span].replace(char::is_whitespace, "");
    let number: f64 = written.replace('_', "").parse().map_err(|_| Stop::unknown("a number is not written in digits", span))?;
    if number <= 0.0 {
        return Err(Stop::fails("22023", format!("{what} must be positive"), span));
    }
    Ok(number.to_string().into())
}

fn parallel(text: &str, word: tree::Ident) -> Result<char> {
    match word.value(text).as_ref() {
        "safe" => Ok('s'),
        "unsafe" => Ok('u'),
        "restricted" => Ok('r'),
        _ => Err(Stop::fails("42601", "parameter \"parallel\" must be SAFE, RESTRICTED, or UNSAFE", word.span)),
    }
}

/// The function that helps the planner, and what it is called.
fn support(run: &mut Run<'_>, text: &str, name: tree::Name) -> Result<(Name, Option<Oid>)> {
    let object = name.object.value(text);
    let shown: Name = name.display(text).into();
    if let Some(found) = run.find(Class::Routine, text, name)? {
        return Ok((shown, Some(found)));
    }
    if facts::system().knows_function(&object) || run.may_assume(Class::Routine, &object) {
        return Ok((shown, None));
    }
    Err(Stop::fails("42883", format!("function {shown}(internal) does not exist"), name.span()))
}

impl Attributes<'_> {
    /// The types of TRANSFORM FOR TYPE.
    pub(super) fn transform_types(&self, run: &mut Run<'_>, text: &str) -> Result<Vec<TypeUse>> {
        self.transforms.unwrap_or_default().iter().map(|ty| types::type_use(run, text, ty).map(|ty| ty.bare())).collect()
    }

    /// The support function, if it is an object of the catalog.
    pub(super) fn support_function(&self) -> Option<Oid> {
        self.support.as_ref().and_then(|(_, oid)| *oid)
    }

    /// The `search_path` that the routine sets for itself; none inside if it can't be told.
    pub(super) fn search_path(&self, text: &str) -> Option<Option<Arc<[Name]>>> {
        self.settings.iter().rev().find_map(|variable| match &variable.change {
            VariableChange::Values(name, values) if name.value(text) == "search_path" => Some(schemas(text, values)),
            _ => None,
        })
    }

    /// Changes what is said of a routine.
    pub(super) fn write(&self, run: &Run<'_>, text: &str, routine: &mut Routine) {
        routine.window |= self.window;
        routine.volatility = self.volatility.unwrap_or(routine.volatility);
        routine.strict = self.strict.unwrap_or(routine.strict);
        routine.security_definer = self.security_definer.unwrap_or(routine.security_definer);
        routine.leakproof = self.leakproof.unwrap_or(routine.leakproof);
        routine.parallel = self.parallel.unwrap_or(routine.parallel);
        if let Some(cost) = &self.cost {
            let default = if matches!(&*routine.language, "internal" | "c") { "1" } else { "100" };
            routine.cost = (&**cost != default).then(|| Name::clone(cost));
        }
        if let Some((rows, _)) = &self.rows {
            routine.rows = (&**rows != "1000").then(|| Name::clone(rows));
        }
        if let Some((support, _)) = &self.support {
            routine.support = Some(Name::clone(support));
        }
        for variable in &self.settings {
            setting::write(run, text, variable, &mut routine.settings);
        }
    }
}
