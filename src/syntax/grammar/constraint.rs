//! Table constraints, and what they share with the constraints of columns and domains.
//!
//! Behind a constraint PostgreSQL reads any attribute, and then refuses those that its kind can't have; so each kind has its list here.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{
    Action, Attribute, AttributeKind, Attributes, Clause, ColumnConstraint, ColumnConstraintKind, ConstraintIndex, Exclude, ExcludeElement,
    Expr, ForeignKey, Ident, Key, Match, Nulls, References, ReferentialAction, TableConstraint, TableConstraintKind,
};
use crate::text::Span;

use super::parser::{Parse, Parser};
use super::{expression, index, name, settings, storage};

/// Whether a table constraint comes next, and not a column: EXCLUDE may also name one.
pub(super) fn at_table_constraint(p: &Parser) -> bool {
    use Keyword::*;
    match p.kind() {
        TokenKind::Keyword(Exclude) => matches!(p.nth(1), TokenKind::LeftParen | TokenKind::Keyword(Using)),
        TokenKind::Keyword(keyword) => matches!(keyword, Constraint | Check | Unique | Primary | Foreign | Not),
        _ => false,
    }
}

/// A constraint of a table (TableConstraint).
pub(super) fn table_constraint(p: &mut Parser) -> Parse<TableConstraint> {
    let start = p.start();
    let name = constraint_name(p)?;
    let element = p.start();
    let TokenKind::Keyword(keyword) = p.kind() else {
        return Err(no_constraint(p));
    };
    let (kind, allowed) = match keyword {
        Keyword::Check => (TableConstraintKind::Check(check(p)?), CHECK),
        Keyword::Not => {
            p.expect_kws(&[Keyword::Not, Keyword::Null])?;
            let column = name::column_name(p, "a column name")?;
            p.need(18, p.since(element), "`NOT NULL` as a constraint of a table");
            (TableConstraintKind::NotNull(column), NOT_NULL)
        }
        Keyword::Unique => (unique(p)?, KEY),
        Keyword::Primary => (primary_key(p)?, KEY),
        Keyword::Exclude => (TableConstraintKind::Exclude(Box::new(exclude(p)?)), KEY),
        Keyword::Foreign => (TableConstraintKind::ForeignKey(Box::new(foreign_key(p)?)), FOREIGN_KEY),
        _ => return Err(no_constraint(p)),
    };
    let attributes = attributes(p, allowed)?;
    Ok(TableConstraint { span: p.since(start), name, kind, attributes })
}

/// A constraint that ALTER DOMAIN adds (DomainConstraint).
pub(super) fn domain_constraint(p: &mut Parser) -> Parse<ColumnConstraint> {
    let start = p.start();
    let name = constraint_name(p)?;
    let (kind, allowed) = match p.kind() {
        TokenKind::Keyword(Keyword::Check) => (ColumnConstraintKind::Check(check(p)?), DOMAIN_CHECK),
        TokenKind::Keyword(Keyword::Not) => {
            let span = p.expect_kws(&[Keyword::Not, Keyword::Null])?;
            p.need(17, span, "`ADD NOT NULL` in `ALTER DOMAIN`");
            (ColumnConstraintKind::NotNull, DOMAIN_NOT_NULL)
        }
        _ => return Err(p.unexpected("`CHECK` or `NOT NULL`")),
    };
    let attributes = attributes(p, allowed)?;
    Ok(ColumnConstraint { span: p.since(start), name, kind, attributes })
}

/// `CONSTRAINT name`, or nothing.
pub(super) fn constraint_name(p: &mut Parser) -> Parse<Option<Clause<Ident>>> {
    p.clause(&[Keyword::Constraint], |p| {
        if p.at_kws(&[Keyword::If, Keyword::Not, Keyword::Exists]) {
            return Err(p
                .unexpected("a constraint name")
                .help("PostgreSQL has no `CONSTRAINT IF NOT EXISTS`: drop it first with `DROP CONSTRAINT IF EXISTS`, or ask pg_constraint in a DO block"));
        }
        name::column_name(p, "a constraint name")
    })
}

/// `CHECK (expression)`.
pub(super) fn check(p: &mut Parser) -> Parse<Expr> {
    p.expect_kw(Keyword::Check)?;
    parenthesized(p)
}

/// `(expression)`.
pub(super) fn parenthesized(p: &mut Parser) -> Parse<Expr> {
    p.left_paren()?;
    let expression = expression::expression(p)?;
    p.right_paren()?;
    Ok(expression)
}

/// `NULLS DISTINCT`, `NULLS NOT DISTINCT`, or nothing (opt_unique_null_treatment).
pub(super) fn nulls(p: &mut Parser) -> Option<Clause<Nulls>> {
    let (span, value) = match p.eat_kws(&[Keyword::Nulls, Keyword::Distinct]) {
        Some(span) => (span, Nulls::Distinct),
        None => (p.eat_kws(&[Keyword::Nulls, Keyword::Not, Keyword::Distinct])?, Nulls::NotDistinct),
    };
    p.need(15, span, "`NULLS [NOT] DISTINCT`");
    Some(Clause { span, value })
}

/// `WITH (fillfactor = 70) USING INDEX TABLESPACE name`, each of them or not.
pub(super) fn constraint_index(p: &mut Parser) -> Parse<ConstraintIndex> {
    let parameters = p.clause(&[Keyword::With], settings::definition)?;
    let tablespace = p.clause(&[Keyword::Using, Keyword::Index, Keyword::Tablespace], |p| name::column_name(p, "a tablespace name"))?;
    Ok(ConstraintIndex { include: None, parameters, tablespace })
}

/// `REFERENCES table (columns) MATCH … ON DELETE … ON UPDATE …`; PERIOD only where a table's constraint says so too.
pub(super) fn references(p: &mut Parser, columns: fn(&mut Parser) -> Parse<PeriodColumns>) -> Parse<References> {
    let start = p.start();
    p.expect_kw(Keyword::References)?;
    let table = name::name(p, "a table name")?;
    let (columns, period) = if p.at(TokenKind::LeftParen) { columns(p)? } else { (Vec::new(), None) };
    let matching = p.clause(&[Keyword::Match], matching)?;
    let [mut on_delete, mut on_update] = [None, None];
    while p.at_kw(Keyword::On) {
        let (before, start) = (p.mark(), p.start());
        p.bump();
        let (slot, word) = match p.kind() {
            TokenKind::Keyword(Keyword::Delete) => (&mut on_delete, "DELETE"),
            TokenKind::Keyword(Keyword::Update) => (&mut on_update, "UPDATE"),
            _ => return Err(p.unexpected("`DELETE` or `UPDATE`")),
        };
        if slot.is_some() {
            return Err(p.error(format!("`ON {word}` is written twice")));
        }
        p.bump();
        let action = referential_action(p, start)?;
        if word == "UPDATE" && !action.columns.is_empty() {
            p.rewind(before);
            return Err(p.error("`ON UPDATE` can't set some of the columns only; `ON DELETE` can").state("0A000"));
        }
        *slot = Some(action);
    }
    Ok(References { span: p.since(start), table, columns, period, matching, on_delete, on_update })
}

/// Columns, and PERIOD before the last of them.
pub(super) type PeriodColumns = (Vec<Ident>, Option<Span>);

/// `(a, b)`.
pub(super) fn plain_columns(p: &mut Parser) -> Parse<PeriodColumns> {
    Ok((name::column_list(p)?, None))
}

/// What may stand behind a table's CHECK.
const CHECK: Allowed = Allowed(
    "a `CHECK` constraint",
    &[AttributeKind::NotValid, AttributeKind::NoInherit, AttributeKind::Enforced, AttributeKind::NotEnforced],
);
/// What may stand behind a table's NOT NULL.
const NOT_NULL: Allowed = Allowed("a `NOT NULL` constraint", &[AttributeKind::NotValid, AttributeKind::NoInherit]);
/// What may stand behind UNIQUE, PRIMARY KEY and EXCLUDE.
const KEY: Allowed =
    Allowed("a unique, primary key or exclusion constraint", &[AttributeKind::Deferrable, AttributeKind::InitiallyDeferred]);
/// What may stand behind FOREIGN KEY.
const FOREIGN_KEY: Allowed = Allowed(
    "a foreign key",
    &[
        AttributeKind::Deferrable,
        AttributeKind::InitiallyDeferred,
        AttributeKind::NotValid,
        AttributeKind::Enforced,
        AttributeKind::NotEnforced,
    ],
);
/// What may stand behind a domain's CHECK in ALTER DOMAIN.
const DOMAIN_CHECK: Allowed = Allowed("a domain's `CHECK` constraint", &[AttributeKind::NotValid, AttributeKind::NoInherit]);
/// What may stand behind a domain's NOT NULL in ALTER DOMAIN.
const DOMAIN_NOT_NULL: Allowed = Allowed("a domain's `NOT NULL` constraint", &[]);
/// What may stand behind ALTER CONSTRAINT.
pub(super) const ALTERED: Allowed = Allowed(
    "a constraint that exists",
    &[
        AttributeKind::Deferrable,
        AttributeKind::InitiallyDeferred,
        AttributeKind::NoInherit,
        AttributeKind::Enforced,
        AttributeKind::NotEnforced,
    ],
);
/// What may stand behind CREATE CONSTRAINT TRIGGER.
pub(super) const TRIGGER: Allowed = Allowed("a constraint trigger", &[AttributeKind::Deferrable, AttributeKind::InitiallyDeferred]);

/// What has the attributes, and which it may have besides `NOT DEFERRABLE` and `INITIALLY IMMEDIATE`, which everything may.
#[derive(Clone, Copy)]
pub(super) struct Allowed(&'static str, &'static [AttributeKind]);

impl Allowed {
    fn holds(self, kind: AttributeKind) -> bool {
        matches!(kind, AttributeKind::NotDeferrable | AttributeKind::InitiallyImmediate) || self.1.contains(&kind)
    }
}

/// The attributes behind a constraint (ConstraintAttributeSpec).
pub(super) fn attributes(p: &mut Parser, allowed: Allowed) -> Parse<Attributes> {
    let mut attributes = Attributes::default();
    loop {
        let before = p.mark();
        let Some(attribute) = attribute(p) else {
            return Ok(attributes);
        };
        let (since, refusal) = if !allowed.holds(attribute.kind) {
            // Before PostgreSQL 18 nobody knew of ENFORCED.
            let is_new = matches!(attribute.kind, AttributeKind::Enforced | AttributeKind::NotEnforced);
            (Some(if is_new { 18 } else { 0 }), format!("{} can't be marked `{}`", allowed.0, words(attribute.kind)))
        } else if let Some(other) = contradicted(attribute.kind).iter().find(|&&other| attributes.find(other).is_some()) {
            (None, format!("`{}` contradicts `{}`", words(attribute.kind), words(*other)))
        } else {
            attributes.list.push(attribute);
            continue;
        };
        p.rewind(before);
        let error = p.error(refusal);
        return Err(match since {
            Some(0) => error.state("0A000"),
            Some(since) => error.state_since(since, "0A000"),
            None => error,
        });
    }
}

/// One attribute, or nothing: NOT and NO may begin something else.
pub(super) fn attribute(p: &mut Parser) -> Option<Attribute> {
    use Keyword::{Deferrable, Deferred, Enforced, Immediate, Inherit, Initially, No, Not, Valid};
    const FORMS: [(&[Keyword], AttributeKind); 8] = [
        (&[Deferrable], AttributeKind::Deferrable),
        (&[Not, Deferrable], AttributeKind::NotDeferrable),
        (&[Initially, Deferred], AttributeKind::InitiallyDeferred),
        (&[Initially, Immediate], AttributeKind::InitiallyImmediate),
        (&[Enforced], AttributeKind::Enforced),
        (&[Not, Enforced], AttributeKind::NotEnforced),
        (&[Not, Valid], AttributeKind::NotValid),
        (&[No, Inherit], AttributeKind::NoInherit),
    ];
    let (span, kind) = FORMS.iter().find_map(|&(words, kind)| p.eat_kws(words).map(|span| (span, kind)))?;
    if matches!(kind, AttributeKind::Enforced | AttributeKind::NotEnforced) {
        p.need(18, span, "`[NOT] ENFORCED`");
    }
    Some(Attribute { span, kind })
}

fn contradicted(kind: AttributeKind) -> &'static [AttributeKind] {
    use AttributeKind::*;
    match kind {
        Deferrable => &[NotDeferrable],
        NotDeferrable => &[Deferrable, InitiallyDeferred],
        InitiallyDeferred => &[NotDeferrable, InitiallyImmediate],
        InitiallyImmediate => &[InitiallyDeferred],
        Enforced => &[NotEnforced],
        NotEnforced => &[Enforced],
        NotValid | NoInherit => &[],
    }
}

fn words(kind: AttributeKind) -> &'static str {
    match kind {
        AttributeKind::Deferrable => "DEFERRABLE",
        AttributeKind::NotDeferrable => "NOT DEFERRABLE",
        AttributeKind::InitiallyDeferred => "INITIALLY DEFERRED",
        AttributeKind::InitiallyImmediate => "INITIALLY IMMEDIATE",
        AttributeKind::Enforced => "ENFORCED",
        AttributeKind::NotEnforced => "NOT ENFORCED",
        AttributeKind::NotValid => "NOT VALID",
        AttributeKind::NoInherit => "NO INHERIT",
    }
}

fn no_constraint(p: &Parser) -> Box<super::SyntaxError> {
    p.unexpected("a constraint: `CHECK`, `UNIQUE`, `PRIMARY KEY`, `FOREIGN KEY`, `EXCLUDE` or `NOT NULL`")
}

fn unique(p: &mut Parser) -> Parse<TableConstraintKind> {
    p.expect_kw(Keyword::Unique)?;
    if let Some(index) = existing_index(p)? {
        return Ok(TableConstraintKind::UniqueUsing(index));
    }
    let nulls = nulls(p);
    if nulls.is_none() && !p.at(TokenKind::LeftParen) {
        return Err(p.unexpected("`(`").help("a constraint's name stands before it: `CONSTRAINT name UNIQUE (columns)`"));
    }
    Ok(TableConstraintKind::Unique(nulls, key(p)?))
}

fn primary_key(p: &mut Parser) -> Parse<TableConstraintKind> {
    p.expect_kws(&[Keyword::Primary, Keyword::Key])?;
    match existing_index(p)? {
        Some(index) => Ok(TableConstraintKind::PrimaryKeyUsing(index)),
        None => key(p).map(TableConstraintKind::PrimaryKey),
    }
}

/// `USING INDEX name`.
fn existing_index(p: &mut Parser) -> Parse<Option<Clause<Ident>>> {
    p.clause(&[Keyword::Using, Keyword::Index], |p| name::column_name(p, "an index name"))
}

/// `(a, b WITHOUT OVERLAPS) INCLUDE (c) …`.
fn key(p: &mut Parser) -> Parse<Key> {
    p.left_paren()?;
    let columns = p.list(|p| name::column_name(p, "a column name"))?;
    let without_overlaps = p.eat_kws(&[Keyword::Without, Keyword::Overlaps]);
    if let Some(span) = without_overlaps {
        p.need(18, span, "`WITHOUT OVERLAPS`");
    }
    if p.at(TokenKind::LeftParen) || p.at_kw(Keyword::Asc) || p.at_kw(Keyword::Desc) || p.at_kw(Keyword::Collate) {
        return Err(p.unexpected("`,` or `)`").help("a constraint takes columns only; for anything else there is `CREATE UNIQUE INDEX`"));
    }
    p.expect(TokenKind::RightParen, "`,` or `)`")?;
    let include = include(p)?;
    let index = ConstraintIndex { include, ..constraint_index(p)? };
    Ok(Key { columns, without_overlaps, index })
}

/// `INCLUDE (columns)`.
fn include(p: &mut Parser) -> Parse<Option<Clause<Vec<Ident>>>> {
    p.clause(&[Keyword::Include], name::column_list)
}

fn exclude(p: &mut Parser) -> Parse<Exclude> {
    p.expect_kw(Keyword::Exclude)?;
    let method = storage::method(p)?;
    let elements = p.paren_list(|p| {
        let key = index::key(p)?;
        p.expect_kw(Keyword::With)?;
        Ok(ExcludeElement { key, operator: exclude_operator(p)? })
    })?;
    let include = include(p)?;
    let index = ConstraintIndex { include, ..constraint_index(p)? };
    let predicate = p.clause(&[Keyword::Where], parenthesized)?;
    Ok(Exclude { method, elements, index, predicate })
}

/// `=`, `pg_catalog.=` or `OPERATOR(pg_catalog.=)`, of which the inside is what counts.
fn exclude_operator(p: &mut Parser) -> Parse<Span> {
    if !(p.at_kw(Keyword::Operator) && p.nth(1) == TokenKind::LeftParen) {
        return name::operator(p);
    }
    p.bump();
    p.left_paren()?;
    let operator = name::operator(p)?;
    p.right_paren()?;
    Ok(operator)
}

fn foreign_key(p: &mut Parser) -> Parse<ForeignKey> {
    let start = p.start();
    p.expect_kws(&[Keyword::Foreign, Keyword::Key])?;
    let (columns, period) = period_columns(p)?;
    let head = p.since(start);
    let references = references(p, period_columns)?;
    Ok(ForeignKey { head, columns, period, references })
}

/// `(a, PERIOD b)`; PERIOD may also be a column's name.
fn period_columns(p: &mut Parser) -> Parse<PeriodColumns> {
    p.left_paren()?;
    let mut columns = vec![name::column_name(p, "a column name")?];
    let mut period = None;
    while period.is_none() && p.eat(TokenKind::Comma).is_some() {
        if p.at_kw(Keyword::Period) && !matches!(p.nth(1), TokenKind::Comma | TokenKind::RightParen) {
            let span = p.bump();
            p.need(18, span, "`PERIOD` in a foreign key");
            period = Some(span);
        }
        columns.push(name::column_name(p, "a column name")?);
    }
    p.expect(TokenKind::RightParen, "`,` or `)`")?;
    Ok((columns, period))
}

fn matching(p: &mut Parser) -> Parse<Match> {
    let value = match p.kind() {
        TokenKind::Keyword(Keyword::Full) => Match::Full,
        TokenKind::Keyword(Keyword::Simple) => Match::Simple,
        TokenKind::Keyword(Keyword::Partial) => return Err(p.error("PostgreSQL does not implement `MATCH PARTIAL`").state("0A000")),
        _ => return Err(p.unexpected("`FULL` or `SIMPLE`")),
    };
    p.bump();
    Ok(value)
}

/// What follows ON DELETE or ON UPDATE, whose first byte is `start`.
fn referential_action(p: &mut Parser, start: u32) -> Parse<ReferentialAction> {
    let action = match p.kind() {
        TokenKind::Keyword(Keyword::No) => p.expect_kws(&[Keyword::No, Keyword::Action]).map(|_| Action::NoAction)?,
        TokenKind::Keyword(Keyword::Restrict) => {
            p.bump();
            Action::Restrict
        }
        TokenKind::Keyword(Keyword::Cascade) => {
            p.bump();
            Action::Cascade
        }
        TokenKind::Keyword(Keyword::Set) => {
            p.bump();
            match p.kind() {
                TokenKind::Keyword(Keyword::Null) => Action::SetNull,
                TokenKind::Keyword(Keyword::Default) => Action::SetDefault,
                _ => return Err(p.unexpected("`NULL` or `DEFAULT`")),
            }
        }
        _ => return Err(p.unexpected("`NO ACTION`, `RESTRICT`, `CASCADE`, `SET NULL` or `SET DEFAULT`")),
    };
    let mut columns = Vec::new();
    if matches!(action, Action::SetNull | Action::SetDefault) {
        p.bump();
        if p.at(TokenKind::LeftParen) {
            let list = p.start();
            columns = name::column_list(p)?;
            p.need(15, p.since(list), "a list of columns to set in `ON DELETE`");
        }
    }
    Ok(ReferentialAction { span: p.since(start), action, columns })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::{error, node};
    use crate::syntax::tree::Node;

    fn constraint(text: &str) -> TableConstraint {
        let Node::CreateTable(table) = node(&format!("CREATE TABLE t ({text})")) else { panic!("{text}") };
        table.constraints().next().cloned().expect("it holds a constraint")
    }

    #[test]
    fn a_foreign_key_holds_both_sides_its_actions_and_its_attributes() {
        let text = "CONSTRAINT c FOREIGN KEY (a, PERIOD b) REFERENCES s.u (x, PERIOD y) MATCH FULL ON UPDATE CASCADE ON DELETE SET NULL (a) \
                    INITIALLY DEFERRED NOT VALID";
        let constraint = constraint(text);
        assert!(constraint.attributes.is_deferrable(), "INITIALLY DEFERRED says so");
        assert!(constraint.attributes.find(AttributeKind::Deferrable).is_none(), "it is not written");
        assert!(constraint.attributes.find(AttributeKind::NotValid).is_some());
        let TableConstraintKind::ForeignKey(key) = constraint.kind else { panic!("no foreign key") };
        let References { columns, period, matching, on_delete, on_update, .. } = key.references;
        assert_eq!((key.columns.len(), key.period.is_some(), columns.len(), period.is_some()), (2, true, 2, true));
        assert_eq!(matching.map(|clause| clause.value), Some(Match::Full));
        assert_eq!(on_update.map(|action| action.action), Some(Action::Cascade));
        assert_eq!(on_delete.map(|action| (action.action, action.columns.len())), Some((Action::SetNull, 1)));
    }

    #[test]
    fn period_and_exclude_may_name_columns() {
        let TableConstraintKind::ForeignKey(key) = constraint("FOREIGN KEY (a, period) REFERENCES u").kind else {
            panic!("no foreign key")
        };
        assert_eq!((key.columns.len(), key.period), (2, None));
        let Node::CreateTable(table) = node("CREATE TABLE t (exclude int, EXCLUDE (exclude WITH =))") else { panic!("no table") };
        assert_eq!((table.columns().count(), table.constraints().count()), (1, 1));
    }

    #[test]
    fn what_a_constraint_cannot_have_is_refused_where_it_stands() {
        assert_eq!(error("CREATE TABLE t (CHECK (a) NO INHERIT DEFERRABLE)").message, "a `CHECK` constraint can't be marked `DEFERRABLE`");
        assert_eq!(
            error("CREATE TABLE t (UNIQUE (a) INITIALLY DEFERRED NOT DEFERRABLE)").message,
            "`NOT DEFERRABLE` contradicts `INITIALLY DEFERRED`"
        );
        assert!(error("ALTER TABLE t ADD CONSTRAINT IF NOT EXISTS c UNIQUE (a)").help.is_some());
    }
}
