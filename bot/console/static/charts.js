// Draws every canvas that carries its numbers; the tables below say the same without a script.
(function () {
  "use strict";
  var colours = ["#0b6e4f", "#b26a00", "#1a66d6"];
  document.querySelectorAll("canvas[data-chart]").forEach(function (canvas) {
    var chart = JSON.parse(canvas.getAttribute("data-chart"));
    var sets = Object.keys(chart.data).map(function (name, index) {
      return { label: name, data: chart.data[name], backgroundColor: colours[index], borderColor: colours[index], tension: 0.2 };
    });
    new Chart(canvas, {
      type: chart.kind,
      data: { labels: chart.labels, datasets: sets },
      options: {
        maintainAspectRatio: false, animation: false, indexAxis: chart.kind === "bar" ? "y" : "x",
        plugins: { legend: { display: sets.length > 1 } }, scales: { x: { beginAtZero: true }, y: { beginAtZero: true } }
      }
    });
  });
})();
