"""Fixed sentences of the assistant itself, in one place so that tone is read and changed together.

Policy statements never stand here: they come from content. Sentences are plain and polite（您）.
"""

from __future__ import annotations

ASK_CITY = "各地规定不一样。请问您说的是哪个城市？"
OTHER_CITY = "其他城市"
YOUR_CITY = "您所在城市"
CITY_SET = "好的，以后先按{city}给您查。想换城市，直接说“我在某某”就行。"
CITY_NOT_COVERED = "{place}的具体规定我这里没有收录，目前收录的是{cities}。"
NATIONAL_STILL = "全国统一的部分我可以答，当地的请以当地为准。"
NATIONALLY = "{city}这方面没有单独收录，下面是全国的规定。"
NATIONAL_ASPECT = "“{aspect}”这一点，{city}的资料没有单独写，全国的说法是：\n"
NOT_IN_SOURCES = "{what}，我手里的正式资料里没有写，不敢乱说。"
ASK_THERE = "请向{contact}核实。"
UNSOURCED = "说明：这条还没有核对到官方出处（整理于{day}）。"
PAST_REVIEW = "提醒：这条内容过了复核期限，可能有变化，办理前请先核实。"
STILL_ABOUT = "我按接着问“{what}”来答，不对请换个说法。"
CLARIFY = "我想确认一下，您问的是哪一个？"
NOT_UNDERSTOOD = "抱歉，我没听懂。您可以换个说法，比如写上办什么事、在哪个城市。"
NOT_UNDERSTOOD_AGAIN = "还是没听懂，耽误您了。要不要转给人工？回复“人工”就行。"
CAN_DO = "我能帮您问：公积金、租房买房、医保异地就医、防骗、社保养老、创业贷款、工资维权这些事。"
MENU_HINT = "回复“菜单”看看我会什么，回复“人工”找人帮忙。"
MASKED = "提醒：请不要在这里发身份证号、卡号、密码或验证码，我已经把号码遮住，没有保存。"
TROUBLE = "我这边出了点问题，没能查到。请稍后再问一次；急事请打{contact}。"
EMPTY = "您好像还没写内容。请直接打字告诉我您想问什么。"
TOO_LONG = "您写得比较长，我先按开头部分来答。"
FEEDBACK_THANKS = "谢谢您，记下了。"
FEEDBACK_ASK_REASON = "抱歉没帮上。方便说说哪里不对吗？一句话就行；不想说可以直接问别的。"
SECOND_QUESTION = "您还问了另一件事，点一下我接着答："
DISCLAIMER = "以经办机构审核为准。"
MIXED_UP = "好的，换成这个来答。"
