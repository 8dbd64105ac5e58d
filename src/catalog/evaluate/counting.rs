//! What counts: expressions that move a sequence or read where it stands, so that it matters when they are evaluated.

use super::{Evaluator, function, objects};
use crate::catalog::Oid;
use crate::catalog::rows::{Reference, Value};
use crate::syntax::expression::{Call, Expression, ExpressionKind as Kind, Node};

impl Evaluator<'_, '_> {
    /// Whether something in an expression counts, or calls code that may.
    pub(in crate::catalog) fn counts(&mut self, expression: &Expression) -> bool {
        !calls_of_sequences(Node::Expression(expression)).is_empty() || self.calls_code(Node::Expression(expression))
    }

    /// Whether something in a node names one of these sequences to count, as far as that can be told: what it may name, it names.
    pub(in crate::catalog) fn counts_any(&mut self, node: Node<'_>, sequences: &[Oid]) -> bool {
        !sequences.is_empty()
            && calls_of_sequences(node).into_iter().any(|call| self.named(call).is_none_or(|oid| sequences.contains(&oid)))
    }

    /// The sequence that a call names.
    fn named(&mut self, call: &Call) -> Option<Oid> {
        let number = match self.expression(&call.arguments.first()?.value).ok()? {
            Value::Object(_, number) => number,
            Value::Text(name) => objects::find(self.run, Reference::Class, &name).ok()???,
            _ => return None,
        };
        Some(Oid(number))
    }
}

fn calls_of_sequences(node: Node<'_>) -> Vec<&Call> {
    let mut calls = Vec::new();
    node.walk(&mut |node| {
        if let Node::Expression(Expression { kind: Kind::Call(call), .. }) = node
            && call.name.last().is_some_and(|name| function::counts(name))
        {
            calls.push(&**call);
        }
    });
    calls
}
