"""narrative.md: names, filters, syntax, and figures printed without a format."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from reportgen.findings import Finding
from reportgen.pipeline.job import Gate, Job
from reportgen.pipeline.prepare import prepare

Found = Callable[..., Mapping[str, str]]
Replace = Callable[..., None]
ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "jincheng-2022"
NAME = "final-accounts/shanxi-2022/narrative.md"
GOOD = "{{ 收入总计|金额 }}"
COMMON = "final-accounts/common/narrative.md"


def _line(text: str, name: str = NAME) -> int:
    """The line of a template in which a text first stands."""
    lines = (ROOT / "templates" / name).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


LINE = _line(GOOD)
SPOILING = [  # what keeps the whole template from being compiled
    pytest.param("{{ 收入总计|金額 }}", "T104", "是否应为“金额”？", id="unknown filter"),
    pytest.param("{{ 收入总计|round(2) }}", "T104", "“round”", id="filter of Jinja"),
    pytest.param("{{ 收入总计|float }}", "T104", "“float”", id="float"),
    pytest.param("{% if 收入总计 is 有变动 %}{% endif %}", "T104", "“有变化”", id="unknown test"),
    pytest.param("{{ 收入总计|金额 }", "T102", "括号", id="half a tag"),
    pytest.param("{% endfo %}", "T102", "endfo", id="unknown tag"),
    pytest.param("{{ 收入总计|金额( }}", "T102", "语法错误", id="open bracket"),
]

FAULTS = [
    pytest.param("{{ 收入总记|金额 }}", "T101", "是否应为“收入总计”？", id="unknown name"),
    pytest.param("{{ 收入总计.上年年|金额 }}", "T101", "是否应为“上年”？", id="unknown attribute"),
    pytest.param(
        '{% from "final-accounts/shanxi/sentences.md" import 新设局 %}{{ 新设局() }}',
        "T101",
        "里没有“新设局”。是否应为“新设句”？",
        id="unknown sentence",
    ),
    pytest.param("{{ 收入总计.上年.上上年|金额 }}", "T101", "“上上年”", id="attribute below"),
    pytest.param("{{ 表05.累 }}", "T101", "“表05”没有“累”。可用：行、类", id="of a table"),
    pytest.param(
        "{% for 类 in 表05.类 %}{{ 类.名 }}{% endfor %}", "T101", "是否应为“名称”", id="in a loop"
    ),
    pytest.param("{{ 表01.行[99]|金额 }}", "T101", "“99”", id="unknown row"),
    pytest.param(
        "{{ 表03['合计', '基本指出']|金额 }}", "T101", "合计，基本指出", id="unknown column"
    ),
    pytest.param("{{ 单位.__class__ }}", "T101", "“__class__”", id="python attribute"),
    pytest.param("{{ 1/0 }}", "T105", "模板运行出错", id="division by zero"),
    pytest.param("{{ 收入总计|占 }}", "T105", "过滤器和参数", id="missing argument"),
    pytest.param("{{ 收入总计|金额(单味='元') }}", "T105", "是否应为“单位”？", id="unknown option"),
    pytest.param("{{ 收入总计|增减(式='三公') }}", "T105", "另式没有“三公”", id="unknown form"),
    pytest.param("{{ 收入总计|增减(式=5) }}", "T105", "带引号的文字", id="form is no text"),
    pytest.param("{{ 收入总计|增减(单位='百万') }}", "T105", "可用：元、万元", id="unknown unit"),
    pytest.param("{{ 收入总计|增减('去年') }}", "T105", "可用：上年、", id="unknown base"),
    pytest.param("{{ 收入总计|增减([1]) }}", "T103", "“列表”不是数据", id="base is no figure"),
    pytest.param("{{ 收入总计|增减(接待批次) }}", "T103", "不能相比", id="base of another kind"),
    pytest.param("{{ 接待批次|增减(接待批次, '元') }}", "T105", "不是金额", id="count in 元"),
    pytest.param("{{ 收入总计|增减额(写单位='否') }}", "T105", "true 或 false", id="no truth"),
    pytest.param("{{ 收入总计|增减率(去零=1) }}", "T105", "true 或 false", id="trim is no truth"),
    pytest.param("{{ 收入总计|增减率('预算书') }}", "T105", "不是对比数", id="base of a rate"),
    pytest.param("{{ 收入总计|差额(式='三公') }}", "T105", "另式没有“三公”", id="form of 差额"),
    pytest.param("{{ 收入总计|增减词(相等=1) }}", "T105", "参数“相等”", id="equal is no text"),
    pytest.param("{{ '文字'|升降词 }}", "T103", "不是数据", id="word of a text"),
    pytest.param("{{ 收入总计|分别 }}", "T105", "这里要用清单", id="one figure for many"),
    pytest.param("{{ '文字'|分别 }}", "T105", "不是清单", id="text for many"),
    pytest.param("{{ ['文字', 收入总计]|分别 }}", "T103", "不是数据", id="text among many"),
    pytest.param("{{ [收入总计]|分别(称=5) }}", "T105", "参数“称”", id="name is no text"),
    pytest.param("{{ [收入总计]|分别(式='甲') }}", "T105", "另式没有“甲”", id="form of many"),
    pytest.param("{{ [收入总计]|列示(零项='不写')|名单 }}", "T105", "“不列”", id="unknown choice"),
    pytest.param("{{ 表05.类|列示('小记') }}", "T105", "没有“小记”", id="zeros of no column"),
    pytest.param("{{ 收入总计|列示 }}", "T105", "这里要用清单", id="zeros of no list"),
    pytest.param("{{ 表05.类|名单(尾=5) }}", "T105", "参数“尾”", id="end is no text"),
    pytest.param("{{ 表05.类|名单(5) }}", "T105", "参数“分隔”", id="separator is no text"),
    pytest.param("{{ 收入总计|全称 }}", "T103", "不能用“全称”", id="full name of a figure"),
    pytest.param("{{ 表05|短名 }}", "T105", "只有文字可以相连", id="short name of a table"),
    pytest.param("{{ 收入总计|原因(引语=5) }}", "T105", "参数“引语”", id="lead-in is no text"),
    pytest.param("{{ 收入总计|原因(引语='{大笑}') }}", "T105", "“大小”", id="slot of a lead-in"),
    pytest.param("{{ 收入总计|原因('去年') }}", "T105", "去年原因", id="reason of no base"),
    pytest.param("{% if '文字' is 增加 %}{% endif %}", "T103", "不是数据", id="text that rises"),
    pytest.param("{% if 收入总计 is 持平('去年') %}{% endif %}", "T105", "不是对比数", id="level"),
    pytest.param("{{ 收入总计|非零 }}", "T105", "模板运行出错", id="no list"),
    pytest.param("{{ 求和(表05.类, '小记')|金额 }}", "T105", "没有“小记”", id="sum of no column"),
]

BARE = [
    pytest.param("{{ 收入总计 }}", id="directly"),
    pytest.param("{{ '共' ~ 收入总计 }}", id="tilde"),
    pytest.param("{{ '共%s' % 收入总计 }}", id="percent sign"),
    pytest.param("{{ '%.2f' % 收入总计 }}", id="percent f"),
    pytest.param("{{ '共{}'.format(收入总计) }}", id="format"),
    pytest.param("{{ [收入总计, 1] }}", id="list"),
    pytest.param("{{ (收入总计, 1) }}", id="tuple"),
    pytest.param("{{ {'甲': 收入总计} }}", id="map"),
    pytest.param("{{ [收入总计]|join('、') }}", id="join"),
    pytest.param("{{ 收入总计|default('无') }}", id="default"),
    pytest.param("{{ 收入总计 if 单位 else '' }}", id="condition"),
]

HIDDEN = [
    pytest.param("{{ 收入总计.上年 }}", "没有格式", id="related figure"),
    pytest.param("{{ 收入总计 - 支出总计 }}", "没有格式", id="difference"),
    pytest.param("{% set 甲 = 收入总计 %}{{ 甲 }}", "没有格式", id="by another name"),
    pytest.param("{% for 甲 in [收入总计] %}{{ 甲 }}{% endfor %}", "没有格式", id="in a loop"),
    pytest.param("{{ 表05['208', '小计'] }}", "没有格式", id="cell of a table"),
    pytest.param("{{ 1.5 }}", "直接输出了一个数字", id="float"),
    pytest.param("{{ 单位 == '甲' }}", "直接输出了一个是非值", id="truth"),
    pytest.param("{{ none }}", "直接输出了一个空值", id="none"),
]


def _tags() -> list[str]:
    return [str(case.values[0]) for case in (*FAULTS, *BARE, *HIDDEN)]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[Finding]]:
    """What is told of each tag: each stands in a block of its own, on a line of its own."""
    templates = Path(shutil.copytree(ROOT / "templates", tmp_path_factory.mktemp("模板") / "模板"))
    bundle = templates / "final-accounts" / "shanxi-2022"
    blocks = [f"试{number}" for number in range(len(_tags()))]
    with (bundle / "bundle.yaml").open("a", encoding="utf-8") as file:
        file.write(f"章节: [概况, 说明, 名词解释, 附件, {', '.join(blocks)}]\n")
    lines = (bundle / "narrative.md").read_text(encoding="utf-8").splitlines()
    first = len(lines) + 1
    lines += [
        f"{{% block {block} %}}{tag}{{% endblock %}}"
        for block, tag in zip(blocks, _tags(), strict=True)
    ]
    (bundle / "narrative.md").write_text("\n".join(lines), encoding="utf-8")
    found = prepare(Job(EXAMPLE, templates)).findings
    findings = [finding for finding in found if finding.place.file.endswith("narrative.md")]
    assert {f.place.row >= first for f in findings if f.code.startswith("T")} == {True}
    return {
        tag: [f for f in findings if f.place.row == first + number]
        for number, tag in enumerate(_tags())
    }


@pytest.mark.parametrize(("tag", "code", "said"), SPOILING)
def test_a_template_that_can_t_be_compiled(
    bundle: Path,
    templates: Path,
    found: Found,
    replace: Replace,
    tag: str,
    code: str,
    said: str,
) -> None:
    replace(bundle / "narrative.md", GOOD, tag)
    told = found(Gate.NARRATIVE, templates)
    assert list(told) == [f"错误 {NAME}:{LINE} {code}"]
    assert said in told[f"错误 {NAME}:{LINE} {code}"]


@pytest.mark.parametrize(("tag", "code", "said"), FAULTS)
def test_a_fault_is_named_once_at_its_line(
    told: Mapping[str, list[Finding]], tag: str, code: str, said: str
) -> None:
    (finding,) = told[tag]
    assert (finding.code, str(finding.severity), finding.place.file) == (code, "错误", NAME)
    assert said in finding.message + finding.hint
    assert finding.hint


@pytest.mark.parametrize("tag", BARE)
def test_a_bare_figure(told: Mapping[str, list[Finding]], tag: str) -> None:
    first, *others = told[tag]
    assert (first.code, str(first.severity), first.place.file) == ("T103", "错误", NAME)
    assert first.message == "“收入总计”没有格式就输出。"
    assert first.hint == "请写成 {{ 收入总计|金额 }} 之类。"
    assert {finding.code for finding in others} <= {"T101", "T103", "T105"}


@pytest.mark.parametrize(("tag", "said"), HIDDEN)
def test_a_figure_that_only_rendering_shows(
    told: Mapping[str, list[Finding]], tag: str, said: str
) -> None:
    assert {(f.code, str(f.severity), f.place.file) for f in told[tag]} == {("T103", "错误", NAME)}
    assert said in "".join(finding.message for finding in told[tag])


def test_all_unknown_names_are_told_in_one_run(
    bundle: Path, templates: Path, found: Found, replace: Replace
) -> None:
    narrative = bundle / "narrative.md"
    replace(narrative, GOOD, "{{ 收入总记|金额 }}")
    replace(narrative, "{{ 事业收入|金额 }}", "{{ 事业收人|金额 }}")
    replace(
        narrative,
        "{{ 三公项('公务接待费', 公务接待费) }}",
        "{{ 三公页('公务接待费', 公务接待废) }}",
    )
    common = templates / "final-accounts" / "common" / "narrative.md"
    replace(common, "{{ 单位 }}设", "{{ 单味 }}设")
    told = found(Gate.NARRATIVE, templates)
    place = _line("{{ 三公项('公务接待费', 公务接待费) }}")
    item = f"错误 {NAME}:{place} T101"
    assert list(told) == [
        f"错误 {NAME}:{LINE} T101",
        f"错误 {NAME}:{_line('{{ 事业收入|金额 }}')} T101",
        item,
        f"错误 {COMMON}:{_line('{{ 单位 }}设', COMMON)} T101",
    ]
    assert "“三公页”" in told[item]
    assert "是否应为“公务接待费”？" in told[item]


def test_nothing_of_a_bare_figure_reaches_the_text(
    folder: Path, bundle: Path, templates: Path, replace: Replace
) -> None:
    replace(bundle / "narrative.md", GOOD, "{{ [收入总计] }}{{ 收入总计 }}")
    prepared = prepare(Job(folder, templates))
    text = prepared.sections["说明"].markdown
    assert "收入总计\\【没有格式" in text or "收入总计【没有格式" in text
    assert "62373182" not in text
    assert "Figure" not in text


def test_full_width_punctuation_in_a_tag_is_understood(
    bundle: Path, templates: Path, found: Found, replace: Replace
) -> None:
    replace(
        bundle / "narrative.md", GOOD, "{{ 收入总计｜金额（单位＝'万元'） }}".replace("＝", "=")
    )
    told = found(Gate.NARRATIVE, templates)
    assert [head.split()[-1] for head in told] == ["H105"]  # 万元 beside 元, as it was asked for
