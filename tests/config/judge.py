"""Holds configurations against the JSON Schema, whole and taken apart.

    judge.py SCHEMA FILE...

Each file is read as YAML, and so is each of its parts: every key of our section and of the house's alone, and of `rules` every rule alone. Of each
a line is written: `{"file", "text", "valid"}`, where `text` is the part as JSON, which is YAML too. What is no YAML is left out.
"""

import json
import sys

import jsonschema
import yaml


def parts(document):
    yield document
    if not isinstance(document, dict):
        return
    for name, section in document.items():
        yield {name: section}
        if not isinstance(section, dict):
            continue
        for key, value in section.items():
            yield {name: {key: value}}
            if isinstance(value, dict):
                yield from ({name: {key: {inner: one}}} for inner, one in value.items())


def main(schema, files):
    with open(schema) as text:
        schema = json.load(text)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    for name in files:
        try:
            with open(name) as text:
                document = yaml.safe_load(text)
        except yaml.YAMLError:
            continue
        for part in parts(document):
            # Keys are texts in JSON.
            text = json.dumps(part)
            print(json.dumps({"file": name, "text": text, "valid": validator.is_valid(json.loads(text))}))


main(sys.argv[1], sys.argv[2:])
