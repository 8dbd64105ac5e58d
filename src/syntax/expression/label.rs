//! What a column is called that has no label (`FigureColname` in PostgreSQL's `parse_target.c`).

use super::tree::*;

/// What PostgreSQL calls a column that nothing names.
const NAMELESS: &str = "?column?";

/// A name for an expression, and how much it says: 1 for a type or `case`, which a better one replaces, and 2 for others.
type Guess<'t> = Option<(&'t str, u8)>;

impl Target {
    /// What the column is called in the result; nothing for a star and for what is unread.
    pub fn column_name(&self) -> Option<&str> {
        match (&self.label, &self.value.kind) {
            (Some(label), _) => Some(label),
            (None, ExpressionKind::Star(_) | ExpressionKind::AllFields(_) | ExpressionKind::Unread) => None,
            (None, _) => Some(guess(&self.value).map_or(NAMELESS, |(name, _)| name)),
        }
    }
}

impl Expression {
    /// What PostgreSQL calls a column that it is; none if nothing in it says.
    pub fn name(&self) -> Option<&str> {
        guess(self).map(|(name, _)| name)
    }
}

fn guess(expression: &Expression) -> Guess<'_> {
    use ExpressionKind as Kind;
    let name = match &expression.kind {
        Kind::Column(parts) => parts.last()?,
        Kind::Call(call) => call.name.last()?,
        Kind::Field(_, name) => name,
        Kind::Subscript(value, _) => return guess(value),
        Kind::Collate(value, _) => return guess(value),
        Kind::Cast(value, ty) => {
            return guess(value).filter(|(_, strength)| *strength > 1).or(ty.name.last().map(|name| (name.as_str(), 1)));
        }
        Kind::Case(case) => {
            let otherwise = case.otherwise.as_ref().and_then(guess);
            return otherwise.filter(|(_, strength)| *strength > 1).or(Some(("case", 1)));
        }
        Kind::Scalar(query) => return Some((first_column(query)?, 2)),
        Kind::Value(function, _) => function.word(),
        Kind::Special(special) => &special.word,
        Kind::NullIf(_) => "nullif",
        Kind::Coalesce(_) => "coalesce",
        Kind::Greatest(_) => "greatest",
        Kind::Least(_) => "least",
        Kind::Grouping(_) => "grouping",
        Kind::Exists(_) => "exists",
        Kind::Array(_) | Kind::ArrayQuery(_) => "array",
        Kind::Row(..) => "row",
        _ => return None,
    };
    Some((name, 2))
}

/// What the first column of a query is called, of a set operation that of its first part, and of VALUES `column1`.
fn first_column(query: &Query) -> Option<&str> {
    match &query.body {
        Body::Select(select) => select.targets.first()?.column_name(),
        Body::Values(_) => Some("column1"),
        Body::SetOperation(operation) => first_column(operation.parts.first()?),
    }
}

#[cfg(test)]
mod tests {
    use super::super::read_targets;

    #[test]
    fn columns_are_called_as_postgresql_calls_them() {
        for (text, expected) in [
            ("a.b", "b"),
            ("1 AS x", "x"),
            ("1", "?column?"),
            ("a + b", "?column?"),
            ("a::int", "a"),
            ("'1'::int", "int4"),
            ("date '2020-01-01'", "date"),
            ("lower(a)::int", "lower"),
            ("(a).b[1]", "b"),
            ("extract(year FROM a)", "extract"),
            ("a AT TIME ZONE 'UTC'", "timezone"),
            ("CASE WHEN a THEN b END", "case"),
            ("CASE WHEN a THEN 1 ELSE b END", "b"),
            ("(CASE WHEN a THEN 1 ELSE 2 END)::int", "int4"),
            ("(SELECT x AS y)", "y"),
            ("(SELECT 1)", "?column?"),
            ("(SELECT 1)::int", "?column?"),
            ("(VALUES (1))", "column1"),
            ("EXISTS (SELECT 1)", "exists"),
            ("ARRAY[1]", "array"),
            ("current_user", "current_user"),
            ("trim(a)", "btrim"),
            ("coalesce(a, b)", "coalesce"),
            ("NOT a", "?column?"),
            ("a COLLATE \"C\"", "a"),
            ("xmlelement(name a)", "xmlelement"),
            ("xmlelement(name a) IS DOCUMENT", "?column?"),
        ] {
            let targets = read_targets(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(targets[0].column_name(), Some(expected), "{text}");
        }
    }
}
