"""``python -m jpus``: what is in the package, where its sources disagree, and the tools to keep it so."""

from __future__ import annotations

import argparse
import codecs
import io
import json
import os
import pathlib
import sys
from typing import TYPE_CHECKING, Any

from jpus.errors import DataError, JpusError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jpus.dataset import Dataset


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: The words after ``python -m jpus``; None takes those of the process.

    Returns:
        The exit status: 0 when all is well, 1 when the data breaks a rule, 2 when the question cannot be answered.
    """
    options = _parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):  # pragma: no branch (it may be any stream)
        codecs.register_error("jpus", _escaped)
        sys.stdout.reconfigure(errors="jpus")
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever reads has enough (``python -m jpus | head``); what is still to be written goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (JpusError, ValueError, OSError) as error:
        print(f"jpus: {error}", file=sys.stderr)
        return 2
    return status


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """What a stream cannot take, kanji in the C locale for one, as JSON escapes it: in JSON it stays the same text."""
    assert isinstance(error, UnicodeEncodeError)
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m jpus",
        description="What jpus holds, and where its sources disagree. Without a command: both.",
    )
    parser.set_defaults(run=_overview)
    parser.add_argument("--json", action="store_true", help="print JSON")
    commands = parser.add_subparsers(title="commands", metavar="")

    def command(name: str, run: Any, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    show = command("show", _show, "a record, and who states what of it")
    show.add_argument("id", help="the id of a record of any collection, or words to search for")
    on = command("on", _on, "everything that holds on a day")
    on.add_argument("date", help="YYYY-MM-DD, YYYY-MM or YYYY")
    check = command("check", _check, "hold the package's data, or a folder laid over it, against every rule")
    check.add_argument("folder", nargs="?", help="a folder of data files such as meetings.json")
    check.add_argument("--format", choices=("text", "html", "json", "github"), default="text")
    check.add_argument("--as-published", metavar="DATE", help="use only what sources published by then")
    export = command("export", _export, "write the data as CSV and JSON with a datapackage.json")
    export.add_argument("folder", help="where to")
    new = command("new", _new, "print a template of a record")
    new.add_argument("collection", help="meetings, treaties ...")
    form = command("format", _format, "put data files into canonical form")
    form.add_argument("paths", nargs="*", help="files or folders; the package's data where none is given")
    form.add_argument("--check", action="store_true", help="change nothing, tell what would change")
    diff = command("diff", _diff, "show what changed between two data folders, fact by fact")
    diff.add_argument("old")
    diff.add_argument("new")
    generate = command("generate", _generate, "rewrite the generated files of the package's data folder")
    generate.add_argument("--check", action="store_true", help="change nothing, tell what would change")
    generate.add_argument("--data-version", metavar="DATE", help="the day of the data, where it is another now")
    for added in (show, on, check):
        added.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")
    return parser


def _packaged() -> Dataset:
    from jpus.dataset import packaged

    return packaged()


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


def _overview(options: argparse.Namespace) -> int:
    dataset = _packaged()
    report = dataset.check()
    if options.json:
        from jpus.display import summary

        _print_json({"summary": summary(dataset), **report.to_json()})
    else:
        from jpus.display import summary_text

        print(summary_text(dataset))
        print()
        print(report)
    return 0 if report.ok else 1


def _show(options: argparse.Namespace) -> int:
    from jpus.display import record_details
    from jpus.loading import to_json

    dataset = _packaged()
    found = [collection[options.id] for collection in dataset.collections if options.id in collection]
    if not found:
        found = [record for collection in _searched(dataset) for record in collection.search(options.id)]
    if not found:
        raise JpusError(f"no record has the id {options.id!r}, and no name contains it")
    if options.json:
        _print_json([to_json(record) for record in found])
    elif len(found) == 1:
        print(record_details(dataset, found[0]))
    else:
        print("\n".join(f"{record.id}: {record}" for record in found[:20]))
        if len(found) > 20:
            print(f"{len(found)} records; name one by its id")
    return 0


def _searched(dataset: Dataset) -> tuple[Any, ...]:
    return dataset.officials, dataset.offices, dataset.meetings, dataset.treaties, dataset.initiatives


def _on(options: argparse.Namespace) -> int:
    from jpus.loading import to_json

    snapshot = _packaged().on(options.date)
    if options.json:
        _print_json(
            {
                "date": str(snapshot.date),
                "holders": {
                    office: [{"official": official.id, "term": to_json(term)} for official, term in pairs]
                    for office, pairs in snapshot.holders.items()
                },
                **{
                    name: [to_json(record) for record in getattr(snapshot, name)]
                    for name in ("treaties", "meetings", "initiatives", "trade_figures", "indicators")
                },
            }
        )
    else:
        print(snapshot)
    return 0


def _check(options: argparse.Namespace) -> int:
    from jpus.checking import Report

    unread: list[Problem] = []
    if options.folder is None:
        dataset = _packaged()
    else:
        from jpus.dataset import overlaid

        dataset, unread = overlaid(options.folder)
    if unread:  # which leaves holes that other rules would stumble over: tell of it alone
        report = Report(problems=tuple(unread), disagreements=())
    else:
        report = dataset.check(as_published=options.as_published)
    print(report.render("json" if "json" in options and options.json else options.format, folder=options.folder))
    return 0 if report.ok else 1


def _export(options: argparse.Namespace) -> int:
    from jpus.exporting import export

    for path in export(_packaged(), pathlib.Path(options.folder)):
        print(path)
    return 0


def _new(options: argparse.Namespace) -> int:
    from jpus.editing import template

    print(template(options.collection))
    return 0


def _data_folder() -> pathlib.Path:
    return pathlib.Path(__file__).parent / "data"


def _format(options: argparse.Namespace) -> int:
    from jpus.editing import reformatted

    changed = list(reformatted([pathlib.Path(path) for path in options.paths] or [_data_folder()]))
    for path, content in changed:
        print(f"{'would change' if options.check else 'changed'}: {path}")
        if not options.check:
            path.write_bytes(content)
    return 1 if changed and options.check else 0


def _diff(options: argparse.Namespace) -> int:
    from jpus.editing import changes

    for line in changes(pathlib.Path(options.old), pathlib.Path(options.new)):
        print(line)
    return 0


def _generate(options: argparse.Namespace) -> int:
    from jpus.exporting import generated

    folder = _data_folder()
    status = 0
    for name, content in generated(folder, data_version=options.data_version).items():
        path = folder / name
        if path.exists() and path.read_bytes() == content:
            continue
        status = 1 if options.check else status
        print(f"{'would change' if options.check else 'changed'}: {path}")
        if not options.check:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
    return status


if __name__ == "__main__":
    sys.exit(main())
