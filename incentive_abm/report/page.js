"use strict";
const figures = JSON.parse(document.getElementById("figures").textContent);
const options = { responsive: true, displayModeBar: false };
const heights = Object.fromEntries(Object.entries(figures).map(([name, figure]) => ["chart-" + name, figure.layout.height]));
const charts = Object.keys(figures).map((name) => document.getElementById("chart-" + name)).filter(Boolean);
for (const chart of charts) {
  const figure = figures[chart.id.slice("chart-".length)];
  delete figure.layout.template;
  Plotly.newPlot(chart, figure.data, figure.layout, options);
}
const fit = (width) => charts.forEach((chart) => {
  const wide = width ? (chart.closest(".small") ? width / 2 - 12 : width) : chart.clientWidth;
  const tall = heights[chart.id];
  Plotly.relayout(chart, { width: wide, height: width ? tall * 0.66 : tall, autosize: !width });
});
// Paper is narrower than a window: charts are redrawn for it, and again for the window.
window.addEventListener("beforeprint", () => fit(660));
window.addEventListener("afterprint", () => { fit(0); charts.forEach((chart) => Plotly.Plots.resize(chart)); });
