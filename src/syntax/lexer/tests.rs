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
        assert!(
            kinds(junk).iter().any(|kind| matches!(kind, TokenKind::Error(_)) || *kind == TokenKind::Integer && junk == "0b12"),
            "{junk}"
        );
    }
}

#[test]
fn placeholders_take_the_names_glued_to_them() {
    use TokenKind::*;
    assert_eq!(kinds("${a}"), [Placeholder]);
    assert_eq!(pieces("${schema}_x.t_{{ y }}_z"), ["${schema}_x", ".", "t_{{ y }}_z"]);
    assert_eq!(
        kinds(":a :'b' :\"c\" x::int a:=1"),
        [Placeholder, Placeholder, Placeholder, Ident, DoubleColon, Keyword(super::Keyword::Int), Ident, ColonEquals, Integer]
    );
}

/// The rows that a script holds, with what reads them.
fn rows(text: &str) -> Vec<(&str, &str)> {
    let tokens = lex(text, Span::new(0, text.len() as u32), Mode::Script);
    tokens.rows.iter().map(|rows| (&text[rows.terminator], &text[rows.span])).collect()
}

#[test]
fn rows_begin_on_the_line_after_their_statement() {
    let text = "COPY t FROM stdin; SELECT 1; COPY u FROM stdin; -- it's\n1\tit's\n\\.\r\n2;\n\\.\nSELECT 2";
    assert_eq!(rows(text), [(";", "1\tit's\n\\."), (";", "2;\n\\.")]);
    assert_eq!(pieces(text)[pieces(text).len() - 2..], ["SELECT", "2"]);
    assert_eq!(rows("\\copy t from stdin csv\n1\n"), [("\\copy t from stdin csv", "1\n")]);
    assert_eq!(rows("COPY t FROM stdin stdin;\n1\n\\.\n"), [], "no statement of PostgreSQL");
}

#[test]
fn psql_commands_stand_between_statements_or_end_them() {
    assert_eq!(pieces("\\set x 'a\\\\b'\nSELECT 1"), ["\\set x 'a\\\\b'", "SELECT", "1"]);
    assert_eq!(pieces("\\echo a \\\\ SELECT 1 \\gset b_ \\echo c"), ["\\echo a \\\\", "SELECT", "1", "\\gset b_", "\\echo c"]);
    assert_eq!(pieces("SELECT\n\\if true\n1\n\\endif\n\\; SELECT 2"), ["SELECT", "1", "\\;", "SELECT", "2"]);
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
