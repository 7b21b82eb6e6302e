// What is typed in a form with data-keep stays in this tab until the server has it: a session that ended,
// a broken line, a reload or somebody else's save loses nothing. Kept by account: office PCs are shared.
(function () {
  "use strict";
  var PREFIX = "newcitizen-keep ", AGAIN_MS = 5000, me = document.body.getAttribute("data-me") || "";
  var store = null, sent = "";
  try { store = window.sessionStorage; store.getItem(PREFIX); } catch (error) { return; }

  function name(form) { return PREFIX + me + " " + form.getAttribute("action"); }
  function fields(form) {
    return Array.from(new FormData(form).entries()).filter(function (each) { return each[0] !== "csrf" && typeof each[1] === "string"; });
  }
  function typed(form) { return JSON.stringify(fields(form).filter(function (each) { return each[0] !== "revision"; })); }
  function keep(form, gone) {
    try { store.setItem(name(form), JSON.stringify({ fields: fields(form), gone: gone })); } catch (error) { /* full: the page itself still has it */ }
  }
  function kept(form) { var text = store.getItem(name(form)); return text ? JSON.parse(text) : null; }
  function fill(form, values) {
    var left = values.slice();
    Array.from(form.elements).forEach(function (element) {
      if (!element.name || element.name === "csrf" || element.type === "submit" || element.type === "file") return;
      var tick = element.type === "checkbox" || element.type === "radio";
      var at = left.findIndex(function (each) { return each[0] === element.name && (!tick || each[1] === element.value); });
      if (tick) element.checked = at >= 0;
      else if (at >= 0) element.value = left[at][1];
      if (at >= 0) left.splice(at, 1);
    });
  }
  // On a slow line people type before this script is there, and nobody heard them.
  function touched(form) {
    return Array.from(form.elements).some(function (element) {
      return /^(?:textarea|text|search)$/.test(element.type) && element.value !== element.defaultValue;
    });
  }
  function tell(words) { var place = document.getElementById("saved"); if (place) place.textContent = words; }

  // What was on its way is not gone where this page says that nothing was taken in; otherwise the server has it.
  var unsent = document.querySelector("[data-unsent]");
  Object.keys(store).filter(function (key) { return key.indexOf(PREFIX) === 0; }).forEach(function (key) {
    var found = JSON.parse(store.getItem(key));
    if (!found.gone) return;
    if (unsent) store.setItem(key, JSON.stringify({ fields: found.fields, gone: false })); else store.removeItem(key);
  });
  function save(form) { if (window.htmx) window.htmx.trigger(form, "change"); }
  window.addEventListener("load", function () {
    document.querySelectorAll("form[data-keep]").forEach(function (form) {
      var found = kept(form), before = typed(form), revision = form.elements.revision, now = revision && revision.value;
      if (!found) { if (touched(form)) { keep(form, false); if (form.hasAttribute("hx-post")) save(form); } return; }
      fill(form, found.fields);
      if (typed(form) === before) { if (revision) revision.value = now; store.removeItem(name(form)); return; }
      var hidden = form.closest("details"); if (hidden) hidden.open = true;
      tell("上次没来得及保存的，补回来了。");
      if (form.hasAttribute("hx-post")) save(form);
    });
  });
  document.addEventListener("input", function (event) {
    var form = event.target.form;
    if (form && form.hasAttribute("data-keep")) keep(form, false);
  });
  document.addEventListener("submit", function (event) {
    if (event.target.hasAttribute("data-keep") && !event.target.hasAttribute("hx-post")) keep(event.target, true);
  });

  // Leaving the page ends what the pause after typing waits for. Hidden pages may come back, so they save as
  // ever, only at once; what is sent last outlives the tab. The same words sent twice are one save.
  function unsaved() {
    return Array.from(document.querySelectorAll("form[data-keep][hx-post]")).filter(kept);
  }
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden" && window.htmx) unsaved().forEach(function (form) { window.htmx.trigger(form, "submit"); });
  });
  window.addEventListener("pagehide", function () {
    unsaved().forEach(function (form) {
      var sending = { method: "POST", body: new FormData(form), keepalive: true, redirect: "manual" };
      window.fetch(form.getAttribute("action"), sending).catch(function () { /* offline: this tab still has it */ });
    });
  });

  function ours(event) { var form = event.detail.elt; return form.matches && form.matches("form[data-keep]") ? form : null; }
  document.body.addEventListener("htmx:configRequest", function (event) {
    var form = ours(event);
    if (form) { event.detail.path = form.getAttribute("action"); sent = typed(form); }
  });
  document.body.addEventListener("htmx:afterRequest", function (event) {
    var form = ours(event), status = event.detail.xhr.status;
    if (!form) return;
    if (status === 403) { window.location.reload(); return; }
    if (!status || status >= 500) {
      tell("还没有保存：连不上服务器。写的都在这一页，会自动再试。");
      window.setTimeout(function () { save(form); }, AGAIN_MS);
      return;
    }
    var moved = document.querySelector("#saved [data-moved]");
    if (status < 300 || moved) { if (typed(form) === sent) store.removeItem(name(form)); }
    if (!moved) return;
    // From here on this page writes in the draft of its own.
    store.removeItem(name(form));
    form.setAttribute("action", moved.getAttribute("data-moved"));
    document.getElementById("revision").value = moved.getAttribute("data-revision");
    moved.removeAttribute("data-moved");
    window.history.replaceState(null, "", form.getAttribute("action"));
    if (typed(form) !== sent) { keep(form, false); save(form); }
  });
})();
