"use strict";
const data = JSON.parse(document.getElementById("data").textContent);

/** Makes an element; texts only ever become text nodes, so that no name in a report can be markup. */
function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== ""));
  return element;
}

function plural(count, noun) {
  const many = noun.endsWith("switch") ? noun + "es" : noun + "s";
  return count.toLocaleString("en") + " " + (count === 1 ? noun : many);
}

function time(millis) {
  return millis < 1000 ? millis + " ms" : (millis / 1000).toFixed(millis < 100000 ? 1 : 0) + " s";
}

const KINDS = {
  EXCEPTION: "Exception", DATA_RACE: "Data race", DEADLOCK: "Deadlock", LIVELOCK: "Livelock",
  LEAKED_THREAD: "Leaked thread", NOT_LINEARIZABLE: "Not linearizable", NOT_CONTROLLED: "Not controlled",
};
const VERDICTS = {
  PROVED: "Every schedule was explored, up to equivalence, and none failed.",
  SURVIVED: "The budget is spent, and no schedule that was tried failed.",
  FAILED: "A schedule failed.",
  INCONCLUSIVE: "Nothing failed, but that means little: see the notes.",
};

function testName(name) {
  const end = Math.max(name.lastIndexOf("#"), name.lastIndexOf("/"));
  const dot = name.lastIndexOf(".", end > 0 ? end : name.lastIndexOf(".") - 1);
  return dot > 0
    ? [el("span", { class: "package" }, name.slice(0, dot)), name.slice(dot + 1)]
    : [name];
}

function facts(pairs) {
  return el("dl", { class: "facts" }, pairs.filter(([, value]) => value !== undefined && value !== "")
    .map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}
