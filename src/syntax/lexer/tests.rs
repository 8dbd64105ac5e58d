//! What the lexer makes of each kind of token; the comparison with PostgreSQL's own scanner is in `tests/oracle`.

use super::*;

fn kinds(text: &str) -> Vec<TokenKind> {
    lex(text, Span::new(0, text.len() as u32), Mode::Script).tokens.iter().map(|t| t.kind).collect()
}

fn pieces(text: &str) -> Vec<&str> {
    lex(text, Span::new(0, text.len() as u32), Mode::Script).tokens.iter().map(|t| &text[t.span]).collect()
}

#[test]
fn operators_end_before_a_sign_unless_they_hold_a_special_character() {
    assert_eq!(pieces("a=-1"), ["a", "=", "-", "1"]);
    assert_eq!(pieces("a@-1"), ["a", "@-", "1"]);
    assert_eq!(pieces("a+--b"), ["a", "+"]);
    assert_eq!(pieces("a*/* c */b"), ["a", "*", "b"]);
}

#[test]
fn strings_of_every_prefix_are_one_token() {
    assert_eq!(
        kinds(r#"'a''b' E'a\'b' U&'\0061' N'x' B'01' X'1F' $$a'b$$ $t$ $$ $t$"#),
        [
            TokenKind::String,
            TokenKind::EscapeString,
            TokenKind::UnicodeString,
            TokenKind::NationalString,
            TokenKind::BitString,
            TokenKind::HexString,
            TokenKind::DollarString,
            TokenKind::DollarString,
        ]
    );
}

#[test]
fn a_string_goes_on_after_a_line_end_only() {
    assert_eq!(pieces("'a'\n  -- note\n 'b' , 'c' 'd'"), ["'a'\n  -- note\n 'b'", ",", "'c'", "'d'"]);
}

#[test]
fn comments_nest_and_are_kept_aside() {
    let text = "a /* b /* c */ d */ e -- f\r\ng";
    let tokens = lex(text, Span::new(0, text.len() as u32), Mode::Script);
    assert_eq!(tokens.comments.iter().map(|c| &text[c.span]).collect::<Vec<_>>(), ["/* b /* c */ d */", "-- f"]);
    assert_eq!(tokens.tokens.len(), 3);
}

#[test]
fn numbers_of_every_form() {
    assert_eq!(kinds("1 1.5 .5 1. 1e10 1.5e-3 0x1F 0o17 0b01 1_000"), {
        use TokenKind::*;
        [Integer, Decimal, Decimal, Decimal, Decimal, Decimal, Integer, Integer, Integer, Integer]
    });
    assert_eq!(pieces("1..10"), ["1", "..", "10"]);
    for junk in ["123abc", "1_", "0x", "1e+", "0b12"] {
        assert!(kinds(junk).iter().any(|kind| matches!(kind, TokenKind::Error(_)) || *kind == TokenKind::Integer && junk == "0b12"), "{junk}");
    }
}

#[test]
fn placeholders_take_the_names_glued_to_them() {
    use TokenKind::*;
    assert_eq!(kinds("${a}"), [Placeholder]);
    assert_eq!(pieces("${schema}_x.t_{{ y }}_z"), ["${schema}_x", ".", "t_{{ y }}_z"]);
    assert_eq!(kinds(":a :'b' :\"c\" x::int a:=1"), [
        Placeholder,
        Placeholder,
        Placeholder,
        Ident,
        DoubleColon,
        Keyword(super::Keyword::Int),
        Ident,
        ColonEquals,
        Integer
    ]);
}

#[test]
fn copy_data_and_psql_lines_are_not_sql() {
    let text = "COPY t FROM stdin;\n1\tit's\n\\.\nSELECT 1;\n\\set x 1\nSELECT 2";
    let found: Vec<_> = kinds(text).into_iter().filter(|k| matches!(k, TokenKind::CopyData | TokenKind::MetaCommand)).collect();
    assert_eq!(found, [TokenKind::CopyData, TokenKind::MetaCommand]);
    assert_eq!(pieces(text).last(), Some(&"2"));
}

#[test]
fn what_is_never_closed_is_an_error_to_the_end() {
    for (text, error) in [
        ("a 'b", LexError::UnterminatedString),
        ("a \"b", LexError::UnterminatedIdent),
        ("a /* b /* */", LexError::UnterminatedComment),
        ("a $x$ b $$", LexError::UnterminatedDollarString),
        ("a \"\"", LexError::EmptyIdent),
    ] {
        assert_eq!(kinds(text)[1..], [TokenKind::Error(error)], "{text}");
    }
}
