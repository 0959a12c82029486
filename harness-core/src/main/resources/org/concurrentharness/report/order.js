// The page: what happened, the two pictures, what is looked at, and the table.
const totals = data.totals;
const failed = leaves.filter((i) => tests[i].outcome === "failed");
const work = leaves.reduce((sum, i) => sum + took(i), 0);

/** The chain as one bar: its tests by their lengths, and the time between them. */
function criticalBar() {
  const from = tests[critical[0]].started;
  const length = Math.max(1, tests[critical[critical.length - 1]].finished - from);
  const bar = el("div", { class: "chain", "aria-hidden": "true" });
  let at = from;
  // beyond some hundreds a piece is narrower than a pixel
  const step = Math.ceil(critical.length / 400);
  for (let k = 0; k < critical.length; k += step) {
    const i = critical[k];
    const end = tests[critical[Math.min(critical.length, k + step) - 1]].finished;
    if (tests[i].started > at) piece("gap", tests[i].started - at, "");
    const made = piece(css(tests[i].outcome), end - tests[i].started, (end - tests[i].started) / length > 0.06 ? shortName(i) : "");
    made.title = describe(i);
    made.addEventListener("click", () => select(i));
    at = end;
  }
  function piece(kind, size, text) {
    const made = el("span", { class: "piece " + kind }, text);
    made.style.flexGrow = String(Math.max(0, size) / length);
    bar.append(made);
    return made;
  }
  return bar;
}

function criticalSection() {
  if (!critical.length) return "";
  const most = 12;
  const item = (i, k) => {
    const gap = k > 0 ? tests[i].started - tests[critical[k - 1]].finished : 0;
    return el("li", {}, gap > data.nanos / 50 ? el("span", { class: "muted" }, nanos(gap) + " later ") : "", testLink(i), " ", el("span", { class: "muted" }, nanos(took(i))));
  };
  const first = critical.length > most ? critical.slice(0, most - 2) : critical;
  const rest = critical.slice(first.length);
  const list = el("ol", { class: "path" }, first.map(item));
  const more = rest.length ? el("button", { type: "button", class: "inline", onclick: () => {
    list.append(...rest.map((i, k) => item(i, first.length + k)));
    more.remove();
  } }, plural(rest.length, "test") + " more") : "";
  return el("section", { "aria-label": "The critical path" }, el("h2", {}, "What made the run this long"),
    el("p", {}, data.critical.text), criticalBar(), list, more);
}

function failureSection() {
  if (!failed.length) return "";
  const item = (i) => {
    const taken = victims(i);
    return el("li", { class: "card race" }, el("h3", {}, testLink(i)),
      tests[i].reason ? el("p", { class: "code" }, tests[i].reason) : "",
      taken.length ? el("p", {}, plural(taken.length, "test") + (taken.length === 1 ? " was" : " were") + " aborted because of it: ",
        taken.slice(0, 5).flatMap((each, k) => [k ? ", " : "", testLink(each)]), taken.length > 5 ? ", …" : "") : "");
  };
  return el("section", { "aria-label": "Failures" }, el("h2", {}, plural(failed.length, "failed test")),
    el("ul", { class: "cards" }, failed.slice(0, 5).map(item)),
    failed.length > 5 ? el("details", {}, el("summary", {}, plural(failed.length - 5, "failed test") + " more"),
      el("ul", { class: "plain" }, failed.slice(5, 200).map((i) => el("li", {}, testLink(i))))) : "");
}

function makePanel() {
  const panel = el("aside", { class: "panel", "aria-label": "The chosen test", id: "panel" });
  views.push({ show: render });

  function some(nodes, most) {
    const rest = nodes.length - most;
    return el("ul", { class: "plain" }, nodes.slice(0, most).map((i) => el("li", {}, testLink(i))),
      rest > 0 ? el("li", { class: "muted" }, rest.toLocaleString("en") + " more") : "");
  }

  function dependencyPart(d, holder) {
    const { label, on, ifFailed } = dependencies[d];
    const same = on.length === 1 && tests[on[0]].name === label;
    return el("div", { class: "hint before" }, same ? testLink(on[0]) : [plainLabel(label), some(on, 6)],
      holder === selected ? "" : el("span", { class: "muted" }, " by " + plainName(holder)),
      ifFailed === "RUN" ? el("span", { class: "muted" }, " (runs even if it fails)") : "");
  }

  function times(i) {
    const test = tests[i];
    return facts([
      ["took", took(i) ? nanos(took(i)) : ""],
      ["started at", test.started === undefined ? "" : nanos(test.started)],
      ["finished at", test.finished === undefined ? "" : nanos(test.finished)],
      ["thread", test.worker === undefined ? "" : data.workers[test.worker]],
    ]);
  }

  function render() {
    if (selected < 0) {
      panel.replaceChildren(el("p", { class: "muted" }, "Choose a test in a picture or in the table."));
      return;
    }
    const test = tests[selected];
    const inside = test.holds ? leavesOf(selected) : [];
    const parts = [
      el("h3", {}, testName(test.name)),
      el("p", {}, outcomeBadge(test.outcome), onCritical.has(selected) ? el("span", { class: "outcome oncritical" }, "critical path") : ""),
      test.reason ? el("p", { class: "code reason" }, test.reason) : "",
      times(selected),
    ];
    if (waitedNanos(selected)) {
      parts.push(el("p", { class: "hint" }, "Waited " + nanos(waitedNanos(selected)) + " at its gate",
        test.waitedFor === undefined ? "." : [", at last for ", testLink(test.waitedFor)]));
    }
    if (["aborted", "not run"].includes(test.outcome)) {
      const way = failurePath(selected);
      if (way.length > 1) {
        parts.push(el("div", { class: "hint bad" }, "Did not run because of",
          el("ol", { class: "path" }, way.slice(0, -1).slice(0, 8).map((i) => el("li", {}, testLink(i))))));
      }
    }
    if (test.outcome === "failed") {
      const taken = victims(selected);
      if (taken.length) parts.push(el("div", { class: "hint bad" }, "Because of it did not run", some(taken, 6)));
    }
    const needs = withHolders(selected).flatMap((each) => (tests[each].dependencies || []).map((d) => [d, each]));
    if (needs.length) parts.push(el("h4", {}, "Depends on"), ...needs.slice(0, 12).map(([d, holder]) => dependencyPart(d, holder)));
    const needed = [...new Set(withHolders(selected).flatMap((each) => neededBy[each]).flatMap((d) => dependents[d]))];
    if (needed.length) parts.push(el("h4", {}, "Needed by"), some(needed, 8));
    if (inside.length) {
      parts.push(el("h4", {}, plural(inside.length, "test")), some([...inside].sort((a, b) => (rank(a) < 0) - (rank(b) < 0) || rank(a) - rank(b)), 10));
    }
    panel.replaceChildren(...parts.filter((part) => part));
    panel.scrollTop = 0;
  }

  render();
  return panel;
}

page.append(
  el("header", {},
    el("span", { class: "badge " + (totals.failed ? "FAILED" : totals.aborted + totals.notRun ? "INCONCLUSIVE" : "SURVIVED") },
      totals.failed ? totals.failed + " failed" : totals.aborted ? totals.aborted + " aborted" : totals.notRun ? totals.notRun + " not run" : "all passed"),
    el("h1", {}, "Order of tests")),
  facts([
    ["tests", totals.tests.toLocaleString("en")],
    ["passed", totals.passed.toLocaleString("en")],
    ["failed", totals.failed ? String(totals.failed) : ""],
    ["aborted", totals.aborted ? String(totals.aborted) : ""],
    ["disabled", totals.disabled ? String(totals.disabled) : ""],
    ["not run", totals.notRun ? String(totals.notRun) : ""],
    ["dependencies", totals.dependencies.toLocaleString("en")],
    ["the run took", nanos(data.nanos)],
    ["critical path", critical.length ? nanos(data.critical.workNanos) : ""],
    ["tests at a time, on average", data.nanos ? (work / data.nanos).toFixed(1) : ""],
    ["threads", String(totals.workers)],
    ["ended", new Date(data.ended).toLocaleString()],
  ]));
for (const section of [failureSection(), criticalSection()]) if (section) page.append(section);
const pictures = el("div", { class: "pictures" });
const left = el("div", { class: "left" });
pictures.append(left, makePanel());
page.append(pictures);
makeGraph(left);
makeTimeline(left);
makeTable();
page.append(el("section", {}, el("h2", {}, "As files"), el("p", {}, "For Mermaid: ", fileLink(data.files.graph, "the graph"), ", ",
  fileLink(data.files.timeline, "the timeline"), ". For machines: ", fileLink(data.files.json, "the data"), ".")));

function fileLink(file, text) {
  return el("a", { href: encodeURIComponent(file.slice(file.lastIndexOf("/") + 1)) }, text);
}

select(failed.length ? failed[0] : critical.length ? critical[critical.length - 1] : leaves[0]);
