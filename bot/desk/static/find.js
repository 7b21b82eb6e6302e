// Search as you type with the keyboard alone.
(function () {
  "use strict";
  var box = document.getElementById("typed"), city = document.getElementById("city");
  var results = document.getElementById("results"), live = document.getElementById("live"), count = document.getElementById("count");
  var dialog = document.getElementById("wrong"), running = null, last = "";
  var token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRF-Token"];
  var STICKY = "newcitizen-desk-city", SINGLE = "newcitizen-desk-single-keys", single = document.getElementById("single-keys");

  function say(text) { live.textContent = text; window.setTimeout(function () { if (live.textContent === text) live.textContent = ""; }, 4000); }
  function hits() { return results.querySelectorAll(".hits li"); }
  function chosen() { var li = results.querySelector(".hits li[aria-selected=true]"); return li ? Number(li.dataset.index) : -1; }
  function whole() { return document.getElementById("whole-" + chosen()); }

  function select(index) {
    var all = hits();
    if (!all.length) return;
    index = Math.max(0, Math.min(all.length - 1, index));
    all.forEach(function (li, i) {
      li.setAttribute("aria-selected", String(i === index));
      document.getElementById("whole-" + i).hidden = i !== index;
    });
    all[index].scrollIntoView({ block: "nearest" });
    [box, document.getElementById("hits")].forEach(function (place) { place.setAttribute("aria-activedescendant", "hit-" + index); });
  }

  // Other results than before: whoever hears the page is told how many, whoever was among them stays there.
  function show(html) {
    var inside = results.contains(document.activeElement), all;
    results.innerHTML = html;
    all = hits();
    box.setAttribute("aria-expanded", String(all.length > 0));
    if (all.length) select(0); else box.removeAttribute("aria-activedescendant");
    count.textContent = all.length ? "找到 " + all.length + " 条，第一条：" + all[0].querySelector("b").textContent : results.textContent.trim();
    if (inside) { if (all.length) enter(); else box.focus(); }
  }

  function search(force) {
    var asked = box.value.trim(), key = asked + "|" + city.value;
    if (key === last && !force) return;
    last = key;
    if (running) running.abort();
    running = new AbortController();
    fetch("/desk/search?q=" + encodeURIComponent(asked) + "&city=" + encodeURIComponent(city.value), { headers: { "HX-Request": "true" }, signal: running.signal })
      .then(function (answer) {
        if (answer.status === 401) { signIn(); return null; }
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.text();
      })
      .then(function (html) { if (html !== null && key === last) { show(html); results.dataset.done = key; } })
      .catch(function (error) { if (error.name !== "AbortError") say("没有连上服务器，请再打一个字试试。"); });
  }

  // A session that ended costs the operator the password, not what the caller asked.
  function signIn() {
    var here = new URLSearchParams(window.location.search);
    here.set("q", box.value.trim()); here.set("city", city.value);
    window.location.assign("/staff/login?next=" + encodeURIComponent(window.location.pathname + "?" + here));
  }

  function post(path, fields) {
    var form = new FormData();
    Object.keys(fields).forEach(function (name) { form.append(name, fields[name]); });
    return fetch(path, { method: "POST", body: form, headers: { "X-CSRF-Token": token, "HX-Request": "true" } }).then(function (answer) {
      if (answer.status === 401 || answer.status === 403) signIn();
      return answer.json().then(function (data) { return { ok: answer.ok, status: answer.status, data: data }; });
    });
  }

  function use(voice) {
    var article = whole();
    if (!article) return;
    article.querySelectorAll(".voice").forEach(function (part) { part.hidden = part.dataset.voice !== (voice === "spoken" ? "spoken" : "chat"); });
    post("/desk/copied", { kind: article.dataset.kind, id: article.dataset.id, voice: voice, version: results.querySelector(".two").dataset.version }).then(function (got) {
      if (got.status === 409) { say(got.data.said); search(true); return null; }
      if (!got.ok) throw new Error("refused");
      if (voice === "spoken") { say("照着读就行，已记下。"); return null; }
      return navigator.clipboard.writeText(got.data.text).then(function () { say(voice === "copy" ? "已复制，带依据和链接。" : "已复制全文。"); });
    }).catch(function () { say("没有复制成，请选中文字后复制。"); });
  }

  function report() {
    var article = whole();
    if (!article) return;
    document.getElementById("wrong-which").textContent = article.getAttribute("aria-label");
    document.getElementById("wrong-sentence").value = "";
    dialog.returnValue = "";  // where Esc leaves it as it was, it would send again
    dialog.showModal();
    document.getElementById("wrong-sentence").focus();
  }

  dialog.addEventListener("close", function () {
    var article = whole(), frame = results.querySelector(".two");
    if (dialog.returnValue !== "send" || !article) return;
    post("/desk/wrong", { kind: article.dataset.kind, id: article.dataset.id, version: frame.dataset.version, question: frame.dataset.asked, sentence: document.getElementById("wrong-sentence").value })
      .then(function (got) { say(got.data.said); }, function () { say("没有报上去，请再试一次。"); });
  });
  dialog.querySelector("input").addEventListener("keydown", function (event) {
    if (event.key === "Enter") { event.preventDefault(); dialog.close("send"); }
  });

  if (!city.value && !new URLSearchParams(window.location.search).has("city")) {
    try { city.value = window.localStorage.getItem(STICKY) || ""; } catch (error) { city.value = ""; }
    if (box.value && city.value) search(true);
  }
  city.addEventListener("change", function () {
    try { window.localStorage.setItem(STICKY, city.value); } catch (error) { say("浏览器不让记住城市。"); }
    search(true);
  });
  // Who dictates or often hits keys by accident does without single keys; arrows and Enter stay.
  function singles() { document.body.classList.toggle("no-single", !single.checked); }
  try { single.checked = window.localStorage.getItem(SINGLE) !== "off"; } catch (error) { single.checked = true; }
  singles();
  single.addEventListener("change", function () {
    singles();
    try { window.localStorage.setItem(SINGLE, single.checked ? "on" : "off"); } catch (error) { say("浏览器不让记住快捷键的设置。"); }
  });
  box.addEventListener("input", function () { search(false); });
  if (box.value !== box.defaultValue) search(false);  // typed on a slow line before this script was there
  document.getElementById("ask").addEventListener("submit", function (event) { event.preventDefault(); enter(); });
  function enter() { var article = whole(); if (article) article.focus(); }

  results.addEventListener("click", function (event) {
    var li = event.target.closest(".hits li"), button = event.target.closest("[data-do]"), chip = event.target.closest("[data-city]");
    if (li) select(Number(li.dataset.index));
    if (chip) { city.value = chip.dataset.city; city.dispatchEvent(new Event("change")); }
    if (button) { if (button.dataset.do === "wrong") report(); else use(button.dataset.do); }
  });
  var KEYS = { c: "copy", k: "spoken", d: "chat" };
  document.addEventListener("keydown", function (event) {
    if (dialog.open || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    var typing = document.activeElement === box;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (document.activeElement === city) return;
      event.preventDefault();
      select(chosen() + (event.key === "ArrowDown" ? 1 : -1));
      if (!typing && document.activeElement.id !== "hits") enter();
    } else if (typing) {
      if (event.key === "Escape") { box.value = ""; search(true); }
    } else if (single.checked && event.key === "/") { event.preventDefault(); box.focus(); box.select(); }
    else if (document.activeElement === city) return;
    else if (event.key === "Enter" && document.activeElement.id === "hits") enter();
    else if (!single.checked) return;
    else if (KEYS[event.key]) { event.preventDefault(); use(KEYS[event.key]); }
    else if (event.key === "x") { event.preventDefault(); report(); }
  });
})();
