"""Brings the pages of `rules/` and what is made from them into the book, so that nothing is written twice.

mdBook runs it as a preprocessor. It adds a chapter for each rule below the chapter `rules.md`, and fills in these marks:

    {{#rules}}           every rule, by group
    {{#squawk}}          the rules of squawk, each with its counterpart here, by the aliases
    {{#eugene}}          those of eugene, and likewise {{#pgfence}} and {{#pgsafe}}
    {{#aliases}}         the other names of rules
    {{#configuration}}   our section of the repository's own configuration, which names every key with a comment
"""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GROUPS = {
    "doctrine": "does the file follow the house rules?",
    "proof": "does it apply, re-run and revert?",
    "safety": "which locks does it take, what does it rewrite, whom does it break?",
    "schema": "do tables, columns, keys and indexes hold what they promise, at the end of the history?",
    "style": "is it written as all others are?",
    "suppression": "are the comments that allow findings sound?",
}


class Rule:
    """A page of `rules/`: its front matter and the rest."""

    def __init__(self, path):
        _, head, self.body = path.read_text().split("---\n", 2)
        facts = dict(line.split(": ", 1) for line in head.strip().splitlines())
        self.id, self.group, self.severity = facts["id"], facts["group"], facts["severity"]
        self.fix, self.on = facts["fix"], facts["on"]
        self.aliases = [name.strip() for name in facts["aliases"].strip("[]").split(",") if name.strip()]
        about = self.body.split("## What it checks", 1)[1].strip().split("\n\n")[0].replace("\n", " ")
        self.summary = re.split(r"(?<=\.) ", about)[0]

    def link(self):
        return f"[{self.id}](rules/{self.id}.md)"


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def rules_by_group(rules):
    unknown = {rule.group for rule in rules} - set(GROUPS)
    if unknown:
        sys.exit(f"docs/pages.py: nothing is said of the groups {sorted(unknown)}")
    parts = []
    for group, question in GROUPS.items():
        own = [rule for rule in rules if rule.group == group]
        if own:
            rows = [[rule.link(), rule.severity, rule.on, rule.fix, rule.summary] for rule in own]
            parts.append(f"## {group}\n\n{question.capitalize()}\n\n{table(['rule', 'severity', 'runs', 'fix', 'checks'], rows)}")
    return "\n\n".join(parts)


def rules_of(linter, rules):
    counterparts = {name: rule for rule in rules for name in [rule.id, *rule.aliases]}
    names = [line for line in (ROOT / f"docs/{linter}.txt").read_text().splitlines() if line and not line.startswith("#")]
    rows = []
    for line in names:
        name, _, remark = line.partition(": ")
        rule = counterparts.get(name)
        rows.append([f"`{name}`", rule.link() if rule else remark or "none"])
    return table([linter, "here"], rows)


def aliases(rules):
    return table(["also known as", "here"], sorted([f"`{name}`", rule.link()] for rule in rules for name in rule.aliases))


def configuration():
    text = (ROOT / "global-config.yaml").read_text()
    return "```yaml\nmigration_lint:\n" + text.split("\nmigration_lint:\n", 1)[1] + "```"


def chapters(items):
    for item in items:
        if isinstance(item, dict) and "Chapter" in item:
            yield item["Chapter"]
            yield from chapters(item["Chapter"]["sub_items"])


def main():
    if len(sys.argv) > 1 and sys.argv[1] == "supports":
        return
    _, book = json.load(sys.stdin)
    rules = [Rule(path) for path in sorted((ROOT / "rules").glob("*.md"))]
    marks = {
        "{{#rules}}": rules_by_group(rules),
        **{"{{#%s}}" % linter: rules_of(linter, rules) for linter in ["squawk", "eugene", "pgfence", "pgsafe"]},
        "{{#aliases}}": aliases(rules),
        "{{#configuration}}": configuration(),
    }
    for chapter in chapters(book["items"]):
        for mark, text in marks.items():
            chapter["content"] = chapter["content"].replace(mark, text)
        if chapter["path"] == "rules.md":
            chapter["sub_items"] = [
                {
                    "Chapter": {
                        "name": rule.id,
                        "content": rule.body.strip() + "\n",
                        "number": None,
                        "sub_items": [],
                        "path": f"rules/{rule.id}.md",
                        "source_path": None,
                        "parent_names": [chapter["name"]],
                    }
                }
                for rule in rules
            ]
    json.dump(book, sys.stdout)


main()
