//! ALTER TEXT SEARCH DICTIONARY and CONFIGURATION.

use crate::syntax::lexer::{Keyword, TokenKind};
use crate::syntax::tree::{AlterTextSearchConfiguration, AlterTextSearchDictionary, Ident, MappingAction, Name, Node};

use super::parser::{Parse, Parser};
use super::{name, settings};

/// `ALTER TEXT SEARCH`, but for what all objects have in common.
pub(super) fn alter(p: &mut Parser, start: u32) -> Parse<Node> {
    p.expect_kws(&[Keyword::Text, Keyword::Search])?;
    match p.kind() {
        TokenKind::Keyword(Keyword::Dictionary) => {
            p.bump();
            let name = dictionary(p)?;
            let options = settings::definition(p)?;
            Ok(Node::AlterTextSearchDictionary(Box::new(AlterTextSearchDictionary { span: p.since(start), name, options })))
        }
        TokenKind::Keyword(Keyword::Configuration) => {
            p.bump();
            let name = name::name(p, "the name of a text search configuration")?;
            let action = mapping_action(p)?;
            Ok(Node::AlterTextSearchConfiguration(Box::new(AlterTextSearchConfiguration { span: p.since(start), name, action })))
        }
        TokenKind::Keyword(Keyword::Parser | Keyword::Template) => {
            Err(p.error("text search parsers and templates can only be renamed or moved"))
        }
        _ => Err(p.unexpected("`CONFIGURATION`, `DICTIONARY`, `PARSER` or `TEMPLATE`")),
    }
}

fn mapping_action(p: &mut Parser) -> Parse<MappingAction> {
    if p.eat_kws(&[Keyword::Add, Keyword::Mapping]).is_some() {
        let tokens = tokens(p)?;
        return Ok(MappingAction::Add { tokens, dictionaries: dictionaries(p)? });
    }
    if p.eat_kws(&[Keyword::Drop, Keyword::Mapping]).is_some() {
        let guard = name::if_exists(p);
        return Ok(MappingAction::Drop { guard, tokens: tokens(p)? });
    }
    if p.eat_kws(&[Keyword::Alter, Keyword::Mapping]).is_none() {
        return Err(p.unexpected("`ADD MAPPING`, `ALTER MAPPING` or `DROP MAPPING`"));
    }
    let tokens = if p.at_kw(Keyword::Replace) { Vec::new() } else { tokens(p)? };
    if p.eat_kw(Keyword::Replace).is_none() {
        return Ok(MappingAction::Alter { tokens, dictionaries: dictionaries(p)? });
    }
    let old = dictionary(p)?;
    p.expect_kw(Keyword::With)?;
    Ok(MappingAction::Replace { tokens, old, new: dictionary(p)? })
}

/// `FOR token, token`.
fn tokens(p: &mut Parser) -> Parse<Vec<Ident>> {
    p.expect_kw(Keyword::For)?;
    p.list(|p| name::column_name(p, "a token type"))
}

/// `WITH dictionary, dictionary`.
fn dictionaries(p: &mut Parser) -> Parse<Vec<Name>> {
    p.expect_kw(Keyword::With)?;
    p.list(dictionary)
}

fn dictionary(p: &mut Parser) -> Parse<Name> {
    name::name(p, "the name of a text search dictionary")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::testing::node;

    #[test]
    fn a_dictionary_is_replaced_for_some_token_types_or_for_all() {
        let replaced = |text: &str| match node(text) {
            Node::AlterTextSearchConfiguration(alter) => match alter.action {
                MappingAction::Replace { tokens, .. } => tokens.len(),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        };
        assert_eq!(replaced("ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING REPLACE a WITH b"), 0);
        assert_eq!(replaced("ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING FOR word, email REPLACE a WITH b"), 2);
    }
}
