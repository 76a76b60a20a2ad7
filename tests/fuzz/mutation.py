"""Good texts, JSON values and files, spoilt a little: what each function draws, it draws from `rng`."""

from __future__ import annotations

import json
import random
from typing import Any

ODD = (
    "\0", "\n", "\r\n", "\t", " ", "\u00a0", "\u3000", "\u200b", "\u200f", "\u202e", "\ufeff", "\ufffd", "\ud800", "\udfff",
    "\U0001f600", "e\u0301", "İ", "ı", "ſ", "\u212a", "ß", "ﬁ", "٣", "３", "²", "Ⅷ", "½", "−", "－", "–", "·", "％", "/", "\\", "'", '"',
    "<", ">", "&", "{", "}", "[", "]", "(", ")", "（", "）", ":", ";", ",", ".", "-", "+", "$", "¥", "￥", "円", "億", "兆", "万", "千",
    "百", "人", "%", "~", "#", "*", "|", "`", "0", "1", "9", "00", "1e5", "1E+999", "NaN", "inf", "Infinity", "null", "true",
    "None", "__class__", "../", "..", "~root", "C:\\", "con", "T00:00:00", "Z", "W01", "-00", "-13", "-32", "-02-30", "9999",
    "10000", "0000", "million", "billion", "over", "nearly", "deficit", "first", "No. 1",
)  # fmt: skip
NUMBERS = (
    0, -1, 1, 2**31, 2**63, 2**64, 10**400, -(10**400), 0.0, -0.0, 0.1, 1e308, -1e-308, 5.5, True, False,
)  # fmt: skip


def text(rng: random.Random, good: str, others: list[str]) -> str:
    """A text with up to five changes."""
    for _ in range(rng.randint(1, 5)):
        place = rng.randint(0, len(good))
        other = min(len(good), place + rng.randint(0, 6))
        change = rng.randint(0, 8)
        if change == 0:
            good = good[:place] + rng.choice(ODD) + good[place:]
        elif change == 1:
            good = good[:place] + good[other:]
        elif change == 2:
            good = good[:place] + good[place:other] * rng.randint(2, 60) + good[other:]
        elif change == 3:
            good = good[:place] + chr(rng.randint(0, 0x10FFFF)) + good[other:]
        elif change == 4:
            good = good[:place] + rng.choice(others) + good[other:]
        elif change == 5:
            good = good[:place] + rng.choice(ODD) * rng.randint(2, 500) + good[place:]
        elif change == 6:
            good = good[place:] + good[:place]
        elif change == 7:
            good = good.upper() if rng.random() < 0.5 else good.swapcase()
        else:
            good = good[:place] + str(rng.randint(0, 10 ** rng.randint(1, 30))) + good[other:]
    return good


def value(rng: random.Random, good: Any, others: list[Any], depth: int = 0) -> Any:
    """A JSON value with something in it changed, left out, added, or put in another's place."""
    change = rng.random()
    if depth > 0 and change < 0.12:
        return _strange(rng, others)
    if isinstance(good, str):
        return text(rng, good, ["2020-01-01", "JP", "x"])
    if isinstance(good, dict) and good:
        spoilt = dict(good)
        key = rng.choice(list(good))
        if change < 0.2:
            del spoilt[key]
        elif change < 0.3:
            spoilt[text(rng, key, ["id", "note"])] = spoilt.pop(key)
        elif change < 0.4:
            spoilt[rng.choice(("id", "note", "nmae", "", "\ud800"))] = _strange(rng, others)
        else:
            spoilt[key] = value(rng, good[key], others, depth + 1)
        return spoilt
    if isinstance(good, list) and good:
        spoilt = list(good)
        place = rng.randrange(len(good))
        if change < 0.2:
            del spoilt[place]
        elif change < 0.3:
            spoilt.insert(place, rng.choice(good))
        elif change < 0.4:
            spoilt[place] = _strange(rng, others)
        else:
            spoilt[place] = value(rng, good[place], others, depth + 1)
        return spoilt
    return _strange(rng, others)


def _strange(rng: random.Random, others: list[Any]) -> Any:
    choice = rng.randint(0, 8)
    if choice == 0:
        return None
    if choice == 1:
        return rng.choice(NUMBERS)
    if choice == 2:
        return rng.choice(ODD)
    if choice == 3:
        return rng.choice(([], {}, [[]], [None], {"": None}, [{}], "", [[["id", "x"]]], {"id": "x"}))
    if choice == 4:
        return rng.choice("ax\u00e9\ud800") * rng.choice((100, 5000))
    if choice == 5:
        nested: Any = "x"
        for _ in range(rng.choice((3, 30, 300, 900))):
            nested = [nested] if rng.random() < 0.5 else {"id": nested}
        return nested
    return rng.choice(others)


def content(rng: random.Random, good: list[Any], others: list[Any]) -> bytes:
    """A file with a record or two spoilt, and now and then its bytes too."""
    spoilt: Any = list(good)
    for _ in range(rng.randint(1, 3)):
        spoilt = value(rng, spoilt, others)
    try:
        made = json.dumps(spoilt, ensure_ascii=rng.random() < 0.3, indent=rng.choice((None, 1))).encode(
            "utf-8", "surrogatepass"
        )
    except RecursionError:
        made = b"[" * 3000
    return octets(rng, made) if rng.random() < 0.4 else made


def octets(rng: random.Random, good: bytes) -> bytes:
    """Bytes with up to four changes."""
    for _ in range(rng.randint(1, 4)):
        place = rng.randint(0, len(good))
        other = min(len(good), place + rng.randint(0, 40))
        change = rng.randint(0, 8)
        if change == 0:
            good = good[:place] + bytes([rng.randint(0, 255)]) + good[place:]
        elif change == 1:
            good = good[:place] + good[other:]
        elif change == 2:
            good = good[:place] + good[place:other] * rng.randint(2, 5) + good[other:]
        elif change == 3:
            good = good[:place]
        elif change == 4:
            good = rng.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\0", b" ", b"\n\n")) + good
        elif change == 5:
            good += rng.choice((b"]", b",", b"[]", b"\0", b"\x1a", b"//"))
        elif change == 6:
            good = (
                good[:place]
                + rng.choice((b"NaN", b"-Infinity", b"1e999", b"9" * 5000, b"\\ud800", b"\\u0000", b'"', b"\\"))
                + good[place:]
            )
        elif change == 7:
            good = good.replace(b": ", b" : ", rng.randint(1, 3))
        else:
            good = good[:place] + rng.choice((b"[", b'{"a":', b"{")) * rng.choice((10, 900, 100_000)) + good[place:]
    return good
