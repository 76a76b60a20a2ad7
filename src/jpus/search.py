"""Records by name: the order of names, macrons, case, hyphens, apostrophes and the kind of kana do not matter.

Long vowels have many spellings (Satō, Sato, Satou, Satoh), so each name is kept in two: as it is written without its
accents, and with long vowels shortened. A match in the first spelling comes before one in the second.
Kana are read in Roman letters too, by the table of Hepburn: さとう finds Sato.
"""

from __future__ import annotations

import bisect
import difflib
import itertools
import re
import unicodedata
import weakref
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from jpus.models import Meeting, Official, Treaty

if TYPE_CHECKING:
    from jpus.dataset import Collection
    from jpus.models import AnyRecord, Record

NEAR: Final = 0.75
"""How alike two words must be, from 0 to 1, for a fuzzy search to take one for the other."""

_NAME_FIELDS: Final = ("id", "title", "short_title", "native", "kana", "publisher", "measure")
_NAMES_FIELDS: Final = ("former_ids", "aliases")
_REMOVED: Final = dict.fromkeys(map(ord, "'’‘ʼʻʹ`´."))
_VOICING: Final = frozenset("\u3099\u309a")
_HIRAGANA: Final = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_KANA: Final = re.compile(r"[ぁ-ゔー]+")
_SYLLABLES: Final = (
    "あいうえお a i u e o かきくけこ ka ki ku ke ko さしすせそ sa shi su se so たちつてと ta chi tsu te to "
    "なにぬねの na ni nu ne no はひふへほ ha hi fu he ho まみむめも ma mi mu me mo やゆよ ya yu yo "
    "らりるれろ ra ri ru re ro わをん wa o n がぎぐげご ga gi gu ge go ざじずぜぞ za ji zu ze zo "
    "だぢづでど da ji zu de do ばびぶべぼ ba bi bu be bo ぱぴぷぺぽ pa pi pu pe po ゔ vu ゃゅょ -ya -yu -yo"
)
_HEPBURN: Final = str.maketrans(
    dict(zip(re.findall("[ぁ-ゔ]", _SYLLABLES), re.findall("[-a-z]+", _SYLLABLES), strict=True))
)
_SMALL: Final = (
    (r"(?<=sh|ch)i-y|(?<=j)i-y", ""),
    (r"i-y", "y"),
    (r"っ(?=c)", "t"),
    (r"っ(.)", r"\1\1"),
    (r"(.)ー", r"\1\1"),
)
"""What stands after a syllable, or before it, changes it: kya, sha, tchi, kko, oo."""
_WORD: Final = re.compile(r"[^\W_]+")
_HYPHEN: Final = re.compile(r"[-‐‑‒–—−]")
# The h of "oh" is a long vowel in Satoh and Ohyama; before another vowel it begins a syllable: Ohira, Tohoku.
_LONG_VOWEL: Final = re.compile(r"o(?:[ou]|h(?![aeiou]))+|uu+")


def search(collection: Collection[AnyRecord], text: str, *, fuzzy: bool = False) -> list[AnyRecord]:
    """The records of a collection that a text names, best first.

    Whole names come first, then those of which the text has whole words, beginnings of words, and letters inside;
    then records that have its words spread over several names. Equally good ones stand in the order of the collection.

    Args:
        collection: Where to look.
        text: A name, a title, an alias, an id, or a part of one.
        fuzzy: Whether to add near misses, last, the nearest first.

    Raises:
        ValueError: When the text has no letter and no digit.

    >>> import jpus
    >>> [treaty.id for treaty in search(jpus.treaties, "SAN FRANCISCO peace treaty 1951")]
    ['san-francisco-peace-treaty-1951']
    """
    queries = readings(text)
    if not queries:
        raise ValueError(f"{text!r} has no letter and no digit to search for")
    found = _index(collection).find(queries, fuzzy=fuzzy)
    records = list(collection)
    return [records[place] for place in found]


def readings(text: str) -> tuple[tuple[str, ...], ...]:
    """The words of a text as they are compared: once with a hyphen between words, once with it inside a word.

    Words in kana are given in Roman letters too.

    >>> readings("Ōhira, Jun-ichi"), readings("さとう")
    ((('ohira', 'jun', 'ichi'), ('ohira', 'junichi')), (('さとう',), ('satou',)))
    """
    plain = (text.casefold() if text.isascii() else _unaccented(text)).translate(_REMOVED)
    found = [tuple(_WORD.findall(reading)) for reading in (plain, _HYPHEN.sub("", plain))]
    if not plain.isascii() and all(map(_KANA.fullmatch, found[0])):
        found.append(tuple(map(_romanised, found[0])))
    return tuple(dict.fromkeys(words for words in found if words))


def _romanised(word: str) -> str:
    """A word in hiragana as Hepburn writes it, with long vowels in full.

    >>> [_romanised(word) for word in ("じゅんいちろう", "ほっかいどう", "はっちょう", "きょうこ")]
    ['junichirou', 'hokkaidou', 'hatchou', 'kyouko']
    """
    letters = word.translate(_HEPBURN)
    for small, read in _SMALL:
        letters = re.sub(small, read, letters)
    return letters


def _unaccented(text: str) -> str:
    """A text without case, accents and the width of letters, in hiragana; kana keep their voicing marks."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    kept = (letter for letter in letters if letter in _VOICING or not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", "".join(kept)).translate(_HIRAGANA)


def names(record: Record) -> Iterator[str]:
    """Every name of a record: its ids, titles, spellings, and the names of those who took part in it."""
    for field in _NAME_FIELDS:
        value = getattr(record, field, None)
        if value is not None:
            yield value
    for field in _NAMES_FIELDS:
        yield from getattr(record, field, ())
    for external in getattr(record, "external_ids", ()):
        yield external.value
    if isinstance(record, Official):
        yield record.name
    elif isinstance(record, Meeting):
        yield from (participant.name for participant in record.participants)
    elif isinstance(record, Treaty):
        yield from (f"{entry.series} {entry.number}" for entry in record.registrations)


class _Spelling:
    """The names of a collection in one spelling, by whole name and by word."""

    def __init__(self, entries: Iterable[tuple[tuple[str, ...], int]]) -> None:
        self._owners: list[int] = []
        self._names: list[str] = []  # with a space before each word, which tells where it begins
        self._of_record: dict[int, str] = {}  # all names of a record in one
        self._whole: dict[str, set[int]] = {}
        self._by_word: dict[str, set[int]] = {}
        for number, (words, place) in enumerate(dict.fromkeys(entries)):
            name = "".join(f" {word}" for word in words)
            self._owners.append(place)
            self._names.append(name)
            self._of_record[place] = self._of_record.get(place, "") + name
            for key in ("".join(words), _in_any_order(words)):
                self._whole.setdefault(key, set()).add(place)
            for word in words:
                self._by_word.setdefault(word, set()).add(number)
        self._vocabulary = sorted(self._by_word)
        # All words in one text, and where each starts in it: one pass finds those that contain some letters.
        self._letters = " ".join(self._vocabulary)
        self._starts = [0, *itertools.accumulate(len(word) + 1 for word in self._vocabulary)]

    def whole(self, words: tuple[str, ...]) -> set[int]:
        """Records with a name of just these words, in any order, or of just these letters."""
        return self._whole.get("".join(words), set()) | self._whole.get(_in_any_order(words), set())

    def with_words(self, words: tuple[str, ...]) -> set[int]:
        """Records with a name that has all of these words."""
        return self._places(set.intersection(*(self._by_word.get(word, set()) for word in words)))

    def with_beginnings(self, words: tuple[str, ...]) -> set[int]:
        """Records with a name that has words which begin like all of these."""
        starts = [f" {word}" for word in words]
        numbers = self._beginning(max(words, key=len))
        return self._places(number for number in numbers if all(start in self._names[number] for start in starts))

    def with_letters(self, words: tuple[str, ...]) -> set[int]:
        """Records with a name that has words which contain all of these."""
        numbers = self._containing(max(words, key=len))
        return self._places(number for number in numbers if all(word in self._names[number] for word in words))

    def spread(self, words: tuple[str, ...]) -> set[int]:
        """Records whose names together have words which begin like all of these."""
        starts = [f" {word}" for word in words]
        places = self._places(self._beginning(max(words, key=len)))
        return {place for place in places if all(start in self._of_record[place] for start in starts)}

    def near(self, words: tuple[str, ...]) -> dict[int, float]:
        """Records with a name that has words like all of these, and how like they are."""
        alike: list[dict[int, float]] = []
        for word in words:
            scores: dict[int, float] = {}
            for other in difflib.get_close_matches(word, self._vocabulary, n=20, cutoff=NEAR):
                ratio = difflib.SequenceMatcher(None, other, word).ratio()
                for number in self._by_word[other]:
                    scores[number] = max(ratio, scores.get(number, 0.0))
            alike.append(scores)
        best: dict[int, float] = {}
        for number in set(alike[0]).intersection(*alike[1:]):
            score = sum(scores[number] for scores in alike) / len(words)
            place = self._owners[number]
            best[place] = max(score, best.get(place, 0.0))
        return best

    def _beginning(self, start: str) -> set[int]:
        first = bisect.bisect_left(self._vocabulary, start)
        later = itertools.islice(self._vocabulary, first, None)
        words = itertools.takewhile(lambda word: word.startswith(start), later)
        return set().union(*(self._by_word[word] for word in words))

    def _containing(self, letters: str) -> set[int]:
        places = (match.start() for match in re.finditer(re.escape(letters), self._letters))
        words = {self._vocabulary[bisect.bisect_right(self._starts, place) - 1] for place in places}
        return set().union(*(self._by_word[word] for word in words))

    def _places(self, numbers: Iterable[int]) -> set[int]:
        return {self._owners[number] for number in numbers}


class _Index:
    """The names of a collection, read once."""

    def __init__(self, collection: Iterable[Record]) -> None:
        entries = [
            (words, place)
            for place, record in enumerate(collection)
            for name in names(record)
            for words in readings(name)
        ]
        self._plain = _Spelling(entries)
        self._short = _Spelling((_shortened(words), place) for words, place in entries)

    def find(self, queries: Iterable[tuple[str, ...]], *, fuzzy: bool) -> list[int]:
        """The places of the records that a text names, best first."""
        spellings = [
            (self._plain, tuple(queries)),
            (self._short, tuple(dict.fromkeys(map(_shortened, queries)))),
        ]
        found: dict[int, None] = {}
        for match in (
            _Spelling.whole, _Spelling.with_words, _Spelling.with_beginnings, _Spelling.with_letters, _Spelling.spread,
        ):  # fmt: skip
            for spelling, readings_of_text in spellings:
                places = set().union(*(match(spelling, words) for words in readings_of_text))
                found.update(dict.fromkeys(sorted(places)))
        if fuzzy:
            spelling, readings_of_text = spellings[1]
            scores: dict[int, float] = {}
            for words in readings_of_text:
                for place, score in spelling.near(words).items():
                    scores[place] = max(score, scores.get(place, 0.0))
            found.update(dict.fromkeys(sorted(scores, key=lambda place: (-scores[place], place))))
        return list(found)


# Kept as long as the collection is: a collection never changes.
_INDEXES: Final[weakref.WeakKeyDictionary[Collection[Any], _Index]] = weakref.WeakKeyDictionary()


def _index(collection: Collection[Any]) -> _Index:
    index = _INDEXES.get(collection)
    if index is None:
        index = _INDEXES[collection] = _Index(collection)
    return index


def _shortened(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_LONG_VOWEL.sub(lambda match: match[0][0], word) for word in words)


def _in_any_order(words: Iterable[str]) -> str:
    # The space at the end keeps a name of one word apart from the letters of another.
    return " ".join(sorted(words)) + " "
