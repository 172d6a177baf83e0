"""Findings about the sentences: reasons, missing data, percentages."""

from __future__ import annotations

from reportgen.findings.codes.code import Code

NARRATIVE = {
    "N101": Code(
        "缺少原因",
        why="公开要求对增减变动和预决算差异说明原因。只有数没有原因的，会被退回补充。",
        example="final-accounts/shanxi-2022/narrative.md 说明: N101 还没有填写收入总计与上年数相比"
        "变动的原因。请在原因.xlsx补填：项目“收入总计”，基准“上年”。",
        repair="在原因.xlsx里按提示的项目和基准补填，只写事由，不写“主要原因是”，结尾不加标点。",
    ),
    "N102": Code(
        "缺少数据",
        why="正文这一句要用的数没有填，不能印成零：没有数和等于零是两回事。",
        example="final-accounts/shanxi-2022/narrative.md 说明: N102 缺少“收入总计的上年数”"
        "（未提供）。请在补充数据或决算表中补填。",
        repair="在补充数据.xlsx或决算表里补填；确实没有的填0。",
    ),
    "N103": Code(
        "按印出数与按精确数计算的百分比不同",
        why="读者用印出的数重算，得到的百分比与按精确数计算的差一个末位。正文用哪一个由模板规定，"
        "这里只作提示。",
        example="final-accounts/shanxi-2022/narrative.md 说明: N103 “卫生健康支出”"
        "与“210/卫生健康支出的年初预算数”之比按印出数为99.88%，按精确数为99.89%。",
        repair="一般不用处理；与其他材料的百分比不一致时，可据此说明。",
    ),
    "N104": Code(
        "上年数为负，不计算百分比",
        why="对比的基数是负数，升降的百分比没有意义，正文只写增减额。",
        example="final-accounts/shanxi-2022/narrative.md 说明: N104 “收入总计”的对比数为负，"
        "不计算百分比。",
        repair="核对上年数或预算数是否确为负数；填错的请改正。",
    ),
    "N105": Code(
        "百分比印出为0.00%或100.00%",
        why="四舍五入以后印出0.00%或100.00%，实际并不是没有或全部，读者会误解。",
        example="final-accounts/shanxi-2022/narrative.md 说明: N105 “住房保障支出”"
        "与“221/住房保障支出的年初预算数”之比印出为100.00%，实际不是。",
        repair="一般不用处理；可以在原因或文字中补充说明差额。",
    ),
    "N106": Code(
        "缺少文字",
        why="模板要求的用途、职责等文字没有填写，公开稿里会留下空缺。",
        example="final-accounts/shanxi-2022/narrative.md 说明: N106 还没有填写公务用车运行维护费的"
        "用途。请在补充数据.xlsx的“用途”表补填：行“公务用车运行维护费”。",
        repair="按提示在补充数据.xlsx、项目.xlsx或文字.md里补填。",
    ),
}
