//! CREATE CAST and CREATE CONVERSION.

use crate::syntax::lexer::Keyword;
use crate::syntax::tree::{CastContext, CastMethod, Clause, CreateCast, CreateConversion, Node};

use super::create::Head;
use super::parser::{Parse, Parser};
use super::{argument, name, type_name};

/// `CREATE CAST`.
pub(super) fn create_cast(p: &mut Parser, head: Head) -> Parse<Node> {
    p.bump();
    p.left_paren()?;
    let source = type_name::type_name(p)?;
    p.expect_kw(Keyword::As)?;
    let target = type_name::type_name(p)?;
    p.right_paren()?;
    let method = method(p)?;
    let context = context(p)?;
    Ok(Node::CreateCast(Box::new(CreateCast { span: p.since(head.start), source, target, method, context })))
}

/// `CREATE CONVERSION`.
pub(super) fn create_conversion(p: &mut Parser, head: Head) -> Parse<Node> {
    let default = p.eat_kw(Keyword::Default);
    p.expect_kw(Keyword::Conversion)?;
    name::no_guard(p, "CREATE CONVERSION")?;
    let name = name::name(p, "the name of a conversion")?;
    p.expect_kw(Keyword::For)?;
    let source = name::string(p, "the name of an encoding in quotes")?;
    p.expect_kw(Keyword::To)?;
    let target = name::string(p, "the name of an encoding in quotes")?;
    p.expect_kw(Keyword::From)?;
    let function = name::name(p, "the name of a function")?;
    Ok(Node::CreateConversion(Box::new(CreateConversion { span: p.since(head.start), default, name, source, target, function })))
}

fn method(p: &mut Parser) -> Parse<CastMethod> {
    if let Some(span) = p.eat_kws(&[Keyword::Without, Keyword::Function]) {
        return Ok(CastMethod::Binary(span));
    }
    if let Some(span) = p.eat_kws(&[Keyword::With, Keyword::Inout]) {
        return Ok(CastMethod::InOut(span));
    }
    if p.eat_kws(&[Keyword::With, Keyword::Function]).is_some() {
        return argument::routine(p).map(CastMethod::Function);
    }
    Err(p.unexpected("`WITH FUNCTION`, `WITHOUT FUNCTION` or `WITH INOUT`"))
}

fn context(p: &mut Parser) -> Parse<Option<Clause<CastContext>>> {
    p.clause(&[Keyword::As], |p| {
        if p.eat_kw(Keyword::Implicit).is_some() {
            Ok(CastContext::Implicit)
        } else if p.eat_kw(Keyword::Assignment).is_some() {
            Ok(CastContext::Assignment)
        } else {
            Err(p.unexpected("`ASSIGNMENT` or `IMPLICIT`"))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::node;

    #[test]
    fn a_cast_says_how_and_when() {
        let cast = |text: &str| match node(text) {
            Node::CreateCast(create) => (create.method, create.context.map(|context| context.value)),
            other => panic!("{other:?}"),
        };
        assert!(matches!(cast("CREATE CAST (a AS b) WITHOUT FUNCTION"), (CastMethod::Binary(_), None)));
        let implicit = cast("CREATE CAST (a AS b) WITH FUNCTION f(a) AS IMPLICIT");
        assert!(matches!(implicit, (CastMethod::Function(_), Some(CastContext::Implicit))));
    }
}
