"""Whether a function has the arguments that it takes."""

from __future__ import annotations

from xiangxu.formula.fault import nearest
from xiangxu.formula.tree import Call
from xiangxu.formula.vocabulary import ELSEWHERE, FUNCTIONS


def misuse(call: Call) -> str | None:
    """What is wrong with the way a function is written, None if nothing is.

    >>> from xiangxu.formula.grammar import parse
    >>> misuse(parse("cv(图书)"))
    'cv 缺少 by=。写法如 cv(图书, by=在校生)。'
    """
    signature = FUNCTIONS.get(call.function)
    if signature is None:
        instead = ELSEWHERE.get(call.function.lower())
        hint = f"请写 {instead}。" if instead else f"{nearest(call.function, FUNCTIONS)}可用的函数是 {'、'.join(FUNCTIONS)}。"
        return f"没有“{call.function}”这个函数。{hint}"
    given = [n.name for n in call.named]
    for name in given:
        if name not in signature.options:
            allowed = "、".join(f"{option}=" for option in sorted(signature.options))
            return f"{call.function} 不能用 {name}=；" + (f"可用的是 {allowed}。" if allowed else "它不带命名参数。")
        if given.count(name) > 1:
            return f"{call.function} 里 {name}= 写了两次。请留一个，条件之间用 and 连接。"
    # quantile takes q behind the comma or by name, and needs it either way.
    least = len(signature.takes) if "q" in signature.options else signature.least
    most = signature.most
    if "q" in given:
        least, most = signature.least, signature.least
    count = len(call.arguments)
    if count < least or (most is not None and count > most):
        span = f"至少 {least}" if most is None else str(least) if least == most else f"{least} 到 {most}"
        return f"{call.function} 要 {span} 个参数，这里有 {count} 个。写法如 {signature.pattern}。"
    missing = sorted(signature.needs - set(given))
    return f"{call.function} 缺少 {missing[0]}=。写法如 {signature.pattern}。" if missing else None
