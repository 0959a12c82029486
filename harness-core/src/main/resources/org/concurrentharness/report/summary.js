const page = document.getElementById("page");
const totals = data.totals;

function link(row) {
  const file = row.files.html || row.files.text || row.files.json;
  return file ? el("a", { href: encodeURIComponent(file) }, row.test) : row.test;
}

const COLUMNS = [
  { name: "Verdict", key: (row) => row.verdict + (row.kind || "") },
  { name: "Test", key: (row) => row.test },
  { name: "Executions", number: true, key: (row) => row.executions },
  { name: "Distinct", number: true, key: (row) => row.distinct },
  { name: "Races", number: true, key: (row) => row.races },
  { name: "Time", number: true, key: (row) => row.elapsedMillis },
  { name: "Seed", number: false, key: (row) => row.seed },
];

function line(row, earlier) {
  const ended = new Date(row.ended).toLocaleString();
  return el("tr", {},
    el("td", {}, el("span", { class: "badge " + row.verdict }, row.kind ? KINDS[row.kind] || row.kind : row.verdict)),
    el("td", { class: "test" }, link(row), 
      row.message || row.coverage ? el("div", { class: "muted" }, row.message || row.coverage) : "",
      earlier ? el("div", { class: "muted" }, "ran " + ended) : ""),
    el("td", { class: "n", "data-label": "executions" }, row.executions.toLocaleString("en")),
    el("td", { class: "n", "data-label": "distinct" }, row.distinct.toLocaleString("en")),
    el("td", { class: "n", "data-label": "races" }, String(row.races)),
    el("td", { class: "n", "data-label": "time" }, time(row.elapsedMillis)),
    el("td", { class: "code", "data-label": "seed" }, row.seed));
}

function table(rows, earlier, caption) {
  const body = el("tbody", {}, rows.map((row) => line(row, earlier)));
  const heads = COLUMNS.map((column) => {
    const head = el("th", { scope: "col", class: column.number ? "n" : "" });
    head.append(el("button", { type: "button", onclick: () => sort(column, head) }, column.name));
    return head;
  });
  function sort(column, head) {
    const down = head.getAttribute("aria-sort") === (column.number ? "descending" : "ascending");
    const direction = (column.number ? !down : down) ? "descending" : "ascending";
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", direction);
    const sorted = [...rows].sort((a, b) => (column.key(a) < column.key(b) ? -1 : column.key(a) > column.key(b) ? 1 : 0));
    if (direction === "descending") sorted.reverse();
    body.replaceChildren(...sorted.map((row) => line(row, earlier)));
  }
  return el("table", { class: "runs" + (earlier ? " earlier" : ""), "aria-label": caption }, el("thead", {}, el("tr", {}, heads)), body);
}

function nanos(value) {
  return value < 1e6 ? Math.round(value / 1e3) + " µs" : time(value < 1e7 ? Math.round(value / 1e5) / 10 : Math.round(value / 1e6));
}

/** A table like that of the campaigns, which does not sort. */
function plainTable(caption, columns, rows) {
  return el("table", { class: "runs", "aria-label": caption },
    el("thead", {}, el("tr", {}, columns.map(([name, , kind]) => el("th", { scope: "col", class: kind === "n" ? "n" : "" }, name)))),
    el("tbody", {}, rows.map((row) => el("tr", {}, columns.map(([name, cell, kind]) =>
      el("td", { class: kind || "", "data-label": kind === "test" ? undefined : name.toLowerCase() }, cell(row)))))));
}

function orderVerdict({ failed, aborted, notRun }) {
  return failed ? ["FAILED", failed + " failed"] : aborted + notRun ? ["INCONCLUSIVE", aborted ? aborted + " aborted" : notRun + " not run"] : ["SURVIVED", "all passed"];
}

function orderTable(orders) {
  const href = (file) => file.split("/").map(encodeURIComponent).join("/");
  return plainTable("Tests that depend on each other", [
    ["Tests", (row) => {
      const [kind, text] = orderVerdict(row.totals);
      return el("span", { class: "badge " + kind }, text);
    }],
    ["Graph and timeline", (row) => [
      el("a", { href: href(row.files.html) }, plural(row.totals.tests, "test") + ", " + row.totals.dependencies.toLocaleString("en")
        + (row.totals.dependencies === 1 ? " dependency" : " dependencies")),
      row.critical ? el("div", { class: "muted" }, row.critical) : ""], "test"],
    ["Failed", (row) => String(row.totals.failed), "n"],
    ["Aborted", (row) => String(row.totals.aborted), "n"],
    ["Threads", (row) => String(row.totals.workers), "n"],
    ["Critical path", (row) => nanos(row.criticalNanos), "n"],
    ["Run", (row) => nanos(row.nanos), "n"],
    ["JVM", (row) => String(row.pid), "n"],
  ], orders);
}

const BASELINE_TEXTS = { WORSE: "worse", USUAL: "within the learned range", BETTER: "better", SAME: "as before" };

function loadTable(loads) {
  const href = (file) => file.split("/").map(encodeURIComponent).join("/");
  const worst = (row) => Object.keys(BASELINE_TEXTS).find((verdict) => (row.baseline || []).includes(verdict));
  return plainTable("Loads", [
    ["Verdict", (row) => el("span", { class: "badge " + (row.failed ? "FAILED" : "SURVIVED") }, row.failed ? "failed" : "passed")],
    ["Load", (row) => [el("a", { href: href(row.files.html) }, row.test),
      el("div", { class: "muted" }, row.violations.length ? row.violations[0].split("\n")[0]
        : (row.rate ? "open loop, " + perSecond(row.rate) : "closed loop") + ", " + plural(row.threads, "thread"))], "test"],
    ["Throughput", (row) => perSecond(row.throughput), "n"],
    ["Errors", (row) => share(row.errors, row.operations - (row.notStarted || 0)), "n"],
    ["p50", (row) => latency(row.p50), "n"],
    ["p99", (row) => latency(row.p99), "n"],
    ["Longest", (row) => latency(row.longest), "n"],
    ["Baseline", (row) => (worst(row) ? BASELINE_TEXTS[worst(row)] : "–")],
    ["Percentiles", (row) => (row.plot.length ? percentilePlot({
      series: [{ name: "latency", kind: "latency", points: row.plot }], limits: row.limits || [], count: row.operations, width: 130, height: 44, small: true,
      label: "Latency by percentile, from p50 " + latency(row.p50) + " to " + latency(row.longest),
    }) : "–")],
  ], loads);
}

function fixtureTable(fixtures) {
  const jvms = new Set(fixtures.map((row) => row.pid)).size;
  return plainTable("Fixtures", [
    ["Fixture", (row) => [row.name, el("div", { class: "muted" }, row.scope + (jvms > 1 ? ", JVM " + row.pid : ""))], "test"],
    ["Created in", (row) => (row.thread ? nanos(row.creationNanos) : "–"), "n"],
    ["By thread", (row) => row.thread || "–"],
    ["Uses", (row) => row.uses.toLocaleString("en"), "n"],
    ["Waits", (row) => row.waits.toLocaleString("en"), "n"],
    ["Longest wait", (row) => (row.waits ? nanos(row.longestWaitNanos) + (row.longestWaiter ? " (" + row.longestWaiter + ")" : "") : "–"), "n"],
    ["End", (row) => (row.failed ? [el("span", { class: "badge FAILED" }, "failed"), " ", row.end.replace(/^failed: /, "")] : row.end)],
  ], fixtures);
}

const orders = data.orders || [];
const fixtures = data.fixtures || [];
const loads = (data.loads || []).sort((a, b) => b.failed - a.failed || (a.test < b.test ? -1 : a.test > b.test ? 1 : 0));
const failedOrders = orders.reduce((sum, row) => sum + row.totals.failed, 0) + fixtures.filter((row) => row.failed).length
  + loads.filter((row) => row.failed).length;
const verdict = totals.failed + failedOrders ? "FAILED" : totals.inconclusive ? "INCONCLUSIVE" : "SURVIVED";
const passed = totals.proved + totals.survived;
const onlyMore = !data.campaigns.length && (orders.length || fixtures.length || loads.length);
page.append(
  el("header", {},
    el("span", { class: "badge " + verdict },
      totals.failed + failedOrders ? totals.failed + failedOrders + " failed" : totals.inconclusive ? totals.inconclusive + " inconclusive" : "all passed"),
    el("h1", {}, "Concurrent tests")),
  onlyMore ? facts([["as of", new Date(data.updated).toLocaleString()]]) : facts([
    ["campaigns", String(totals.campaigns)],
    ["failed", String(totals.failed)],
    ["proved", String(totals.proved)],
    ["survived", String(totals.survived)],
    ["inconclusive", String(totals.inconclusive)],
    ["executions", totals.executions.toLocaleString("en")],
    ["data races", String(totals.races)],
    ["time in campaigns", time(totals.elapsedMillis)],
    ["as of", new Date(data.updated).toLocaleString()],
  ]),
  onlyMore ? "" : el("h2", {}, "This run"),
  data.campaigns.length ? table(data.campaigns, false, "Campaigns of this run") : onlyMore ? "" : el("p", {}, "No campaign has ended."));
if (orders.length) page.append(el("h2", {}, "Tests that depend on each other"), orderTable(orders));
if (loads.length) page.append(el("h2", {}, "Loads"), loadTable(loads));
if (fixtures.length) page.append(el("h2", {}, "Shared fixtures"), fixtureTable(fixtures));
if (data.earlier.length) {
  page.append(el("details", {},
    el("summary", {}, plural(data.earlier.length, "test") + " of earlier runs that did not run in this one"),
    table(data.earlier, true, "Earlier campaigns")));
}
