//! The fields that open a migration: `migration_lint.header.fields`.

use super::ConfigError;
use super::reader::Section;
use super::yaml::Value;

/// One field that a header must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderField {
    /// Its name: `Migration`.
    pub name: String,
    /// Other names under which it is read.
    pub aliases: Vec<String>,
    /// What it must say, if that is one text: `Compliant`.
    pub value: Option<String>,
}

impl HeaderField {
    /// The house's template: what holds where nothing is configured.
    pub fn template() -> Vec<HeaderField> {
        let field = |name: &str, aliases: &[&str], value: Option<&str>| HeaderField {
            name: name.to_owned(),
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            value: value.map(str::to_owned),
        };
        vec![
            field("Migration", &[], None),
            field("Created", &["Date"], None),
            field("Barton Doctrine", &[], Some("Compliant")),
            field("Schemas", &["Schema"], None),
            field("Purpose", &["Description"], None),
        ]
    }

    /// Whether it is the field that the template calls `name`, whatever else it is called here.
    pub fn is_called(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name) || self.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
    }

    pub(super) fn read(section: &mut Section) -> Option<Vec<HeaderField>> {
        let mut fields: Vec<HeaderField> = Vec::new();
        for item in section.items("fields")? {
            let (name, span, aliases, value) = if let Value::Text(name) = &item.value {
                (name.clone(), item.span, Vec::new(), None)
            } else {
                let mut field = section.item("fields", item);
                field.only(&["name", "aliases", "value"]);
                let aliases = field.texts("aliases").unwrap_or_default().into_iter().map(|(alias, _)| alias).collect();
                let value = field.text("value").map(|(value, _)| value);
                let Some((name, span)) = field.text("name") else {
                    if matches!(item.value, Value::Map(_)) && field.get("name").is_none() {
                        field.error(ConfigError::new(item.span, "a header field needs a `name`"));
                    }
                    continue;
                };
                (name, span, aliases, value)
            };
            if fields.iter().any(|field| field.name.eq_ignore_ascii_case(&name)) {
                section.error(ConfigError::new(span, format!("the header field `{name}` stands here for the second time")));
            }
            fields.push(HeaderField { name, aliases, value });
        }
        Some(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, KnownNames};
    use crate::text::SourceFile;

    #[test]
    fn the_repositorys_configuration_says_what_holds_without_it() {
        let source = SourceFile::new("global-config.yaml", include_str!("../../global-config.yaml"));
        let (config, errors) = Config::parse(&source, &KnownNames::default());
        assert_eq!(errors, []);
        assert_eq!(config.lint.header, Some(HeaderField::template()));
        assert_eq!(Config::default().header_fields(), HeaderField::template());
    }
}
