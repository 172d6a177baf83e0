"""Findings about totals that a bundle's tables.yaml declares."""

from __future__ import annotations

from reportgen.findings.codes.code import Code

SUMS = {
    "D211": Code(
        "合计与明细之和不等",
        why="上级科目、合计行应当等于它的明细之和。不等，表就自相矛盾，"
        "是公开后最容易被指出的问题。",
        example="决算表.xlsx[公开03表]!C9: D211 人力资源和社会保障管理事务本年支出合计与明细之和不"
        "等：11,904,961.21，明细之和11,904,962.21，相差1.00。请核对这一格和它的明细。",
        repair="从平台重新核对合计和各明细，改正错的一格；确实照公开稿保留的，写明理由豁免。",
        waivable=True,
    ),
    "D212": Code(
        "合计栏与各栏之和不等",
        why="一行的合计栏应当等于各栏之和。不等，说明有一栏录错或者漏录。",
        example="决算表.xlsx[公开03表]!C10: D212 行政运行本年支出合计与明细之和不等："
        "7,518,128.01，明细之和7,518,127.01，相差1.00。请核对这一格和它的明细。",
        repair="核对这一行的各栏，改正错的一格；确实照公开稿保留的，写明理由豁免。",
        waivable=True,
    ),
}
