"""What is said of changes and completions, and by name those that say it otherwise."""

from __future__ import annotations

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field


class Strict(BaseModel):
    """What stands in a file of settings: no other names, no other types."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


_OF_A_CHANGE = ("{向}", "{额}", "{势}", "{率}", "{基数}", "{大小}")


class JointWords(Strict):
    """What is said of several changes at once: 甲、乙分别减少2元、3元.

    ``sentence`` replaces the pattern of a change, where it must say 各 twice, and
    ``alike_sentence`` where the numbers are the same.
    """

    apart: str = Field("分别", alias="分别")
    alike: str = Field("各", alias="各")
    level: str = Field("均", alias="均")
    sentence: str = Field("", alias="句")
    alike_sentence: str = Field("", alias="相同句")
    amounts: str = Field("、", alias="额间")
    rates: str = Field("、", alias="率间")
    groups: str = Field("，", alias="组间")
    unit_last: bool = Field(False, alias="末尾写单位")


class ChangeWords(Strict):
    """What is said of a change; {向} {额} {势} {率} {对比} {基数} are filled in.

    Two patterns may be empty: 0 and 0 is level then, and a fall to 0 a fall as any other.
    """

    amount: tuple[str, str] = Field(("增加", "减少"), alias="金额", strict=False)
    rate: tuple[str, str] = Field(("增长", "下降"), alias="比例", strict=False)
    size: tuple[str, str, str] = Field(("大于", "小于", "等于"), alias="大小", strict=False)
    sentence: str = Field("{向}{额}，{势}{率}", alias="句")
    equal: str = Field("与{对比}持平", alias="相等")
    equal_as_printed: str = Field("与{对比}基本持平", alias="印出相等")
    both_zero: str = Field("", alias="同为零")
    to_zero: str = Field("", alias="降为零")
    base_zero: str = Field("{向}{额}", alias="基数为零")
    base_negative: str = Field("{向}{额}", alias="基数为负")
    new_unit: str = Field("无上年对比数", alias="新设单位")
    no_rate: str = Field("--", alias="不可比")
    decimals: int | None = Field(None, alias="率小数", ge=0, le=4)
    joint: JointWords = Field(default_factory=JointWords, alias="并列")

    @property
    def counts_new_units(self) -> bool:
        """Whether a new unit is compared with a last year of 0: its words say how much.

        >>> ChangeWords(新设单位="{向}{额}").counts_new_units
        True
        >>> ChangeWords(新设单位="{单位}{年度}年新设").counts_new_units
        False
        """
        return any(slot in self.new_unit for slot in _OF_A_CHANGE)


class CompletionWords(Strict):
    """What is said of a budget's completion; {预算} {率} {基数} are filled in."""

    sentence: str = Field("完成{预算}的{率}", alias="句")
    budget_zero: str = Field("", alias="预算为零")
    both_zero: str = Field("完成{预算}的{率}", alias="同为零")
    decimals: int | None = Field(None, alias="率小数", ge=0, le=4)


class ChangeForms(ChangeWords):
    """The words for changes, and by name those that say it otherwise."""

    others: dict[str, ChangeWords] = Field({}, alias="另式")

    def form(self, name: str) -> Self:
        """The words of a form; what it does not say is said as ever.

        Its own words for 相等 go for what only prints equal, and for 0 and 0, too.
        """
        if name not in self.others:
            return self
        found = _written(self.others[name])
        if "equal" in found:
            found = {"equal_as_printed": found["equal"], "both_zero": "", **found}
        if "joint" in found:
            found["joint"] = self.joint.model_copy(update=_written(found["joint"]))
        return self.model_copy(update=found)


class CompletionForms(CompletionWords):
    """The words for completions, and by name those that say it otherwise."""

    others: dict[str, CompletionWords] = Field({}, alias="另式")

    def form(self, name: str) -> Self:
        """The words of a form; what it does not say is said as ever."""
        return self.model_copy(update=_written(self.others[name])) if name in self.others else self


def _written(words: BaseModel) -> dict[str, Any]:
    """The settings that a form really holds."""
    return {name: getattr(words, name) for name in words.model_fields_set}
