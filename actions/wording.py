"""Fixed sentences of the assistant itself, in one place so that tone is read and changed together.

Policy statements never stand here: they come from content. Sentences are plain and polite（您）.
"""

from __future__ import annotations

ASK_CITY = "各地规定不一样。请问您说的是哪个城市？"
OTHER_CITY = "其他城市"
YOUR_CITY = "您所在城市"
CITY_SET = "好的，以后先按{city}给您查。想换城市，直接说“我在某某”就行。"
CITY_NOT_COVERED = "{place}的具体规定我这里没有收录，目前收录的是{cities}。"
NATIONALLY = "{city}这方面没有单独收录，下面是全国的规定。"
NATIONAL_ASPECT = "“{aspect}”这一点，{city}的资料没有单独写，全国的说法是：\n"
NOT_IN_SOURCES = "{what}，我手里的正式资料里没有写，不敢乱说。"
UNSOURCED = "整理于{day}，没有官方出处。"
PAST_REVIEW = "提醒：这条内容过了复核期限，可能有变化，办理前请先核实。"
STILL_ABOUT = "我按接着问“{what}”来答，不对请换个说法。"
CLARIFY = "我想确认一下，您问的是哪一个？"
NOT_UNDERSTOOD = "抱歉，我没听懂。您可以换个说法，比如写上办什么事、在哪个城市。"
NOT_UNDERSTOOD_AGAIN = "还是没听懂，耽误您了。要不要转给人工？回复“人工”就行。"
OR_ANOTHER = "如果您问的是下面这件，点一下或回复数字："
CAN_DO = "我能帮您问：公积金、租房买房、医保异地就医、防骗、社保养老、创业贷款、工资维权这些事。"
MASKED = "提醒：请不要在这里发身份证号、卡号、密码或验证码，我已经把号码遮住，没有保存。"
TROUBLE = "我这边出了点问题，没能查到。请稍后再问一次；急事请打{contact}。"
EMPTY = "您好像还没写内容。请直接打字告诉我您想问什么。"
FEEDBACK_THANKS = "谢谢您，记下了。"
FEEDBACK_REASON = "谢谢您，记下了，工作人员会看。要接着问，直接打字；要找人，回复“人工”。"
FEEDBACK_ASK_REASON = "抱歉没帮上。方便说说哪里不对吗？一句话就行；不想说可以直接问别的。"
SECOND_QUESTION = "您还问了“{second}”，点一下或回复“第二个”，我接着答。"
DISCLAIMER = "以经办机构审核为准。"
PANIC = "别急，我在。是钱被骗走了，或者有人正催您转钱吗？是的话点一下；别的事，直接告诉我是什么事。"
NOTED = "好的，知道了。“{what}”还想了解哪一点？点一个，或直接问。"
CHANGES_NOTHING = "好的，知道了。这项测一测没有用到这一点，“{title}”的结果还是{verdict}。"
UNCLEAR_ADDITION = "这句我没弄明白和“{what}”的关系。想接着问，点一个；是别的事，写上办什么事、在哪个城市。"
PICK_FIRST = "先告诉我是哪一件，我再细说："
NOD = "好的，我在这儿。还有想问的，直接打字；想看我会什么，回复“菜单”。"
UNKNOWN = "没关系，不清楚也不要紧。可以换个问法再问我，或回复“人工”找人帮您看。"
NO_NUMBERS = (
    "不用发，也请不要发：我查不了个人账户。身份证号、卡号、密码、验证码，别发给我，也别给网上任何人。"
)
