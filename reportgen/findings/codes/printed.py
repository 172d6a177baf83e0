"""Findings about the finished document."""

from __future__ import annotations

from reportgen.findings.codes.code import Code

PRINTED = {
    "P101": Code(
        "文件中残留标记",
        why="成文里还有模板的标签或内部标记，说明有一处没有填好，不能公开。"
        "文字里本来要写花括号的，也会提示。",
        example="晋城市人力资源和社会保障局-2022年度单位决算公开.md: P101 文件中有“{{”或“{%”，"
        "可能是没有执行的标签。请检查模板和文字。",
        repair="在模板和文字.md、工作簿里查找花括号，改正标签；提示为“内部标记”的，"
        "请把报告文件夹发给维护人员。",
    ),
    "P102": Code(
        "文件内部结构有误",
        why="生成的 Word 文件里有一部分不完整，Word 会说文件已损坏，所以没有写出。",
        example="某局-2022年度部门决算公开.docx word/document.xml: P102 文件内部结构有误（第1行）"
        "。请检查模板的标签。",
        repair="用 reportgen templates lint 检查 Word 模板；标签不要跨段、跨单元格。",
    ),
}
