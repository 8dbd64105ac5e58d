//! Type names: words that PostgreSQL's grammar knows (`character varying(10)`, `timestamp with time zone`), and every other name.
//!
//! A type keyword stands for a type of `pg_catalog` whatever the search path says; the same word in quotes is an ordinary name. What
//! stands between the parentheses of an ordinary name is any list of expressions; only the server knows which of them mean something.

use crate::syntax::lexer::{Category, Keyword, TokenKind};
use crate::syntax::tree::{BuiltInType, Ident, Name, TypeBase, TypeName};
use crate::text::Span;

use super::parser::{Parse, Parser};
use super::{expression, name};

/// Any type (Typename): perhaps SETOF, perhaps an array.
pub(in crate::syntax) fn type_name(p: &mut Parser) -> Parse<TypeName> {
    let start = p.start();
    let setof = p.eat_kw(Keyword::Setof);
    let simple = simple_type(p)?;
    let array_dimensions = array_dimensions(p)?;
    Ok(TypeName { span: p.since(start), setof, array_dimensions, ..simple })
}

/// Any type, or that of a column: `marketing.company.id%TYPE` (func_type).
pub(in crate::syntax) fn type_or_set(p: &mut Parser) -> Parse<TypeName> {
    let start = p.start();
    let mark = p.mark();
    let setof = p.eat_kw(Keyword::Setof);
    if let Some(name) = column_of_type(p) {
        let percent = p.bump();
        let percent_type = Some(percent.to(p.bump()));
        let simple = plain(p, start, TypeBase::Named(name));
        return Ok(TypeName { setof, percent_type, ..simple });
    }
    p.rewind(mark);
    type_name(p)
}

/// A type that is neither an array nor a set (SimpleTypename).
pub(in crate::syntax) fn simple_type(p: &mut Parser) -> Parse<TypeName> {
    let start = p.start();
    match p.kind() {
        TokenKind::Keyword(keyword) => match built_in(p, keyword)? {
            // A schema called like a type keyword, `bit.kind`: PostgreSQL reads the type and stumbles over the point.
            Some(_) if p.at(TokenKind::Dot) => {
                let (word, shown) = (keyword.word(), keyword.word().to_uppercase());
                let help =
                    format!("before a point `{word}` is read as the type {shown} here; a schema of that name must be quoted: `\"{word}\"`");
                Err(p.unexpected("the end of the type").help(help))
            }
            Some(ty) => Ok(ty),
            None => named(p, start),
        },
        _ => named(p, start),
    }
}

/// Whether the next tokens begin a constant such as `timestamp '2020-01-01'`: a type keyword that stands for itself and not for a column.
pub(in crate::syntax) fn at_typed_constant(p: &Parser) -> bool {
    use Keyword::{
        Bigint, Bit, Boolean, Char, Character, Dec, Decimal, Double, Float, Int, Integer, Interval, Json, National, Nchar, Numeric,
        Precision, Real, Smallint, Time, Timestamp, Varchar, Varying, With, Without,
    };
    let TokenKind::Keyword(keyword) = p.kind() else {
        return false;
    };
    let known = matches!(
        keyword,
        Int | Integer
            | Smallint
            | Bigint
            | Real
            | Float
            | Decimal
            | Dec
            | Numeric
            | Boolean
            | Bit
            | Character
            | Char
            | Varchar
            | National
            | Nchar
            | Timestamp
            | Time
            | Interval
            | Json
    );
    match p.nth(1) {
        next if next.is_string() || next == TokenKind::LeftParen => known,
        TokenKind::Keyword(Varying) => matches!(keyword, Bit | Character | Char | Nchar),
        TokenKind::Keyword(Character | Char) => keyword == National,
        TokenKind::Keyword(Precision) => keyword == Double,
        TokenKind::Keyword(With | Without) => known && p.nth(2) == TokenKind::Keyword(Time),
        _ => false,
    }
}

/// The type of `interval '1' day`, from behind the string on.
pub(in crate::syntax) fn interval_constant_type(p: &mut Parser) -> Parse<TypeName> {
    let start = p.start();
    let (interval_fields, modifiers) = interval_fields(p)?;
    let base = TypeBase::BuiltIn(Span::empty(start), BuiltInType::Interval);
    Ok(TypeName { modifiers, interval_fields, ..plain(p, start, base) })
}

/// A constant that begins as [`at_typed_constant`] says.
pub(in crate::syntax) fn typed_constant(p: &mut Parser) -> Parse<()> {
    if p.at_kw(Keyword::Interval) && p.nth(1).is_string() {
        p.bump();
        name::string(p, "a string")?;
        return interval_fields(p).map(drop);
    }
    simple_type(p)?;
    name::string(p, "the constant in quotes").map(drop)
}

/// `name.name…%TYPE` up to the percent sign, if that is what stands here.
fn column_of_type(p: &mut Parser) -> Option<Name> {
    let mut name = Name::unqualified(name::function_name(p, "a name").ok()?);
    while p.eat(TokenKind::Dot).is_some() {
        // Of a column in a schema in a database the last three parts are kept.
        let next = name::label(p, "a name").ok()?;
        name = Name { database: name.schema, schema: Some(name.object), object: next };
    }
    let percent = p.at(TokenKind::Percent) && p.nth(1) == TokenKind::Keyword(Keyword::Type);
    (percent && name.schema.is_some()).then_some(name)
}

/// A type by name, with modifiers if there are any (GenericType).
fn named(p: &mut Parser, start: u32) -> Parse<TypeName> {
    let first = type_word(p)?;
    let base = TypeBase::Named(name::qualified(p, first)?);
    let modifiers = if p.at(TokenKind::LeftParen) { expressions(p)? } else { Vec::new() };
    Ok(TypeName { modifiers, ..plain(p, start, base) })
}

fn type_word(p: &mut Parser) -> Parse<Ident> {
    let quoted = p.at(TokenKind::Keyword(Keyword::Setof)) || !p.is_name(p.kind(), |category| category != Category::Reserved);
    if quoted { Err(p.unexpected("a type")) } else { name::function_name(p, "a type") }
}

fn plain(p: &Parser, start: u32, base: TypeBase) -> TypeName {
    TypeName {
        span: p.since(start),
        setof: None,
        base,
        modifiers: Vec::new(),
        interval_fields: None,
        array_dimensions: 0,
        percent_type: None,
    }
}

/// A type whose keyword the grammar knows, or none, with the cursor where it was.
fn built_in(p: &mut Parser, keyword: Keyword) -> Parse<Option<TypeName>> {
    use BuiltInType::*;
    let ty = match keyword {
        Keyword::Int | Keyword::Integer => word(p, Int4),
        Keyword::Smallint => word(p, Int2),
        Keyword::Bigint => word(p, Int8),
        Keyword::Real => word(p, Float4),
        Keyword::Boolean => word(p, Bool),
        Keyword::Json => word(p, Json),
        Keyword::Double if p.nth(1) == TokenKind::Keyword(Keyword::Precision) => {
            let start = p.start();
            p.bump();
            let last = p.bump();
            plain(p, start, TypeBase::BuiltIn(Span::new(start, last.end), Float8))
        }
        Keyword::Float => float(p)?,
        Keyword::Decimal | Keyword::Dec | Keyword::Numeric => modified(p, Numeric, Numeric, expressions)?,
        Keyword::Bit => modified(p, Bit, VarBit, expressions)?,
        Keyword::Character | Keyword::Char | Keyword::Nchar => modified(p, Bpchar, Varchar, length)?,
        Keyword::Varchar => modified(p, Varchar, Varchar, length)?,
        Keyword::National => {
            let start = p.start();
            p.bump();
            if !matches!(p.kind(), TokenKind::Keyword(Keyword::Character | Keyword::Char)) {
                return Err(p.unexpected("`CHARACTER`"));
            }
            let ty = modified(p, Bpchar, Varchar, length)?;
            let base = match ty.base {
                TypeBase::BuiltIn(words, base) => TypeBase::BuiltIn(Span::new(start, words.end), base),
                named @ TypeBase::Named(_) => named,
            };
            TypeName { span: p.since(start), base, ..ty }
        }
        Keyword::Timestamp => date_time(p, Timestamp, TimestampTz)?,
        Keyword::Time => date_time(p, Time, TimeTz)?,
        Keyword::Interval => interval(p)?,
        _ => return Ok(None),
    };
    Ok(Some(ty))
}

/// A type of one word.
fn word(p: &mut Parser, ty: BuiltInType) -> TypeName {
    let span = p.bump();
    plain(p, span.start, TypeBase::BuiltIn(span, ty))
}

/// A word, perhaps VARYING, perhaps modifiers in parentheses.
fn modified(p: &mut Parser, fixed: BuiltInType, varying: BuiltInType, modifiers: fn(&mut Parser) -> Parse<Vec<Span>>) -> Parse<TypeName> {
    let start = p.start();
    p.bump();
    let base = match fixed != varying && p.eat_kw(Keyword::Varying).is_some() {
        true => varying,
        false => fixed,
    };
    let base = TypeBase::BuiltIn(p.since(start), base);
    let modifiers = if p.at(TokenKind::LeftParen) { modifiers(p)? } else { Vec::new() };
    Ok(TypeName { modifiers, ..plain(p, start, base) })
}

/// `FLOAT(n)`, where `n` chooses between the two floating-point types and is then forgotten.
fn float(p: &mut Parser) -> Parse<TypeName> {
    let words = p.bump();
    let mut ty = BuiltInType::Float8;
    if p.eat(TokenKind::LeftParen).is_some() {
        let digits = name::integer(p, "a number of bits")?;
        match name::integer_value(&p.text[digits]) {
            Some(1..=24) => ty = BuiltInType::Float4,
            Some(0 | 54..) => return Err(p.error_at(digits, "the precision of `float` is between 1 and 53 bits").state("22023")),
            _ => {}
        }
        p.right_paren()?;
    }
    Ok(plain(p, words.start, TypeBase::BuiltIn(words, ty)))
}

/// `TIMESTAMP(3) WITH TIME ZONE`.
fn date_time(p: &mut Parser, without: BuiltInType, with: BuiltInType) -> Parse<TypeName> {
    let start = p.start();
    p.bump();
    let modifiers = if p.at(TokenKind::LeftParen) { length(p)? } else { Vec::new() };
    let zone = [Keyword::Time, Keyword::Zone];
    let ty = match (p.kind(), p.nth(1)) {
        (TokenKind::Keyword(which @ (Keyword::With | Keyword::Without)), TokenKind::Keyword(Keyword::Time)) => {
            p.bump();
            p.expect_kws(&zone)?;
            if which == Keyword::With { with } else { without }
        }
        _ => without,
    };
    let base = TypeBase::BuiltIn(p.since(start), ty);
    Ok(TypeName { modifiers, ..plain(p, start, base) })
}

/// `INTERVAL(3)` or `INTERVAL DAY TO SECOND(3)`.
fn interval(p: &mut Parser) -> Parse<TypeName> {
    let words = p.bump();
    let base = TypeBase::BuiltIn(words, BuiltInType::Interval);
    if p.at(TokenKind::LeftParen) {
        let modifiers = length(p)?;
        return Ok(TypeName { modifiers, ..plain(p, words.start, base) });
    }
    let (interval_fields, modifiers) = interval_fields(p)?;
    Ok(TypeName { modifiers, interval_fields, ..plain(p, words.start, base) })
}

/// The fields of an interval, if any, and the precision of its seconds (opt_interval).
fn interval_fields(p: &mut Parser) -> Parse<(Option<Span>, Vec<Span>)> {
    use Keyword::{Day, Hour, Minute, Month, Second, To, Year};
    let start = p.start();
    let TokenKind::Keyword(first @ (Year | Month | Day | Hour | Minute | Second)) = p.kind() else {
        return Ok((None, Vec::new()));
    };
    p.bump();
    let smaller: &[Keyword] = match first {
        Year => &[Month],
        Day => &[Hour, Minute, Second],
        Hour => &[Minute, Second],
        Minute => &[Second],
        _ => &[],
    };
    let mut last = first;
    if !smaller.is_empty() && p.eat_kw(To).is_some() {
        match p.kind() {
            TokenKind::Keyword(keyword) if smaller.contains(&keyword) => {
                p.bump();
                last = keyword;
            }
            _ => return Err(p.unexpected("a smaller field of an interval")),
        }
    }
    let fields = p.since(start);
    let precision = if last == Second && p.at(TokenKind::LeftParen) { length(p)? } else { Vec::new() };
    Ok((Some(fields), precision))
}

/// `(n)`.
fn length(p: &mut Parser) -> Parse<Vec<Span>> {
    p.left_paren()?;
    let digits = name::integer(p, "a number")?;
    p.right_paren()?;
    Ok(vec![digits])
}

/// `(a, b)` of whatever expressions.
fn expressions(p: &mut Parser) -> Parse<Vec<Span>> {
    p.nested(|p| p.paren_list(|p| expression::expression(p).map(|expr| expr.span)))
}

/// `[]`, `[3][4]`, `ARRAY`, `ARRAY[3]`: how many dimensions (opt_array_bounds).
fn array_dimensions(p: &mut Parser) -> Parse<u8> {
    if p.eat_kw(Keyword::Array).is_some() {
        if p.eat(TokenKind::LeftBracket).is_some() {
            name::integer(p, "the length of the array")?;
            p.expect(TokenKind::RightBracket, "`]`")?;
        }
        return Ok(1);
    }
    let mut dimensions = 0u8;
    while p.eat(TokenKind::LeftBracket).is_some() {
        if !p.at(TokenKind::RightBracket) {
            name::integer(p, "the length of the array or `]`")?;
        }
        p.expect(TokenKind::RightBracket, "`]`")?;
        dimensions = dimensions.saturating_add(1);
    }
    Ok(dimensions)
}

#[cfg(test)]
mod tests {
    use crate::syntax::grammar::parser::Parser;
    use crate::syntax::lexer::{self, Mode};
    use crate::syntax::tree::{BuiltInType, TypeBase, TypeName};
    use crate::text::Span;

    fn read(text: &str) -> TypeName {
        let tokens = lexer::lex(text, Span::new(0, text.len() as u32), Mode::Script).tokens;
        let mut p = Parser::new(text, &tokens);
        let ty = super::type_or_set(&mut p).unwrap_or_else(|error| panic!("{text}: {}", error.message));
        assert!(p.at_end(), "{text}");
        ty
    }

    fn built_in(text: &str) -> BuiltInType {
        match read(text).base {
            TypeBase::BuiltIn(_, ty) => ty,
            TypeBase::Named(name) => panic!("{text}: {name:?}"),
        }
    }

    #[test]
    fn type_keywords_stand_for_types_of_the_catalog() {
        for (text, name) in [
            ("INT", "int4"),
            ("double precision", "float8"),
            ("float(24)", "float4"),
            ("float(0x19)", "float8"),
            ("dec(1, 2)", "numeric"),
            ("char", "bpchar"),
            ("national character varying(3)", "varchar"),
            ("bit varying", "varbit"),
            ("timestamp(3) with time zone", "timestamptz"),
            ("time without time zone", "time"),
            ("interval day to second(3)", "interval"),
            ("json", "json"),
        ] {
            assert_eq!(built_in(text).catalog_name(), name, "{text}");
        }
    }

    #[test]
    fn other_names_are_names() {
        for text in ["text", "\"int\"", "double", "pg_catalog.int4", "public.citext", "serial"] {
            assert!(matches!(read(text).base, TypeBase::Named(name) if name.span().len() as usize == text.len()), "{text}");
        }
    }

    #[test]
    fn what_surrounds_the_name_is_kept() {
        let text = "SETOF geography(Point, 4326)[][3]";
        let ty = read(text);
        assert!(ty.setof.is_some());
        assert_eq!(ty.modifiers.iter().map(|&span| &text[span]).collect::<Vec<_>>(), ["Point", "4326"]);
        assert_eq!(ty.array_dimensions, 2);
        assert_eq!(&text[ty.span], text);
        let text = "interval day to second(3)";
        let ty = read(text);
        assert_eq!(ty.interval_fields.map(|span| &text[span]), Some("day to second"));
        assert_eq!(ty.modifiers.len(), 1);
        assert_eq!(read("int ARRAY[4]").array_dimensions, 1);
    }

    #[test]
    fn the_type_of_a_column_is_named_by_the_column() {
        let text = "db.marketing.company.id%TYPE";
        let ty = read(text);
        assert!(ty.percent_type.is_some());
        assert!(matches!(ty.base, TypeBase::Named(name) if name.display(text) == "marketing.company.id"));
    }
}
