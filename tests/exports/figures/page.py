"""A page of the site as a tree, in which a check claims what it has recomputed.

What shows a number to a reader and is claimed by nothing is a failure: a figure that nobody recomputes cannot come in
unnoticed. Text counts, and so do the attributes that are read out, shown on hovering, or used to filter and sort.
"""

import functools
import html.parser
import re

from . import report

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
SEEN = re.compile(r"^(?:aria-label|aria-description|alt|title|datetime|placeholder|data-.+)$")
COMPOUND = re.compile(r"^([a-z0-9]*)((?:[.#][\w-]+)*)$")


@functools.cache
def taken_apart(compound):
    """`td.bar` as its tag and its marks."""
    tag, rest = COMPOUND.match(compound).groups()
    return tag, re.findall(r"([.#])([\w-]+)", rest)


def plain(text):
    return " ".join(text.split())


class Element:
    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children, self.is_claimed, self.claimed = [], False, set()
        self.classes = (attributes.get("class") or "").split()
        self.known = {}

    def all_text(self):
        # Nothing changes once a page is read.
        if "text" not in self.known:
            self.known["text"] = "".join(child if isinstance(child, str) else child.all_text() for child in self.children)
        return self.known["text"]

    def text(self):
        return plain(self.all_text())

    def words(self):
        """The text with a space between elements, so that the numbers of two cells are two numbers; code is as it is."""
        inner = (child if isinstance(child, str) else child.words() for child in self.children)
        return self.all_text() if self.tag == "pre" else " ".join(inner)

    def own_text(self):
        """What stands in it apart from the elements in it."""
        return plain(" ".join(child for child in self.children if isinstance(child, str)))

    def elements(self):
        return [child for child in self.children if isinstance(child, Element)]

    def below(self):
        if "below" not in self.known:
            self.known["below"] = [element for child in self.elements() for element in (child, *child.below())]
        return self.known["below"]

    def fits(self, compound):
        tag, marks = taken_apart(compound)
        return tag in ("", self.tag) and all(name in self.classes if mark == "." else name == self.attributes.get("id") for mark, name in marks)

    def all(self, selector):
        """Those below that fit `tag.class#id`, within others from left to right."""
        *outer, last = selector.split()
        return [element for element in self.below() if element.fits(last) and element.is_within(outer, self)]

    def is_within(self, outer, top):
        outer, above = list(outer), self.parent
        while outer and above is not None and above is not top:
            if above.fits(outer[-1]):
                outer.pop()
            above = above.parent
        return not outer

    def one(self, selector):
        found = self.all(selector)
        if len(found) != 1:
            report.fail(f"{len(found)} elements fit `{selector}` in {self.path()}")
            return Element("none", {}, self)
        return found[0]

    def first(self, selector):
        found = self.all(selector)
        return found[0] if found else None

    def path(self):
        above = [] if self.parent is None else [self.parent.path()]
        return ">".join([*above, ".".join([self.tag, *self.classes])])

    def claim(self):
        self.is_claimed = True
        return self

    def says(self, expected, name=""):
        """The text is what was recomputed; with it all that stands in the element is claimed."""
        report.check(f"{name or self.path()}", self.claim().text(), expected)

    def has(self, attribute, expected):
        self.claimed.add(attribute)
        report.check(f"{self.path()}[{attribute}]", plain(self.attributes.get(attribute) or ""), expected)

    def says_day(self, date, text):
        """A `time` element."""
        self.has("datetime", date.isoformat())
        self.says(text)

    def unclaimed(self):
        if self.tag in ("script", "style"):
            return
        for name, value in self.attributes.items():
            is_meta = self.tag == "meta" and name == "content" and self.attributes.get("name") != "viewport"
            if (SEEN.match(name) or is_meta) and report.has_figure(value or "") and name not in self.claimed:
                yield f"{self.path()}[{name}] {value}"
        for child in self.children:
            if isinstance(child, Element):
                yield from child.unclaimed()
            elif report.has_figure(child) and not self.is_covered():
                yield f"{self.path()}: {plain(child)}"

    def is_covered(self):
        return self.is_claimed or (self.parent is not None and self.parent.is_covered())


class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = self.open = Element("page", {}, None)

    def handle_starttag(self, tag, attributes):
        element = Element(tag, dict(attributes), self.open)
        self.open.children.append(element)
        if tag not in VOID:
            self.open = element

    def handle_startendtag(self, tag, attributes):
        self.open.children.append(Element(tag, dict(attributes), self.open))

    def handle_endtag(self, tag):
        at = self.open
        while at.tag != tag and at.parent is not None:
            at = at.parent
        self.open = at.parent or at

    def handle_data(self, data):
        self.open.children.append(data)


def read(text):
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader.root
