// Small helpers every staff page uses; pages work without them.
(function () {
  "use strict";
  var live = document.getElementById("live");
  var here = document.querySelector(".side [aria-current]");
  var row = here && here.closest("ul");
  if (row && row.parentElement.scrollWidth > row.parentElement.clientWidth) {
    row.parentElement.scrollLeft = here.offsetLeft - row.parentElement.clientWidth / 3;
  }
  function say(text) {
    if (!live) return;
    live.textContent = text;
    window.setTimeout(function () { if (live.textContent === text) live.textContent = ""; }, 6000);
  }
  document.body.addEventListener("htmx:responseError", function (event) {
    say(event.detail.xhr.status === 409 ? "别人刚改过这一条，请看页面上的提示。" : "没有成功，请刷新页面再试。");
  });
  document.body.addEventListener("htmx:sendError", function () { say("网络断了，没有保存。"); });
  document.body.addEventListener("htmx:beforeSwap", function (event) {
    if ([409, 422].indexOf(event.detail.xhr.status) >= 0) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });
  document.body.addEventListener("htmx:afterSettle", function () {
    var part = document.querySelector("[data-say]");
    if (!part) return;
    say(part.getAttribute("data-say"));
    part.removeAttribute("data-say");
  });
  // A part drawn anew under the keyboard: what had it keeps it; was it taken away, the part's last field gets it.
  var kept = null;
  document.body.addEventListener("htmx:oobBeforeSwap", function (event) {
    var had = document.activeElement;
    if (event.detail.target.contains(had)) kept = { part: event.detail.target.id, name: had.name, value: had.value };
  });
  document.body.addEventListener("htmx:oobAfterSwap", function () {
    var part = kept && document.getElementById(kept.part);
    if (!part || part.contains(document.activeElement)) return;
    var fields = Array.from(part.querySelectorAll("input, select, textarea, button"));
    var same = fields.filter(function (field) { return field.name === kept.name && field.value === kept.value; })[0];
    kept = null;
    (same || fields.pop() || part).focus({ preventScroll: true });
  });
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy]");
    if (!button) return;
    var text = document.getElementById(button.getAttribute("data-copy")).textContent;
    navigator.clipboard.writeText(text).then(function () { say("已复制。"); }, function () { say("复制不了，请选中文字后复制。"); });
  });
  document.addEventListener("submit", function (event) {
    var question = event.target.getAttribute("data-confirm");
    if (question && !window.confirm(question)) event.preventDefault();
  });
})();
