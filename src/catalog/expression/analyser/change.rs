//! INSERT, UPDATE, DELETE, MERGE (`transformInsertStmt` and its kin): the columns they name, and whether what they are given fits.

use std::sync::Arc;

use super::query::Column;
use super::{Analyser, Item};
use crate::catalog::expression::analysis::{Output, Place, Visibility};
use crate::catalog::expression::{Filling, Used};
use crate::catalog::model::{Generated, Identity, RelationKind, TypeUse};
use crate::catalog::object::Name;
use crate::catalog::typing::{Context, ExprType, Fit, coercion};
use crate::catalog::{Address, Oid, Result, Stop, types};
use crate::syntax::expression::{
    Assignment, AssignmentTarget, Body, ChangeTarget, ColumnTarget, Condition, ConflictAction, ConflictTarget, DataChange, Expression,
    ExpressionKind as Kind, Insert, InsertSource, MergeAction, OnConflict, Returning, read_values,
};
use crate::text::Span;

impl Analyser<'_, '_> {
    /// A data change; what it returns, if that can be told.
    pub(super) fn change(&mut self, change: &DataChange) -> Result<Option<Vec<Column>>> {
        if let Some(with) = change.with() {
            self.with(with)?;
        }
        match change {
            DataChange::Insert(insert) => self.insert(insert, None),
            DataChange::Update(update) => {
                let target = self.target(&update.target)?;
                self.bring_target(&update.target, target)?;
                for item in &update.from {
                    self.from(item)?;
                }
                // The target columns are looked up last, after all that is as in a SELECT.
                self.where_clause(update.condition.as_ref())?;
                let returned = self.returning(update.returning.as_ref(), target)?;
                self.assignments(&update.set, target)?;
                Ok(returned)
            }
            DataChange::Delete(delete) => {
                let target = self.target(&delete.target)?;
                self.bring_target(&delete.target, target)?;
                for item in &delete.using {
                    self.from(item)?;
                }
                self.where_clause(delete.condition.as_ref())?;
                self.returning(delete.returning.as_ref(), target)
            }
            DataChange::Merge(merge) => {
                let target = self.target(&merge.target)?;
                self.bring_target(&merge.target, target)?;
                self.from(&merge.source)?;
                self.condition(&merge.condition, "JOIN/ON")?;
                for when in &merge.whens {
                    if let Some(condition) = &when.condition {
                        self.condition(condition, "MERGE WHEN AND")?;
                    }
                    match &when.action {
                        MergeAction::Nothing | MergeAction::Delete => {}
                        MergeAction::Update(set) => self.assignments(set, target)?,
                        MergeAction::Insert { columns, overriding, values } => {
                            let columns = self.columns(columns, target, merge.target.span)?;
                            for (at, value) in values.iter().flatten().enumerate() {
                                let column = columns.as_ref().and_then(|columns| columns.get(at).copied());
                                if let (Some(column), false) = (column, value.kind == Kind::Default) {
                                    self.not_generated(target, column, overriding.is_some(), value.span)?;
                                }
                                self.assigned(value, target, column)?;
                            }
                        }
                    }
                }
                self.in_merge = true;
                let returned = self.returning(merge.returning.as_ref(), target);
                self.in_merge = false;
                returned
            }
        }
    }

    /// A data change in `text`, by itself: what it returns; none if that can't be told.
    pub(in crate::catalog::expression) fn outer_change(&mut self, change: &DataChange, text: &str) -> Result<Option<Vec<Output>>> {
        let columns = self.in_query(|analyser| match change {
            DataChange::Insert(insert) => {
                if let Some(with) = &insert.with {
                    analyser.with(with)?;
                }
                analyser.insert(insert, Some(text))
            }
            other => analyser.change(other),
        })?;
        let output = |(name, ty, source): Column| Output { name, ty: ty.settled(), source };
        Ok(columns.map(|columns| columns.into_iter().map(output).collect()))
    }

    fn target(&mut self, target: &ChangeTarget) -> Result<Oid> {
        let oid = self.relation_named(&target.name, target.span)?;
        self.used(target.span, Used::Relation(oid));
        let Some(relation) = self.run.catalog.relation(oid) else { return Ok(oid) };
        let name = target.name.last().cloned().unwrap_or_default();
        match relation.kind {
            RelationKind::Sequence(_) => Err(Stop::fails("42809", format!("cannot change sequence \"{name}\""), target.span)),
            RelationKind::MaterializedView(_) => {
                Err(Stop::fails("42809", format!("cannot change materialized view \"{name}\""), target.span))
            }
            RelationKind::Index(_) => Err(Stop::fails("42809", format!("\"{name}\" is an index"), target.span)),
            RelationKind::Composite => Err(Stop::fails("42809", format!("\"{name}\" is a composite type"), target.span)),
            _ => Ok(oid),
        }
    }

    fn bring_target(&mut self, target: &ChangeTarget, oid: Oid) -> Result {
        let own = target.name.last().map(String::as_str).unwrap_or_default();
        let item = self.item_of(oid, Some(Name::from(target.alias.as_deref().unwrap_or(own))));
        let schema = item.schema.filter(|_| target.alias.is_none());
        self.bring(Item { schema, ..item })
    }

    fn where_clause(&mut self, condition: Option<&Condition>) -> Result {
        match condition {
            Some(Condition::Expression(expression)) => self.condition(expression, "WHERE"),
            Some(Condition::CurrentOf(_)) | None => Ok(()),
        }
    }

    fn returning(&mut self, returning: Option<&Returning>, changed: Oid) -> Result<Option<Vec<Column>>> {
        let Some(returning) = returning else { return Ok(Some(Vec::new())) };
        let before = self.levels.last().map_or(0, |level| level.items.len());
        if self.run.world.target.major() >= 18 {
            self.bring_rows(returning, changed);
        }
        let columns = self.returned(returning);
        if let Some(level) = self.levels.last_mut() {
            level.items.truncate(before);
        }
        columns
    }

    /// The rows as they were and as they are, which RETURNING can name since version 18, unless something else is called so.
    fn bring_rows(&mut self, returning: &Returning, changed: Oid) {
        for (alias, name) in [(&returning.old, "old"), (&returning.new, "new")] {
            let name = Name::from(alias.as_deref().unwrap_or(name));
            let item = Item { schema: None, visibility: Visibility::QualifiedOnly, ..self.item_of(changed, Some(Name::clone(&name))) };
            let Some(level) = self.levels.last_mut() else { return };
            if level.items.iter().all(|other| other.name.as_ref() != Some(&name)) {
                level.items.push(item);
            }
        }
    }

    fn returned(&mut self, returning: &Returning) -> Result<Option<Vec<Column>>> {
        let mut columns: Option<Vec<Column>> = Some(Vec::new());
        for target in &returning.targets {
            let found = match &target.value.kind {
                Kind::Star(parts) => self.star(parts, target.value.span)?,
                _ => {
                    let ty = self.expression(&target.value)?;
                    Some(vec![(super::query::called(target), ty, None)])
                }
            };
            columns = columns.zip(found).map(|(mut columns, found)| {
                columns.extend(found);
                columns
            });
        }
        Ok(columns)
    }

    fn insert(&mut self, insert: &Insert, text: Option<&str>) -> Result<Option<Vec<Column>>> {
        let target = self.target(&insert.target)?;
        let columns = self.columns(&insert.columns, target, insert.target.span)?;
        let overriding = insert.overriding.is_some();
        let mut given_width = 0;
        match &insert.source {
            InsertSource::Default => {}
            InsertSource::Query(query) => match &query.body {
                Body::Values(rows) if query.with.is_none() => {
                    let width = rows.first().map_or(0, Vec::len);
                    given_width = width;
                    for row in rows {
                        if row.len() != width {
                            return Err(Stop::fails("42601", "VALUES lists must all be the same length", query.span));
                        }
                        self.row(row, target, columns.as_deref(), insert)?;
                    }
                }
                _ => {
                    let given = self.subquery(query)?;
                    if let (Some(given), Some(columns)) = (given, &columns) {
                        given_width = given.len();
                        self.width(given.len(), columns.len(), !insert.columns.is_empty(), query.span)?;
                        for ((_, ty, _), column) in given.iter().zip(columns) {
                            self.not_generated(target, *column, overriding, query.span)?;
                            self.fits(ty, None, target, *column, query.span)?;
                        }
                    }
                }
            },
            InsertSource::Rows(span) => {
                if let Some(text) = text {
                    let (uses, filled) = (self.uses.len(), self.filled.len());
                    for row in read_values(&text[*span]) {
                        match row.values {
                            Some(values) => {
                                given_width = values.len();
                                self.row(&values, target, columns.as_deref(), insert)
                                    .map_err(|stop| stop.at(Span::new(span.start + row.span.start, span.start + row.span.end)))?;
                            }
                            None => drop(self.partly()),
                        }
                    }
                    // What was read counts from where the rows begin.
                    let shift = |inner: &mut Span| *inner = Span::new(span.start + inner.start, span.start + inner.end);
                    self.uses[uses..].iter_mut().for_each(|used| shift(&mut used.span));
                    self.filled[filled..].iter_mut().for_each(|(inner, _)| shift(inner));
                } else {
                    self.partly();
                }
            }
        }
        if let (true, Some(columns)) = (insert.columns.is_empty() && given_width > 0, &columns) {
            let behind = Span::empty(insert.target.span.end);
            for column in columns.iter().take(given_width) {
                self.used(behind, Used::Column(Address::column(target, *column)));
            }
            let names = columns.iter().take(given_width).filter_map(|column| self.run.catalog.column(Address::column(target, *column)));
            let names: Arc<[Name]> = names.map(|column| Name::clone(&column.name)).collect();
            self.filled.push((behind, Filling::Columns(names)));
        }
        self.bring_target(&insert.target, target)?;
        if let Some(on_conflict) = &insert.on_conflict {
            self.on_conflict(on_conflict, target, insert.target.span)?;
        }
        self.returning(insert.returning.as_ref(), target)
    }

    fn row(&mut self, row: &[Expression], target: Oid, columns: Option<&[i16]>, insert: &Insert) -> Result {
        if let Some(columns) = columns {
            let span = row.first().map_or(insert.target.span, |first| first.span);
            self.width(row.len(), columns.len(), !insert.columns.is_empty(), span)?;
        }
        for (at, value) in row.iter().enumerate() {
            let column = columns.and_then(|columns| columns.get(at).copied());
            if let (Some(column), false) = (column, value.kind == Kind::Default) {
                self.not_generated(target, column, insert.overriding.is_some(), value.span)?;
            }
            self.assigned(value, target, column)?;
        }
        Ok(())
    }

    /// There may be fewer values than columns only where no columns are listed.
    fn width(&self, values: usize, columns: usize, listed: bool, span: Span) -> Result {
        if values > columns {
            return Err(Stop::fails("42601", "INSERT has more expressions than target columns", span));
        }
        if values < columns && listed {
            return Err(Stop::fails("42601", "INSERT has more target columns than expressions", span));
        }
        Ok(())
    }

    /// The numbers of the columns that get values; all if none are listed, and none if that can't be told.
    fn columns(&mut self, listed: &[ColumnTarget], target: Oid, span: Span) -> Result<Option<Vec<i16>>> {
        let Some(relation) = self.run.catalog.relation(target) else { return Ok(None) };
        if listed.is_empty() {
            let all = relation.columns.iter().map(|column| column.number).collect();
            return Ok(relation.columns_known.then_some(all));
        }
        let known = relation.columns_known;
        let mut numbers = Vec::with_capacity(listed.len());
        let mut all = true;
        for column in listed {
            match self.target_column(target, column, span)? {
                Some(number) if numbers.contains(&number) && column.parts.is_empty() => {
                    return Err(Stop::fails("42701", format!("column \"{}\" specified more than once", column.column), column.span));
                }
                Some(number) => numbers.push(number),
                None => all = false,
            }
        }
        Ok((known && all).then_some(numbers))
    }

    fn target_column(&mut self, target: Oid, column: &ColumnTarget, _span: Span) -> Result<Option<i16>> {
        let Some(relation) = self.run.catalog.relation(target) else { return Ok(None) };
        match relation.column(&column.column) {
            Some(found) => {
                let number = found.number;
                self.used(column.span, Used::Column(Address::column(target, number)));
                Ok(Some(number))
            }
            None if relation.columns_known => {
                let name = self.run.catalog.get(target).map(|object| object.name.to_string()).unwrap_or_default();
                let message = format!("column \"{}\" of relation \"{name}\" does not exist", column.column);
                Err(Stop::fails("42703", message, column.span))
            }
            None => {
                self.partly();
                Ok(None)
            }
        }
    }

    fn assignments(&mut self, set: &[Assignment], target: Oid) -> Result {
        // The columns, and whether they are assigned to as a whole: parts of one may be, each for itself.
        let mut assigned: Vec<(i16, bool)> = Vec::new();
        let mut twice = None;
        for assignment in set {
            let mut numbers = Vec::new();
            for column in assignment.target.columns() {
                let number = self.target_column(target, column, assignment.span)?;
                let is_whole = column.parts.is_empty();
                if let Some(number) = number {
                    if assigned.iter().any(|(other, was_whole)| *other == number && (is_whole || *was_whole)) {
                        twice.get_or_insert((column.column.clone(), assignment.span));
                    }
                    assigned.push((number, is_whole));
                }
                numbers.push(number);
            }
            match (&assignment.target, &assignment.value.kind) {
                (AssignmentTarget::One(column), _) if column.parts.is_empty() => {
                    if let (Some(number), false) = (numbers[0], assignment.value.kind == Kind::Default) {
                        self.not_updated(target, number, assignment.span)?;
                    }
                    self.assigned(&assignment.value, target, numbers[0])?;
                }
                (AssignmentTarget::One(_), _) => drop(self.star_or_expression(&assignment.value)?),
                (AssignmentTarget::Many(_), Kind::Row(values, _)) => {
                    if values.len() != numbers.len() {
                        let message = "number of columns does not match number of values";
                        return Err(Stop::fails("42601", message, assignment.span));
                    }
                    for (value, number) in values.iter().zip(numbers) {
                        self.assigned(value, target, number)?;
                    }
                }
                (AssignmentTarget::Many(_), Kind::Scalar(query)) => {
                    let given = self.subquery(query)?;
                    if given.is_some_and(|given| given.len() != numbers.len()) {
                        return Err(Stop::fails("42601", "number of columns does not match number of values", assignment.span));
                    }
                }
                (AssignmentTarget::Many(_), _) => drop(self.star_or_expression(&assignment.value)?),
            }
        }
        // Seen when the statement is rewritten, after everything else.
        match twice {
            Some((column, span)) if self.place != Place::RuleAction => {
                Err(Stop::fails("42601", format!("multiple assignments to same column \"{column}\""), span))
            }
            _ => Ok(()),
        }
    }

    /// A value that a column gets; DEFAULT fits always.
    fn assigned(&mut self, value: &Expression, target: Oid, column: Option<i16>) -> Result {
        if value.kind == Kind::Default {
            return Ok(());
        }
        let ty = self.expression(value)?;
        match column {
            Some(column) => self.fits(&ty, Some(value), target, column, value.span),
            None => Ok(()),
        }
    }

    fn fits(&mut self, ty: &ExprType, value: Option<&Expression>, target: Oid, column: i16, span: Span) -> Result {
        let Some(found) = self.run.catalog.column(Address::column(target, column)) else { return Ok(()) };
        let (name, Some(wanted)) = (Name::clone(&found.name), found.ty.clone()) else { return Ok(()) };
        self.assignable(ty, value, &wanted, &name, span)
    }

    /// Whether a value becomes one of `wanted` by assignment.
    ///
    /// # Errors
    /// 42804 if it does not, 22P02 and its kin if a constant is none of that type.
    pub(in crate::catalog::expression) fn assignable(
        &mut self,
        ty: &ExprType,
        value: Option<&Expression>,
        wanted: &TypeUse,
        column: &str,
        span: Span,
    ) -> Result {
        match ty {
            ExprType::Literal => value.map_or(Ok(()), |value| self.becomes(value, ty, wanted)),
            ExprType::Untold => {
                self.partly();
                Ok(())
            }
            ExprType::Known(source) => match coercion(&self.run.catalog, self.run.world.target, source, wanted, Context::Assignment) {
                Fit::Same | Fit::Converted | Fit::Spelled => Ok(()),
                Fit::Untold => {
                    self.partly();
                    Ok(())
                }
                Fit::None => {
                    let shown = |ty: &TypeUse| types::format_type(&self.run.catalog, &ty.bare());
                    let message = format!("column \"{column}\" is of type {} but expression is of type {}", shown(wanted), shown(source));
                    Err(Stop::fails("42804", message, span))
                }
            },
        }
    }

    /// A value can't be given to a generated column, and to an identity that always counts only with OVERRIDING: one kind of it takes the value,
    /// the other counts all the same.
    fn not_generated(&self, target: Oid, column: i16, overriding: bool, span: Span) -> Result {
        let Some(found) = self.run.catalog.column(Address::column(target, column)) else { return Ok(()) };
        let generated = matches!(found.generated, Some(Generated::Stored | Generated::Virtual));
        let always = matches!(found.identity, Some((Identity::Always, _))) && !overriding;
        match generated || always {
            true => Err(Stop::fails("428C9", format!("cannot insert a non-DEFAULT value into column \"{}\"", found.name), span)),
            false => Ok(()),
        }
    }

    fn not_updated(&self, target: Oid, column: i16, span: Span) -> Result {
        let Some(found) = self.run.catalog.column(Address::column(target, column)) else { return Ok(()) };
        match found.generated.is_some() || matches!(found.identity, Some((Identity::Always, _))) {
            true => Err(Stop::fails("428C9", format!("column \"{}\" can only be updated to DEFAULT", found.name), span)),
            false => Ok(()),
        }
    }

    fn on_conflict(&mut self, on_conflict: &OnConflict, target: Oid, span: Span) -> Result {
        match &on_conflict.target {
            Some(ConflictTarget::Keys(keys, condition)) => {
                let mut columns = Vec::new();
                let mut plain = condition.is_none();
                for key in keys {
                    self.expression(&key.value)?;
                    match key.value.as_column().and_then(|parts| parts.last()) {
                        Some(name) => columns.push(name.clone()),
                        None => plain = false,
                    }
                }
                if let Some(condition) = condition {
                    self.condition(condition, "WHERE")?;
                }
                if plain {
                    self.arbiter(target, &columns, span)?;
                }
            }
            Some(ConflictTarget::Constraint(name)) => self.constraint(target, name, span)?,
            None => {}
        }
        if let ConflictAction::Update(set, condition) = &on_conflict.action {
            let excluded = self.item_of(target, Some(Name::from("excluded")));
            self.bring(Item { schema: None, visibility: Visibility::QualifiedOnly, ..excluded })?;
            self.assignments(set, target)?;
            if let Some(condition) = condition {
                self.condition(condition, "WHERE")?;
            }
        }
        Ok(())
    }

    /// There must be a unique index on exactly these columns, and no partial one.
    fn arbiter(&mut self, target: Oid, columns: &[String], span: Span) -> Result {
        let Some(relation) = self.run.catalog.relation(target).filter(|relation| relation.columns_known) else { return Ok(()) };
        if !matches!(relation.kind, RelationKind::Table) {
            return Ok(());
        }
        let mut wanted: Vec<i16> = columns.iter().filter_map(|name| relation.column(name)).map(|column| column.number).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let found = self.run.catalog.indexes(target).any(|(_, index)| {
            let keys: Option<Vec<i16>> = index.columns().collect();
            index.unique
                && index.predicate.is_none()
                && index.immediate
                && keys.is_some_and(|mut keys| {
                    keys.sort_unstable();
                    keys.dedup();
                    keys == wanted
                })
        });
        match found {
            true => Ok(()),
            false => {
                let message = "there is no unique or exclusion constraint matching the ON CONFLICT specification";
                Err(Stop::fails("42P10", message, span))
            }
        }
    }

    fn constraint(&mut self, target: Oid, name: &str, span: Span) -> Result {
        let known = self.run.catalog.relation(target).is_some_and(|relation| relation.columns_known);
        let found = self.run.catalog.part(target, crate::catalog::object::Class::Constraint, name);
        match found {
            None if known => {
                let table = self.run.catalog.get(target).map(|object| object.name.to_string()).unwrap_or_default();
                Err(Stop::fails("42704", format!("constraint \"{name}\" for table \"{table}\" does not exist"), span))
            }
            _ => Ok(()),
        }
    }
}
