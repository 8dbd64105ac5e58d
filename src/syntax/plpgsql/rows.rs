//! The queries that a guard can ask: one SELECT of relations that are joined so that only rows with partners count.

use crate::syntax::expression::{
    Body, Constant, Distinct, Expression, ExpressionKind, FromItem, FromItemKind, JoinCondition, JoinKind, Limit, Query, Select, TiesLimit,
};

/// A query of one SELECT with inner joins only, and without WITH, DISTINCT, grouping, ordering, set operations or OFFSET, and of LIMITs
/// only with `LIMIT 1`.
pub(super) struct Rows {
    /// What is selected.
    pub(super) columns: Vec<Expression>,
    /// What it reads: the parts of each name, and what it is called in the query, if not that.
    pub(super) relations: Vec<(Vec<String>, Option<String>)>,
    /// What must hold for a row: WHERE and the ON of every join, cut at each AND.
    pub(super) conditions: Vec<Expression>,
}

impl Rows {
    /// The query, if it is one of these.
    pub(super) fn of(query: Query) -> Option<Rows> {
        let Query { with: None, body: Body::Select(select), limit, offset: None, order_by, locking, .. } = query else { return None };
        let Select { distinct: Distinct::All, targets, into: None, from, condition, group_by: None, having: None, windows } = *select
        else {
            return None;
        };
        if !order_by.is_empty() || !locking.is_empty() || !windows.is_empty() || !limit.is_none_or(|limit| is_one(&limit)) {
            return None;
        }
        let mut rows =
            Rows { columns: targets.into_iter().map(|target| target.value).collect(), relations: Vec::new(), conditions: Vec::new() };
        from.into_iter().try_for_each(|item| rows.add(item))?;
        rows.conditions.extend(condition.into_iter().flat_map(conjuncts));
        Some(rows)
    }

    fn add(&mut self, item: FromItem) -> Option<()> {
        match item.kind {
            FromItemKind::Relation(relation) if relation.sample.is_none() => {
                let alias = match relation.alias {
                    Some(alias) if !alias.columns.is_empty() => return None,
                    alias => alias.map(|alias| alias.name),
                };
                self.relations.push((relation.name, alias));
                Some(())
            }
            FromItemKind::Join(join) if join.kind == JoinKind::Inner && join.alias.is_none() => {
                self.add(join.left)?;
                self.add(join.right)?;
                match join.condition {
                    JoinCondition::Cross => {}
                    JoinCondition::On(condition) => self.conditions.extend(conjuncts(condition)),
                    JoinCondition::Natural | JoinCondition::Using(..) => return None,
                }
                Some(())
            }
            _ => None,
        }
    }
}

fn is_one(limit: &Limit) -> bool {
    let one = |constant: &Constant| matches!(constant, Constant::Number(digits) if digits == "1");
    limit.ties == TiesLimit::Only && limit.count.as_constant().is_some_and(one)
}

/// What must hold for an expression to hold.
fn conjuncts(expression: Expression) -> Vec<Expression> {
    match expression.kind {
        ExpressionKind::And(parts) => parts.into_iter().flat_map(conjuncts).collect(),
        kind => vec![Expression { span: expression.span, kind }],
    }
}
