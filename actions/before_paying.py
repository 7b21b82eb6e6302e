"""Before anything is paid: a transfer that is only asked for or meant, a prize that is only announced.

Why this file exists: the steps of a victim who has paid frighten someone who asks in time and hide what
would help, which is not to pay. Whoever may have paid is never taken for one of these.
"""

from __future__ import annotations

import re

_INTENDS = re.compile(r"(?:要|想|准备|打算|非要|正要)(?:给|去|把|跟|向)[^，。,]{0,14}(?:转|汇|打|寄)")
_SENT = re.compile(r"(?:转|汇|打|付|交|寄|给)(?:给[^，。]{1,4})?(?:了|过去|出去|走|完)|被骗|骗走|没了")
_DEMAND = re.compile(
    r"(?:让|叫|要|喊|催|逼|劝|求)(?:我|俺|咱)们?(?:先|马上|赶紧|现在|立刻|快点?)?"
    r"(?![^，。,]{0,8}(?:再|又|继续))[^，。,了]{0,10}?(?:转|汇|打(?:钱|款|[0-9一二两三四五六七八九十几])|付)"
    r"(?:给|到)?(?:他|她|对方)?(?:过去|出去)?(?:账|款|钱)?(?!了|完|错|过去了|出去了)"
)
"""让我转五万: what someone else wants; 又让我再转 tells of an earlier payment."""
_DEED = re.compile(
    r"(?:转|汇|打|付|交|寄|给|充|垫|投|存|借|刷|输|填|点|扫|说|报|发|办|做|弄|信|买|取)(?:给[^，。]{1,4})?(?:了|过去|出去|走|完)"
    r"|已经|刚刚?(?!才?说|发|收|接|加|问)|刚才(?!说|发|收|接|加|问)|照[做办着]|结果|发现|才知道|拉黑|联系不上|失联|不回|上当|又[让叫要]"
    r"|就(?:转|汇|付|打|给)|[提取]不[了出]|[0-9一二两三四五六几]次|[一总]共"
    r"|被?骗[了走光去到]|被骗|没了|少了|不见|[0-9一二两三四五六七八九十]万?(?:没|全没)|(?:前面|之前|上次|昨天|前天).{0,8}(?:转|汇|付|交)"
)
"""Signs that money, a code or a click may be gone already."""
_ANNOUNCED = re.compile(
    r"(?:弹窗|弹出|跳出|网页|页面|短信|彩信|邮件|广告|传单|卡片|公众号|链接).{0,8}(?:说|提示|显示|写着?|通知|恭喜)"
    r"|(?:说|通知|恭喜|告诉|提示).{0,6}(?:中(?:了|过)?.{0,4}奖|抽中|抽到|获奖|领奖)"
)
_AT_STAKE = re.compile(
    r"正在?[填输转点下]|录屏|共享|钱|转|汇|付|交|缴|扣|消费|支出|余额|贷款|借|登录|异常|验证码|密码|卡号|骗|拉黑|屏幕|催"
    r"|[让叫要喊逼](?:我|俺|咱|他|她|先)|(?:点|填|输|扫|下载?|装|登|加|报|念|发|给|信)(?:了|进|开|过|完)"
)
"""Words from which an announcement is more than one: a demand, a deed, money that moves."""
_WORRY = re.compile(
    r"(?:会不会|是不是会|怕|担心|万一|容易|小心)(?:是|被|遭|让|给|碰到|遇到)*[^，。,了]{0,6}?(?:骗(?![了走光])|上当)(?:钱|人|子)?"
)
"""What has not happened: 会不会被买家骗, not 会不会被骗了."""
_FEE = re.compile(r"(?:先|要|得|需|须)要?(?:交|缴|付)|手续费|保证金|税")
_MOVED = re.compile(r"扣|消费|支出|划走|余额")


def only_asked(text: str) -> bool:
    """Whether a transfer or a fee is asked of the citizen and nothing tells that it was paid."""
    rest, demands = _DEMAND.subn("", text)
    fee = _ANNOUNCED.search(text) and _FEE.search(text) and not _MOVED.search(text)
    return bool(demands or fee) and not _DEED.search(rest)


def only_intends(text: str) -> bool:
    """Whether the money is still there: it is asked for, or someone wants to send it (我妈要给网友汇五万)."""
    return only_asked(text) or (bool(_INTENDS.search(text)) and not _SENT.search(text))


def only_announced(text: str) -> bool:
    """Whether a page, a message or a caller announces something and nothing was done or asked for."""
    return bool(_ANNOUNCED.search(text)) and not _AT_STAKE.search(text)


def only_worries(text: str) -> bool:
    """Whether someone asks if they could be cheated and nothing tells that anything was done."""
    rest, worries = _WORRY.subn("", text)
    return bool(worries) and "了" not in rest and not _DEED.search(rest)
