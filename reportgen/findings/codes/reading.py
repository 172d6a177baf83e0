"""Findings about files that are read: missing, damaged, unsafe, and the texts in them."""

from __future__ import annotations

from reportgen.findings.codes.code import Code

READING = {
    "D101": Code(
        "缺少文件",
        why="report.yaml 写明的文件或模板所用的文件不在，里面的数和文字都读不到。",
        example="文字.md: D101 找不到这个文件。请核对 report.yaml 的“文件”。",
        repair="把文件放进报告文件夹，或改正 report.yaml 里的文件名；没有这个文件的，整行不写。",
    ),
    "D102": Code(
        "不是有效的工作簿或 Word 文件",
        why="文件不是它的后缀所说的格式，或者已经损坏、加了密码，内容读不出来，也不能猜。",
        example="项目.xlsx: D102 这个文件不是有效的 .xlsx 工作簿。请用 Excel 或 WPS 另存为 .xlsx。",
        repair="用 Excel、WPS 或 Word 打开，去掉密码，另存为 .xlsx 或 .docx；打不开的，"
        "请重新导出。.csv 另存为“CSV UTF-8”。",
    ),
    "D114": Code(
        "文字中有不可用的字符",
        why="从别处复制来的文字常带有看不见的控制字符，Word 文件里不能有它们，已经去掉。"
        "请核对去掉之后的文字是否完整。",
        example="文字.md:5: D114 文字中有不可用的字符（U+000B），已去掉。"
        "请在原文件中删除后重新录入。",
        repair="在原文件的这个位置删去前后几个字，重新录入。",
    ),
    "D119": Code(
        "文字文件有误",
        why="文字.md 按标题取用。没有标题的、标题重复的文字，不知道应当印在哪里。",
        example="文字.md:1: D119 这一行之前没有“# 标题”。请先写一行“# 名称”。",
        repair="每篇文字之前写一行“# 名称”，# 后面空一格，同一名称只写一次；"
        "文件另存为 UTF-8 编码。",
    ),
    "D121": Code(
        "文件不安全",
        why="文件解压后过大、部件过多，或者含有外部实体，正常的表格不会这样。为防止占满内存，"
        "没有打开它。",
        example="决算表.xlsx xl/worksheets/sheet3.xml: D121 这个部件的压缩比超过 200 倍。"
        "请核对文件的来源，用 Excel、WPS 或 Word 重新保存。",
        repair="核对文件的来源；确是本单位的表，清除多余的行、列、格式和图片后另存。",
    ),
    "D125": Code(
        "文字没有用到",
        why="写了文字而模板没有地方取用，公开稿里不会有它，容易被当作已经公开。",
        example="文字.md: D125 “# 单位概览”下面的文字没有用到。请核对标题，或删去。",
        repair="核对标题是否与模板要求的名称一致；不用公开的，删去这一篇。",
    ),
    "D127": Code(
        "文本表格的一行分栏不对",
        why=".csv 文件靠逗号、制表符或分号分栏。千分位逗号没有加引号，或者分隔符混用，"
        "一个数就会拆成两格，后面的数都挪了位置。",
        example="上年数.csv!E2: D127 这一行比表头多出“287”，各格可能已经错位。"
        "请核对分隔符；金额里有千分位逗号的，整格加上英文双引号，或改用 .xlsx。",
        repair="用 Excel 或 WPS 打开核对这一行，改好后另存为 .xlsx，或“CSV UTF-8”。",
    ),
}
