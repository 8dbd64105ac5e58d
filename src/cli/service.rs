//! What runs the program for a project: the hook of git and the job in CI that `migration-lint init` makes.
//!
//! Both start at the repository's root, and from there go to the folder of the configuration, as people do: what is said in the configuration
//! counts from its folder. Whatever a folder is called, it stands in YAML, in a shell and in a glob as that name and as nothing else.

use std::path::Path;

use crate::engine;

use super::args::CiArg;

/// Where things lie in a repository.
pub(super) struct Place {
    /// The folder of the configuration, from the root; none if the configuration is found from the root itself.
    home: Option<String>,
    /// The folder of the migrations, from the root; none if it is the root.
    migrations: Option<String>,
}

impl Place {
    /// In the repository `root`, the configuration in `home` and the migrations in `migrations`.
    pub(super) fn new(root: &Path, home: &Path, migrations: &Path) -> Self {
        let below = |folder: &Path| Some(engine::shown(root, folder)).filter(|folder| folder != ".");
        // A configuration above the root is found upward from it.
        Self { home: below(home).filter(|_| home.starts_with(root)), migrations: below(migrations) }
    }

    /// The glob of all that lies in the folder of the migrations: `all` there, in a service that reads `special` characters as more than themselves.
    fn glob(&self, all: &str, special: &[char]) -> String {
        let escaped = |c: char| special.contains(&c).then_some('\\').into_iter().chain([c]);
        let folder: String = self.migrations.iter().flat_map(|folder| folder.chars().chain(['/'])).flat_map(escaped).collect();
        quoted(&format!("{folder}{all}"))
    }

    fn home_in_shell(&self) -> Option<String> {
        self.home.as_ref().map(|home| format!("'./{}'", home.replace('\'', r"'\''")))
    }
}

/// The hook, and what one that is there needs.
pub(super) fn hook(place: &Place) -> (String, String) {
    match place.home_in_shell() {
        Some(home) => (
            format!(
                "{HOOK}# What has no such folder has nothing that could be linted.\ncd {home} 2>/dev/null || exit 0\nexec migration-lint --staged\n"
            ),
            format!("`cd {home} && migration-lint --staged`"),
        ),
        None => (format!("{HOOK}exec migration-lint --staged\n"), "`migration-lint --staged`".to_owned()),
    }
}

/// The job's file from the root, its text, and what one that is there needs.
pub(super) fn job(ci: CiArg, place: &Place) -> (&'static str, String, &'static str) {
    match ci {
        CiArg::Github => {
            let home = place.home.as_ref().map(|home| format!("        working-directory: {}\n", quoted(home)));
            let text = GITHUB.replace("{paths}", &place.glob("**", &['\\', '*', '?', '+', '!', '[', ']'])) + &home.unwrap_or_default();
            (".github/workflows/migration-lint.yml", text, "`migration-lint --since REF --format github`")
        }
        CiArg::Gitlab => {
            let home = place.home_in_shell().map(|home| format!("    - {}\n", quoted(&format!("cd {home}"))));
            let paths = place.glob("**/*", &['\\', '*', '?', '[', ']', '{', '}']);
            let text = GITLAB.replace("{paths}", &paths).replace("{home}", &home.unwrap_or_default());
            (".gitlab-ci.yml", text, "`migration-lint --since REF`")
        }
    }
}

/// `text` as a string of YAML.
pub(super) fn quoted(text: &str) -> String {
    let written = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    format!("\"{}\"", text.chars().map(written).collect::<String>())
}

const HOOK: &str = "#!/bin/sh
# Lints the migrations of the commit that is about to be made, as they are staged. `git commit --no-verify` passes it by.
";

const GITHUB: &str = "name: migration-lint
on:
  pull_request:
    paths: [{paths}]
permissions:
  contents: read
jobs:
  migration-lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          # `--since` looks for the commit at which the branches part.
          fetch-depth: 0
      - run: pipx install postgresql-migration-lint
      - run: migration-lint --since \"origin/$GITHUB_BASE_REF\" --format github
";

const GITLAB: &str = "migration-lint:
  image: python:3
  variables:
    # `--since` looks for the commit at which the branches part.
    GIT_DEPTH: \"0\"
  rules:
    - if: $CI_PIPELINE_SOURCE == \"merge_request_event\"
      changes: [{paths}]
  script:
    - pip install --quiet postgresql-migration-lint
{home}    - migration-lint --since \"$CI_MERGE_REQUEST_DIFF_BASE_SHA\" --format concise
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_a_folder_whatever_it_is_called() {
        let place = |home: &str, migrations: &str| Place::new(Path::new("/r"), Path::new(home), Path::new(migrations));
        assert_eq!(place("/r", "/r").glob("**", &['*']), r#""**""#);
        assert_eq!(place("/r", "/r/a b\"c/[id]").glob("**", &['[', ']']), r#""a b\"c/\\[id\\]/**""#);
        assert_eq!(quoted("a\\b\nc"), r#""a\\b\u000ac""#);
        assert_eq!(place("/r/it's", "/r").home_in_shell().as_deref(), Some(r"'./it'\''s'"));
        assert_eq!(place("/r", "/r").home_in_shell(), None);
        assert_eq!(place("/", "/r").home_in_shell(), None);
    }
}
