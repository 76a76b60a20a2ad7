"""The same data for everybody: any process, any seed, any clock, any copy; and nothing is touched but what is read."""

from __future__ import annotations

import copy
import json
import os
import pathlib
import pickle
import subprocess
import sys
import textwrap

import pytest
from small import build

import jpus
from jpus.models import COLLECTIONS


def run(code: str, *flags: str, **variables: str) -> str:
    """What a fresh interpreter prints, and that it has nothing to complain of."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(
        [sys.executable, *flags, "-c", textwrap.dedent(code)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**inherited, "PYTHONIOENCODING": "utf-8", **variables},
        timeout=300,
    )

    # CPython 3.12 tells of its own decimal module when a second interpreter imports it.
    complaints = [line for line in done.stderr.splitlines() if line and "mpd_setminalloc" not in line]
    assert (0, []) == (done.returncode, complaints)
    return done.stdout


EVERYTHING = """
    import hashlib, json, jpus
    from jpus.loading import to_json
    from jpus.models import COLLECTIONS
    told = [[to_json(record) for record in getattr(jpus, name)] for name in COLLECTIONS]
    told += [jpus.check().to_json(), str(jpus.on("1960-01-19")), jpus.cite(*jpus.treaties)]
    told += [[record.id for record in jpus.officials.search("sato", fuzzy=True)], jpus.panel("year", 1960, 1970).to_dicts()]
    print(hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest())
"""


def test_nothing_depends_on_chance_or_place():
    """Hash seeds, time zones, languages and the folder one is in change nothing of what is told."""
    found = {
        run(EVERYTHING, PYTHONHASHSEED=seed, TZ=zone, LANG=language)
        for seed, zone, language in (
            ("0", "Pacific/Kiritimati", "C"),
            ("424242", "Etc/GMT+12", "tr_TR.UTF-8"),
        )
    }

    assert 1 == len(found)


def test_nothing_is_touched():
    """Importing and asking writes no file, opens no connection, starts no program, and reads only what is installed."""
    told = run(
        """
        import json, os, sys
        events = []
        kinds = ("open", "os.", "socket.", "subprocess.", "shutil.", "ctypes.", "urllib.", "webbrowser.", "pickle.", "sqlite3.")
        sys.dont_write_bytecode = True
        sys.addaudithook(lambda name, words: events.append((name, list(map(str, words)))) if name.startswith(kinds) else None)
        import jpus
        jpus.treaties["security-treaty-1951"], jpus.on("1960-01-19"), jpus.officials.search("abe"), jpus.check()
        print(json.dumps(events))
        """
    )
    homes = tuple(
        str(pathlib.Path(path).resolve())
        for path in {*sys.path, sys.base_prefix, sys.prefix, "/usr/share/zoneinfo"}
        if path
    )
    events = json.loads(told)
    opened = [(words[0], words[1]) for name, words in events if name == "open" and not words[0].isdigit()]

    assert {"open", "os.listdir", "os.scandir", "os.walk"} >= {name for name, _ in events}
    assert opened
    assert [] == [path for path, mode in opened if mode not in {"r", "rb", "None"}]
    assert [] == [path for path, _ in opened if not str(pathlib.Path(path).resolve()).startswith(homes)]


def test_every_record_is_itself_again():
    """Copied or pickled, by every protocol, a record equals itself, with its hash; so does what is computed."""
    for name in COLLECTIONS:
        for record in list(getattr(jpus, name))[:50]:
            assert record == copy.copy(record) == copy.deepcopy(record)
            for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
                again = pickle.loads(pickle.dumps(record, protocol))
                assert (record, hash(record)) == (again, hash(again))
    assert jpus.treaties == copy.copy(jpus.treaties) == pickle.loads(pickle.dumps(jpus.treaties))


def test_the_package_is_not_copied():
    """A pickle of the packaged Dataset is its name: another process reads its own; data of one's own goes along."""
    assert len(pickle.dumps(jpus.dataset.packaged())) < 200
    small = build()
    again = pickle.loads(pickle.dumps(small))

    assert [list(collection) for collection in small.collections] == [
        list(collection) for collection in again.collections
    ]
    assert small.data_version == again.data_version


def test_frozen():
    """Nothing that is handed out can be changed."""
    for name in COLLECTIONS:
        collection = getattr(jpus, name)
        with pytest.raises((AttributeError, TypeError)):
            collection["x"] = 1
        record = next(iter(collection), None)
        if record is not None:
            with pytest.raises(AttributeError):
                record.id = "x"
            with pytest.raises(AttributeError):
                record.other = "x"
            with pytest.raises(AttributeError):
                del record.id


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_other_processes(method: str):
    """Processes that are forked off, or started anew, have the same data."""
    import multiprocessing

    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"this system cannot {method}")
    told = run(
        f"""
        import multiprocessing, jpus
        jpus.treaties["security-treaty-1951"]
        with multiprocessing.get_context({method!r}).Pool(2) as pool:
            print(len(set(pool.map(repr, [jpus.treaties["security-treaty-1951"]] * 4))), *pool.map(len, [jpus.offices] * 2))
        """
    )

    assert f"1 {len(jpus.offices)} {len(jpus.offices)}\n" == told


@pytest.mark.skipif(sys.version_info < (3, 12), reason="subinterpreters have a module of their own from Python 3.12 on")
def test_subinterpreters():
    """Interpreters within one process, at once, each have the same data."""
    told = run(
        """
        import sys, tempfile, threading, pathlib
        try:
            from concurrent import interpreters
            start = lambda code: interpreters.create().exec(code)
        except ImportError:
            try:
                import _interpreters
                start = lambda code: _interpreters.exec(_interpreters.create("legacy"), code)
            except ImportError:
                import _xxsubinterpreters as _interpreters
                start = lambda code: _interpreters.run_string(_interpreters.create(isolated=False), code)
        folder = pathlib.Path(tempfile.mkdtemp())
        code = '''
        import sys
        sys.path[:] = {path!r}
        import pathlib, jpus
        answer = f"{{jpus.data_version}} {{len(jpus.claims)}} {{jpus.treaties['security-treaty-1951'].signed}}"
        pathlib.Path({file!r}).write_text(answer)
        '''
        import textwrap
        threads = [
            threading.Thread(target=start, args=(textwrap.dedent(code).format(path=sys.path, file=str(folder / str(number))),))
            for number in range(3)
        ]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        print(*(file.read_text() for file in sorted(folder.iterdir())), sep="|")
        """
    )
    answer = f"{jpus.data_version} {len(jpus.claims)} {jpus.treaties['security-treaty-1951'].signed}"

    assert "|".join([answer] * 3) == told.strip()
