//! A column's definition, and what may follow a column's or a domain's type.
//!
//! PostgreSQL reads the attributes of a column's constraint (DEFERRABLE …) as if they were constraints of their own, and finds out whose
//! they are later: the one in front of them. Here they are given to it at once.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{
    Attribute, AttributeKind, Attributes, Clause, Column, ColumnConstraint, ColumnConstraintKind, GeneratedKind, Generation, Ident,
    Identity, Name,
};

use super::parser::{Parse, Parser};
use super::{constraint, dialect, expression, name, sequence, settings, type_name};

/// A column with its type (columnDef).
pub(super) fn column(p: &mut Parser) -> Parse<Column> {
    let start = p.start();
    let name = name::column_name(p, "a column name")?;
    let ty = type_name::type_name(p)?;
    let storage = p.clause(&[Keyword::Storage], word_or_default)?;
    if let Some(clause) = storage {
        p.need(16, clause.span, "`STORAGE` in a column's definition");
    }
    let compression = p.clause(&[Keyword::Compression], word_or_default)?;
    if let Some(clause) = compression {
        p.need(14, clause.span, "`COMPRESSION`");
    }
    let options = settings::generic_options(p)?;
    let Qualifiers { collation, constraints } = qualifiers(p)?;
    Ok(Column { span: p.since(start), name, ty: Some(ty), storage, compression, options, collation, constraints })
}

/// What a typed table or a partition says of a column (columnOptions).
pub(super) fn typed_column(p: &mut Parser) -> Parse<Column> {
    let start = p.start();
    let name = name::column_name(p, "a column name")?;
    p.eat_kws(&[Keyword::With, Keyword::Options]);
    let Qualifiers { collation, constraints } = qualifiers(p)?;
    Ok(Column { span: p.since(start), name, ty: None, storage: None, compression: None, options: Vec::new(), collation, constraints })
}

/// An attribute of a composite type: a name, a type and a collation (TableFuncElement).
pub(super) fn attribute_definition(p: &mut Parser) -> Parse<Column> {
    let start = p.start();
    let name = name::column_name(p, "an attribute name")?;
    let ty = type_name::type_name(p)?;
    let collation = collation(p)?;
    let (options, constraints) = (Vec::new(), Vec::new());
    Ok(Column { span: p.since(start), name, ty: Some(ty), storage: None, compression: None, options, collation, constraints })
}

/// `COLLATE name`, or nothing (opt_collate_clause, opt_collate).
pub(super) fn collation(p: &mut Parser) -> Parse<Option<Clause<Name>>> {
    p.clause(&[Keyword::Collate], |p| name::name(p, "a collation name"))
}

/// A name, or DEFAULT, behind STORAGE or COMPRESSION.
pub(super) fn word_or_default(p: &mut Parser) -> Parse<Ident> {
    match p.eat_kw(Keyword::Default) {
        Some(span) => Ok(Ident { span }),
        None => name::column_name(p, "a name or `DEFAULT`"),
    }
}

/// What follows a column's or a domain's type.
pub(super) struct Qualifiers {
    /// `COLLATE name`, which may stand anywhere among the constraints.
    pub(super) collation: Option<Clause<Name>>,
    /// In the order written.
    pub(super) constraints: Vec<ColumnConstraint>,
}

/// Constraints, their attributes, and a collation, in any order (ColQualList).
pub(super) fn qualifiers(p: &mut Parser) -> Parse<Qualifiers> {
    let mut qualifiers = Qualifiers { collation: None, constraints: Vec::new() };
    loop {
        if p.at_kw(Keyword::Collate) {
            if qualifiers.collation.is_some() {
                return Err(p.error("`COLLATE` is written twice"));
            }
            qualifiers.collation = collation(p)?;
        } else if let Some(attribute) = attribute(p) {
            attach(&mut qualifiers.constraints, attribute);
        } else if at_constraint(p) {
            qualifiers.constraints.push(column_constraint(p)?);
        } else {
            return Ok(qualifiers);
        }
    }
}

/// `ALWAYS` or `BY DEFAULT` (generated_when).
pub(super) fn generation(p: &mut Parser) -> Parse<Clause<Generation>> {
    if let Some(span) = p.eat_kw(Keyword::Always) {
        return Ok(Clause { span, value: Generation::Always });
    }
    match p.eat_kws(&[Keyword::By, Keyword::Default]) {
        Some(span) => Ok(Clause { span, value: Generation::ByDefault }),
        None => Err(p.unexpected("`ALWAYS` or `BY DEFAULT`")),
    }
}

/// An attribute that may stand in a column's definition (ConstraintAttr): NOT VALID and NO INHERIT may not.
fn attribute(p: &mut Parser) -> Option<Attribute> {
    let before = p.mark();
    let attribute = constraint::attribute(p)?;
    if matches!(attribute.kind, AttributeKind::NotValid | AttributeKind::NoInherit) {
        p.rewind(before);
        return None;
    }
    Some(attribute)
}

/// Gives an attribute to the constraint in front of it.
fn attach(constraints: &mut Vec<ColumnConstraint>, attribute: Attribute) {
    if constraints.is_empty() {
        let kind = ColumnConstraintKind::Misplaced;
        constraints.push(ColumnConstraint { span: attribute.span, name: None, kind, attributes: Attributes::default() });
    }
    if let Some(last) = constraints.last_mut() {
        last.span = last.span.to(attribute.span);
        last.attributes.list.push(attribute);
    }
}

fn at_constraint(p: &Parser) -> bool {
    use Keyword::*;
    match p.kind() {
        TokenKind::Keyword(keyword) => {
            matches!(keyword, Constraint | Not | Null | Unique | Primary | Check | Default | Generated | References)
        }
        _ => false,
    }
}

/// One constraint without its attributes (ColConstraint).
fn column_constraint(p: &mut Parser) -> Parse<ColumnConstraint> {
    let start = p.start();
    let name = constraint::constraint_name(p)?;
    let mut attributes = Attributes::default();
    let TokenKind::Keyword(keyword) = p.kind() else {
        return Err(p.unexpected("a constraint"));
    };
    let kind = match keyword {
        Keyword::Not => {
            p.bump();
            if p.at_kw(Keyword::Valid) {
                return Err(p
                    .unexpected("`NULL`")
                    .help("`NOT VALID` is for `ALTER TABLE … ADD CONSTRAINT`: a new column has no old rows to skip"));
            }
            p.expect_kw(Keyword::Null)?;
            let no_inherit = no_inherit(p, &mut attributes);
            if no_inherit {
                p.need(18, p.since(start), "`NOT NULL … NO INHERIT`");
            }
            ColumnConstraintKind::NotNull
        }
        Keyword::Null => {
            p.bump();
            ColumnConstraintKind::Null
        }
        Keyword::Default => {
            p.bump();
            ColumnConstraintKind::Default(expression::restricted(p)?)
        }
        Keyword::Check => {
            let expression = constraint::check(p)?;
            no_inherit(p, &mut attributes);
            ColumnConstraintKind::Check(expression)
        }
        Keyword::Unique => {
            p.bump();
            let nulls = constraint::nulls(p);
            ColumnConstraintKind::Unique(nulls, constraint::constraint_index(p)?)
        }
        Keyword::Primary => {
            p.expect_kws(&[Keyword::Primary, Keyword::Key])?;
            ColumnConstraintKind::PrimaryKey(constraint::constraint_index(p)?)
        }
        Keyword::Generated => generated(p)?,
        Keyword::References => {
            let references = constraint::references(p, constraint::plain_columns)?;
            ColumnConstraintKind::References(Box::new(references))
        }
        _ => return Err(dialect::explain(p, p.unexpected("a constraint"), dialect::COLUMN)),
    };
    Ok(ColumnConstraint { span: p.since(start), name, kind, attributes })
}

/// `NO INHERIT`, or nothing (opt_no_inherit); whether it is there.
fn no_inherit(p: &mut Parser, attributes: &mut Attributes) -> bool {
    let Some(span) = p.eat_kws(&[Keyword::No, Keyword::Inherit]) else {
        return false;
    };
    attributes.list.push(Attribute { span, kind: AttributeKind::NoInherit });
    true
}

/// `GENERATED ALWAYS AS (expression) STORED` or `GENERATED BY DEFAULT AS IDENTITY (options)`.
fn generated(p: &mut Parser) -> Parse<ColumnConstraintKind> {
    let start = p.start();
    p.expect_kw(Keyword::Generated)?;
    let before = p.mark();
    let generation = generation(p)?;
    p.expect_kw(Keyword::As)?;
    if p.eat_kw(Keyword::Identity).is_some() {
        let options = sequence::parenthesized_options(p)?;
        return Ok(ColumnConstraintKind::Identity(Identity { generation, options }));
    }
    if !p.at(TokenKind::LeftParen) {
        return Err(p.unexpected("`IDENTITY` or an expression in parentheses"));
    }
    let expression = constraint::parenthesized(p)?;
    let kind = match (p.eat_kw(Keyword::Stored), p.eat_kw(Keyword::Virtual)) {
        (Some(span), _) => GeneratedKind::Stored(span),
        (None, Some(span)) => {
            p.need(18, span, "`VIRTUAL` for a generated column");
            GeneratedKind::Virtual(span)
        }
        (None, None) => {
            p.need(18, p.since(start), "a generated column without `STORED`");
            GeneratedKind::Unwritten
        }
    };
    if generation.value != Generation::Always {
        p.rewind(before);
        return Err(p.error("a column that is generated from an expression is `GENERATED ALWAYS`; `BY DEFAULT` is for identity columns"));
    }
    Ok(ColumnConstraintKind::Generated(expression, kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::node;
    use crate::syntax::tree::Node;

    fn read(text: &str) -> Column {
        let Node::CreateTable(table) = node(&format!("CREATE TABLE t ({text})")) else { panic!("{text}") };
        table.columns().next().cloned().expect("it holds a column")
    }

    #[test]
    fn attributes_belong_to_the_constraint_in_front_of_them() {
        let column = read("a int CHECK (a > 0) NO INHERIT UNIQUE COLLATE \"C\" DEFERRABLE INITIALLY DEFERRED NOT NULL");
        let attributes: Vec<Vec<_>> = column
            .constraints
            .iter()
            .map(|constraint| constraint.attributes.list.iter().map(|attribute| attribute.kind).collect())
            .collect();
        assert_eq!(attributes, [vec![AttributeKind::NoInherit], vec![AttributeKind::Deferrable, AttributeKind::InitiallyDeferred], vec![]]);
        assert!(column.collation.is_some());
    }

    #[test]
    fn attributes_with_no_constraint_in_front_are_kept() {
        let column = read("a int DEFERRABLE");
        assert_eq!(column.constraints.len(), 1);
        assert_eq!(column.constraints[0].kind, ColumnConstraintKind::Misplaced);
        assert!(column.constraints[0].attributes.is_deferrable());
    }

    #[test]
    fn a_default_ends_where_a_constraint_begins() {
        let text = "CREATE TABLE t (a int DEFAULT 1 + 2 NOT NULL)";
        let Node::CreateTable(table) = node(text) else { panic!("no table") };
        let column = table.columns().next().expect("it holds a column");
        let [ColumnConstraint { kind: ColumnConstraintKind::Default(value), .. }, not_null] = column.constraints.as_slice() else {
            panic!("{:?}", column.constraints)
        };
        assert_eq!((&text[value.span], &text[not_null.span]), ("1 + 2", "NOT NULL"));
    }

    #[test]
    fn a_generated_column_is_virtual_unless_it_says_stored() {
        let kind = |text: &str| match &read(text).constraints[0].kind {
            ColumnConstraintKind::Generated(_, kind) => *kind,
            other => panic!("{other:?}"),
        };
        assert!(matches!(kind("a int GENERATED ALWAYS AS (1) STORED"), GeneratedKind::Stored(_)));
        assert!(matches!(kind("a int GENERATED ALWAYS AS (1)"), GeneratedKind::Unwritten));
    }
}
