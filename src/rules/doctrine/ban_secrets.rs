//! `ban-secrets`: no passwords, tokens or connection URLs with a password, in statements or comments.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::Severity;
use crate::rules::{About, Findings, Group, Meta, MigrationContext, On, Rule, finding};
use crate::text::Span;

/// The rule.
#[derive(Debug)]
pub struct BanSecrets;

static META: Meta = Meta {
    id: "ban-secrets",
    group: Group::Doctrine,
    severity: Severity::Error,
    on: On::Always,
    about: About::State,
    aliases: &[],
    options: &["allow"],
    page: include_str!("../../../rules/ban-secrets.md"),
};

impl Rule for BanSecrets {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_migration(&self, cx: &MigrationContext<'_>, out: &mut Findings) {
        let allowed = cx.option("allow");
        for source in cx.migration.files() {
            let text = source.text();
            for (what, range) in secrets(text).into_iter().filter(|(_, range)| !allowed.contains(&&text[range.clone()])) {
                let span = Span::new(range.start as u32, range.end as u32);
                let finding = finding(cx.rule, source, span, format!("{what} stands in the migration"));
                out.push(finding.help("whoever reads the repository can use it: change it where it is in use, and give it from outside"));
            }
        }
    }
}

/// A way in which secrets are written: what it is called, and a pattern whose group `secret` is the secret itself.
struct Form {
    what: &'static str,
    regex: Regex,
}

/// The more particular before the more general: of two that begin at one place the first speaks.
static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let url_password = "the password of a connection URL";
    let role_password = "the password of a role";
    let string_password = "the password of a connection string";
    [
        (
            url_password,
            r"(?i)\b[a-z][a-z0-9+.-]{1,20}://[^\s:/@'\x22]{1,100}:(?P<secret>[^\s:/@'\x22]{1,200})@(?P<host>[\w.-]+|\[[\da-f:]+\])",
        ),
        (url_password, r"(?i)\b[a-z][a-z0-9+.:-]{1,40}://[^\s'\x22]{1,200}[?&]password=(?P<secret>[^\s'\x22&]{1,200})"),
        (role_password, r"(?i)\bpassword\s+E?'(?P<secret>(?:[^']|''){1,200})'"),
        (role_password, r"(?i)\bpassword\s+E?''(?P<secret>[^']{1,200})''"),
        (
            string_password,
            r"(?i)\b(?:host|hostaddr|port|dbname|user)=[^\s'\x22]+(?:\s+\w+=[^\s'\x22]*)*?\s+password=(?P<secret>[^\s'\x22]{1,200})",
        ),
        (string_password, r"(?i)\bpassword=(?P<secret>[^\s'\x22]{1,200})\s+(?:host|hostaddr|port|dbname|user)="),
        ("a password of Neon", r"\b(?P<secret>npg_[0-9A-Za-z]{10,})\b"),
        ("an access key of AWS", r"\b(?P<secret>(?:AKIA|ASIA)[0-9A-Z]{16})\b"),
        ("a token of GitHub", r"\b(?P<secret>gh[pousr]_[0-9A-Za-z]{36,}|github_pat_[0-9A-Za-z_]{40,})\b"),
        ("a token of GitLab", r"\b(?P<secret>glpat-[0-9A-Za-z_-]{20,})"),
        ("a token of npm", r"\b(?P<secret>npm_[0-9A-Za-z]{36})\b"),
        ("a key of Stripe", r"\b(?P<secret>[sr]k_live_[0-9A-Za-z]{16,})\b"),
        ("a token of Slack", r"\b(?P<secret>xox[abprs]-[0-9A-Za-z-]{10,})\b"),
        ("a webhook of Slack", r"\bhooks\.slack\.com/services/(?P<secret>T[0-9A-Z]+/B[0-9A-Z]+/[0-9A-Za-z]{20,})\b"),
        ("a key of Google", r"\b(?P<secret>AIza[0-9A-Za-z_-]{35})\b"),
        ("a key of SendGrid", r"\b(?P<secret>SG\.[0-9A-Za-z_-]{22}\.[0-9A-Za-z_-]{43})\b"),
        ("a key of OpenAI or Anthropic", r"\b(?P<secret>sk-(?:proj-|ant-)?[0-9A-Za-z_-]{32,})\b"),
        ("a JSON Web Token", r"\b(?P<secret>eyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{20,})\b"),
        ("a private key", r"-----BEGIN (?:[A-Z]+ )*(?P<secret>PRIVATE KEY)-----"),
    ]
    .into_iter()
    .map(|(what, pattern)| Form { what, regex: Regex::new(pattern).expect("the patterns are constant") })
    .collect()
});

/// What every secret has near it: a text without any of these is searched once and not nineteen times.
static SIGN: LazyLock<Regex> = LazyLock::new(|| {
    let signs =
        r"://|(?i:password)|npg_|AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|npm_|[sr]k_live_|xox[abprs]-|slack|AIza|SG\.|sk-|eyJ|PRIVATE KEY";
    Regex::new(signs).expect("the pattern is constant")
});

/// Every secret of `text`, in order.
fn secrets(text: &str) -> Vec<(&'static str, Range<usize>)> {
    if !SIGN.is_match(text) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for form in FORMS.iter() {
        for captures in form.regex.captures_iter(text) {
            let Some(secret) = captures.name("secret") else { continue };
            let nowhere = captures.name("host").is_some_and(|host| is_no_host(host.as_str()));
            if !nowhere && !stands_for_a_secret(secret.as_str()) {
                found.push((form.what, secret.range()));
            }
        }
    }
    found.sort_by_key(|(_, range)| range.start);
    found.dedup_by(|later, earlier| later.1.start < earlier.1.end);
    found
}

/// Whether a URL leads nowhere that a reader of the repository could go: to his own machine, or to a name for examples (RFC 2606).
fn is_no_host(host: &str) -> bool {
    let host = host.to_lowercase();
    let reserved = ["localhost", "example", "invalid", "test", "example.com", "example.org", "example.net"];
    let inside = |name: &str| host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    host.starts_with("127.") || host == "[::1]" || host == "host" || host == "hostname" || reserved.into_iter().any(inside)
}

/// A variable or a gap to fill in: `${PASSWORD}`, `$PASSWORD`, `<password>`, `{{ password }}`, `[password]`, `%s`, `:password`, `...`.
static GAP: LazyLock<Regex> = LazyLock::new(|| {
    let gap = r"^(?:\$?\{.*\}|\$\(.*\)|\$\w+|<.*>|\[.*\]|%\w|%\(\w+\)s|%\w+%|:\w+|@\w+@|.*\.\.\..*|.*…|[xX*•._-]+|\W+)$";
    Regex::new(gap).expect("the pattern is constant")
});

/// Whether somebody has written a word in the place of the secret: `...`, `<password>`, `${DB_PASSWORD}`, `changeme`.
fn stands_for_a_secret(secret: &str) -> bool {
    const WORDS: [&str; 10] = ["password", "pass", "passwd", "pwd", "secret", "user", "username", "token", "placeholder", "redacted"];
    let lower = secret.to_lowercase();
    let words: Vec<&str> = lower.split(['_', '-', ' ']).collect();
    // `your_password`, `my-password`, `change_me`, `app-password-here`; AWS's own example key ends in EXAMPLE.
    let spoken = ["your", "change", "changeme", "replace", "insert", "example", "here"].iter().any(|word| words.contains(word));
    let example = lower.ends_with("example") || (lower.starts_with("your") && lower.ends_with("password"));
    // What the server keeps of a password in SCRAM can't be used to log in; what it keeps in MD5 can.
    let verifier = secret.starts_with("SCRAM-SHA-256$");
    GAP.is_match(secret) || spoken || example || verifier || words.iter().all(|word| WORDS.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        secrets(text).into_iter().map(|(_, range)| &text[range]).collect()
    }

    #[test]
    fn the_secret_itself_is_marked() {
        assert_eq!(found("-- psql postgresql://owner:kx4Kd9@db.acme.io/app"), ["kx4Kd9"]);
        assert_eq!(found("CREATE ROLE a LOGIN PASSWORD 'k3k3''h0h0';"), ["k3k3''h0h0"]);
        assert_eq!(found("EXECUTE 'ALTER ROLE a PASSWORD ''k3k3''';"), ["k3k3"]);
        assert_eq!(found("SELECT dblink_connect('host=h user=u password=geheim7');"), ["geheim7"]);
        assert_eq!(found("CONNECTION 'password=Pa$$word1 host=h'"), ["Pa$$word1"]);
    }

    #[test]
    fn a_secret_in_two_forms_is_found_once() {
        let password = format!("npg_{}", "a1B2c3D4e5F6");
        let text = format!("-- postgresql://owner:{password}@ep-blue.neon.tech/app");
        assert_eq!(found(&text), [&password]);
    }

    #[test]
    fn tokens_are_known_by_how_they_look() {
        // Put together here, so that nobody takes this file for one that holds tokens.
        let word = "a1B2c3D4e5".repeat(4);
        for token in [["ghp_", &word].concat(), ["glpat-", &word].concat(), ["sk_live_", &word].concat(), ["sk-proj-", &word].concat()] {
            assert_eq!(found(&format!("SELECT '{token}'")), [&token]);
        }
        let webhook = ["T0AAAAAAA/B0BBBBBBB/", &word].concat();
        assert_eq!(found(&format!("'https://hooks.slack.com/services/{webhook}'")), [webhook]);
    }

    #[test]
    fn what_stands_for_a_secret_is_none() {
        let words = [
            "...",
            "[password]",
            "<password>",
            "{password}",
            "{{ password }}",
            "${DB_PASSWORD}",
            "$PASSWORD",
            "%s",
            "%(password)s",
            "xxxx",
            "****",
        ];
        let spoken =
            ["password", "your_password", "yourpassword", "YOUR-PASSWORD-HERE", "changeme", "change-me", "db_password_here", "secret"];
        for word in words.into_iter().chain(spoken) {
            assert!(stands_for_a_secret(word), "{word}");
        }
        for word in ["Pa$$word1", "root", "hunter2", "a{b", "100%sure", "correct-horse"] {
            assert!(!stands_for_a_secret(word), "{word}");
        }
    }
}
