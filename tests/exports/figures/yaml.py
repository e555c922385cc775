"""As much of YAML as the front matter of the demonstration archive uses: blocks by indentation, lists, plain and quoted
scalars. What it does not know, it refuses, so that nothing is read wrongly in silence."""

import datetime
import json
import re


def load(text):
    lines = [(len(line) - len(line.lstrip()), line.strip()) for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    value, rest = block(lines, lines[0][0])
    if rest:
        raise ValueError(f"not understood: {rest[0]}")
    return value


def block(lines, indent):
    return (items if lines[0][1].startswith("- ") else keys)(lines, indent)


def keys(lines, indent):
    found = {}
    while lines and lines[0][0] == indent and not lines[0][1].startswith("- "):
        name, colon, value = lines[0][1].partition(":")
        if not colon or not re.fullmatch(r"[\w-]+", name) or name in found:
            raise ValueError(f"not understood: {lines[0]}")
        lines = lines[1:]
        if value:
            found[name] = scalar(value.strip())
        else:
            found[name], lines = block(lines, lines[0][0])
    return found, lines


def items(lines, indent):
    found = []
    while lines and lines[0][0] == indent and lines[0][1].startswith("- "):
        first = lines[0][1][2:]
        if re.match(r"[\w-]+:(\s|$)", first):
            # The keys of an item stand where the first one does.
            item, lines = keys([(indent + 2, first), *lines[1:]], indent + 2)
        else:
            item, lines = scalar(first), lines[1:]
        found.append(item)
    return found, lines


def scalar(text):
    if text.startswith('"'):
        return json.loads(text)
    if text.startswith("["):
        return [scalar(part.strip()) for part in text[1:-1].split(",")]
    if re.search(r"""^['{&*!|>%@`]|: |\s#""", text):
        raise ValueError(f"not understood: {text}")
    if text in ("true", "false"):
        return text == "true"
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    if re.fullmatch(r"-?\d+\.\d+", text):
        return float(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return datetime.date.fromisoformat(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]+(Z|[+-]\d\d:\d\d)?", text):
        return datetime.datetime.fromisoformat(text)
    return text
