const page = document.getElementById("page");
const campaign = data.campaign;
const failure = campaign.failure;
const trace = failure ? failure.trace : [];
const names = failure ? failure.threads : [];

function colour(thread) {
  return "var(--t" + (((thread % 8) + 8) % 8) + ")";
}

function threadChip(thread, name) {
  const chip = el("span", { class: "thread" }, name);
  chip.style.setProperty("--thread", colour(thread));
  return chip;
}

function placeText(place) {
  const file = place.file || place.class.slice(place.class.lastIndexOf(".") + 1);
  return file + (place.line ? ":" + place.line : "");
}

function methodText(place) {
  return place.class.slice(place.class.lastIndexOf(".") + 1) + "." + place.method;
}

/** Shows the lines around a place, when the page has them. */
function source(place, around, thread) {
  const dot = place.class.lastIndexOf(".");
  const key = (dot < 0 ? "" : place.class.slice(0, dot).replaceAll(".", "/") + "/") + (place.file || "");
  const found = Object.hasOwn(data.sources, key) ? data.sources[key] : undefined;
  const block = found && place.line
    && found.blocks.find((each) => place.line >= each.first && place.line < each.first + each.lines.length);
  if (!block) return place.class ? el("p", { class: "code" }, placeText(place) + " in " + methodText(place)) : "";
  const from = Math.max(block.first, place.line - around);
  const to = Math.min(block.first + block.lines.length - 1, place.line + around);
  const lines = [];
  const texts = block.lines.slice(from - block.first, to + 1 - block.first);
  const indented = Math.min(...texts.filter((text) => text.trim()).map((text) => text.search(/\S/)));
  for (let number = from; number <= to; number++) {
    lines.push(el("li", { class: number === place.line ? "at" : "", "aria-current": number === place.line ? "true" : null },
      el("span", {}, String(number)), texts[number - from].slice(indented)));
  }
  const figure = el("figure", { class: "source code" },
    el("figcaption", {}, found.path + ":" + place.line + " in " + methodText(place)), el("ol", { tabindex: "0" }, lines));
  figure.querySelector("ol").setAttribute("aria-label", "Source around " + placeText(place));
  if (thread !== undefined) figure.style.setProperty("--thread", colour(thread));
  return figure;
}

function stack(places) {
  return el("pre", { class: "code" }, places.map((place) => "at " + place.class + "." + place.method + "(" + placeText(place) + ")").join("\n"));
}

function showStep(number, text) {
  return el("button", { type: "button", class: "inline", onclick: () => player.goToStep(number, true) }, text);
}

function accessCard(access) {
  return el("div", {},
    el("h3", {}, access.operation + " by ", threadChip(access.thread, access.threadName)),
    source(access.place, 2, access.thread),
    el("p", { class: "muted" },
      access.locks.length ? "holding " + access.locks.join(", ") : "holding no lock",
      access.started ? "; started at " + placeText(access.started) : ""),
    access.step ? el("p", {}, showStep(access.step, "Show step " + access.step)) : "",
    access.stack.length > 1 ? el("details", {}, el("summary", {}, "Stack"), stack(access.stack)) : "");
}

function raceCard(race, index) {
  const card = el("article", { class: "card race" },
    el("h3", {}, (campaign.races.length > 1 ? index + 1 + " of " + campaign.races.length + ": " : "") + race.variable),
    el("div", { class: "pair" }, accessCard(race.first), accessCard(race.second)),
    el("p", {}, el("strong", {}, "Nothing orders these two accesses. "), race.synchronization),
    el("p", { class: "mend" }, el("strong", {}, "Mend: "), race.mend));
  return card;
}

function list(sentences) {
  return el("ul", { class: "plain" }, sentences.map((sentence) => el("li", {}, sentence)));
}

function copyable(text) {
  const done = el("span", { class: "muted", role: "status" });
  return el("div", { class: "token" }, el("code", {}, text),
    el("button", { type: "button", onclick: () => navigator.clipboard.writeText(text)
      .then(() => { done.textContent = "copied"; }, () => { done.textContent = "select it and copy"; }) }, "Copy"), done);
}

let player = { goToStep() {} };

/** The harm has a place of its own. */
function lead() {
  return campaign.races.length && failure.harm ? failure.message.replace(failure.harm, "").trim() : failure.message;
}

page.append(
  el("header", {},
    el("span", { class: "badge " + campaign.verdict }, failure ? KINDS[failure.kind] || failure.kind : campaign.verdict),
    el("h1", {}, testName(campaign.test)),
    failure ? el("p", { class: "lead" }, lead()) : el("p", { class: "lead" }, VERDICTS[campaign.verdict]),
    campaign.coverage ? el("p", { class: "muted" }, campaign.coverage.text + ".") : ""),
  facts([
    ["executions", campaign.executions.toLocaleString("en")],
    ["distinct", campaign.distinct.toLocaleString("en")],
    ["found in execution", failure && failure.execution ? String(failure.execution) : ""],
    ["time", time(campaign.elapsedMillis)],
    ["seed", campaign.seed],
    ["threads run on", failure ? failure.carrier : ""],
    ["ended", new Date(campaign.ended).toLocaleString()],
  ]));

if (failure && failure.details.length) page.append(list(failure.details));

if (campaign.races.length) {
  const shown = campaign.races.slice(0, 3).map(raceCard);
  const rest = campaign.races.slice(3).map((race, i) => raceCard(race, i + 3));
  page.append(el("section", { "aria-label": "Data races" },
    el("h2", {}, campaign.races.length === 1 ? "The data race" : campaign.races.length + " data races"),
    el("details", {}, el("summary", {}, "What is a data race?"),
      el("p", {}, "Two threads use the same variable, at least one of them writes, and nothing makes one come before the other: no",
        " lock that both take, no volatile variable, no start or join of a thread between them. Each thread may then see the",
        " variable old, new, or not yet set up, in any order, and what works today may fail on another machine. It is mended by",
        " ordering the two: guard both by the same lock, or hand the value over by something made for it.")),
    failure && failure.harm ? el("p", { class: "harm" }, el("strong", {}, "What it does: "), failure.harm) : "",
    shown,
    rest.length ? el("details", {}, el("summary", {}, plural(rest.length, "data race") + " more"), rest) : ""));
}

if (trace.length) makePlayer();

if (failure && failure.cause) {
  page.append(el("section", {}, el("h2", {}, "The exception"), el("div", { class: "card" }, el("pre", { class: "code" }, failure.cause.stackTrace.join("\n")))));
}
if (failure && failure.replayToken) {
  const annotations = { cl: "LinearizabilityTest", cr: "RaceHunt" }; // the token knows what it replays
  page.append(el("section", {}, el("h2", {}, "To run just this interleaving again"),
    copyable("@" + (annotations[failure.replayToken.slice(0, 2)] || "ConcurrentTest") + '(replay = "' + failure.replayToken + '")'),
    copyable("-Dharness.replay=" + failure.replayToken)));
}
if (campaign.outcomes.length) {
  page.append(el("section", {}, el("h2", {}, "Outcomes"), el("table", { class: "states" },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Outcome"), el("th", { scope: "col" }, "Executions"))),
    el("tbody", {}, campaign.outcomes.map((each) => el("tr", {}, el("td", { class: "code" }, each.outcome), el("td", {}, each.count.toLocaleString("en"))))))));
}
if (campaign.notes.length) page.append(el("section", {}, el("h2", {}, "Notes"), list(campaign.notes)));
