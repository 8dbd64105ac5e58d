//! Walking: the parts of a node, and everything in it.
//!
//! [`Node::each_part`] hands out what stands directly in a node, in the order of the text, so that whoever keeps scopes can go down by
//! itself; [`Node::walk`] hands out a node and then everything below it.

use super::tree::*;

/// Something that a walk comes by.
#[derive(Debug, Clone, Copy)]
pub enum Node<'t> {
    /// An expression.
    Expression(&'t Expression),
    /// A query.
    Query(&'t Query),
    /// A data change.
    Change(&'t DataChange),
    /// A common table expression.
    CommonTable(&'t CommonTable),
    /// An item of FROM or USING.
    From(&'t FromItem),
    /// A type.
    Type(&'t TypeRef),
}

type Visit<'a, 't> = &'a mut dyn FnMut(Node<'t>);

impl Expression {
    /// Calls `visit` with the expression and everything in it, each before its parts.
    pub fn walk<'t>(&'t self, visit: &mut dyn FnMut(Node<'t>)) {
        Node::Expression(self).walk(visit);
    }

    /// Whether something in it is unread.
    pub fn has_unread(&self) -> bool {
        Node::Expression(self).has_unread()
    }
}

impl Query {
    /// Calls `visit` with the query and everything in it, each before its parts.
    pub fn walk<'t>(&'t self, visit: &mut dyn FnMut(Node<'t>)) {
        Node::Query(self).walk(visit);
    }
}

impl DataChange {
    /// Calls `visit` with the change and everything in it, each before its parts.
    pub fn walk<'t>(&'t self, visit: &mut dyn FnMut(Node<'t>)) {
        Node::Change(self).walk(visit);
    }
}

impl<'t> Node<'t> {
    /// Calls `visit` with the node and everything in it, each before its parts.
    pub fn walk(self, visit: &mut dyn FnMut(Node<'t>)) {
        visit(self);
        self.each_part(&mut |part| part.walk(visit));
    }

    /// Whether something in it is unread, or rows of it are left in their text.
    pub fn has_unread(self) -> bool {
        let mut found = false;
        self.walk(&mut |node| {
            found |= match node {
                Node::Expression(expression) => expression.is_unread(),
                Node::From(item) => item.kind == FromItemKind::Unread,
                Node::Change(DataChange::Insert(insert)) => matches!(insert.source, InsertSource::Rows(_)),
                _ => false,
            }
        });
        found
    }

    /// Calls `visit` with what stands directly in the node.
    pub fn each_part(self, visit: &mut dyn FnMut(Node<'t>)) {
        match self {
            Node::Expression(expression) => parts_of_expression(expression, visit),
            Node::Query(query) => parts_of_query(query, visit),
            Node::Change(change) => parts_of_change(change, visit),
            Node::CommonTable(table) => parts_of_common_table(table, visit),
            Node::From(item) => parts_of_from_item(item, visit),
            Node::Type(ty) => expressions(&ty.modifiers, visit),
        }
    }
}

fn expressions<'t>(items: impl IntoIterator<Item = &'t Expression>, visit: Visit<'_, 't>) {
    items.into_iter().for_each(|item| visit(Node::Expression(item)));
}

fn parts_of_expression<'t>(expression: &'t Expression, visit: Visit<'_, 't>) {
    use ExpressionKind as Kind;
    match &expression.kind {
        Kind::Column(_) | Kind::Star(_) | Kind::Parameter(_) | Kind::Constant(_) | Kind::Default | Kind::Value(..) | Kind::Unread => {}
        Kind::Call(call) => parts_of_call(call, visit),
        Kind::Coalesce(items)
        | Kind::Greatest(items)
        | Kind::Least(items)
        | Kind::And(items)
        | Kind::Or(items)
        | Kind::Array(items)
        | Kind::Row(items, _)
        | Kind::Grouping(items) => expressions(items, visit),
        Kind::NullIf(items) | Kind::IsDistinctFrom(items, _) => expressions(&items[..], visit),
        Kind::Cast(value, ty) => {
            visit(Node::Expression(value));
            visit(Node::Type(ty));
        }
        Kind::Collate(value, _)
        | Kind::Not(value)
        | Kind::IsNull(value, _)
        | Kind::IsBoolean(value, ..)
        | Kind::IsDocument(value)
        | Kind::IsJson(value, ..)
        | Kind::Field(value, _)
        | Kind::AllFields(value) => visit(Node::Expression(value)),
        Kind::Operator(operator) => {
            expressions(&operator.left, visit);
            visit(Node::Expression(&operator.right));
        }
        Kind::Between(between) => expressions([&between.value, &between.low, &between.high], visit),
        Kind::In(value, items, _) => {
            visit(Node::Expression(value));
            expressions(items, visit);
        }
        Kind::InQuery(value, query) => {
            visit(Node::Expression(value));
            visit(Node::Query(query));
        }
        Kind::Quantified(quantified) => {
            visit(Node::Expression(&quantified.left));
            match &quantified.right {
                Quantity::Array(array) => visit(Node::Expression(array)),
                Quantity::Query(query) => visit(Node::Query(query)),
            }
        }
        Kind::Case(case) => {
            expressions(&case.operand, visit);
            case.whens.iter().for_each(|(when, then)| expressions([when, then], visit));
            expressions(&case.otherwise, visit);
        }
        Kind::ArrayQuery(query) | Kind::Exists(query) | Kind::Scalar(query) => visit(Node::Query(query)),
        Kind::Subscript(value, subscript) => {
            visit(Node::Expression(value));
            parts_of_subscript(subscript, visit);
        }
        Kind::Special(special) => parts_of_special(special, visit),
    }
}

fn parts_of_call<'t>(call: &'t Call, visit: Visit<'_, 't>) {
    expressions(call.arguments.iter().map(|argument| &argument.value), visit);
    order_by(&call.order_by, visit);
    order_by(&call.within_group, visit);
    expressions(&call.filter, visit);
    call.over.iter().for_each(|over| parts_of_over(over, visit));
}

fn order_by<'t>(keys: &'t [OrderBy], visit: Visit<'_, 't>) {
    expressions(keys.iter().map(|key| &key.value), visit);
}

fn parts_of_over<'t>(over: &'t Over, visit: Visit<'_, 't>) {
    if let Over::Window(window) = over {
        parts_of_window(window, visit);
    }
}

fn parts_of_window<'t>(window: &'t Window, visit: Visit<'_, 't>) {
    expressions(&window.partition_by, visit);
    order_by(&window.order_by, visit);
    if let Some(frame) = &window.frame {
        for bound in [&frame.start, &frame.end] {
            if let FrameBound::Preceding(offset) | FrameBound::Following(offset) = bound {
                visit(Node::Expression(offset));
            }
        }
    }
}

fn parts_of_subscript<'t>(subscript: &'t Subscript, visit: Visit<'_, 't>) {
    match subscript {
        Subscript::Index(index) => visit(Node::Expression(index)),
        Subscript::Slice(first, last) => expressions(first.iter().chain(last), visit),
    }
}

fn parts_of_special<'t>(special: &'t Special, visit: Visit<'_, 't>) {
    for part in &special.parts {
        match part {
            SpecialPart::Word(_) => {}
            SpecialPart::Expression(expression) => visit(Node::Expression(expression)),
            SpecialPart::Type(ty) => visit(Node::Type(ty)),
            SpecialPart::Query(query) => visit(Node::Query(query)),
            SpecialPart::OrderBy(keys) => order_by(keys, visit),
            SpecialPart::Over(over) => parts_of_over(over, visit),
        }
    }
}

fn parts_of_query<'t>(query: &'t Query, visit: Visit<'_, 't>) {
    parts_of_with(query.with.as_deref(), visit);
    match &query.body {
        Body::Select(select) => parts_of_select(select, visit),
        Body::Values(rows) => rows.iter().for_each(|row| expressions(row, visit)),
        Body::SetOperation(operation) => operation.parts.iter().for_each(|part| visit(Node::Query(part))),
    }
    order_by(&query.order_by, visit);
    expressions(query.limit.iter().map(|limit| &limit.count), visit);
    expressions(query.offset.as_deref(), visit);
}

fn parts_of_with<'t>(with: Option<&'t With>, visit: Visit<'_, 't>) {
    with.iter().flat_map(|with| &with.tables).for_each(|table| visit(Node::CommonTable(table)));
}

fn parts_of_common_table<'t>(table: &'t CommonTable, visit: Visit<'_, 't>) {
    match &table.statement {
        CommonTableStatement::Query(query) => visit(Node::Query(query)),
        CommonTableStatement::Change(change) => visit(Node::Change(change)),
    }
    if let Some(cycle) = &table.cycle {
        expressions([&cycle.value, &cycle.default], visit);
    }
}

fn parts_of_select<'t>(select: &'t Select, visit: Visit<'_, 't>) {
    if let Distinct::On(keys) = &select.distinct {
        expressions(keys, visit);
    }
    targets(&select.targets, visit);
    from_items(&select.from, visit);
    expressions(&select.condition, visit);
    if let Some(group_by) = &select.group_by {
        group_by.items.iter().for_each(|item| parts_of_grouping_item(item, visit));
    }
    expressions(&select.having, visit);
    select.windows.iter().for_each(|(_, window)| parts_of_window(window, visit));
}

fn targets<'t>(targets: &'t [Target], visit: Visit<'_, 't>) {
    expressions(targets.iter().map(|target| &target.value), visit);
}

fn from_items<'t>(items: &'t [FromItem], visit: Visit<'_, 't>) {
    items.iter().for_each(|item| visit(Node::From(item)));
}

fn parts_of_grouping_item<'t>(item: &'t GroupingItem, visit: Visit<'_, 't>) {
    match item {
        GroupingItem::Expression(expression) => visit(Node::Expression(expression)),
        GroupingItem::Empty => {}
        GroupingItem::Rollup(items) | GroupingItem::Cube(items) => expressions(items, visit),
        GroupingItem::Sets(items) => items.iter().for_each(|item| parts_of_grouping_item(item, visit)),
    }
}

fn parts_of_from_item<'t>(item: &'t FromItem, visit: Visit<'_, 't>) {
    match &item.kind {
        FromItemKind::Relation(relation) => {
            if let Some(sample) = &relation.sample {
                expressions(&sample.arguments, visit);
                expressions(&sample.repeatable, visit);
            }
        }
        FromItemKind::Query { query, .. } => visit(Node::Query(query)),
        FromItemKind::Function(function) => {
            for (call, columns) in &function.calls {
                visit(Node::Expression(call));
                columns.iter().for_each(|column| visit(Node::Type(&column.ty)));
            }
            function.columns.iter().for_each(|column| visit(Node::Type(&column.ty)));
        }
        FromItemKind::Join(join) => {
            visit(Node::From(&join.left));
            visit(Node::From(&join.right));
            if let JoinCondition::On(condition) = &join.condition {
                visit(Node::Expression(condition));
            }
        }
        FromItemKind::Special { special, .. } => parts_of_special(special, visit),
        FromItemKind::Unread => {}
    }
}

fn parts_of_change<'t>(change: &'t DataChange, visit: Visit<'_, 't>) {
    parts_of_with(change.with(), visit);
    match change {
        DataChange::Insert(insert) => parts_of_insert(insert, visit),
        DataChange::Update(update) => {
            assignments(&update.set, visit);
            from_items(&update.from, visit);
            condition(update.condition.as_ref(), visit);
        }
        DataChange::Delete(delete) => {
            from_items(&delete.using, visit);
            condition(delete.condition.as_ref(), visit);
        }
        DataChange::Merge(merge) => {
            visit(Node::From(&merge.source));
            visit(Node::Expression(&merge.condition));
            merge.whens.iter().for_each(|when| parts_of_merge_when(when, visit));
        }
    }
    if let Some(returning) = change.returning() {
        targets(&returning.targets, visit);
    }
}

fn parts_of_insert<'t>(insert: &'t Insert, visit: Visit<'_, 't>) {
    columns(&insert.columns, visit);
    if let InsertSource::Query(query) = &insert.source {
        visit(Node::Query(query));
    }
    let Some(on_conflict) = &insert.on_conflict else { return };
    if let Some(ConflictTarget::Keys(keys, predicate)) = &on_conflict.target {
        expressions(keys.iter().map(|key| &key.value), visit);
        expressions(predicate, visit);
    }
    if let ConflictAction::Update(set, condition) = &on_conflict.action {
        assignments(set, visit);
        expressions(condition, visit);
    }
}

fn columns<'t>(columns: &'t [ColumnTarget], visit: Visit<'_, 't>) {
    for part in columns.iter().flat_map(|column| &column.parts) {
        if let PartOfColumn::Subscript(subscript) = part {
            parts_of_subscript(subscript, visit);
        }
    }
}

fn assignments<'t>(set: &'t [Assignment], visit: Visit<'_, 't>) {
    for assignment in set {
        columns(assignment.target.columns(), visit);
        visit(Node::Expression(&assignment.value));
    }
}

fn condition<'t>(condition: Option<&'t Condition>, visit: Visit<'_, 't>) {
    if let Some(Condition::Expression(condition)) = condition {
        visit(Node::Expression(condition));
    }
}

fn parts_of_merge_when<'t>(when: &'t MergeWhen, visit: Visit<'_, 't>) {
    expressions(&when.condition, visit);
    match &when.action {
        MergeAction::Nothing | MergeAction::Delete => {}
        MergeAction::Update(set) => assignments(set, visit),
        MergeAction::Insert { columns: targets, values, .. } => {
            columns(targets, visit);
            expressions(values.iter().flatten(), visit);
        }
    }
}
