"""Counts the figures that agree, by where they stand, and tells of every one that does not."""

import collections
import contextlib
import re

agreed = collections.Counter()
failed = []
_place = ["elsewhere"]


@contextlib.contextmanager
def place(name):
    """Whatever is checked within counts as being there."""
    _place.append(name)
    yield
    _place.pop()


def check(name, found, expected):
    if found == expected:
        agreed[_place[-1]] += 1
    else:
        if isinstance(found, list) and isinstance(expected, list) and len(found) + len(expected) > 20:
            # Of long lists, what is in one only.
            found, expected = [one for one in found if one not in expected], [one for one in expected if one not in found]
        failed.append(f"{_place[-1]}: {name}\n  afterword  {found}\n  recomputed {expected}")


def fail(text):
    failed.append(f"{_place[-1]}: {text}")


def has_figure(text):
    return re.search(r"\d", text) is not None
