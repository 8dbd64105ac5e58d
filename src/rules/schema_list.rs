//! Lists of schemas as people write them in a header: `marketing, public`, `marketing (core) and public`, `none`.

/// What a list of schemas says.
pub(super) enum SchemaList {
    /// Names, in order, each once; none where it says so.
    Schemas(Vec<String>),
    /// What the template says, which is another rule's business.
    Placeholder,
    /// Something that is no name.
    Unreadable(String),
}

impl SchemaList {
    /// Reads the value.
    pub(super) fn read(value: &str) -> SchemaList {
        let mut schemas: Vec<String> = Vec::new();
        let without_notes = without_parentheses(value).replace(" and ", ", ");
        let items = without_notes.split([',', ';', '/', '&', '+']).map(|item| item.trim().trim_matches(['`', '\'', '.']).trim());
        for item in items.filter(|item| !item.is_empty()) {
            let name = match item.strip_prefix('"').and_then(|item| item.strip_suffix('"')) {
                Some(quoted) => quoted.replace("\"\"", "\""),
                None if item.eq_ignore_ascii_case("etc") => return SchemaList::Placeholder,
                None if matches!(item.to_ascii_lowercase().as_str(), "none" | "-" | "n/a") => continue,
                None if is_name(item) => item.to_ascii_lowercase(),
                None => return SchemaList::Unreadable(item.to_owned()),
            };
            if !schemas.contains(&name) {
                schemas.push(name);
            }
        }
        if value.trim().is_empty() { SchemaList::Placeholder } else { SchemaList::Schemas(schemas) }
    }
}

fn is_name(item: &str) -> bool {
    item.starts_with(|c: char| c.is_alphabetic() || c == '_') && item.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '$'))
}

/// `marketing (core), public` without its notes.
fn without_parentheses(value: &str) -> String {
    let mut depth = 0usize;
    let outside = value.chars().filter(|&c| {
        depth += usize::from(c == '(');
        let keep = depth == 0;
        depth -= usize::from(c == ')' && depth > 0);
        keep
    });
    outside.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> Option<Vec<String>> {
        match SchemaList::read(value) {
            SchemaList::Schemas(schemas) => Some(schemas),
            SchemaList::Placeholder | SchemaList::Unreadable(_) => None,
        }
    }

    #[test]
    fn lists_are_read_as_people_write_them() {
        for value in ["marketing, public", "Marketing,public", "marketing and public", "marketing (core), public.", "`marketing`; PUBLIC"] {
            assert_eq!(read(value), Some(vec!["marketing".to_owned(), "public".to_owned()]), "{value}");
        }
        assert_eq!(read("\"Marketing\""), Some(vec!["Marketing".to_owned()]));
        assert_eq!(read("none"), Some(Vec::new()));
        for value in ["marketing, public, etc.", "", "the marketing schema", "marketing.company"] {
            assert_eq!(read(value), None, "{value}");
        }
    }
}
