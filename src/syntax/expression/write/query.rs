//! Queries as they are written.

use super::super::tree::*;
use super::name::inner_identifier;
use super::{Spelling, Writer, identifier, qualified};

impl Writer {
    pub(super) fn query(&mut self, query: &Query) {
        if let Some(with) = &query.with {
            self.with(with);
        }
        match &query.body {
            Body::Select(select) => self.select(select),
            Body::Values(rows) => {
                self.put("VALUES ");
                self.each(rows, |w, row| w.call_of("", row));
            }
            Body::SetOperation(operation) => self.set_operation(operation),
        }
        if !query.order_by.is_empty() {
            self.put(" ");
            self.order_by(&query.order_by);
        }
        if let Some(offset) = &query.offset {
            self.put(" OFFSET ");
            self.operand(offset);
        }
        match query.limit.as_deref() {
            Some(Limit { count, ties: TiesLimit::Only }) => {
                self.put(" LIMIT ");
                self.operand(count);
            }
            Some(Limit { count, ties: TiesLimit::WithTies }) => {
                self.put(" FETCH FIRST ");
                self.operand(count);
                self.put(" ROWS WITH TIES");
            }
            None => {}
        }
        for locking in &query.locking {
            let all = match &query.body {
                Body::Select(select) if locking.of.is_empty() && self.spelling != Spelling::Written => names_of(&select.from),
                _ => Vec::new(),
            };
            let of = if all.is_empty() { locking.of.clone() } else { all };
            match self.spelling {
                Spelling::Written => self.locking(locking, &of),
                // One for each.
                _ => of.iter().for_each(|one| self.locking(locking, std::slice::from_ref(one))),
            }
        }
    }

    fn set_operation(&mut self, operation: &SetOperation) {
        let word = match operation.operator {
            SetOperator::Union => " UNION ",
            SetOperator::Intersect => " INTERSECT ",
            SetOperator::Except => " EXCEPT ",
        };
        for (at, part) in operation.parts.iter().enumerate() {
            if at > 0 {
                self.put(word);
                if operation.distinct == Distinct::All {
                    self.put("ALL ");
                }
            }
            self.parenthesised(part);
        }
    }

    fn locking(&mut self, locking: &Locking, of: &[Vec<String>]) {
        self.put(match locking.strength {
            LockStrength::Update => " FOR UPDATE",
            LockStrength::NoKeyUpdate => " FOR NO KEY UPDATE",
            LockStrength::Share => " FOR SHARE",
            LockStrength::KeyShare => " FOR KEY SHARE",
        });
        if !of.is_empty() {
            self.put(" OF ");
            self.each(of, |w, name| w.put(&qualified(name)));
        }
        self.put(match locking.wait {
            LockWait::Block => "",
            LockWait::NoWait => " NOWAIT",
            LockWait::SkipLocked => " SKIP LOCKED",
        });
    }

    fn select(&mut self, select: &Select) {
        self.put("SELECT");
        match &select.distinct {
            Distinct::All => {}
            Distinct::Distinct => self.put(" DISTINCT"),
            Distinct::On(keys) => {
                self.put(" DISTINCT ON (");
                self.list(keys);
                self.put(")");
            }
        }
        if !select.targets.is_empty() {
            self.put(" ");
            self.each(&select.targets, Self::target);
        }
        if let Some(into) = &select.into {
            self.put(" INTO ");
            if !into.persistence.is_empty() {
                self.put(&into.persistence.to_uppercase());
                self.put(" ");
            }
            self.put("TABLE ");
            self.put(&qualified(&into.name));
        }
        self.list_of_from(" FROM ", &select.from);
        self.clause(" WHERE ", select.condition.as_ref());
        if let Some(group_by) = &select.group_by {
            self.put(" GROUP BY ");
            if group_by.distinct == Distinct::Distinct {
                self.put("DISTINCT ");
            }
            self.each(&group_by.items, Self::grouping_item);
        }
        self.clause(" HAVING ", select.having.as_ref());
        if !select.windows.is_empty() {
            self.put(" WINDOW ");
            self.each(&select.windows, |w, (name, window)| {
                w.put(&identifier(name));
                w.put(" AS ");
                w.window(window);
            });
        }
    }

    /// A clause that is an expression behind `words`, if there is one.
    pub(super) fn clause(&mut self, words: &str, expression: Option<&Expression>) {
        if let Some(expression) = expression {
            self.put(words);
            self.expression(expression);
        }
    }

    pub(super) fn target(&mut self, target: &Target) {
        self.expression(&target.value);
        if let Some(label) = &target.label
            && self.spelling == Spelling::Written
        {
            self.put(" AS ");
            self.put(&inner_identifier(label));
        }
    }

    fn grouping_item(&mut self, item: &GroupingItem) {
        match item {
            GroupingItem::Expression(_) if self.spelling == Spelling::Loose => self.put("…"),
            GroupingItem::Expression(expression) => self.expression(expression),
            GroupingItem::Empty => self.put("()"),
            GroupingItem::Rollup(items) => self.call_of("ROLLUP ", items),
            GroupingItem::Cube(items) => self.call_of("CUBE ", items),
            GroupingItem::Sets(items) => {
                self.put("GROUPING SETS (");
                self.each(items, Self::grouping_item);
                self.put(")");
            }
        }
    }

    pub(super) fn order_by(&mut self, keys: &[OrderBy]) {
        self.put("ORDER BY ");
        self.each(keys, Self::order_key);
    }

    pub(super) fn order_key(&mut self, key: &OrderBy) {
        match self.spelling {
            Spelling::Loose => self.put("…"),
            Spelling::Written | Spelling::Deparsed => self.expression(&key.value),
        }
        match &key.direction {
            Direction::Ascending => {}
            Direction::Descending => self.put(" DESC"),
            Direction::Using(operator) => {
                self.put(" USING ");
                self.operator_name(operator);
            }
        }
        self.put(match key.nulls {
            None => "",
            Some(Nulls::First) => " NULLS FIRST",
            Some(Nulls::Last) => " NULLS LAST",
        });
    }

    pub(super) fn over(&mut self, over: &Over) {
        self.put("OVER ");
        match over {
            Over::Name(name) => self.put(&identifier(name)),
            Over::Window(window) => self.window(window),
        }
    }

    fn window(&mut self, window: &Window) {
        let mut clauses = 0;
        let mut next = |w: &mut Self| {
            w.put(if clauses == 0 { "(" } else { " " });
            clauses += 1;
        };
        if let Some(base) = &window.base {
            next(self);
            self.put(&identifier(base));
        }
        if !window.partition_by.is_empty() {
            next(self);
            self.put("PARTITION BY ");
            self.list(&window.partition_by);
        }
        if !window.order_by.is_empty() {
            next(self);
            self.order_by(&window.order_by);
        }
        if let Some(frame) = &window.frame {
            next(self);
            self.frame(frame);
        }
        self.put(if clauses == 0 { "()" } else { ")" });
    }

    fn frame(&mut self, frame: &Frame) {
        self.put(match frame.unit {
            FrameUnit::Range => "RANGE BETWEEN ",
            FrameUnit::Rows => "ROWS BETWEEN ",
            FrameUnit::Groups => "GROUPS BETWEEN ",
        });
        self.bound(&frame.start);
        self.put(" AND ");
        self.bound(&frame.end);
        self.put(match frame.exclusion {
            FrameExclusion::NoOthers => "",
            FrameExclusion::CurrentRow => " EXCLUDE CURRENT ROW",
            FrameExclusion::Group => " EXCLUDE GROUP",
            FrameExclusion::Ties => " EXCLUDE TIES",
        });
    }

    fn bound(&mut self, bound: &FrameBound) {
        match bound {
            FrameBound::UnboundedPreceding => self.put("UNBOUNDED PRECEDING"),
            FrameBound::Preceding(offset) => {
                self.operand(offset);
                self.put(" PRECEDING");
            }
            FrameBound::CurrentRow => self.put("CURRENT ROW"),
            FrameBound::Following(offset) => {
                self.operand(offset);
                self.put(" FOLLOWING");
            }
            FrameBound::UnboundedFollowing => self.put("UNBOUNDED FOLLOWING"),
        }
    }

    /// The items of a clause behind `words`, if there are any.
    pub(super) fn list_of_from(&mut self, words: &str, items: &[FromItem]) {
        if !items.is_empty() {
            self.put(words);
            self.each(items, Self::item_of_from);
        }
    }

    pub(super) fn item_of_from(&mut self, item: &FromItem) {
        match &item.kind {
            FromItemKind::Relation(relation) => {
                self.relation(&relation.name, relation.inheritance);
                self.alias(self.spelling.alias(&relation.name, relation.alias.as_ref()));
                if let Some(sample) = &relation.sample {
                    self.put(" TABLESAMPLE ");
                    self.call_of(&qualified(&sample.method), &sample.arguments);
                    if let Some(seed) = &sample.repeatable {
                        self.put(" REPEATABLE (");
                        self.expression(seed);
                        self.put(")");
                    }
                }
            }
            FromItemKind::Query { lateral, query, alias } => {
                self.lateral(*lateral);
                self.parenthesised(query);
                self.alias(alias.as_ref().filter(|alias| !is_given(alias)));
            }
            FromItemKind::Function(function) => self.function(function),
            FromItemKind::Join(join) => self.join(join),
            FromItemKind::Special { lateral, special, alias } => {
                self.lateral(*lateral);
                self.special(special);
                self.alias(alias.as_ref());
            }
            FromItemKind::Unread => self.put("…"),
        }
    }

    pub(super) fn relation(&mut self, name: &[String], inheritance: Inheritance) {
        if inheritance == Inheritance::Only {
            self.put("ONLY ");
        }
        self.put(&qualified(self.spelling.ty(name)));
    }

    fn lateral(&mut self, lateral: Lateral) {
        if lateral == Lateral::Yes {
            self.put("LATERAL ");
        }
    }

    fn alias(&mut self, alias: Option<&Alias>) {
        if let Some(alias) = alias {
            self.put(" AS ");
            self.put(&identifier(&alias.name));
            if !alias.columns.is_empty() {
                self.put(" ");
                self.names(&alias.columns);
            }
        }
    }

    fn function(&mut self, function: &FunctionInFrom) {
        self.lateral(function.lateral);
        let rows_from = function.form == FunctionForm::RowsFrom;
        if rows_from {
            self.put("ROWS FROM (");
        }
        self.each(&function.calls, |w, (call, columns)| {
            w.callable(call);
            if !columns.is_empty() {
                w.put(" AS ");
                w.column_definitions(columns);
            }
        });
        if rows_from {
            self.put(")");
        }
        if function.ordinality == Ordinality::Yes {
            self.put(" WITH ORDINALITY");
        }
        self.alias(function.alias.as_ref());
        if !function.columns.is_empty() {
            self.put(if function.alias.is_some() { " " } else { " AS " });
            self.column_definitions(&function.columns);
        }
    }

    /// A call where only what looks like one may stand.
    fn callable(&mut self, call: &Expression) {
        match &call.kind {
            ExpressionKind::Cast(value, ty) => {
                self.put("CAST(");
                self.expression(value);
                self.put(" AS ");
                self.type_ref(ty);
                self.put(")");
            }
            _ => self.expression(call),
        }
    }

    fn column_definitions(&mut self, columns: &[ColumnDefinition]) {
        self.put("(");
        self.each(columns, |w, column| {
            w.put(&identifier(&column.name));
            w.put(" ");
            w.type_ref(&column.ty);
            if !column.collation.is_empty() {
                w.put(" COLLATE ");
                w.put(&qualified(&column.collation));
            }
        });
        self.put(")");
    }

    fn join(&mut self, join: &Join) {
        if join.alias.is_some() {
            self.put("(");
        }
        self.item_of_from(&join.left);
        self.put(match join.condition {
            JoinCondition::Cross => " CROSS",
            JoinCondition::Natural => " NATURAL",
            JoinCondition::On(_) | JoinCondition::Using(..) => "",
        });
        self.put(match join.kind {
            JoinKind::Inner => " JOIN ",
            JoinKind::Left => " LEFT JOIN ",
            JoinKind::Right => " RIGHT JOIN ",
            JoinKind::Full => " FULL JOIN ",
        });
        match &join.right.kind {
            FromItemKind::Join(inner) if inner.alias.is_none() => {
                self.put("(");
                self.item_of_from(&join.right);
                self.put(")");
            }
            _ => self.item_of_from(&join.right),
        }
        match &join.condition {
            JoinCondition::Cross | JoinCondition::Natural => {}
            JoinCondition::On(condition) => self.clause(" ON ", Some(condition)),
            JoinCondition::Using(columns, alias) => {
                self.put(" USING ");
                self.names(columns);
                if let Some(alias) = alias {
                    self.put(" AS ");
                    self.put(&identifier(alias));
                }
            }
        }
        if join.alias.is_some() {
            self.put(")");
            self.alias(join.alias.as_ref());
        }
    }

    pub(super) fn with(&mut self, with: &With) {
        self.put(if with.recursion == Recursion::Recursive { "WITH RECURSIVE " } else { "WITH " });
        self.each(&with.tables, Self::common_table);
        self.put(" ");
    }

    fn common_table(&mut self, table: &CommonTable) {
        self.put(&identifier(&table.name));
        if !table.columns.is_empty() {
            self.put(" ");
            self.names(&table.columns);
        }
        self.put(match table.materialization {
            Materialization::Default => " AS (",
            Materialization::Always => " AS MATERIALIZED (",
            Materialization::Never => " AS NOT MATERIALIZED (",
        });
        match &table.statement {
            CommonTableStatement::Query(query) => self.query(query),
            CommonTableStatement::Change(change) => self.change(change),
        }
        self.put(")");
        if let Some(search) = &table.search {
            self.put(if search.order == SearchOrder::Depth { " SEARCH DEPTH FIRST BY " } else { " SEARCH BREADTH FIRST BY " });
            self.each(&search.columns, |w, name| w.put(&identifier(name)));
            self.put(" SET ");
            self.put(&identifier(&search.sequence));
        }
        if let Some(cycle) = &table.cycle {
            self.put(" CYCLE ");
            self.each(&cycle.columns, |w, name| w.put(&identifier(name)));
            self.put(" SET ");
            self.put(&identifier(&cycle.mark));
            self.put(" TO ");
            self.cycle_mark(&cycle.value);
            self.put(" DEFAULT ");
            self.cycle_mark(&cycle.default);
            self.put(" USING ");
            self.put(&identifier(&cycle.path));
        }
    }

    /// A constant where only a constant may stand, so that a cast is written as a type before it.
    fn cycle_mark(&mut self, mark: &Expression) {
        match &mark.kind {
            ExpressionKind::Cast(value, ty) => {
                self.type_ref(ty);
                self.put(" ");
                self.expression(value);
            }
            _ => self.expression(mark),
        }
    }
}

/// Whether a query in FROM goes by the name that PostgreSQL shows for one without a name, since version 16.
fn is_given(alias: &Alias) -> bool {
    let numbered = |rest: &str| rest.strip_prefix('_').is_some_and(|number| number.parse::<u32>().is_ok());
    alias.columns.is_empty() && alias.name.strip_prefix("unnamed_subquery").is_some_and(|rest| rest.is_empty() || numbered(rest))
}

/// What the items of FROM are called.
fn names_of(from: &[FromItem]) -> Vec<Vec<String>> {
    let mut names = Vec::new();
    for item in from {
        let alias = |alias: &Option<Alias>| alias.iter().map(|alias| vec![alias.name.clone()]).collect::<Vec<_>>();
        match &item.kind {
            FromItemKind::Relation(relation) => match &relation.alias {
                Some(alias) => names.push(vec![alias.name.clone()]),
                None => names.extend(relation.name.last().map(|name| vec![name.clone()])),
            },
            FromItemKind::Query { alias: own, .. } => names.extend(alias(own)),
            FromItemKind::Join(join) => {
                names.extend(names_of(std::slice::from_ref(&join.left)));
                names.extend(names_of(std::slice::from_ref(&join.right)));
            }
            FromItemKind::Function(_) | FromItemKind::Special { .. } | FromItemKind::Unread => {}
        }
    }
    names
}
