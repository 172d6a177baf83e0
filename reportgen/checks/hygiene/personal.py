"""Personal data: identity cards, telephones, bank accounts, mail, number plates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reportgen.checks.hygiene.corpus import Corpus, Hit
from reportgen.findings import Severity
from reportgen.rules.text_rules import TextRules

_ALONE = "(?<![0-9A-Za-z])(?<![0-9][.,])"
_END = "(?![0-9A-Za-z]|[.,][0-9]| ?(?:元|万|亿|%))"
_CARD = re.compile(f"{_ALONE}[1-9][0-9]{{14}}(?:[0-9]{{2}}[0-9Xx])?{_END}")
_BANK = re.compile(
    f"{_ALONE}(?:[0-9]{{16,19}}|[0-9]{{4}}(?: [0-9]{{4}}){{3}}(?: [0-9]{{1,3}})?){_END}"
)
_MOBILE = re.compile(f"{_ALONE}1[3-9][0-9](?:[0-9]{{8}}|([- ])[0-9]{{4}}\\1[0-9]{{4}}){_END}")
_LANDLINE = re.compile(f"{_ALONE}0[1-9][0-9]{{1,2}}(-| |)[1-9][0-9]{{6,7}}{_END}")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@((?:[\w-]{1,63}\.){1,4}[A-Za-z]{2,10})", re.ASCII)
_PLATE = re.compile(
    "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·.]?"
    "(?=[A-Z]{0,4}[0-9])[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳](?![0-9A-Za-z])"
)
_MANY = re.compile("[0-9][0-9 -]{9}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_REGIONS = range(11, 83)
_BEFORE = 14
_HINT = "个人信息不能公开，请删去。"
_CARD_WORDS = ("身份证", "证件号")
_BANK_WORDS = ("账号", "帐号", "账户", "帐户", "开户", "卡号", "银行")
_CALL_WORDS = ("电话", "联系", "传真", "热线", "座机", "手机", "咨询", "拨打")
_CARD_HEADS = ("62", "4", "5", "3")


def identity_cards(corpus: Corpus, _rules: TextRules) -> Iterator[Hit]:
    """H108: 18 digits with a birthday and the right check digit; 15 digits of the old kind."""
    for match in _numbers(corpus, _CARD):
        number = match.group().upper()
        named = _follows(corpus, match, _CARD_WORDS)
        if is_identity(number) or (named and len(number) in (15, 18)):
            sure = named or len(number) == 18
            severity = Severity.ERROR if sure else Severity.WARNING
            message = "中像是有身份证号" if not sure else "中有身份证号"
            yield _hit("H108", match, message, severity)


def is_identity(number: str) -> bool:
    """Whether digits are an identity card's: region, birthday, check digit.

    >>> is_identity("11010519491231002X"), is_identity("110105194912310021")
    (True, False)
    >>> is_identity("110105491231002"), is_identity("110105491331002")
    (True, False)
    """
    birthday = number[6:14] if len(number) == 18 else "19" + number[6:12]
    if int(number[:2]) not in _REGIONS or not _is_day(birthday):
        return False
    if len(number) == 15:
        return True
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return _CHECKS[total % 11] == number[17]


def _is_day(text: str) -> bool:
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
    return 1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]


def accounts(corpus: Corpus, _rules: TextRules) -> Iterator[Hit]:
    """H110: 16 to 19 digits after 账号 and the like, or those of a bank card."""
    for match in _numbers(corpus, _BANK):
        digits = match.group().replace(" ", "")
        if len(digits) == 18 and is_identity(digits):
            continue
        if _follows(corpus, match, _BANK_WORDS):
            yield _hit("H110", match, "中有银行账号", Severity.ERROR)
        elif digits.startswith(_CARD_HEADS) and passes_luhn(digits):
            yield _hit("H110", match, "中像是有银行卡号", Severity.WARNING)


def passes_luhn(digits: str) -> bool:
    """Whether a card number's check digit is right.

    >>> passes_luhn("6222020200112231"), passes_luhn("6222020200112230")
    (False, True)
    """
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def telephones(corpus: Corpus, _rules: TextRules) -> Iterator[Hit]:
    """H109: mobile numbers; landlines, which an office may publish."""
    for match in _numbers(corpus, _MOBILE):
        yield replace(_hit("H109", match, "中有手机号码", Severity.ERROR), apart=True)
    for match in _numbers(corpus, _LANDLINE):
        if match.group(1) or _follows(corpus, match, _CALL_WORDS):
            hint = "请核对是不是可以公开的单位电话；可以公开的，写进 texts.yaml 的“放行”。"
            message = "中有电话号码"
            start, end = match.span()
            yield Hit("H109", start, end, message, hint, Severity.WARNING, apart=True)


def mail(corpus: Corpus, rules: TextRules) -> Iterator[Hit]:
    """H111: mail addresses other than those of offices."""
    text = corpus.folded
    for match in _MAIL.finditer(text) if "@" in text else ():
        domain = match.group(1).lower()
        if not any(domain == own or domain.endswith(f".{own}") for own in rules.mail_domains):
            yield _hit("H111", match, "中有个人邮箱", Severity.WARNING)


def plates(corpus: Corpus, _rules: TextRules) -> Iterator[Hit]:
    """H112: number plates of vehicles."""
    for match in _PLATE.finditer(corpus.folded):
        yield _hit("H112", match, "中有车牌号", Severity.WARNING)


def _numbers(corpus: Corpus, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The matches of a pattern of ten digits or more; most texts have no such number."""
    text = corpus.folded
    return pattern.finditer(text) if _MANY.search(text) else iter(())


def _follows(corpus: Corpus, match: re.Match[str], words: tuple[str, ...]) -> bool:
    """Whether one of ``words`` stands shortly before, in the same line."""
    before = corpus.text[max(0, match.start() - _BEFORE) : match.start()]
    line = re.split("[\n\x1e。；]", before)[-1]
    return any(word in line for word in words)


def _hit(code: str, match: re.Match[str], message: str, severity: Severity) -> Hit:
    return Hit(code, match.start(), match.end(), message, _HINT, severity, private=True)
