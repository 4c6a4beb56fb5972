"""What the tests ask of a page, read with the standard library's parser."""

import re
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

INLINE = {"a", "span", "strong", "time"}


class Page(HTMLParser):
    """Elements with their attributes in order, and the visible text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        self.elements.append((tag, dict(attrs)))
        if tag not in INLINE:
            self.words.append(" ")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """``<path ... />`` inside an SVG."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("script", "style", "title"):
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]

    def with_attribute(self, attribute: str) -> list[str | None]:
        return [attrs[attribute] for _, attrs in self.elements if attribute in attrs]

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.words)).strip()

    @property
    def headings(self) -> list[int]:
        return [int(name[1]) for name, _ in self.elements if re.fullmatch(r"h[1-6]", name)]


def check_page(source: str, html: dict[str, str] | None = None) -> Page:
    """What holds for every page: structure, language, labels, no foreign host, nothing inline, somebody to ring.

    ``html``: the attributes of its root, where they are not everybody's.
    """
    page = Page(source)
    assert not page.open, f"never closed: {page.open}"
    assert page.all("html") == [html or {"lang": "de"}]
    assert page.headings.count(1) == 1, f"h1: {page.headings}"
    assert page.headings[0] == 1
    for above, heading in zip(page.headings, page.headings[1:], strict=False):
        assert heading <= above + 1, f"a heading is left out: {page.headings}"
    assert len(page.all("main")) == 1
    ids = page.with_attribute("id")
    assert len(ids) == len(set(ids)), f"an id is used twice: {sorted(map(str, ids))}"
    assert not page.with_attribute("style") and not page.all("style")
    for script in page.all("script"):
        assert "src" in script or script.get("type") == "application/ld+json", "a script inside the page"
    assert not [name for _, attrs in page.elements for name in attrs if name.startswith("on")]
    targets = {attrs["for"] for attrs in page.all("label")}
    for tag in ("input", "select", "textarea"):
        for attrs in page.all(tag):
            if attrs.get("type") not in ("hidden", "submit"):
                assert attrs["id"] in targets, f"no label for {attrs}"
    for image in page.all("img"):
        assert "alt" in image
    for attrs in [*page.all("link"), *page.all("script"), *page.all("img"), *page.all("form")]:
        address = attrs.get("href") or attrs.get("src") or attrs.get("action") or ""
        assert not re.match(r"(?:https?:)?//", address), f"foreign host: {address}"
    assert any((attrs.get("href") or "").startswith("tel:") for attrs in page.all("a")), "nobody to ring"
    known = set(page.with_attribute("id"))
    for reference in ("aria-labelledby", "aria-describedby"):
        for value in page.with_attribute(reference):
            assert set((value or "").split()) <= known, f"{reference}={value} points nowhere"
    return page
