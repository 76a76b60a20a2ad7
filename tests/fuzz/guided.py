"""Fuzz by what the inputs reach in the code: ``python tests/fuzz/guided.py -runs=100000`` (needs atheris).

It begins with the small data, amounts and dates; its flags are libFuzzer's.
"""

from __future__ import annotations

import contextlib
import json
import pathlib
import sys
import tempfile

sys.path[:0] = [str(pathlib.Path(__file__).parents[1]), str(pathlib.Path(__file__).parent)]

from targets import AMOUNTS, DATES, SMALL, _printable

from jpus import ParseError, PartialDate, Period, Quantity, loading


def one(data: bytes) -> None:
    """The first byte says what the others are: a file of a collection, or a date and an amount."""
    kind, content = data[:1], data[1:]
    collections = list(SMALL)
    if kind and kind[0] < len(collections):
        records, problems = loading.read_file(content, collections[kind[0]], "x.json")
        _printable(problems)
        if not problems:
            assert (records, []) == loading.read_file(loading.encode(records), collections[kind[0]], "x.json")
        return
    text = content.decode("utf-8", "replace")
    for parse in (PartialDate.parse, Period.parse, Quantity.parse):
        with contextlib.suppress(ParseError):
            parse(text)


def main() -> None:
    import atheris

    # Instrumented when they are all there: the tests collect this file too, without atheris.
    atheris.instrument_all()
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)
        for number, records in enumerate(SMALL.values()):
            for position, record in enumerate(records):
                content = json.dumps([record], ensure_ascii=False).encode()
                (folder / f"{number}-{position}").write_bytes(bytes([number]) + content)
        for number, text in enumerate((*DATES, *AMOUNTS[:200])):
            (folder / f"text-{number}").write_bytes(b"\xff" + text.encode())
        atheris.Setup([sys.argv[0], "-max_len=4096", *sys.argv[1:], made], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
