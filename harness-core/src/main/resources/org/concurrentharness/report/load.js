// The page about a load: what was not kept, the figures, the baseline, the two plots, what failed.
const openLoop = data.options.rate !== undefined;
const baseline = data.baseline;
const reference = baseline && baseline.reference;
const calls = data.operations - (data.notStarted || 0);

function header() {
  const how = (openLoop ? "open loop, " + perSecond(data.options.rate) + (data.options.arrivals === "POISSON" ? " at random, seed " + data.options.seed : "") : "closed loop")
    + ", " + plural(data.options.threads, "thread");
  return [
    el("header", {}, el("span", { class: "badge " + (data.failed ? "FAILED" : "SURVIVED") }, data.failed ? "FAILED" : "passed"), el("h1", {}, testName(data.test))),
    data.violations.length ? el("div", { class: "violations" }, data.violations.map((text) => el("p", { class: "harm" }, text.split("\n")[0]))) : "",
    facts([
      ["throughput", perSecond(data.throughput)],
      ["errors", share(data.errors, calls) + (data.errors ? " (" + data.errors.toLocaleString("en") + " of " + plural(calls, "call") + ")" : "")],
      ["p50", latency(data.p50)],
      ["p90", latency(data.p90)],
      ["p99", latency(data.p99)],
      ["p99.9", latency(data.p999)],
      ["longest", latency(data.longest)],
      ["operations", data.operations.toLocaleString("en")],
      ["not begun", data.notStarted ? data.notStarted.toLocaleString("en") : ""],
      ["load", how],
      ["measured", latency(data.elapsedNanos) + (data.options.warmupNanos ? " after " + latency(data.options.warmupNanos) + " of warm-up" : "")],
      ["began", new Date(data.started).toLocaleString()],
    ]),
  ];
}

/** A table whose columns are [name, cell of a row, is a number]. */
function dataTable(label, columns, rows) {
  return el("table", { class: "runs", "aria-label": label },
    el("thead", {}, el("tr", {}, columns.map(([name, , number]) => el("th", { scope: "col", class: number ? "n" : "" }, name)))),
    el("tbody", {}, rows.map((row) => el("tr", {}, columns.map(([name, cell, number]) =>
      el("td", { class: number ? "n" : "", "data-label": name.toLowerCase() }, cell(row)))))));
}

const VERDICT_TEXTS = { SAME: "as before", USUAL: "within the learned range", BETTER: "better", WORSE: "worse" };

function baselineSection() {
  if (!baseline) return "";
  const text = (row, value) => (row.measure === "throughput" ? perSecond(value) : latency(value));
  const range = (row, pair) => text(row, pair[0]) + " to " + text(row, pair[1]);
  return el("section", { "aria-label": "Baseline" }, el("h2", {}, "Baseline"),
    baseline.rows.length ? dataTable("Compared with the baseline", [
      ["Quantity", (row) => row.measure],
      ["This run", (row) => text(row, row.value), true],
      ["Reference", (row) => text(row, row.reference), true],
      ["Change", (row) => (row.reference ? (row.value >= row.reference ? "+" : "−") + digits(Math.abs(row.value / row.reference - 1) * 100) + " %" : "–"), true],
      ["Tolerated", (row) => range(row, row.tolerated), true],
      ["Learned range", (row) => (row.learned ? range(row, row.learned) : row.drifting ? "drifting" : "–"), true],
      ["Verdict", (row) => el("span", { class: row.verdict }, VERDICT_TEXTS[row.verdict])],
    ], baseline.rows) : "",
    baseline.notes.map((note) => el("p", { class: "hint" }, note)),
    facts([
      ["file", baseline.file],
      ["machine", baseline.machine],
      ["reference of", reference ? new Date(reference.at).toLocaleString() : ""],
      ["learned runs", reference ? String(baseline.learned) : ""],
    ]));
}

/** A drawing that is as wide as the page lets it be. */
function drawn(draw) {
  const box = el("div", { class: "drawn" });
  let width = 0;
  new ResizeObserver(() => {
    const now = Math.floor(box.clientWidth);
    if (now > 0 && now !== width) {
      width = now;
      box.replaceChildren(draw(now));
    }
  }).observe(box);
  return box;
}

function keys(pairs) {
  return el("div", { class: "keys" }, pairs.map(([kind, name]) => el("span", {},
    shape("svg", { width: 30, height: 10, "aria-hidden": "true" }, kind.startsWith("column")
      ? shape("rect", { class: kind, x: 8, y: 0, width: 12, height: 10 })
      : kind === "limit" ? shape("path", { class: "limit", d: "M3 8h24M15 8v-8" }) : shape("line", { class: "curve " + kind, x1: 0, x2: 30, y1: 5, y2: 5 })), name)));
}

const AT = [50, 75, 90, 95, 99, 99.9, 99.99, 99.999];

/** The latency that a share of the operations kept, from the points of a distribution. */
function at(distribution, percentile) {
  const found = distribution.percentiles.find((point) => point[0] >= percentile);
  return found ? found[1] : distribution.longest;
}

function percentileSection() {
  if (!data.latencies.count) return "";
  const series = [{ name: openLoop ? "from when it was due" : "latency", kind: "latency", points: data.latencies.percentiles }];
  if (openLoop) series.push({ name: "service time, from the call", kind: "service", points: data.serviceTimes.percentiles });
  if (reference) series.push({ name: "baseline", kind: "baseline", points: reference.percentiles, marks: true });
  const limits = data.limits.percentiles;
  const rows = AT.filter((p) => data.latencies.count * (1 - p / 100) >= 1 || p === 50).map((p) => [p, "p" + p]).concat([[100, "longest"]]);
  const column = (name, distribution) => [name, ([p]) => latency(p === 100 ? distribution.longest : at(distribution, p)), true];
  return el("section", { "aria-label": "Latency by percentile" }, el("h2", {}, "Latency by percentile"),
    keys(series.map(({ kind, name }) => [kind, name]).concat(limits.length ? [["limit", "limit"]] : [])),
    drawn((width) => percentilePlot({
      series, limits, count: data.latencies.count, width, height: 340, label: "Latency by percentile, from p50 " + latency(data.p50) + " to " + latency(data.longest),
    })),
    el("details", {}, el("summary", {}, "As a table"), dataTable("Percentiles", [
      ["Percentile", ([, name]) => name],
      column(openLoop ? "From due" : "Latency", data.latencies),
      ...(openLoop ? [column("Service time", data.serviceTimes), column("Late calls", data.lateness)] : []),
      ...(reference ? [["Baseline", ([p]) => {
        const point = reference.percentiles.find((each) => each[0] === p);
        return point ? latency(point[1]) : "–";
      }, true]] : []),
    ], rows)));
}

/** Marks for about so many steps of 1, 2 or 5, from 0. */
function linear(most, count) {
  const rough = most / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((each) => each * power >= rough) * power;
  const ticks = [];
  for (let tick = 0; tick <= most + step * 0.001; tick += step) ticks.push(tick);
  return ticks;
}

function timePlot({ width, height, label, draw, ticks, y, last, text }) {
  const left = 64;
  const right = 16;
  const top = 10;
  const bottom = 30;
  const end = Math.max(1, (data.elapsedNanos || 1) / 1e9);
  const x = (seconds) => left + ((width - left - right) * Math.min(end, seconds)) / end;
  const svg = shape("svg", { class: "plot", width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
  const place = (value) => height - bottom - y(value, height - top - bottom);
  for (const tick of ticks) {
    svg.append(shape("line", { class: "grid", x1: left, x2: width - right, y1: place(tick), y2: place(tick) }),
      shape("text", { class: "tick end", x: left - 8, y: place(tick) + 4 }, text(tick)));
  }
  for (const tick of linear(end, Math.max(2, Math.min(10, width / 90)))) {
    svg.append(shape("text", { class: "tick middle", x: x(tick), y: height - 8 }, digits(tick) + (tick + 1e-9 >= end && last ? " s" : "")));
  }
  draw(svg, x, place);
  return svg;
}

function timeSection() {
  const seconds = data.seconds;
  if (seconds.length < 2) return "";
  const begin = (second) => second.begin / 1e9;
  const end = (second) => (second.begin + second.length) / 1e9;
  const rate = (count, second) => (second.length ? (count * 1e9) / second.length : 0);
  const most = Math.max(1, data.options.rate || 0, ...seconds.map((second) => rate(second.operations, second)));
  const times = seconds.flatMap((second) => [second.p50, second.p99, second.longest]).filter((value) => value > 0);
  const throughputPlot = (width) => timePlot({
    width, height: 170, label: "Throughput by second, up to " + perSecond(most),
    ticks: linear(most, 4), y: (value, size) => (size * value) / (most * 1.05), text: (value) => digits(value),
    draw: (svg, x, y) => {
      for (const second of seconds) {
        const from = x(begin(second)) + 0.5;
        const wide = Math.max(0.5, x(end(second)) - from - 0.5);
        const all = y(rate(second.operations, second));
        const bad = y(rate(second.errors, second));
        svg.append(shape("rect", { class: "column", x: from, y: all, width: wide, height: y(0) - all },
          shape("title", {}, `second ${digits(end(second))}: ${perSecond(rate(second.operations, second))}, ${plural(second.errors, "error")}`)));
        if (second.errors) svg.append(shape("rect", { class: "column errors", x: from, y: Math.min(bad, y(0) - 2), width: wide, height: Math.max(2, y(0) - bad) }));
      }
      if (openLoop) svg.append(shape("line", { class: "column target", x1: x(0), x2: x(1e9), y1: y(data.options.rate), y2: y(data.options.rate) }));
    },
  });
  const latencyPlot = (width) => {
    const axis = (size) => logarithmic(Math.min(...times), Math.max(...times), size);
    return timePlot({
      width, height: 240, last: true, label: "Latencies by second",
      ticks: axis(1).ticks, y: (value, size) => axis(size).place(value), text: latency,
      draw: (svg, x, y) => {
        for (const kind of ["longest", "p99", "p50"]) {
          const there = seconds.filter((second) => second[kind] > 0);
          svg.append(shape("polyline", { class: "curve " + kind, points: there.map((second) => x((begin(second) + end(second)) / 2).toFixed(1) + "," + y(second[kind]).toFixed(1)).join(" ") }));
        }
      },
    });
  };
  return el("section", { "aria-label": "Over time" }, el("h2", {}, "Over time"),
    el("h3", { class: "plot-name" }, "Operations in a second"),
    keys([["column", "ended"], ...(data.errors ? [["column errors", "of them failed"]] : []), ...(openLoop ? [["baseline", "due"]] : [])]),
    drawn(throughputPlot),
    times.length ? [el("h3", { class: "plot-name" }, "Latency in each second"), keys([["p50", "p50"], ["p99", "p99"], ["longest", "longest"]]), drawn(latencyPlot)] : "",
    el("details", {}, el("summary", {}, "As a table"), dataTable("Seconds", [
      ["Until", (second) => digits(end(second)) + " s", true],
      ["Operations", (second) => second.operations.toLocaleString("en"), true],
      ["Errors", (second) => second.errors.toLocaleString("en"), true],
      ["p50", (second) => latency(second.p50), true],
      ["p99", (second) => latency(second.p99), true],
      ["Longest", (second) => latency(second.longest), true],
    ], seconds)));
}

function failureSection() {
  if (!data.failures.length) return "";
  return el("section", { "aria-label": "What operations threw" }, el("h2", {}, "What operations threw"),
    data.failures.map((failure) => el("div", { class: "card race" },
      el("h3", {}, plural(failure.count, "operation") + " threw " + failure.type),
      el("details", {}, el("summary", {}, "The first one"), el("pre", {}, failure.first)))));
}

page.append(...header().filter((part) => part));
for (const section of [
  data.hang ? el("section", { "aria-label": "Hang" }, el("h2", {}, "An operation did not end"), el("pre", { class: "card" }, data.hang)) : "",
  data.notes.length ? el("section", { "aria-label": "Notes" }, data.notes.map((note) => el("p", { class: "hint" }, note))) : "",
  baselineSection(), percentileSection(), timeSection(), failureSection(),
]) if (section) page.append(section);
const beside = (file, text) => el("a", { href: encodeURIComponent(file.slice(file.lastIndexOf("/") + 1)) }, text);
page.append(el("section", {}, el("h2", {}, "As files"), el("p", {}, "For machines: ", beside(data.files.json, "the data"),
  data.files.metrics ? [", ", beside(data.files.metrics, "Prometheus metrics")] : "", ".")));
