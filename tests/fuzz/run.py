"""Fuzz for long: ``python tests/fuzz/run.py 1000000`` tries that many inputs, and prints what came of them.

The inputs are those of the seeds from ``--seed`` on, so that each failure can be seen again: ``run.py 1 --seed 123``.
"""

from __future__ import annotations

import argparse
import collections
import pathlib
import random
import resource
import sys
import time
import traceback

sys.path[:0] = [str(pathlib.Path(__file__).parents[1]), str(pathlib.Path(__file__).parent)]

from targets import TARGETS

# Of a hundred inputs, how many go to each: what is quick is tried more often.
SHARES = {"dates": 25, "amounts": 30, "files": 25, "questions": 14, "commands": 3, "overlays": 3}
# Seconds of processor time, which what else runs on the machine does not lengthen.
SLOW = 2.0
# Bytes: an input that takes more fails with a MemoryError, instead of taking the machine down.
MEMORY = 2 << 30


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--target", choices=list(TARGETS))
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    tried: collections.Counter[str] = collections.Counter()
    spent: collections.Counter[str] = collections.Counter()
    slowest: dict[str, float] = {}
    failures: dict[str, list[int]] = {}
    names = [name for name, share in SHARES.items() for _ in range(share)]
    for seed in range(options.seed, options.seed + options.inputs):
        rng = random.Random(seed)
        name = options.target or rng.choice(names)
        start = time.process_time()
        try:
            TARGETS[name](rng)
        except Exception as error:  # noqa: BLE001 (whatever it is, it is what is looked for)
            last = traceback.extract_tb(error.__traceback__)[-1]
            what = f"{name}: {type(error).__name__}: {str(error)[:150]!a} at {pathlib.Path(last.filename).name}:{last.lineno}"
            failures.setdefault(what, []).append(seed)
        took = time.process_time() - start
        tried[name] += 1
        spent[name] += took
        slowest[name] = max(took, slowest.get(name, 0.0))
        if took > SLOW:
            failures.setdefault(f"{name}: takes longer than {SLOW} s", []).append(seed)
    print("| target | inputs | seconds | slowest, ms |\n| --- | ---: | ---: | ---: |")
    for name in TARGETS:
        print(f"| {name} | {tried[name]:,} | {spent[name]:.0f} | {slowest.get(name, 0) * 1000:.0f} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n{sum(tried.values()):,} inputs, {len(failures)} kinds of failure, {peak:.0f} MB at most")
    for what, seeds in failures.items():
        print(f"- {what}: {len(seeds)} times, seeds {seeds[:5]}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
