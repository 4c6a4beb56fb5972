"""What the tests ask of a PDF, read by another library than the one that wrote it."""

import io
from collections.abc import Iterator
from typing import Any

import pypdf


class Sheet:
    """Pages, words and the structure tree that a screen reader walks."""

    def __init__(self, pdf: bytes) -> None:
        self.reader = pypdf.PdfReader(io.BytesIO(pdf))
        self.root: Any = self.reader.trailer["/Root"].get_object()

    @property
    def pages(self) -> int:
        return len(self.reader.pages)

    @property
    def words(self) -> str:
        text = " ".join(page.extract_text() for page in self.reader.pages)
        return " ".join(text.replace("\u00ad", "").replace("-\n", "").split())

    @property
    def tags(self) -> list[str]:
        """The structure elements in reading order, as H1, Table, TH ..."""
        return [str(element["/S"]).lstrip("/") for element in self.elements()]

    def elements(self) -> Iterator[Any]:
        yield from self._below(self.root["/StructTreeRoot"].get_object())

    def headers(self) -> list[Any]:
        return [element for element in self.elements() if element["/S"] == "/TH"]

    @property
    def headings(self) -> list[int]:
        return [int(tag[1]) for tag in self.tags if tag in ("H1", "H2", "H3", "H4")]

    @property
    def claims_ua(self) -> bool:
        return b"pdfuaid" in self.root["/Metadata"].get_object().get_data()

    def _below(self, element: Any) -> Iterator[Any]:
        children = element.get("/K", [])
        children = children.get_object() if hasattr(children, "get_object") else children
        for child in children if isinstance(children, list) else [children]:
            child = child.get_object() if hasattr(child, "get_object") else child
            if isinstance(child, dict) and "/S" in child:
                yield child
                yield from self._below(child)


def attribute(element: Any, name: str) -> Any:
    found = element.get("/A", [])
    found = found.get_object() if hasattr(found, "get_object") else found
    for one in found if isinstance(found, list) else [found]:
        one = one.get_object() if hasattr(one, "get_object") else one
        if name in one:
            return one[name]
    return None
