// What follows from the data: who holds, needs and stopped whom, and which test is looked at.
const page = document.getElementById("page");
const tests = data.tests;
const dependencies = data.dependencies;
const OUTCOMES = ["passed", "failed", "aborted", "disabled", "not run"];
const SIGNS = { passed: "✓", failed: "✗", aborted: "!", disabled: "–", "not run": "○" };
const held = tests.map(() => []);
tests.forEach((test, i) => { if (test.parent !== undefined) held[test.parent].push(i); });
const leaves = tests.map((_, i) => i).filter((i) => !tests[i].holds);
const dependents = dependencies.map(() => []);
const neededBy = tests.map(() => []);
tests.forEach((test, i) => (test.dependencies || []).forEach((d) => {
  if (!dependents[d].length) dependencies[d].on.forEach((on) => neededBy[on].push(d));
  dependents[d].push(i);
}));
const critical = data.critical.tests;
const onCritical = new Set(critical);

const css = (outcome) => outcome.replace(" ", "");

function withHolders(i) {
  const all = [];
  for (let each = i; each !== undefined; each = tests[each].parent) all.push(each);
  return all;
}

function leavesOf(i) {
  const found = [];
  const next = [i];
  while (next.length) {
    const each = next.pop();
    if (held[each].length) next.push(...held[each]);
    else found.push(each);
  }
  return found.sort((a, b) => a - b);
}

/** What the names of all classes begin with; what holds classes, such as an engine, has another kind of name. */
const commonPackage = (() => {
  const first = tests[leaves[0]].name.split("#")[0];
  const cut = (text) => text.slice(0, Math.max(text.lastIndexOf("."), text.lastIndexOf("$")) + 1);
  let common = cut(first);
  for (const leaf of leaves) {
    while (common && !tests[leaf].name.startsWith(common)) common = cut(common.slice(0, -1));
  }
  return common;
})();

/** The name of a test within what holds it. */
function shortName(i) {
  const { name, parent } = tests[i];
  if (parent !== undefined && name.startsWith(tests[parent].name + "#")) return name.slice(tests[parent].name.length + 1);
  return plainLabel(name);
}

/** The name of a test by itself, without what all have in common. */
const plainName = (i) => plainLabel(tests[i].name);

function plainLabel(label) {
  return label.startsWith(commonPackage) && label.length > commonPackage.length ? label.slice(commonPackage.length) : label;
}

function nanos(value) {
  const digits = (number) => (number >= 99.95 || Number.isInteger(number) ? Math.round(number).toString() : number.toFixed(1));
  if (value < 1e6) return digits(value / 1e3) + " µs";
  return value < 1e9 ? digits(value / 1e6) + " ms" : digits(value / 1e9) + " s";
}

const took = (i) => (tests[i].started === undefined || tests[i].finished === undefined ? 0 : Math.max(0, tests[i].finished - tests[i].started));

/** How long a test stood at its gate. */
function waitedNanos(i) {
  const { waited, started, finished } = tests[i];
  if (waited === undefined) return 0;
  return Math.max(0, (started !== undefined && started > waited ? started : finished === undefined ? waited : finished) - waited);
}

function stopped(on, i, d) {
  return dependencies[d].ifFailed === "SKIP" && tests[on].outcome !== "passed" && ["aborted", "not run"].includes(tests[i].outcome);
}

/** What made a node not run: the worst of each dependency of its own or of what holds it. */
function culprits(i) {
  const found = [];
  for (const each of withHolders(i)) {
    for (const d of tests[each].dependencies || []) {
      for (const on of dependencies[d].on) if (stopped(on, each, d)) found.push(on);
    }
  }
  return found;
}

/** The way from a failure to a test that did not run because of it; the failure first. */
function failurePath(i) {
  const path = [i];
  const seen = new Set(path);
  for (;;) {
    const next = culprits(path[0]).filter((on) => !seen.has(on)).sort((a, b) => rank(a) - rank(b))[0];
    if (next === undefined) return path;
    // of a class that failed, the test that did
    const inside = held[next].length ? leavesOf(next).find((leaf) => tests[leaf].outcome === tests[next].outcome) : next;
    path.unshift(inside === undefined || seen.has(inside) ? next : inside);
    seen.add(path[0]).add(next);
  }
}

const rank = (i) => ["failed", "aborted", "not run", "disabled"].indexOf(tests[i].outcome);

/** The tests that did not run since this one did not pass. */
function victims(i) {
  const found = new Set();
  const next = withHolders(i).filter((each) => tests[each].outcome !== "passed");
  const seen = new Set(next);
  while (next.length) {
    const on = next.pop();
    for (const d of neededBy[on]) {
      for (const node of dependents[d]) {
        if (seen.has(node) || !stopped(on, node, d)) continue;
        for (const leaf of leavesOf(node)) {
          if (!["aborted", "not run"].includes(tests[leaf].outcome)) continue;
          found.add(leaf);
          withHolders(leaf).forEach((each) => {
            if (!seen.has(each) && tests[each].outcome !== "passed") { seen.add(each); next.push(each); }
          });
        }
      }
    }
  }
  found.delete(i);
  return [...found].sort((a, b) => a - b);
}

function describe(i) {
  const test = tests[i];
  const parts = [plainName(i), test.outcome];
  if (took(i)) parts.push("took " + nanos(took(i)));
  if (waitedNanos(i)) parts.push("waited " + nanos(waitedNanos(i)) + (test.waitedFor === undefined ? "" : " for " + plainName(test.waitedFor)));
  if (onCritical.has(i)) parts.push("on the critical path");
  return parts.join(", ");
}

function outcomeBadge(outcome) {
  return el("span", { class: "outcome " + css(outcome) }, el("span", { "aria-hidden": "true" }, SIGNS[outcome]), " " + outcome);
}

function testLink(i) {
  return el("button", { type: "button", class: "inline", onclick: () => select(i) },
    el("span", { class: "sign " + css(tests[i].outcome), "aria-hidden": "true" }, SIGNS[tests[i].outcome]), el("span", {}, plainName(i)));
}

let selected = -1;
const views = [];

/** Looks at a test in all views; the one that was used does not scroll. */
function select(i, from) {
  if (i === undefined || i < 0 || i >= tests.length) return;
  selected = i;
  for (const view of views) view.show(view === from);
}

const SVG = "http://www.w3.org/2000/svg";

function shape(parent, name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  parent.append(made);
  return made;
}

/** Cuts a text so that it fits. */
function fitted(text, width, character) {
  const most = Math.floor(width / character);
  return text.length <= most ? text : most < 3 ? "" : text.slice(0, most - 1) + "…";
}

function throttled(action) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; action(); });
  };
}

function keys(element, moves) {
  element.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target !== element) return;
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      move();
    }
  });
}
