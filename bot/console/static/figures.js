// A figure is put into a text by its name: the button after a field opens the list, a choice is written where
// the cursor was. Pages work without it: the same is typed as {id}.
(function () {
  "use strict";
  var dialog = document.getElementById("figures"), live = document.getElementById("live"), field = null;
  if (!dialog || !dialog.showModal) return;
  var asked = dialog.querySelector("input"), count = dialog.querySelector("[role=status]");
  var buttons = Array.from(dialog.querySelectorAll("li button")), visited = new WeakSet();

  function narrow() {
    var words = asked.value.toLowerCase().split(/\s+/).filter(Boolean);
    buttons.forEach(function (button) {
      var text = (button.textContent + " " + button.value).toLowerCase();
      var fits = words.every(function (word) { return text.indexOf(word) >= 0; });
      button.parentElement.hidden = !fits;
    });
    count.textContent = left().length ? "有 " + left().length + " 个，按 Tab 选，按回车插入。" : "没有这样的数字。";
  }
  function left() { return buttons.filter(function (button) { return !button.parentElement.hidden; }); }
  function put(button) {
    var end = visited.has(field) ? field.selectionEnd : field.value.length;
    var start = visited.has(field) ? field.selectionStart : end;
    dialog.close();
    field.focus();
    field.setRangeText("{" + button.value + "}", start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    live.textContent = "已插入：" + button.querySelector("b").textContent;
  }

  document.addEventListener("focusin", function (event) { if (event.target.tagName === "TEXTAREA") visited.add(event.target); });
  document.querySelectorAll("[data-figures]").forEach(function (opener) {
    opener.hidden = false;
    opener.addEventListener("click", function () {
      field = document.getElementsByName(opener.getAttribute("data-figures"))[0];
      asked.value = "";
      narrow();
      dialog.showModal();
    });
  });
  asked.addEventListener("input", narrow);
  asked.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    if (left().length === 1) put(left()[0]); else if (left().length) left()[0].focus();
  });
  dialog.addEventListener("click", function (event) {
    var button = event.target.closest("li button");
    if (button) put(button);
  });
})();
