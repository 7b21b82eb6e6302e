"use strict";

// One message after the other, as on a phone: the queue keeps the order of replies.
const log = document.getElementById("log");
const lines = log.querySelector("ol");
const form = document.getElementById("form");
const text = document.getElementById("text");
const city = document.getElementById("city");
const asOf = document.getElementById("as_of");
let queue = Promise.resolve();

function element(tag, className, content) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (content) node.textContent = content;
  return node;
}

// Who speaks is shown by side and colour; whoever hears the page is told.
function speaker(words) {
  return element("span", "hidden", words);
}

function row(className) {
  const item = element("li", className);
  lines.append(item);
  return item;
}

function scroll() {
  log.scrollTop = log.scrollHeight;
}

function bubble(pieces) {
  const box = element("div", "bubble");
  for (const piece of pieces) {
    if (!piece.say) {
      box.append(document.createTextNode(piece.text));
      continue;
    }
    const button = element("button", "say", piece.text);
    button.type = "button";
    button.addEventListener("click", () => say(piece.say));
    box.append(button);
  }
  return box;
}

function meta(reply) {
  const line = element("p", "meta");
  line.append(element("b", "outcome", reply.outcome_name || "没有记录"));
  if (reply.answer_url) {
    const link = element("a", "answer", "看全文");
    link.href = reply.answer_url;
    line.append(" · ", link);
  }
  const about = [reply.answer_id, reply.notices.join("、"), `${reply.ms} 毫秒`].filter(Boolean);
  line.append(` · ${about.join(" · ")}`);
  return line;
}

function show(item, reply) {
  item.className = "theirs";
  item.replaceChildren(speaker("助手说："));
  for (const part of reply.parts) item.append(bubble(part));
  if (!reply.parts.length) item.append(element("div", "bubble", reply.note));
  item.append(meta(reply));
}

async function push(body) {
  const item = row("theirs waiting");
  item.append(element("div", "bubble", "正在输入…"));
  scroll();
  try {
    const response = await fetch("/try/push", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...body, as_of: asOf.value }),
    });
    const reply = await response.json();
    if (!response.ok) throw new Error(reply.fault);
    show(item, reply);
  } catch (error) {
    item.className = "theirs fault";
    item.replaceChildren(speaker("没有送到："), element("div", "bubble", error.message || "没有连上服务，请看看它是不是还在运行。"));
  }
  scroll();
}

function say(words) {
  row("mine").append(speaker("您说："), element("div", "bubble", words));
  scroll();
  queue = queue.then(() => push({ kind: "text", text: words }));
  text.focus({ preventScroll: true });
}

function follow() {
  lines.replaceChildren();
  queue = queue.then(() => push({ kind: "subscribe" }));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const words = text.value.trim();
  if (!words) return;
  text.value = "";
  say(words);
});

text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

city.addEventListener("change", () => city.value && say(`我在${city.value}`));

document.getElementById("again").addEventListener("click", async () => {
  await fetch("/try/again", { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" });
  city.value = "";
  follow();
});

for (const hint of document.querySelectorAll("[data-say]")) {
  hint.addEventListener("click", () => say(hint.dataset.say));
}

follow();
