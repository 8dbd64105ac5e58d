//! Arguments of routines and operators, declared or as part of a reference.
//!
//! Whether the first word of an argument is its name or its type is told by what follows: a name is followed by a mode or a type, a type
//! never is.

use crate::syntax::lexer::{Category, Keyword, TokenKind};
use crate::syntax::tree::{Argument, ArgumentMode, Arguments, Name, OperatorRef, RoutineRef, TypeBase, TypeName};
use crate::text::Span;

use super::parser::{Parse, Parser};
use super::{expression, name, type_name};

/// A function, procedure or routine, with or without its arguments (function_with_argtypes).
pub(super) fn routine(p: &mut Parser) -> Parse<RoutineRef> {
    let name = match p.nth(1) {
        TokenKind::Dot | TokenKind::LeftParen => name::routine_name(p, "the name of a function")?,
        // A name without arguments may also be a word that is no function's name in front of parentheses: `DROP FUNCTION coalesce`.
        _ => name::non_reserved(p, "the name of a function").map(Name::unqualified)?,
    };
    let arguments = p.at(TokenKind::LeftParen).then(|| arguments(p)).transpose()?;
    Ok(RoutineRef { name, arguments })
}

/// An aggregate with its arguments (aggregate_with_argtypes).
pub(super) fn aggregate(p: &mut Parser) -> Parse<RoutineRef> {
    let name = name::routine_name(p, "the name of an aggregate")?;
    if !p.at(TokenKind::LeftParen) {
        return Err(p.unexpected("`(`").help("an aggregate is named with the types of its arguments: `total(integer)`, `total(*)`"));
    }
    Ok(RoutineRef { name, arguments: Some(aggregate_arguments(p)?) })
}

/// An operator with the types of its operands (operator_with_argtypes).
pub(super) fn operator(p: &mut Parser) -> Parse<OperatorRef> {
    let name = name::operator_name(p)?;
    p.left_paren()?;
    let left = operand(p)?;
    if p.at(TokenKind::RightParen) {
        return Err(p.error("an operator is named with two operands").help("write `NONE` for the operand that a unary operator lacks"));
    }
    p.expect(TokenKind::Comma, "`,`")?;
    if left.is_none() && p.at_kw(Keyword::None) {
        return Err(p.error("one operand at least has a type"));
    }
    let right = operand(p)?;
    p.right_paren()?;
    Ok(OperatorRef { name, left, right })
}

/// The arguments of a reference (func_args).
pub(super) fn arguments(p: &mut Parser) -> Parse<Arguments> {
    let start = p.start();
    p.left_paren()?;
    let direct = if p.at(TokenKind::RightParen) { Vec::new() } else { p.list(argument)? };
    if p.at_kw(Keyword::Default) || p.at(TokenKind::Equals) {
        return Err(p.unexpected("`,` or `)`").help("a default does not tell functions apart: leave it out here"));
    }
    p.expect(TokenKind::RightParen, "`,` or `)`")?;
    Ok(Arguments { span: p.since(start), direct, order_by: None, ordered: Vec::new() })
}

/// The arguments of a new function or procedure (func_args_with_defaults).
pub(super) fn declared_arguments(p: &mut Parser) -> Parse<Arguments> {
    let start = p.start();
    p.left_paren()?;
    let direct = if p.at(TokenKind::RightParen) { Vec::new() } else { p.list(declared_argument)? };
    p.expect(TokenKind::RightParen, "`,` or `)`")?;
    Ok(Arguments { span: p.since(start), direct, order_by: None, ordered: Vec::new() })
}

/// The arguments of an aggregate, `(*)` for none (aggr_args).
pub(super) fn aggregate_arguments(p: &mut Parser) -> Parse<Arguments> {
    let start = p.start();
    p.left_paren()?;
    let mut arguments = Arguments { span: Span::empty(start), direct: Vec::new(), order_by: None, ordered: Vec::new() };
    if p.at(TokenKind::RightParen) {
        return Err(p
            .unexpected("the arguments of an aggregate")
            .help("an aggregate without arguments is written with a star: `total(*)`"));
    }
    if p.eat(TokenKind::Star).is_none() {
        if !p.at_kw(Keyword::Order) {
            arguments.direct = p.list(aggregate_argument)?;
        }
        arguments.order_by = p.eat_kws(&[Keyword::Order, Keyword::By]);
        if arguments.order_by.is_some() {
            arguments.ordered = ordered_arguments(p, arguments.direct.last())?;
        }
    }
    p.expect(TokenKind::RightParen, "`,` or `)`")?;
    arguments.span = p.since(start);
    Ok(arguments)
}

/// The columns of RETURNS TABLE (table_func_column_list).
pub(super) fn table_columns(p: &mut Parser) -> Parse<Vec<Argument>> {
    p.paren_list(|p| {
        let start = p.start();
        let name = name::function_name(p, "a column name")?;
        let ty = type_name::type_or_set(p)?;
        Ok(Argument { span: p.since(start), mode: ArgumentMode::Table, mode_span: None, name: Some(name), ty, default: None })
    })
}

/// One argument without a default (func_arg).
fn argument(p: &mut Parser) -> Parse<Argument> {
    let start = p.start();
    let mut mode = mode(p);
    let name = (names_argument(p) || is_misnamed(p)).then(|| name::function_name(p, "the name of an argument")).transpose()?;
    if mode.is_none() && name.is_some() {
        mode = self::mode(p);
    }
    let ty = type_name::type_or_set(p)?;
    let (mode, mode_span) = mode.map_or((ArgumentMode::In, None), |(mode, span)| (mode, Some(span)));
    Ok(Argument { span: p.since(start), mode, mode_span, name, ty, default: None })
}

/// One argument with a default perhaps (func_arg_with_default).
fn declared_argument(p: &mut Parser) -> Parse<Argument> {
    let mut argument = argument(p)?;
    if p.eat_kw(Keyword::Default).is_some() || p.eat(TokenKind::Equals).is_some() {
        argument.default = Some(expression::expression(p)?);
        argument.span = p.since(argument.span.start);
    } else if p.at(TokenKind::ColonEquals) {
        return Err(p.unexpected("`,` or `)`").help("a default is written `DEFAULT value` or `= value`"));
    }
    Ok(argument)
}

/// One argument that goes in (aggr_arg).
fn aggregate_argument(p: &mut Parser) -> Parse<Argument> {
    let before = p.mark();
    let argument = argument(p)?;
    if matches!(argument.mode, ArgumentMode::Out | ArgumentMode::InOut) {
        p.rewind(before);
        return Err(p.error("aggregates have no output arguments").state("0A000"));
    }
    Ok(argument)
}

/// What follows ORDER BY; `last` is the direct argument before it. If that one is variadic, it must be repeated, and counts once.
fn ordered_arguments(p: &mut Parser, last: Option<&Argument>) -> Parse<Vec<Argument>> {
    let before = p.mark();
    let ordered = p.list(aggregate_argument)?;
    match last {
        Some(last) if last.mode == ArgumentMode::Variadic => match ordered.as_slice() {
            [only] if only.mode == ArgumentMode::Variadic && same_type(p, &last.ty, &only.ty) => Ok(Vec::new()),
            _ => {
                p.rewind(before);
                Err(p.error("after a VARIADIC argument ORDER BY takes one argument, VARIADIC and of the same type"))
            }
        },
        _ => Ok(ordered),
    }
}

/// Whether two types are the same by their names, array bounds and modifiers; the bounds' numbers say nothing.
fn same_type(p: &Parser, a: &TypeName, b: &TypeName) -> bool {
    let name = |ty: &TypeName| match ty.base {
        TypeBase::Named(name) => name.display(p.text),
        TypeBase::BuiltIn(_, built_in) => format!("pg_catalog.{}", built_in.catalog_name()),
    };
    let modifiers = |ty: &TypeName| ty.modifiers.iter().map(|&modifier| &p.text[modifier]).collect::<Vec<_>>();
    name(a) == name(b) && a.array_dimensions == b.array_dimensions && modifiers(a) == modifiers(b)
}

/// The words for which way an argument goes, if they are written (arg_class).
fn mode(p: &mut Parser) -> Option<(ArgumentMode, Span)> {
    let start = p.start();
    let mode = match p.kind() {
        TokenKind::Keyword(Keyword::In) => {
            p.bump();
            return match p.eat_kw(Keyword::Out) {
                Some(_) => Some((ArgumentMode::InOut, p.since(start))),
                None => Some((ArgumentMode::In, p.since(start))),
            };
        }
        TokenKind::Keyword(Keyword::Out) => ArgumentMode::Out,
        TokenKind::Keyword(Keyword::Inout) => ArgumentMode::InOut,
        TokenKind::Keyword(Keyword::Variadic) => ArgumentMode::Variadic,
        _ => return None,
    };
    Some((mode, p.bump()))
}

/// Whether the next token is the name of an argument: a mode or a type follows it.
fn names_argument(p: &Parser) -> bool {
    let can_be_name = p.is_name(p.kind(), |category| matches!(category, Category::Unreserved | Category::TypeOrFunction));
    can_be_name && (begins_type(p, p.nth(1)) || matches!(p.nth(1), TokenKind::Keyword(Keyword::In | Keyword::Variadic)))
}

/// Whether a keyword that can be neither name nor type stands where a name would.
fn is_misnamed(p: &Parser) -> bool {
    matches!(p.kind(), TokenKind::Keyword(_)) && !begins_type(p, p.kind()) && begins_type(p, p.nth(1))
}

/// Whether a token can begin a type, a mode that is a name elsewhere, or SETOF.
fn begins_type(p: &Parser, kind: TokenKind) -> bool {
    match kind {
        TokenKind::Keyword(keyword) if keyword.category() == Category::ColumnName => matches!(
            keyword,
            Keyword::Int
                | Keyword::Integer
                | Keyword::Smallint
                | Keyword::Bigint
                | Keyword::Real
                | Keyword::Float
                | Keyword::Decimal
                | Keyword::Dec
                | Keyword::Numeric
                | Keyword::Boolean
                | Keyword::Bit
                | Keyword::Char
                | Keyword::Character
                | Keyword::Varchar
                | Keyword::National
                | Keyword::Nchar
                | Keyword::Time
                | Keyword::Timestamp
                | Keyword::Interval
                | Keyword::Json
                | Keyword::Out
                | Keyword::Inout
                | Keyword::Setof
        ),
        kind => p.is_name(kind, |category| matches!(category, Category::Unreserved | Category::TypeOrFunction)),
    }
}

/// The type of an operand, or NONE.
fn operand(p: &mut Parser) -> Parse<Option<TypeName>> {
    if p.eat_kw(Keyword::None).is_some() { Ok(None) } else { type_name::type_name(p).map(Some) }
}
