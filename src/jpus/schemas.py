"""The fields of the models taken apart, and the JSON Schema (2020-12) of each data file that follows from them."""

from __future__ import annotations

import ast
import functools
import inspect
import sys
import types
from decimal import Decimal
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import attrs

from jpus.dates import PartialDate, Period
from jpus.errors import UnknownIdError
from jpus.models import COLLECTIONS, REFERENCES

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
"""The version of JSON Schema."""

# Regular expressions without look-ahead and such: JSON Schema and Table Schema have dialects of their own.
_ID: Final = "[a-z0-9]+(-[a-z0-9]+)*"
_YEAR: Final = "([0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)"
_DATE: Final = (
    f"{_YEAR}(-((0[13578]|1[02])(-(0[1-9]|[12][0-9]|3[01]))?"
    "|(0[469]|11)(-(0[1-9]|[12][0-9]|30))?|02(-(0[1-9]|[12][0-9]))?))?"
)
_COUNTRY: Final = "([A-Z]{2}|IAEA)"
_NAMED: Final = {
    "id": _ID,
    "former_ids": _ID,
    "country": _COUNTRY,
    "ref_area": _COUNTRY,
    "counterpart_area": _COUNTRY,
    "partners": _COUNTRY,
    "url": r"https?://[^\s<>\"]+",
}
_TYPED: Final[dict[type, str]] = {
    PartialDate: _DATE,
    Period: f"{_DATE}(/{_DATE})?",
    Decimal: r"-?(0|[1-9][0-9]*)(\.[0-9]+)?",
}


@attrs.frozen(kw_only=True)
class Field:
    """A field of a model, its type taken apart."""

    model: type
    """The model."""
    name: str
    """The field's name."""
    kind: Any
    """The type of its value; of each one where it holds several."""
    many: bool
    """Whether it holds several."""
    optional: bool
    """Whether it may be None."""
    default: object
    """What it holds when the key is left out; `attrs.NOTHING` where it may not be."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that it may hold; empty where it is not one of a few."""
        return get_args(self.kind) if get_origin(self.kind) is Literal else ()

    @property
    def pattern(self) -> str | None:
        """What the whole of its text looks like, as a regular expression; None where anything may stand."""
        if self.kind is str:
            return _ID if (self.model, self.name) in REFERENCES else _NAMED.get(self.name)
        return _TYPED.get(self.kind)

    @property
    def description(self) -> str:
        """The docstring that stands under it in the source."""
        return documented(self.model)[self.name]


@functools.cache
def fields_of(model: type) -> tuple[Field, ...]:
    """The fields of a model, in order.

    >>> from jpus.models import Term
    >>> [field.name for field in fields_of(Term) if field.kind is PartialDate]
    ['start', 'end']
    """
    hints = get_type_hints(model)
    return tuple(_field(model, attribute, hints[attribute.name]) for attribute in attrs.fields(model))


def _field(model: type, attribute: attrs.Attribute[Any], hint: Any) -> Field:
    optional = get_origin(hint) in {Union, types.UnionType}
    if optional:
        (hint,) = (kind for kind in get_args(hint) if kind is not type(None))
    many = get_origin(hint) is tuple
    return Field(
        model=model,
        name=attribute.name,
        kind=get_args(hint)[0] if many else hint,
        many=many,
        optional=optional,
        default=attribute.default,
    )


@functools.cache
def documented(model: type) -> dict[str, str]:
    """The docstrings of a class's fields and properties, each on one line, from its source.

    >>> from jpus.models import Citation
    >>> documented(Citation)["source"]
    'The id of the source.'
    """
    body = _classes(model.__module__)[model.__name__].body
    found: dict[str, str] = {}
    for statement, following in zip(body, [*body[1:], None], strict=True):
        if isinstance(statement, ast.FunctionDef):
            found[statement.name] = _line(ast.get_docstring(statement) or "")
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            assert isinstance(following, ast.Expr), f"{statement.target.id} has no docstring"
            found[statement.target.id] = _line(ast.literal_eval(following.value))
    return found


@functools.cache
def _classes(module: str) -> dict[str, ast.ClassDef]:
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


def _line(docstring: str) -> str:
    return " ".join(docstring.replace("``", "`").split())


def summary(model: type) -> str:
    """The first paragraph of a model's docstring, on one line.

    >>> from jpus.models import Citation
    >>> summary(Citation)
    'A source, and the spot in it.'
    """
    return _line((model.__doc__ or "").partition("\n\n")[0])


def schema(collection: str) -> dict[str, Any]:
    """The JSON Schema of a collection's data file: an array of records.

    Args:
        collection: ``treaties``, ``meetings`` ...

    Raises:
        UnknownIdError: When there is no such collection.

    >>> schema("sources")["$defs"]["Source"]["required"]
    ['id', 'title', 'publisher', 'kind', 'language']
    """
    if collection not in COLLECTIONS:
        raise UnknownIdError("collections", collection, COLLECTIONS)
    definitions: dict[str, Any] = {}
    reference = _defined(COLLECTIONS[collection], definitions)
    return {
        "$schema": DIALECT,
        "title": f"{collection}.json",
        "description": f"The data file of the {collection.replace('_', ' ')} of jpus: records in order of their ids.",
        "type": "array",
        "items": reference,
        "$defs": definitions,
    }


def _defined(model: type, definitions: dict[str, Any]) -> dict[str, Any]:
    """A reference to the schema of a model, which is put among the definitions with those that it needs."""
    if model.__name__ not in definitions:
        definitions[model.__name__] = entry = {
            "type": "object",
            "description": summary(model),
            "properties": {},
            "required": [field.name for field in fields_of(model) if field.default is attrs.NOTHING],
            "additionalProperties": False,
        }
        entry["properties"] = {field.name: _property(field, definitions) for field in fields_of(model)}
    return {"$ref": f"#/$defs/{model.__name__}"}


def _property(field: Field, definitions: dict[str, Any]) -> dict[str, Any]:
    value = _value(field, definitions)
    made: dict[str, Any] = {"type": "array", "items": value} if field.many else value
    made["description"] = field.description
    if field.default not in {attrs.NOTHING, None, ()}:
        made["default"] = field.default
    return made


def _value(field: Field, definitions: dict[str, Any]) -> dict[str, Any]:
    if field.kind in {bool, int}:
        return {"type": "boolean" if field.kind is bool else "integer"}
    if field.choices:
        return {"type": "string", "enum": list(field.choices)}
    if field.kind is str and field.pattern is None:
        return {"type": "string", "minLength": 1}
    if field.pattern is None:
        return _defined(field.kind, definitions)
    form = {"type": "string", "pattern": f"^{field.pattern}$"}
    if field.kind is str:
        return form
    definitions[field.kind.__name__] = form
    return {"$ref": f"#/$defs/{field.kind.__name__}"}
