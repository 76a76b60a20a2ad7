"""Amounts as sources state them: a value, how finely it is stated, and what that commits the source to."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from typing import Final, Literal, TypeAlias, get_args

import attrs

from jpus.errors import ParseError

Qualifier: TypeAlias = Literal["exact", "about", "over", "nearly", "up_to", "planned", "dateline"]
Rounding: TypeAlias = Literal["nearest", "down", "unknown"]

ABOUT: Final = 5
"""How far "about" reaches: this many units of resolution to either side. A convention of jpus, the same everywhere."""

_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_MAX_TEXT: Final = 400
_MAX_DIGITS: Final = 60
_LIMIT: Final = Decimal(f"1E{_MAX_DIGITS}")
_LEAST: Final = Decimal(f"1E-{_MAX_DIGITS}")
# Amounts are computed with digits enough for all that this module lets pass, whatever the caller's own context.
_EXACT: Final = Context(prec=4 * _MAX_DIGITS)
_QUALIFIER_WORDS: Final = get_args(Qualifier)
_ROUNDING_WORDS: Final = get_args(Rounding)


def decimal_of(text: str) -> Decimal:
    """The Decimal of plain digits: no exponent, no grouping, no NaN, no leading zero.

    Raises:
        ParseError: On anything else.

    >>> decimal_of("183600000000")
    Decimal('183600000000')
    """
    if not isinstance(text, str) or len(text) > _MAX_DIGITS or not _DECIMAL.fullmatch(text):
        shown = repr(text)
        raise ParseError(f"{shown if len(shown) <= 80 else shown[:60] + '...'} is not a decimal in plain digits")
    return Decimal(text)


@attrs.frozen(kw_only=True)
class Quantity:
    """An amount as a source states it, and the interval that the statement commits to.

    >>> trade = Quantity.parse("$183.6 billion")
    >>> trade.low, trade.high
    (Decimal('183550000000'), Decimal('183650000000'))
    """

    value: Decimal
    """The amount in plain units (dollars, not millions)."""
    unit: str
    """An ISO 4217 currency (``USD``, ``JPY``), ``persons``, ``rank``, ``pairs`` or ``count``."""
    stated: str | None = None
    """The figure as the source prints it, 12 words at most; it parses to value, qualifier and resolution."""
    qualifier: Qualifier = "exact"
    """How the source hedges: ``exact`` (not at all), ``about``, ``over``, ``nearly``, ``up_to``."""
    resolution: Decimal | None = None
    """The unit of the last digit that the source commits to; None for a count or a rank that is exact."""
    rounding: Rounding = "nearest"
    """How the source rounds: to the ``nearest``, ``down`` (Japan Customs), or ``unknown``."""

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.value, Decimal) or not self.value.is_finite():
            raise ParseError(f"value {self.value!r} is not a finite Decimal")
        if not -_LIMIT < self.value < _LIMIT:
            raise ParseError(f"value has more than {_MAX_DIGITS} digits")
        if self.resolution is not None:
            if not isinstance(self.resolution, Decimal) or not self.resolution.is_finite() or self.resolution <= 0:
                raise ParseError(f"resolution {self.resolution!r} is not a positive Decimal")
            if not _LEAST <= self.resolution <= _LIMIT:
                raise ParseError(f"resolution has more than {_MAX_DIGITS} digits")
            if _EXACT.remainder(self.value, self.resolution):
                raise ParseError(f"value {self.value} is finer than its resolution {self.resolution}")
        if self.qualifier not in _QUALIFIER_WORDS:
            raise ParseError(f"qualifier {self.qualifier!r} is none of {', '.join(_QUALIFIER_WORDS)}")
        if self.rounding not in _ROUNDING_WORDS:
            raise ParseError(f"rounding {self.rounding!r} is none of {', '.join(_ROUNDING_WORDS)}")

    @property
    def low(self) -> Decimal | None:
        """The least amount that fits the statement; None where nothing bounds it."""
        return self._bounds[0]

    @property
    def high(self) -> Decimal | None:
        """The greatest amount that fits the statement; None where nothing bounds it."""
        return self._bounds[1]

    @property
    def _bounds(self) -> tuple[Decimal | None, Decimal | None]:
        value, step = self.value, self.resolution or Decimal(0)
        if self.qualifier in {"over", "nearly", "up_to"}:
            # "Over" and "nearly" speak of the size: a deficit over 5 is below -5.
            above = (self.qualifier == "over") != (value < 0)
            return (value, None) if above else (None, value)
        if self.qualifier == "about":
            step = _EXACT.multiply(ABOUT, step)
        elif self.rounding == "nearest":
            step = _EXACT.divide(step, 2)
        low, high = _EXACT.subtract(value, step), _EXACT.add(value, step)
        if self.rounding == "down" and self.qualifier != "about":
            # Rounding down is toward zero: the size is at least what is printed.
            return (low, value) if value < 0 else (value, high)
        return low, high

    @classmethod
    def parse(cls, text: str, *, unit: str | None = None) -> Quantity:
        """Read an amount as people write it.

        In prose the trailing zeros of a whole number are taken as rounding: "$300 billion" is stated to the hundred
        billion. In the form of a table cell, ``2100 (million dollars)``, every printed digit counts.

        Args:
            text: One amount: "over $283 billion", "¥22.6 trillion", "nearly 200", "fourth-largest".
            unit: The unit to take where the text names none (else ``count``).

        Raises:
            ParseError: When there is no amount, or more than one, or the text names another unit.

        >>> Quantity.parse("approximately $7.2 billion").qualifier
        'about'
        >>> Quantity.parse("nearly 200", unit="persons").high
        Decimal('200')
        """
        return _parse(text, unit)

    def __str__(self) -> str:
        return self.stated or f"{self.value:,} {self.unit}"


_SCALES: Final = {
    "": 0, "hundred": 2, "thousand": 3, "k": 3, "million": 6, "mn": 6, "m": 6, "billion": 9, "bn": 9, "b": 9,
    "trillion": 12, "tn": 12, "百": 2, "千": 3, "百万": 6, "100万": 6, "万": 4, "億": 8, "兆": 12,
}  # fmt: skip
_UNITS: Final = {
    "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD", "us dollar": "USD", "us dollars": "USD",
    "米ドル": "USD", "ドル": "USD", "¥": "JPY", "jpy": "JPY", "yen": "JPY", "silver yen": "JPY", "japanese yen": "JPY",
    "円": "JPY", "pounds": "GBP", "pounds sterling": "GBP", "persons": "persons", "人": "persons", "pairs": "pairs",
}  # fmt: skip
_QUALIFIERS: Final[dict[str, Qualifier]] = {
    **dict.fromkeys(("about", "around", "approximately", "approx.", "roughly", "some", "circa", "~", "約"), "about"),
    **dict.fromkeys(("over", "more than", "exceeding", "exceeded", "in excess of", "surpassed"), "over"),
    **dict.fromkeys(("above", "topped"), "over"),
    **dict.fromkeys(("at least", "no fewer than", "no less than"), "over"),
    **dict.fromkeys(("nearly", "almost", "close to", "just under"), "nearly"),
    **dict.fromkeys(("up to", "at most", "no more than", "less than", "fewer than", "under", "below"), "up_to"),
}
_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
# The wide yen sign, and the letters that a search without case takes for s, i and k.
_LETTERS: Final = str.maketrans("￥ſİı\u212a", "¥siik")
_SMALL: Final = tuple(
    str(word)
    for word in (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen"
    ).split()
)
_TENS: Final = tuple(map(str, "twenty thirty forty fifty sixty seventy eighty ninety".split()))


# Patterns of prose are texts: re compiles and keeps them when an amount is first read, not when jpus is imported.


# The longest first: "less than" begins no "no less than".
_QUALIFIER: Final = "|".join(map(re.escape, sorted(_QUALIFIERS, key=len, reverse=True)))
_UNIT: Final = "|".join(map(re.escape, sorted(_UNITS, key=len, reverse=True)))
_TABLE: Final = (
    r"(?P<before>USD |JPY )?(?P<number>-?[0-9][0-9,]*(?:\.[0-9]+)?) ?"
    r"\((?P<scale>thousand|million|billion|trillion|100万|百万|千|億)?\s*"
    r"(?P<unit>[a-z$ ドル円人]*?)(?P<deficit> deficit)?\)"
)
_NUMBER: Final = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_WORD_NUMBER: Final = rf"(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_SMALL[1:10])}))?|{'|'.join(_SMALL)}"
_AMOUNT: Final = (
    rf"(?<![A-Za-z0-9.,])(?:(?P<qualifier>{_QUALIFIER})\s*)?(?P<minus>[-−])?(?P<before>us\$|\$|¥|usd|jpy)?\s?"
    rf"(?:(?P<kanji>(?:[0-9][0-9,.]*[千百]?[兆億万]|[0-9][0-9,.]*[千百])+(?:[0-9][0-9,.]*)?)|(?P<number>{_NUMBER})|(?P<word>\b(?:{_WORD_NUMBER})\b))"
    rf"(?P<plus>\+)?(?:[\s-]?(?P<scale>hundred|thousand|million|billion|trillion|bn|mn|tn|[kmb](?!\w)))?"
    rf"(?:\s?(?P<after>{_UNIT})(?![a-z]))?"
)
_ORDINAL: Final = (
    rf"(?<!\w)(?:(?P<word>{'|'.join(_ORDINALS)})|(?P<number>[1-9][0-9]?)(?:st|nd|rd|th)"
    r"|no\. ?(?P<place>[1-9][0-9]?)|top|largest)(?!\w)"
)
_YEAR: Final = (
    r"\b(?:in|during|for|of|since|by|from|january|february|march|april|may|june|july|august|september|october|november"
    r"|december|fiscal|fy|year) ?(?:[0-9]{1,2}, )?(?:1[89]|20)[0-9]{2}\b(?! ?(?:million|billion|trillion))"
)


def _parse(text: str, unit: str | None) -> Quantity:
    if not isinstance(text, str):
        raise ParseError(f"an amount is a text, not {text!r}")
    text = text.strip()
    if not text or len(text) > _MAX_TEXT:
        raise ParseError(f"no amount in a text of {len(text)} characters")
    table = re.fullmatch(_TABLE, text)
    return _from_table(text, table, unit) if table else _from_prose(text, unit)


def _from_table(text: str, cell: re.Match[str], unit: str | None) -> Quantity:
    digits = cell["number"].replace(",", "")
    power = _SCALES[cell["scale"] or ""]
    step = _scaled("1", power - len(digits.partition(".")[2]))
    name = (cell["before"] or cell["unit"]).strip().lower()
    named = _UNITS.get(name)
    if name and named is None:
        raise ParseError(f"{text!r}: {name!r} is no unit that jpus knows")
    value = _scaled(digits, power)
    return _quantity(text, _signed(value, cell["deficit"]), "exact", step, _agreed(text, named, unit))


def _from_prose(text: str, unit: str | None) -> Quantity:
    # What stands in brackets explains the amount (another currency, an exact count); it is not a second one.
    main = re.sub(r"[(（][^()（）]*[)）]", " ", text).translate(_LETTERS)
    main = re.sub(_YEAR, " ", main, flags=re.IGNORECASE)
    found = list(re.finditer(_AMOUNT, main, re.IGNORECASE))
    marked = [match for match in found if match["before"] or match["after"] or match["scale"] or match["kanji"]]
    if len(marked) > 1:
        raise ParseError(f"{text!r} has more than one amount: {', '.join(match[0].strip() for match in marked)}")
    if not marked:
        rank = re.search(_ORDINAL, main, re.IGNORECASE)
        found = [match for match in found if not (rank and rank.start() <= match.start("number") < rank.end())]
        if rank and (unit == "rank" or not found):
            word = rank["word"]
            place = _ORDINALS.index(word.lower()) + 1 if word else int(rank["number"] or rank["place"] or 1)
            return _quantity(text, Decimal(place), "exact", None, _agreed(text, "rank", unit))
    match = next(iter(marked or found), None)
    if match is None:
        raise ParseError(f"{text!r} has no amount")
    value, step = _number(match)
    qualifier: Qualifier = "over" if match["plus"] else _QUALIFIERS.get((match["qualifier"] or "").lower(), "exact")
    deficit = re.search(r"\bdeficit\b|赤字", main, re.IGNORECASE) or match["minus"]
    name = (match["before"] or match["after"] or ("円" if "円" in main else "")).lower()
    return _quantity(text, _signed(value, deficit), qualifier, step, _agreed(text, _UNITS.get(name), unit))


def _number(match: re.Match[str]) -> tuple[Decimal, Decimal]:
    """The value and the resolution of an amount in prose."""
    if match["kanji"]:
        parts = re.findall(r"([0-9][0-9,]*(?:\.[0-9]+)?)([千百]?)([兆億万]?)", match["kanji"])
        terms = [(digits.replace(",", ""), _SCALES[small] + _SCALES[large]) for digits, small, large in parts]
        value = Decimal(0)
        for digits, power in terms:
            value = _EXACT.add(value, _scaled(digits, power))
        return value, _last_digit(*terms[-1])
    power = _SCALES[(match["scale"] or "").lower()]
    if match["word"]:
        tens, _, ones = match["word"].lower().partition("-")
        number = (_TENS.index(tens) + 2) * 10 if tens in _TENS else _SMALL.index(tens)
        return _scaled(str(number + (_SMALL.index(ones) if ones else 0)), power), _scaled("1", power)
    digits = match["number"].replace(",", "")
    return _scaled(digits, power), _last_digit(digits, power)


def _last_digit(digits: str, power: int) -> Decimal:
    """The unit of the last digit that a text in prose commits to: trailing zeros of a whole number are rounding."""
    whole, _, fraction = digits.partition(".")
    zeros = len(whole) - len(whole.rstrip("0") or whole)
    return _scaled("1", power + (-len(fraction) if fraction else zeros))


def _scaled(digits: str, power: int) -> Decimal:
    if len(digits) > _MAX_DIGITS:
        raise ParseError(f"an amount of more than {_MAX_DIGITS} digits")
    return _EXACT.scaleb(Decimal(digits), power)


def _signed(value: Decimal, deficit: object) -> Decimal:
    return _EXACT.minus(value) if deficit else value


def _agreed(text: str, named: str | None, wanted: str | None) -> str:
    """The unit that the text names, which is not another than the one that is wanted."""
    if wanted is not None and named is not None and named != wanted:
        raise ParseError(f"{text!r} is in {named}, not in {wanted}")
    return named or wanted or "count"


def _quantity(text: str, value: Decimal, qualifier: Qualifier, step: Decimal | None, unit: str) -> Quantity:
    resolution = None if step is None else _plain(step)
    return Quantity(value=_plain(value), unit=unit, stated=text, qualifier=qualifier, resolution=resolution)


def _plain(number: Decimal) -> Decimal:
    """The same number without exponent and without zeros after the point, so that equal numbers print equally."""
    text = f"{number:f}"
    return Decimal(text.rstrip("0") if "." in text else text)
