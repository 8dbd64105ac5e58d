//! Operator classes and families, ALTER OPERATOR, access methods.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{
    AccessMethodKind, AlterOperator, AlterOperatorFamily, CreateAccessMethod, CreateOperatorClass, CreateOperatorFamily, DroppedFamilyItem,
    FamilyItemKind, Ident, Name, Node, OperatorClassItem, OperatorFamilyAction, OperatorInClass, OperatorPurpose, TypeName,
};

use super::create::Head;
use super::parser::{Parse, Parser};
use super::{argument, define, name, settings, type_name};

/// `CREATE OPERATOR`, `OPERATOR CLASS`, `OPERATOR FAMILY`.
pub(super) fn create(p: &mut Parser, head: Head) -> Parse<Node> {
    match p.nth(1) {
        // In `CREATE OPERATOR class.= (…)` the word is a schema.
        _ if p.nth(2) == TokenKind::Dot => define::create_operator(p, head),
        TokenKind::Keyword(Keyword::Class) => create_class(p, head),
        TokenKind::Keyword(Keyword::Family) => create_family(p, head),
        _ => define::create_operator(p, head),
    }
}

/// `ALTER OPERATOR … SET`, `ALTER OPERATOR FAMILY … ADD, DROP`.
pub(super) fn alter(p: &mut Parser, start: u32) -> Parse<Node> {
    if p.nth(1) == TokenKind::Keyword(Keyword::Family) && p.nth(2) != TokenKind::Dot {
        return alter_family(p, start);
    }
    p.bump();
    let operator = argument::operator(p)?;
    p.expect_kw(Keyword::Set)?;
    let options = settings::changed_definition(p)?;
    Ok(Node::AlterOperator(Box::new(AlterOperator { span: p.since(start), operator, options })))
}

/// `CREATE ACCESS METHOD`.
pub(super) fn create_access_method(p: &mut Parser, head: Head) -> Parse<Node> {
    p.expect_kws(&[Keyword::Access, Keyword::Method])?;
    name::no_guard(p, "CREATE ACCESS METHOD")?;
    let name = name::column_name(p, "the name of an access method")?;
    p.expect_kw(Keyword::Type)?;
    let kind = if p.eat_kw(Keyword::Index).is_some() {
        AccessMethodKind::Index
    } else if p.eat_kw(Keyword::Table).is_some() {
        AccessMethodKind::Table
    } else {
        return Err(p.unexpected("`INDEX` or `TABLE`"));
    };
    p.expect_kw(Keyword::Handler)?;
    let handler = name::name(p, "the name of a function")?;
    Ok(Node::CreateAccessMethod(Box::new(CreateAccessMethod { span: p.since(head.start), name, kind, handler })))
}

fn create_class(p: &mut Parser, head: Head) -> Parse<Node> {
    p.expect_kws(&[Keyword::Operator, Keyword::Class])?;
    name::no_guard(p, "CREATE OPERATOR CLASS")?;
    let name = name::name(p, "the name of an operator class")?;
    let default = p.eat_kw(Keyword::Default);
    p.expect_kws(&[Keyword::For, Keyword::Type])?;
    let ty = type_name::type_name(p)?;
    let method = method(p)?;
    let family = p.eat_kw(Keyword::Family).map(|_| name::name(p, "the name of an operator family")).transpose()?;
    p.expect_kw(Keyword::As)?;
    let items = p.list(item)?;
    let span = p.since(head.start);
    Ok(Node::CreateOperatorClass(Box::new(CreateOperatorClass { span, name, default, ty, method, family, items })))
}

fn create_family(p: &mut Parser, head: Head) -> Parse<Node> {
    p.expect_kws(&[Keyword::Operator, Keyword::Family])?;
    name::no_guard(p, "CREATE OPERATOR FAMILY")?;
    let (name, method) = family_name(p)?;
    Ok(Node::CreateOperatorFamily(Box::new(CreateOperatorFamily { span: p.since(head.start), name, method })))
}

fn alter_family(p: &mut Parser, start: u32) -> Parse<Node> {
    p.expect_kws(&[Keyword::Operator, Keyword::Family])?;
    let (name, method) = family_name(p)?;
    let action = if p.eat_kw(Keyword::Add).is_some() {
        OperatorFamilyAction::Add(p.list(item)?)
    } else if p.eat_kw(Keyword::Drop).is_some() {
        OperatorFamilyAction::Drop(p.list(dropped_item)?)
    } else {
        return Err(p.unexpected("`ADD` or `DROP`"));
    };
    Ok(Node::AlterOperatorFamily(Box::new(AlterOperatorFamily { span: p.since(start), name, method, action })))
}

/// `name USING method`.
fn family_name(p: &mut Parser) -> Parse<(Name, Ident)> {
    let name = name::name(p, "the name of an operator family")?;
    Ok((name, method(p)?))
}

fn method(p: &mut Parser) -> Parse<Ident> {
    p.expect_kw(Keyword::Using)?;
    name::column_name(p, "the name of an access method")
}

/// What an operator class or family gets (opclass_item).
fn item(p: &mut Parser) -> Parse<OperatorClassItem> {
    if p.eat_kw(Keyword::Operator).is_some() {
        let number = name::integer(p, "the number of a strategy")?;
        let operator = operator(p)?;
        let purpose = purpose(p)?;
        if !p.at_end() && p.text[p.span()].eq_ignore_ascii_case("recheck") {
            return Err(p.error("`RECHECK` went with PostgreSQL 17").help("it has meant nothing since PostgreSQL 8.4: leave it out"));
        }
        return Ok(OperatorClassItem::Operator { number, operator, purpose });
    }
    if p.eat_kw(Keyword::Function).is_some() {
        let number = name::integer(p, "the number of a support function")?;
        let operands = if p.at(TokenKind::LeftParen) { types(p)? } else { Vec::new() };
        return Ok(OperatorClassItem::Function { number, operands, function: argument::routine(p)? });
    }
    if p.eat_kw(Keyword::Storage).is_some() {
        return type_name::type_name(p).map(OperatorClassItem::Storage);
    }
    Err(p.unexpected("`OPERATOR`, `FUNCTION` or `STORAGE`"))
}

fn operator(p: &mut Parser) -> Parse<OperatorInClass> {
    let before = p.mark();
    let name = name::operator_name(p)?;
    if !p.at(TokenKind::LeftParen) {
        return Ok(OperatorInClass::Named(name));
    }
    p.rewind(before);
    argument::operator(p).map(|operator| OperatorInClass::Typed(Box::new(operator)))
}

fn purpose(p: &mut Parser) -> Parse<Option<OperatorPurpose>> {
    if !p.at_kw(Keyword::For) {
        return Ok(None);
    }
    if let Some(span) = p.eat_kws(&[Keyword::For, Keyword::Search]) {
        return Ok(Some(OperatorPurpose::Search(span)));
    }
    p.expect_kws(&[Keyword::For, Keyword::Order, Keyword::By])?;
    name::name(p, "the name of an operator family").map(|family| Some(OperatorPurpose::OrderBy(family)))
}

/// What an operator family loses (opclass_drop).
fn dropped_item(p: &mut Parser) -> Parse<DroppedFamilyItem> {
    let start = p.start();
    let kind = if p.eat_kw(Keyword::Operator).is_some() {
        FamilyItemKind::Operator
    } else if p.eat_kw(Keyword::Function).is_some() {
        FamilyItemKind::Function
    } else {
        return Err(p.unexpected("`OPERATOR` or `FUNCTION`"));
    };
    let number = name::integer(p, "a number")?;
    let operands = types(p)?;
    Ok(DroppedFamilyItem { span: p.since(start), kind, number, operands })
}

fn types(p: &mut Parser) -> Parse<Vec<TypeName>> {
    p.paren_list(type_name::type_name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::node;

    #[test]
    fn an_operator_class_holds_operators_functions_and_a_storage_type() {
        let text = "CREATE OPERATOR CLASS c DEFAULT FOR TYPE int USING gist FAMILY f AS
            OPERATOR 1 <, OPERATOR 2 s.<-> (int, int) FOR ORDER BY g, FUNCTION 1 (int, int) h(int), STORAGE text";
        let Node::CreateOperatorClass(create) = node(text) else { panic!("no CreateOperatorClass") };
        assert!(matches!(
            create.items.as_slice(),
            [
                OperatorClassItem::Operator { operator: OperatorInClass::Named(_), purpose: None, .. },
                OperatorClassItem::Operator { operator: OperatorInClass::Typed(_), purpose: Some(OperatorPurpose::OrderBy(_)), .. },
                OperatorClassItem::Function { operands, .. },
                OperatorClassItem::Storage(_)
            ] if operands.len() == 2
        ));
    }

    #[test]
    fn class_may_be_the_schema_of_an_operator() {
        assert!(matches!(node("CREATE OPERATOR class.= (leftarg = int)"), Node::Define(_)));
    }
}
