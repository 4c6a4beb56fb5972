"""Text that the database only keeps sealed: AES-256-GCM, bound to its table, column and row.

Stored as ``v1:<name of the key>:`` + nonce + ciphertext. What was copied to another row, column or table does not open;
the rows of a history are bound to the record whose history they are. Not searchable, and no help against whoever reads
the memory of the running portal.
"""

import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django import forms
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from seniorportal import keys

VERSION = b"v1:"
NONCE = 12


class Unreadable(Exception):
    """A German sentence why a sealed text does not open; never a part of it."""


class Sealed:
    """What the database returned, unopened. Shows nothing of itself, wherever it is printed."""

    __slots__ = ("raw",)

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    def __repr__(self) -> str:
        return "‹versiegelt›"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other.raw == self.raw

    def __hash__(self) -> int:
        return hash(self.raw)

    @property
    def key(self) -> str:
        return key_of(self.raw)


def prefix(key: str) -> bytes:
    """How everything begins that this key sealed."""
    return VERSION + key.encode() + b":"


def key_of(raw: bytes) -> str:
    if not raw.startswith(VERSION):
        raise Unreadable("Dieser Text ist nicht so versiegelt, wie das Portal es tut.")
    return raw[len(VERSION) :].partition(b":")[0].decode("ascii", "replace")


def seal(text: str, about: bytes) -> Sealed:
    ring = keys.ring()
    nonce = os.urandom(NONCE)
    ciphertext = AESGCM(ring.keys[ring.active]).encrypt(nonce, text.encode(), about)
    return Sealed(prefix(ring.active) + nonce + ciphertext)


def unseal(raw: bytes, about: bytes) -> str:
    name = key_of(raw)
    key = keys.ring().keys.get(name)
    if key is None:
        raise Unreadable(f"Der Schlüssel {name}, mit dem dieser Text versiegelt ist, fehlt hier.")
    body = raw[len(prefix(name)) :]
    try:
        return AESGCM(key).decrypt(body[:NONCE], body[NONCE:], about).decode()
    except (InvalidTag, ValueError):
        raise Unreadable(
            "Dieser Text gehört nicht in diese Zeile oder wurde von außen verändert. Er bleibt zu."
        ) from None


class Opener(DeferredAttribute):
    """Opens on access, so that a row that is only counted or passed on stays closed."""

    field: "SealedField"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed) and instance is not None:
            return unseal(value.raw, self.field.about(instance))
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedField(models.BinaryField):
    """A text column in a model whose primary key is set in Python. Written by its row only, never by ``update()``."""

    descriptor_class = Opener

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, kwargs

    def get_default(self) -> Any:
        """Of a new row that says nothing: an empty text, where a column of bytes would show "b''" in its form."""
        found = super().get_default()
        return "" if found == b"" else found

    def about(self, instance: models.Model) -> bytes:
        """What a text is bound to: for a row of a history, the record whose history it is."""
        source = getattr(type(instance), "pgh_tracked_model", None)
        key = getattr(instance, "pgh_obj_id", None) if source else instance.pk
        if key is None:
            raise Unreadable("Eine Zeile ohne Schlüssel kann nichts versiegeln.")
        return bound_to(source or type(instance), str(self.column), key)

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        value = instance.__dict__.get(self.attname)
        if isinstance(value, Sealed):
            if value.key == keys.ring().active:
                return value
            value = unseal(value.raw, self.about(instance))
        return None if value is None else seal(str(value), self.about(instance))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def get_prep_value(self, value: Any) -> bytes | None:
        if value is None or isinstance(value, Sealed):
            return None if value is None else value.raw
        raise TypeError(f"{self.name} wird nur über save() oder bulk_create() geschrieben.")

    def to_python(self, value: Any) -> Any:
        return value

    def get_lookup(self, lookup_name: str) -> Any:
        """Nobody searches what is sealed."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def get_transform(self, lookup_name: str) -> Any:
        return None

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self.name} ist versiegelt und wird nicht ausgeführt.")

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"widget": forms.Textarea, "max_length": self.max_length} | kwargs)


def bound_to(model: type[models.Model], column: str, key: object) -> bytes:
    return f"{model._meta.db_table}:{column}:{key}".encode()
