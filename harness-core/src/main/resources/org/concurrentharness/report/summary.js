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

const verdict = totals.failed ? "FAILED" : totals.inconclusive ? "INCONCLUSIVE" : "SURVIVED";
const passed = totals.proved + totals.survived;
page.append(
  el("header", {},
    el("span", { class: "badge " + verdict },
      totals.failed ? totals.failed + " failed" : totals.inconclusive ? totals.inconclusive + " inconclusive" : "all passed"),
    el("h1", {}, "Concurrent tests")),
  facts([
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
  el("h2", {}, "This run"),
  data.campaigns.length ? table(data.campaigns, false, "Campaigns of this run") : el("p", {}, "No campaign has ended."));
if (data.earlier.length) {
  page.append(el("details", {},
    el("summary", {}, plural(data.earlier.length, "test") + " of earlier runs that did not run in this one"),
    table(data.earlier, true, "Earlier campaigns")));
}
