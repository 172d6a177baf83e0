"""Findings about report.yaml and the files of a bundle."""

from __future__ import annotations

from reportgen.findings.codes.code import Code

CONFIGURATION = {
    "C101": Code(
        "未知的设置项",
        why="report.yaml 或模板的 YAML 文件里有程序不认识的名称，多半是写错了字。放过它，"
        "这一项设置就等于没有写，文件会按默认值生成。",
        example="report.yaml:4:1: C101 未知的设置项“层及”。是否应为“层级”？",
        repair="按提示改正名称；不需要的，整行删去。",
    ),
    "C102": Code(
        "设置项重复",
        why="同一项写了两次，两次的值可能不同，不能替填报人决定用哪一个。",
        example="report.yaml:6:1: C102 “年度”写了两次。请只保留一项。",
        repair="核对后只保留正确的一项。",
    ),
    "C103": Code(
        "缺少必填的设置项",
        why="没有单位、年度、模板这样的项，标题、文件名和与上年的对比都无从生成。",
        example="report.yaml:1:1: C103 缺少“年度”。请按填表说明改正。",
        repair="补上这一项，写法见 templates/README.md 的填表说明。",
    ),
    "C104": Code(
        "设置项的值不合要求",
        why="值的类型不对、不在可选范围内，或者写了不存在的表、行、占位名称。照此生成，标题、"
        "合计或正文会出错。",
        example="report.yaml:5:1: C104 “年度”应为整数。请按填表说明改正。",
        repair="按提示改正。年度等数字不加引号，有可选范围的只能从中选一个；"
        "勾稽的代码不能与程序自用的代码相同。",
    ),
    "C105": Code(
        "YAML 语法错误",
        why="文件的格式读不懂，里面的设置一项也没有生效。",
        example="report.yaml:5:1: C105 YAML 格式有误。请检查冒号、缩进和引号。",
        repair="检查所指的一行和它的上一行：冒号用半角，后面空一格；缩进用空格，不用 Tab 键；"
        "引号、括号成对；文件另存为 UTF-8 编码。",
    ),
    "C106": Code(
        "豁免没有用到",
        why="豁免所写的问题这次没有出现，可能已经改正，也可能代码写错了。留着它，"
        "以后真出现这个问题时，不再提示。",
        example="report.yaml:14:6: C106 豁免没有用到：没有“D999”这样的问题。请核对代码；"
        "不再需要的，请删去。",
        repair="核对代码；问题已经改正的，从“豁免”里删去这一条。",
    ),
    "C107": Code(
        "设置项还没有填写",
        why="report.yaml 里留着空白。单位、层级、年度和上年决定标题、文件名和与上年的对比，"
        "没有填完之前，其他内容不作检查。",
        example="report.yaml:3:1: C107 还没有填写“单位”。请填写单位全称，与公章一致。",
        repair="在冒号后面空一格，填上内容；年度不加引号。",
    ),
    "C108": Code(
        "模板的上级有误",
        why="模板只写与上级不同的地方，上级找不到、互相引用，表样、勾稽和正文就都不完整。",
        example="final-accounts/shanxi-2022/bundle.yaml:2:1: C108 找不到上级模板“final-accounts/"
        "shangxi”。是否应为“final-accounts/shanxi”？",
        repair="改正 bundle.yaml 的“上级”；可用的模板用 reportgen templates 列出。",
    ),
    "C109": Code(
        "改写了上级没有的名称",
        why="写 null 是要去掉上级的一项。上级没有这个名称，多半是写错了字：要去掉的没有去掉，"
        "检查和正文就和想的不一样。",
        example="final-accounts/shanxi/tables.yaml:133:5: C109 上级没有“金客”，不能去掉。"
        "是否应为“金额”？",
        repair="照上级文件里的名称改正；确实没有这一项的，整行删去。",
    ),
    "C110": Code(
        "年度与模板的年度不同",
        why="表样、必写的内容和句式一年一变，模板的名称写着是哪一年的。年度写错一个数字，标题、"
        "“上年”和对比的年份就都错了，表里没有写年度的，别处看不出来。",
        example="report.yaml:5:1: C110 模板“final-accounts/shanxi-2022”是2022年度的，"
        "这里写的是2021年度。请核对年度，或换用这一年的模板；确实用这一套的，可以写进“豁免”。",
        repair="年度写错的改正；这一年有自己的模板的，换用它；没有、确实用这一套的，在“豁免”里写明理由。",
    ),
}
