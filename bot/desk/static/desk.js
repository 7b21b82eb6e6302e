// The stream of the desk: queue, lines and fates as they happen; sound and title badge.
(function () {
  "use strict";
  var live = document.getElementById("live");
  var page = document.querySelector("[data-stream]");
  if (!page) return;
  var ticket = page.dataset.ticket || "", last = page.dataset.last || "", title = document.title, unread = 0, waiting = null;
  var seen = {}, source = null, sound = null, again = 1000;
  var FATES = { queued: "发送中", sending: "发送中", sent: "已送达微信", held: "等对方再来信时送出", dead: "没有发出去" };

  function say(text) { live.textContent = text; window.setTimeout(function () { if (live.textContent === text) live.textContent = ""; }, 8000); }
  function badge() { document.title = unread ? "（" + unread + "）" + title : title; }
  function beep() {
    try {
      sound = sound || new (window.AudioContext || window.webkitAudioContext)();
      var tone = sound.createOscillator(), gain = sound.createGain();
      tone.frequency.value = 880; gain.gain.value = 0.08;
      tone.connect(gain); gain.connect(sound.destination);
      tone.start(); tone.stop(sound.currentTime + 0.15);
    } catch (error) { /* no sound device: title and text are enough */ }
  }
  function notice() { beep(); if (document.hidden || !document.hasFocus()) { unread += 1; badge(); } }
  window.addEventListener("focus", function () { unread = 0; badge(); });

  function add(line) {
    var list = document.getElementById("lines");
    if (!list || document.getElementById("line-" + line.id)) return;
    var item = document.createElement("li"), by = document.createElement("span");
    item.id = "line-" + line.id; item.className = line.side;
    by.className = "by"; by.textContent = ({ citizen: "市民", operator: line.author, note: line.author + " 备注", system: "" })[line.side];
    item.append(by, document.createTextNode(line.text));
    if (line.side === "operator") { var fate = document.createElement("span"); fate.className = "by fate"; fate.textContent = "发送中"; item.append(fate); }
    list.append(item); list.scrollTop = list.scrollHeight;
  }
  // What had the keyboard keeps it when the page around it is drawn anew; a press that has begun comes first.
  var pressed = false;
  ["pointerdown", "keydown"].forEach(function (name) { document.addEventListener(name, function () { pressed = true; }); });
  ["pointerup", "pointercancel", "keyup"].forEach(function (name) { document.addEventListener(name, function () { pressed = false; }); });
  window.addEventListener("blur", function () { pressed = false; });
  function nameOf(part) { return part.form ? part.form.getAttribute("action") : part.getAttribute("href") || part.getAttribute("aria-label"); }
  function draw(target, html) {
    if (pressed) { window.setTimeout(function () { draw(target, html); }, 50); return; }
    var had = target.contains(document.activeElement) ? nameOf(document.activeElement) : "";
    target.innerHTML = html;
    if (!had) return;
    var parts = Array.from(target.querySelectorAll("a[href], button, [tabindex]"));
    (parts.find(function (part) { return nameOf(part) === had; }) || target.querySelector("[tabindex]") || document.getElementById("main")).focus({ preventScroll: true });
  }
  function refresh() {
    var target = document.querySelector("[data-refresh]");
    if (!target) return;
    fetch(target.dataset.refresh, { headers: { "HX-Request": "true" } }).then(function (answer) {
      return answer.status === 200 || answer.status === 410 ? answer.text() : null;
    }).then(function (html) { if (html !== null) draw(target, html); }).catch(function () { /* the next event tries again */ });
  }

  // Who writes with a citizen has to see that nothing comes in; a stream that ends in good order is back at once.
  var off = document.createElement("p"), late = null;
  off.className = "warn"; off.id = "off"; off.hidden = true; off.setAttribute("role", "status");
  page.before(off);
  function reached(there) {
    window.clearTimeout(late); late = null;
    page.dataset.connected = there ? "yes" : "no";
    if (there) { off.hidden = true; off.textContent = ""; }
    else late = window.setTimeout(function () { off.textContent = "和服务器的连线断了，正在重连。这段时间的来信不会丢，连上就补上。"; off.hidden = false; }, 5000);
  }
  function signIn() { window.location.assign("/staff/login?next=" + encodeURIComponent(window.location.pathname)); }

  function open() {
    source = new EventSource("/desk/stream?after=" + encodeURIComponent(last) + (ticket ? "&ticket=" + ticket : ""));
    source.onopen = function () { again = 1000; reached(true); };
    source.addEventListener("line", function (event) {
      var line = JSON.parse(event.data); last = event.lastEventId;
      if (seen[line.id]) return;
      seen[line.id] = true;
      var here = String(line.ticket) === ticket, known = document.getElementById("line-" + line.id);
      if (here) add(line);
      if (line.side === "citizen" && !known) { notice(); if (!here) say(line.ticket + " 号工单的市民来信了。"); }
      if (here && line.side !== "operator") refresh();
    });
    source.addEventListener("queue", function (event) {
      var data = JSON.parse(event.data); last = event.lastEventId;
      if (waiting !== null && data.open > waiting) { notice(); say("有新的转人工，正在等待 " + data.open + " 位。"); }
      waiting = data.open;
      document.querySelectorAll("[data-waiting]").forEach(function (place) { place.textContent = data.open; });
      refresh();
    });
    source.addEventListener("fate", function (event) {
      var data = JSON.parse(event.data); last = event.lastEventId;
      var item = document.getElementById("line-" + data.line), fate = item && item.querySelector(".fate");
      if (!fate) return;
      fate.textContent = FATES[data.state] || ""; fate.classList.toggle("bad", data.state === "dead");
      if (data.state === "dead" || data.state === "held") refresh();
    });
    source.onerror = function () {
      if (page.dataset.connected !== "no") reached(false);
      if (source.readyState !== EventSource.CLOSED) return;
      window.setTimeout(open, again); again = Math.min(again * 2, 15000);
    };
  }
  open();

  var form = document.getElementById("say");
  if (!form) return;
  var words = document.getElementById("words"), once = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()), busy = false;
  var token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRF-Token"];
  var draft = "newcitizen-desk-draft-" + ticket;
  try { words.value = words.value || window.sessionStorage.getItem(draft) || ""; } catch (error) { /* drafts are a comfort */ }
  function keep() { try { window.sessionStorage.setItem(draft, words.value); } catch (error) { /* as above */ } }
  words.addEventListener("input", keep);
  if (words.value) keep();  // on a slow line it was written before this script was there
  var told = 0;
  words.addEventListener("input", function () {
    if (!words.value.trim() || Date.now() - told < 15000) return;
    told = Date.now();
    fetch("/desk/tickets/" + ticket + "/writing", { method: "POST", headers: { "X-CSRF-Token": token } }).catch(function () { /* a courtesy */ });
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    if (busy || !words.value.trim()) return;
    busy = true;
    var data = new FormData(); data.append("text", words.value); data.append("once", once);
    fetch(form.action, { method: "POST", body: data, headers: { "X-CSRF-Token": token, "HX-Request": "true" } }).then(function (answer) {
      if (answer.status === 401) { signIn(); return null; }  // the words are kept in this tab
      if (answer.status === 403) { window.location.reload(); return null; }
      return answer.json().then(function (got) {
        if (answer.ok || answer.status < 500) once = crypto.randomUUID ? crypto.randomUUID() : String(Math.random());
        if (!answer.ok) { say(got.said || "没有发送。"); if (got.gone) refresh(); return; }
        if (got.line) { seen[got.line.id] = true; add(got.line); }
        if (got.room) document.getElementById("room").textContent = got.room;
        words.value = ""; try { window.sessionStorage.removeItem(draft); } catch (error) { /* as above */ }
      });
    }).catch(function () { say("网络断了，没有确认送出。话还在，请再点一次发送，不会重复。"); }).finally(function () { busy = false; if (form.contains(document.activeElement)) words.focus(); });
  });
  words.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
  });
  var query = document.getElementById("canned-query"), list = document.getElementById("canned");
  query.addEventListener("input", function () {
    var asked = query.value.trim();
    if (!asked) { list.textContent = ""; return; }
    fetch("/desk/canned?q=" + encodeURIComponent(asked) + "&city=" + encodeURIComponent(list.dataset.city)).then(function (answer) { return answer.json(); }).then(function (got) {
      if (asked !== query.value.trim()) return;
      list.textContent = "";
      got.found.forEach(function (entry) {
        var item = document.createElement("li"), button = document.createElement("button");
        button.type = "button"; button.textContent = entry.title; button.title = entry.text;
        button.addEventListener("click", function () { words.value = (words.value ? words.value + "\n" : "") + entry.text; words.dispatchEvent(new Event("input")); words.focus(); });
        item.append(button); list.append(item);
      });
    }).catch(function () { say("没有查到，请再试。"); });
  });
  document.getElementById("lines").scrollTop = 1e9;
})();
