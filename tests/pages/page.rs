//! A rule's page, taken apart: front matter, sections, code blocks.
//!
//! Under *Examples* a code block is tagged `sql bad`, `sql good`, `sql fixed` (what the fix makes of the bad block before it) or
//! `json bad`, `json good` and `json fixed` (a file beside the migrations),
//! `yaml bad` (a whole configuration, with marks behind `#`) or `yaml config` (our section of the configuration, in the place of the repository's, for the blocks of the same heading). `sql` tags go on
//! with `file=NAME` (a name in `ctb/data/migrations`, or a path where it holds a `/`) and `isolated` (no configuration). Blocks whose files
//! are named differently under one heading of the third level form one history; every other block is one by itself. `markdown bad`, `good`
//! and `fixed` are the README of that history, with marks in `<!-- … -->`; where there is none, it has one that lists everything.

use std::fs;

use migration_lint::rules::Meta;

use super::example::{Blocks, Example, Expect};
use super::{house, repository};

/// Where a block's file lies if nothing is said.
const FILE: &str = "012_example.sql";

/// What a block of Markdown is.
const README: &str = "README.md";

/// A page and the rule that it speaks of.
pub struct Page {
    pub meta: &'static Meta,
    /// Keys and values, in order.
    pub front_matter: Vec<(String, String)>,
    /// The heading of the first level.
    pub title: String,
    /// Headings of the second level with what stands below them, in order.
    pub sections: Vec<Section>,
}

pub struct Section {
    pub title: String,
    /// The text outside code blocks.
    pub prose: String,
    pub blocks: Vec<CodeBlock>,
}

pub struct CodeBlock {
    /// The words after the fence.
    pub tag: String,
    /// The heading of the third level above it; empty if there is none.
    pub heading: String,
    pub text: String,
    /// The line of the page on which the text begins, from 1.
    pub line: usize,
}

impl Page {
    /// The page of a rule; the file is read, so that a page may be mended without building anew.
    pub fn read(meta: &'static Meta) -> Page {
        let file = repository().join("rules").join(format!("{}.md", meta.id));
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        Page::parse(meta, &text)
    }

    fn parse(meta: &'static Meta, text: &str) -> Page {
        let mut page = Page { meta, front_matter: Vec::new(), title: String::new(), sections: Vec::new() };
        let mut lines = text.lines().enumerate();
        assert_eq!(lines.next().map(|(_, line)| line), Some("---"), "rules/{}.md begins with front matter", meta.id);
        for (_, line) in lines.by_ref().take_while(|(_, line)| *line != "---") {
            let (key, value) = line.split_once(':').unwrap_or((line, ""));
            page.front_matter.push((key.to_owned(), value.trim().to_owned()));
        }
        let mut heading = String::new();
        while let Some((number, line)) = lines.next() {
            if let Some(title) = line.strip_prefix("# ") {
                page.title = title.to_owned();
            } else if let Some(title) = line.strip_prefix("## ") {
                page.sections.push(Section { title: title.to_owned(), prose: String::new(), blocks: Vec::new() });
                heading.clear();
            } else if let Some(section) = page.sections.last_mut() {
                if let Some(tag) = line.strip_prefix("```") {
                    let body: Vec<&str> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
                    let text = body.iter().map(|line| format!("{line}\n")).collect();
                    section.blocks.push(CodeBlock { tag: tag.to_owned(), heading: heading.clone(), text, line: number + 2 });
                } else {
                    if let Some(title) = line.strip_prefix("### ") {
                        heading = title.to_owned();
                    }
                    section.prose.push_str(line);
                    section.prose.push('\n');
                }
            }
        }
        page
    }

    /// The section called `title`.
    pub fn section(&self, title: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.title == title)
    }

    /// The examples that are linted, each with the files that it is linted with.
    pub fn histories(&self) -> Vec<Blocks> {
        let Some(section) = self.section("Examples") else { return Vec::new() };
        let mut histories: Vec<Blocks> = Vec::new();
        let mut heading = None;
        for block in &section.blocks {
            if block.tag == "yaml bad" {
                histories.push(Blocks::of_config(&block.text, block.line));
                heading = None;
                continue;
            }
            if matches!(block.tag.as_str(), "sql fixed" | "markdown fixed" | "json fixed") {
                let last = histories.last_mut().and_then(Blocks::last_mut).filter(|file| file.expect == Expect::Marked);
                last.expect("a fixed block follows a bad one").fixed = Some(block.text.clone());
                continue;
            }
            let Some((example, isolated)) = example(block) else { continue };
            let named = !block.heading.is_empty() && (block.tag.contains("file=") || block.tag.starts_with("markdown"));
            if !(named && heading == Some(&block.heading) && histories.last().is_some_and(|history| history.takes(&example.path))) {
                histories.push(Blocks::new(self.config(section, &block.heading, isolated)));
            }
            heading = named.then_some(&block.heading);
            histories.last_mut().expect("one has just been pushed").push(example);
        }
        histories
    }

    /// The configuration for the blocks under `heading`.
    fn config(&self, section: &Section, heading: &str, isolated: bool) -> Option<String> {
        if isolated {
            return None;
        }
        let own = section.blocks.iter().find(|block| block.tag == "yaml config" && block.heading == heading);
        let house = house();
        match own {
            Some(block) => {
                let (above, _) =
                    house.split_once("\nmigration_lint:").expect("the repository's configuration has our section, as its last");
                Some(format!("{above}\n{}", block.text))
            }
            None => Some(house),
        }
    }
}

/// A block that is linted, and whether that is without configuration.
fn example(block: &CodeBlock) -> Option<(Example, bool)> {
    let mut words = block.tag.split_whitespace();
    let expect = match (words.next()?, words.next()?) {
        ("sql" | "markdown" | "json", "bad") => Expect::Marked,
        ("sql" | "markdown" | "json", "good") => Expect::Nothing,
        _ => return None,
    };
    let (mut file, mut isolated) = (if block.tag.starts_with("markdown") { README } else { FILE }, false);
    for word in words {
        match word.strip_prefix("file=") {
            Some(name) => file = name,
            None => isolated |= word == "isolated",
        }
    }
    Some((Example::new(file, &block.text, block.line, expect), isolated))
}
