//! Whether a statement may touch schemas that it does not name.

use crate::syntax::lexer::{Token, TokenKind};
use crate::syntax::tree::{Ident, Node};
use crate::text::Span;

use super::built_in::{is_built_in_function, may_be_built_in};
use super::effect::effects;
use super::named::{SchemaUse, named_objects, relations};
use super::session::Home;
use super::walk::{Step, StepKind};

/// Whether what `step` does, needs or reads may be in a schema that its text does not show: a name without a schema that `search_path`
/// decides, a function whose body may do anything, a statement that can't be read.
pub fn reaches_unnamed_schemas(text: &str, step: &Step<'_>) -> bool {
    let StepKind::Statement(node) = step.kind else { return true };
    let session = step.session;
    let unknown_effect = || effects(text, node).iter().any(|effect| session.home(text, &effect.object) == Home::Unknown);
    let bare_name = || {
        let bare = |name| !session.is_temporary(text, name) && session.schemas().is_none();
        let named = named_objects(text, node);
        let mut ddl = named.iter().filter(|named| named.schema == SchemaUse::Missing && !may_be_built_in(text, named));
        let mut others = relations(node).filter(|name| name.schema.is_none() && !name.object.value(text).starts_with("pg_"));
        ddl.any(|named| bare(named.name)) || others.any(bare)
    };
    matches!(node, Node::Call(_)) || unknown_effect() || bare_name() || calls(text, node, step.tokens)
}

/// Whether a statement calls a function that is not surely PostgreSQL's own: by a name without a schema, or, where that runs it now, at all.
fn calls(text: &str, node: &Node, tokens: &[Token]) -> bool {
    let runs_now = matches!(node, Node::Select(_) | Node::Insert(_) | Node::Update(_) | Node::Delete(_) | Node::Merge(_));
    let is_name = |kind| matches!(kind, TokenKind::Ident | TokenKind::QuotedIdent | TokenKind::UnicodeIdent);
    let mut named: Option<Vec<Span>> = None;
    let mut is_object = |span: Span| {
        let objects = || named_objects(text, node).into_iter().map(|named| named.name).chain(relations(node));
        named.get_or_insert_with(|| objects().map(|name| name.object.span).collect()).contains(&span)
    };
    tokens.windows(2).enumerate().any(|(at, pair)| {
        if !is_name(pair[0].kind) || pair[1].kind != TokenKind::LeftParen {
            return false;
        }
        let before = |back: usize| at.checked_sub(back).map(|at| tokens[at]);
        let foreign = match before(1).map(|token| token.kind) {
            Some(TokenKind::Dot) => {
                let schema = before(2).map(|schema| Ident { span: schema.span }.value(text));
                runs_now && schema.is_none_or(|schema| schema != "pg_catalog")
            }
            _ => !is_built_in_function(&Ident { span: pair[0].span }.value(text)),
        };
        // `t (a, b)` after the words for it are a table and its columns.
        foreign && !is_object(pair[0].span)
    })
}
