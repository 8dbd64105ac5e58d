//! NOT VALID: a constraint that is added without a look at the rows, and the migration that looks at them later.

use regex::RegexBuilder;

use crate::catalog::{Class, describe};
use crate::diagnostic::{Applicability, Fix};
use crate::rules::change::{Change, Existing};
use crate::rules::{Draft, MigrationContext};
use crate::syntax::lexer::{Keyword, Mode, Token, TokenKind, lex};
use crate::syntax::tree::{Ident, Node, TableConstraint};
use crate::text::Edit;

/// What to do instead.
pub(super) const ADVICE: &str = "add it `NOT VALID`, and validate it in a later migration, where others go on reading and writing";

/// Writes `NOT VALID` behind the constraint, and a new migration that validates it.
pub(super) fn fix(cx: &MigrationContext<'_>, change: &Change<'_>, table: &Existing<'_>, constraint: &TableConstraint) -> Option<Fix> {
    let Node::AlterTable(alter) = change.node() else { return None };
    if !change.is_of_script() {
        return None;
    }
    let after = change.after()?;
    let made = |origin: crate::catalog::Origin| origin.migration == Some(cx.replayed.index) && origin.span == constraint.span;
    let (_, object) = after.parts(table.oid, Class::Constraint).find(|(_, object)| made(object.origin))?;
    if is_changed_later(cx, &object.name, &table.object.name) {
        return None;
    }
    let (holder, name) = (change.written(alter.relation.name.span()), describe::name(&object.name));
    let schema = object.schema.and_then(|schema| after.get(schema)).map(|schema| schema.name.to_string());
    let written = change.written(constraint.span);
    let named = if constraint.name.is_some() { written.to_owned() } else { format!("CONSTRAINT {name} {written}") };
    let draft = Draft {
        description: &format!("validate {}", object.name),
        schema: schema.as_deref(),
        up: &[format!("ALTER TABLE {holder} VALIDATE CONSTRAINT {name};")],
        down: &[format!("ALTER TABLE {holder} DROP CONSTRAINT IF EXISTS {name};"), format!("ALTER TABLE {holder} ADD {named} NOT VALID;")],
    };
    let mut fix = cx.fix(
        Applicability::Unsafe,
        format!("write `NOT VALID`, and a migration that validates `{}`", object.name),
        vec![Edit::insertion(constraint.span.end, " NOT VALID")],
    );
    fix.edits.extend((cx.drafts.0)(&draft)?);
    Some(fix)
}

/// Whether a later migration may have something to do with the constraint or the whole table, so that there is nothing to validate at the end.
fn is_changed_later(cx: &MigrationContext<'_>, constraint: &str, table: &str) -> bool {
    let Ok(mention) = RegexBuilder::new(&regex::escape(table)).case_insensitive(true).build() else { return true };
    cx.history.migrations.iter().skip(cx.replayed.index as usize + 1).any(|later| {
        let text = later.up.text();
        if !mention.is_match(text) {
            return false;
        }
        let tokens: Vec<Token> = later.up_section().spans.iter().flat_map(|span| lex(text, *span, Mode::Script).tokens).collect();
        let names = |name: &str| tokens.iter().any(|token| says(text, token, name));
        let drops = |pair: &[Token]| {
            matches!(pair[0].kind, TokenKind::Keyword(Keyword::Drop)) && matches!(pair[1].kind, TokenKind::Keyword(Keyword::Table))
        };
        let renames = |token: &Token| token.kind == TokenKind::Keyword(Keyword::Rename);
        // Another table may have a constraint of the same name.
        let is_changed = || names(constraint) || tokens.windows(2).any(drops) || tokens.iter().any(renames);
        names(table) && is_changed() || in_code(text, &tokens, table)
    })
}

/// Whether a token is a name, or code that has it somewhere.
fn says(text: &str, token: &Token, name: &str) -> bool {
    match token.kind {
        TokenKind::Ident | TokenKind::QuotedIdent => Ident { span: token.span }.value(text) == name,
        TokenKind::String | TokenKind::DollarString => text[token.span].contains(name),
        _ => false,
    }
}

/// Whether code among the tokens names the table and drops or renames something.
fn in_code(text: &str, tokens: &[Token], table: &str) -> bool {
    let code = tokens.iter().filter(|token| token.kind == TokenKind::DollarString).map(|token| &text[token.span]);
    code.filter(|code| code.contains(table)).any(|code| {
        let code = code.to_ascii_lowercase();
        code.contains("drop table") || code.contains("rename")
    })
}
