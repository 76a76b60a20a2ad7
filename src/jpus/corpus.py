"""Statements by the million held against the data: Arrow in, Arrow out, a batch at a time.

A corpus is a table with a row a statement: whose record (``subject``), which ``field``, what ``value``. The same
statement stands in it again and again, so each distinct one is judged once. A batch is all that is in memory;
`assess_batches` is the function that Spark's ``mapInArrow``, Dask and Ray ask for, so that they do the distributing.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jpus.assessing import assess
from jpus.dataset import packaged
from jpus.errors import library
from jpus.models import Term

if TYPE_CHECKING:
    from jpus.dataset import Dataset
    from jpus.dates import DateLike
    from jpus.models import Record

STATEMENT: Final = ("subject", "field", "value")
"""The columns of a statement: the id of a record or a term, the name of its field, the value as found."""
ROWS: Final = 1 << 16
"""A batch of more rows is taken in slices of so many."""
KEPT: Final = 1 << 18
"""How many distinct statements are remembered; past that the ones not met for longest are judged anew."""


class Judged(NamedTuple):
    """What is added to a row, each a column of that name.

    >>> Judged(verdict="agree", accepted="1951-09-08", independent=2, hints=0, problem=None).verdict
    'agree'
    """

    verdict: str | None
    """``agree``, ``compatible``, ``conflict``, ``ambiguous`` or ``not_checkable``; null where there is a problem."""
    accepted: str | None
    """What jpus holds."""
    independent: int
    """How many independent sources support the value."""
    hints: int
    """How many hints there are at what the value may be a slip for: `jpus.Collection.assess` tells them."""
    problem: str | None
    """Why the row cannot be judged: no such record or field, a value that the field cannot have, a null."""


def assess_table(
    data: Any,
    *,
    dataset: Dataset | None = None,
    as_published: DateLike | None = None,
    columns: Sequence[str] = STATEMENT,
) -> Any:
    """Hold a table of statements against the data (extra ``arrow``).

    Args:
        data: Whatever gives an Arrow stream: a table or a reader of pyarrow, a frame of polars, a relation of DuckDB.
        dataset: The data to hold them against; that of the package where none is given.
        as_published: Use only sources that were published by this day.
        columns: The names of the columns that have subject, field and value.

    Returns:
        A ``pyarrow.RecordBatchReader``: the rows as they came, with the columns of `jpus.corpus.Judged` added. It
        reads on as it is read, so neither table is ever whole in memory; ``read_all()`` makes it one.

    Raises:
        MissingExtraError: When pyarrow is not installed.
        ValueError: When a column is missing, or one that is to be added is there already.

    >>> import pyarrow as pa
    >>> rows = {"subject": ["security-treaty-1951"] * 2, "field": ["signed"] * 2, "value": ["1951-09-08", "1952"]}
    >>> assess_table(pa.table(rows)).read_all()["verdict"].to_pylist()
    ['agree', 'conflict']
    """
    pyarrow = library("pyarrow", "arrow")
    reader = pyarrow.RecordBatchReader.from_stream(data)
    schema = _with_judged(pyarrow, reader.schema, columns)
    made = assess_batches(reader, dataset=dataset, as_published=as_published, columns=columns)
    return pyarrow.RecordBatchReader.from_batches(schema, made)


def assess_batches(
    batches: Iterable[Any],
    *,
    dataset: Dataset | None = None,
    as_published: DateLike | None = None,
    columns: Sequence[str] = STATEMENT,
) -> Iterator[Any]:
    """Hold batches of statements against the data: what `jpus.assess_table` does, for an engine to call.

    Args:
        batches: Each a ``pyarrow.RecordBatch``.
        dataset: The data to hold them against; that of the package where none is given.
        as_published: Use only sources that were published by this day.
        columns: The names of the columns that have subject, field and value.

    Raises:
        MissingExtraError: When pyarrow is not installed.
        ValueError: When a column is missing, or one that is to be added is there already.

    >>> import pyarrow as pa
    >>> batch = pa.record_batch({"subject": ["no-such-treaty"], "field": ["signed"], "value": ["1952"]})
    >>> [made.to_pylist()[0]["problem"] for made in assess_batches([batch])]
    ["no record or term has the id 'no-such-treaty'"]
    """
    pyarrow = library("pyarrow", "arrow")
    judge = functools.lru_cache(maxsize=KEPT)(_judge(packaged() if dataset is None else dataset, as_published))
    for batch in (whole.slice(start, ROWS) for whole in batches for start in range(0, whole.num_rows or 1, ROWS)):
        schema = _with_judged(pyarrow, batch.schema, columns)
        statements = (_texts(pyarrow, batch.column(name)) for name in columns)
        judged = zip(*map(judge, *statements), strict=True) if batch.num_rows else [()] * len(Judged._fields)
        added = [pyarrow.array(cells, field.type) for cells, field in zip(judged, _judged(pyarrow), strict=True)]
        yield pyarrow.RecordBatch.from_arrays([*batch.columns, *added], schema=schema)


def _judged(pyarrow: Any) -> list[Any]:
    numbers = ("independent", "hints")
    types = (pyarrow.int32() if name in numbers else pyarrow.string() for name in Judged._fields)
    return [pyarrow.field(name, type) for name, type in zip(Judged._fields, types, strict=True)]


def _with_judged(pyarrow: Any, schema: Any, columns: Sequence[str]) -> Any:
    """The schema of a table with the columns of what is judged added."""
    if len(columns) != len(STATEMENT):
        raise ValueError(f"columns names {len(columns)} columns, not those of subject, field and value")
    for name in columns:
        if schema.names.count(name) != 1:
            raise ValueError(f"there is no column {name!r}, or several; the columns: {', '.join(schema.names)}")
    taken = set(schema.names) & set(Judged._fields)
    if taken:
        raise ValueError(f"there is a column already that is to be added: {', '.join(sorted(taken))}")
    return pyarrow.schema([*schema, *_judged(pyarrow)], metadata=schema.metadata)


def _texts(pyarrow: Any, column: Any) -> list[str | None]:
    if pyarrow.types.is_floating(column.type):
        raise ValueError(f"a column of {column.type} does not say how a number is written: make it one of texts")
    texts: list[str | None] = column.cast(pyarrow.string()).to_pylist()
    return texts


def _judge(dataset: Dataset, as_published: DateLike | None) -> Callable[[str | None, str | None, str | None], Judged]:
    terms = {term.id: official for official in dataset.officials for term in official.terms}

    def judge(subject: str | None, field: str | None, value: str | None) -> Judged:
        if subject is None or field is None or value is None:
            return Judged(None, None, 0, 0, "subject, field or value is null")
        record = dataset.subject(subject) or _renamed(dataset, subject)
        if record is None:
            return Judged(None, None, 0, 0, f"no record or term has the id {subject!r}")
        if isinstance(record, Term):
            record, field = terms[subject], f"terms.{subject}.{field}"
        try:
            found = assess(dataset, record, field, value, as_published=as_published)
        except ValueError as error:
            return Judged(None, None, 0, 0, str(error))
        return Judged(found.verdict, found.accepted, found.independent, len(found.hints), None)

    return judge


def _renamed(dataset: Dataset, id: str) -> Record | None:
    """The record that once had an id."""
    found = (collection.get(id) for collection in dataset.collections)
    return next((record for record in found if record is not None), None)
