/* What every chart here has in common; read before the widget draws them. */
"use strict";

(() => {
  const isLatvian = document.documentElement.lang === "lv";
  const locale = isLatvian ? "lv-LV" : "en-GB";
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0, useGrouping: "always" });
  const euros = (value) => (typeof value === "number"
    ? (isLatvian ? `${whole.format(value)} €` : `€${whole.format(value)}`) : value);

  window.Apex = {
    chart: {
      foreColor: "#3f4b57",
      events: {
        dataPointSelection(_event, _chart, { w, dataPointIndex }) {
          const link = (w.config.links ?? [])[dataPointIndex];
          if (link) location.assign(link);
        },
      },
    },
    yaxis: { labels: { formatter: euros, maxWidth: innerWidth < 600 ? 110 : 220 } },
    xaxis: { labels: { formatter: euros, trim: true, rotate: 0, hideOverlappingLabels: true } },
    tooltip: { y: { formatter: euros } },
  };
})();

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
