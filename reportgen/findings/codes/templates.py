"""Findings about templates and expressions."""

from __future__ import annotations

from reportgen.findings.codes.code import Code

TEMPLATES = {
    "T101": Code(
        "未知的名称",
        why="模板或式子用了没有的名称、行或栏，这里取不到数。放过它，句子会缺数或印成空白。",
        example="final-accounts/shanxi-2022/narrative.md:29: T101 未知的名称“收入总记”。"
        "是否应为“收入总计”？",
        repair="按提示改正；可用的名称用 reportgen templates fields 加模板名称列出。",
    ),
    "T102": Code(
        "模板语法错误",
        why="标签没有写完整或没有成对，模板读不懂，整个文件都不能生成。",
        example="report.docx 第1段: T102 标签用了全角花括号。请改为半角 {{ }} 或 {% %}。",
        repair="检查所指的一行或一段：标签用半角括号，if 与 endif、for 与 endfor 成对；"
        "独占一行的标签不与别的文字同段。",
    ),
    "T103": Code(
        "数字没有格式",
        why="不经过格式，印出来的可能是没有千分位、没有单位的数，也无法追溯到单元格，"
        "所以不让它印出。",
        example="final-accounts/shanxi-2022/narrative.md:29: T103 “收入总计”没有格式就输出。"
        "请写成 {{ 收入总计|金额 }} 之类。",
        repair="在名称后面加“|金额”“|计数”“|增减”等格式；不是数的，核对名称。",
    ),
    "T104": Code(
        "未知的过滤器",
        why="竖线后面的格式或 is 后面的判断没有这个名称，这一句不知道怎样印。",
        example="final-accounts/shanxi-2022/narrative.md:29: T104 未知的过滤器“金額”。"
        "是否应为“金额”？",
        repair="按提示改正；可用的过滤器和判断见 templates/README.md，"
        "或用 reportgen templates fields 列出。",
    ),
    "T105": Code(
        "模板运行出错",
        why="语法没有错，运行到这里却算不下去，例如求和的栏不存在、除数为零、缺少参数。",
        example="final-accounts/shanxi-2022/narrative.md:29: T105 模板运行出错：没有“小记”。"
        "请核对这里的名称、过滤器和参数。",
        repair="核对这一行的名称、过滤器和参数，写法见 templates/README.md。",
    ),
    "T106": Code(
        "规则表达式有误",
        why="rules.yaml 的式子读不懂或算不出，派生数就没有值，勾稽也没有核对。",
        example="final-accounts/shanxi/rules.yaml:4:3: T106 派生数互相引用："
        "政府采购支出总额→政府采购支出总额。请去掉循环。",
        repair="核对括号、引号和名称；派生数不能直接或间接用到自己。",
    ),
    "T107": Code(
        "模板超出限制",
        why="模板的循环、文字或时间超出了限制，正常的公开文件用不到这么多，多半是循环写错了。",
        example="final-accounts/shanxi-2022/narrative.md:29: T107 模板超出限制："
        "range 超过 100,000 项，已停止。请减少循环，或检查它是否停不下来。",
        repair="检查这里的循环和包含是否停不下来；来历不明的模板不要使用。",
    ),
    "T108": Code(
        "docxtpl 的读法不同",
        why="标签写得含糊，docxtpl 与本程序的理解不同，换一个程序生成的文件会不一样。",
        example="report.docx word/document.xml: T108 这一部分的标签，docxtpl 的读法与本程序不同。"
        "请检查标签是否写完整，并把每个标签写在同一段里。",
        repair="把每个标签写完整，写在同一段、同一种格式里；可以整段删去后重新录入。",
    ),
    "T111": Code(
        "图表的写法有误",
        why="图表的类型、类别、系列或参数写得不对，画不出来，公开稿里就缺一张图。",
        example="final-accounts/shandong-2021/narrative.md:29: T111 图表的类型没有“饼形”这一种。"
        "是否应为“饼图”？",
        repair="按提示改正；写法见 templates/README.md“图表”一节。",
    ),
    "T112": Code(
        "图表的类型与数据不合",
        why="饼图只能画一个系列、不能画负数；版面里画好的图，系列的个数要与数据一样。"
        "硬画出来的图会误导读者。",
        example="final-accounts/shandong-2021/narrative.md:29: T112 饼图“收入构成”里有负数，"
        "画不出来。请改用 类型='柱形图'，或去掉这一项。",
        repair="换一种类型，或改数据；版面里画好的图，在 Word 里改成相应的类型和系列个数。",
    ),
    "T113": Code(
        "版面里的图表没有数据",
        why="版面里画好的图用替换文字点了名，正文却没有这张图，印出来的会是画图时的旧数。",
        example="report.docx 第12段: T113 版面里的图表“收入构城”这次没有数据："
        "正文没有写（或没有印出）这张图。请改正这张图的替换文字，或在正文里写这张图。",
        repair="改正图的替换文字（图表:名称），或在 narrative.md 里用 图表(…) 写这张图；"
        "有时不画的图，所在的段落用 {%p if %} 包起来。",
    ),
    "T109": Code(
        "下级模板里印不出来的一段",
        why="下级的 narrative.md、report.md 写了 extends，就只印上级有的各个 block。"
        "上级没有的 block、写在 block 以外的文字，都不会印，也没有别的提示。",
        example="final-accounts/shanxi-2022/narrative.md:3: T109 上级没有“说名”这个 block，"
        "写了也不印。是否应为“说明”？",
        repair="照上级的名称改正 block；block 以外的文字移到 block 里。",
    ),
    "T110": Code(
        "去掉一张表、一栏以后不再核对的勾稽、没有数的名称",
        why="模板写 null 去掉了上级的一张表，或写“去栏”去掉了一栏。上级的勾稽和派生数里用到它的，"
        "不必逐条写 null，"
        "检查时都不再提；只在检查版面时列出一次，供编写模板的人核对有没有多去掉的。",
        example="final-accounts/shanxi-2022/tables.yaml:1:1: T110 去掉了“表09”：勾稽 D315、D317、"
        "D503 不再核对（或只核对一部分），国有资本经营预算财政拨款支出没有数。"
        "还要用这些数的，在 rules.yaml 里另写它们的式子。",
        repair="核对列出的各条：确实不需要的，不必处理；数由别的表得出的，"
        "在 rules.yaml 里另写式子。",
    ),
}
