"""Forms as a browser would send them: every field of the page as it stands, with what a person changes."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client


class _Fields(HTMLParser):
    def __init__(self, form: str) -> None:
        super().__init__()
        self.form, self.inside = form, False
        self.data: dict[str, list[str]] = {}
        self.select = self.area = ""
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.inside = have.get("id") == self.form
        if not self.inside or "disabled" in have:
            return
        name = have.get("name", "")
        if tag == "input" and name and have.get("type") not in ("submit", "button"):
            ticked = have.get("type") in ("checkbox", "radio")
            if not ticked or "checked" in have:
                self.data.setdefault(name, []).append(have.get("value", "on" if ticked else ""))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in have:
            self.data.setdefault(self.select, []).append(have.get("value", ""))
        elif tag == "textarea":
            self.area, self.text = name, []

    def handle_data(self, data: str) -> None:
        if self.area:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = ""
        elif tag == "textarea" and self.area:
            self.data[self.area], self.area = ["".join(self.text).removeprefix("\n")], ""


def fields(response: Any, form: str) -> dict[str, list[str]]:
    parser = _Fields(form)
    parser.feed(response.content.decode())
    assert parser.data, f"no form {form} on the page"
    return {name: values for name, values in parser.data.items() if "__prefix__" not in name}


def opened(client: Client, path: str, form: str) -> dict[str, Any]:
    response = client.get(path)
    assert response.status_code == 200
    return fields(response, form)
