"""The models of jpus again, in pydantic and in msgspec: as strict, as frozen, and with the same dates and amounts."""

from __future__ import annotations

import functools
import types
from decimal import Decimal
from typing import Annotated, Any, Union, get_args, get_origin

import attrs

from jpus.dates import PartialDate, Period
from jpus.quantities import decimal_of

PARSERS = {PartialDate: PartialDate.parse, Period: Period.parse, Decimal: decimal_of}


def _translated(kind: Any, plain: Any, model: Any) -> Any:
    if kind in PARSERS:
        return plain(kind)
    if attrs.has(kind):
        return model(kind)
    if get_origin(kind) is tuple:
        return tuple[_translated(get_args(kind)[0], plain, model), ...]
    if get_origin(kind) in {Union, types.UnionType}:
        (inner,) = (part for part in get_args(kind) if part is not type(None))
        return _translated(inner, plain, model) | None
    return kind


def pydantic_reader(kind: type) -> Any:
    """A function from the bytes of a file to records."""
    import pydantic

    def plain(kind: Any) -> Any:
        return Annotated[kind, pydantic.PlainValidator(PARSERS[kind])]

    @functools.cache
    def model(kind: Any) -> Any:
        return pydantic.create_model(
            kind.__name__,
            __config__=pydantic.ConfigDict(frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True),
            **{
                field.name: (
                    _translated(field.type, plain, model),
                    ... if field.default is attrs.NOTHING else field.default,
                )
                for field in attrs.fields(attrs.resolve_types(kind))
            },
        )

    return pydantic.TypeAdapter(list[model(kind)]).validate_json


def msgspec_reader(kind: type) -> Any:
    """A function from the bytes of a file to records."""
    import msgspec

    # msgspec reads classes of attrs by their fields: dates need a class that it does not know.
    @functools.cache
    def plain(kind: Any) -> Any:
        return type(kind.__name__, (), {"__slots__": ("value",), "parse": staticmethod(PARSERS[kind])})

    def read(kind: Any, text: str) -> Any:
        made = kind()
        made.value = kind.parse(text)
        return made

    @functools.cache
    def model(kind: Any) -> Any:
        fields = attrs.fields(attrs.resolve_types(kind))
        return msgspec.defstruct(
            kind.__name__,
            [
                (field.name, _translated(field.type, plain, model))
                if field.default is attrs.NOTHING
                else (field.name, _translated(field.type, plain, model), field.default)
                for field in fields
            ],
            frozen=True,
            kw_only=True,
            forbid_unknown_fields=True,
        )

    return msgspec.json.Decoder(list[model(kind)], dec_hook=read).decode
