// The schedule as lanes, and stepping through it. Only the rows that can be seen are elements.
function makePlayer() {
  const index = new Map(trace.map((step, i) => [step.number, i]));
  const threads = [...new Set(trace.map((step) => step.thread))].sort((a, b) => a - b);
  const lane = new Map(threads.map((thread, i) => [thread, i]));
  const raceOf = new Map();
  for (const race of campaign.races) {
    for (const [mine, other] of [[race.first, race.second], [race.second, race.first]]) {
      if (mine.step && index.has(mine.step)) raceOf.set(mine.step, { race, mine, other });
    }
  }

  const every = trace.map((step, i) => ({ from: i, to: i, step }));
  const folded = [];
  let at = 0;
  for (const row of data.rows) {
    if (typeof row === "number") {
      folded.push({ from: at, to: at, step: trace[at] });
      at += 1;
    } else {
      folded.push({ from: at, to: at + row.steps - 1, step: row.first ? trace[at] : undefined, text: row.text });
      at += row.steps;
    }
  }
  let rows = folded;
  let rowOfStep;
  let arrows;
  let rowsOfLane;
  let pairs;
  let selected = 0;
  let lastRow = 0;

  const ROW = 2.5 * parseFloat(getComputedStyle(document.documentElement).fontSize);
  const GUTTER = 1.6 * ROW + 4;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("aria-hidden", "true");
  const canvas = el("div", { class: "canvas" });
  const lanes = el("div", { class: "lanes", role: "listbox", tabindex: "0", id: "lanes", "aria-label": "Steps, time runs downward" }, canvas);
  const heads = el("div", { class: "heads" });
  const panel = el("aside", { class: "panel", "aria-label": "The current step" });
  const slider = el("input", { type: "range", min: "0", "aria-label": "Step", oninput: () => go(Number(slider.value)) });
  const output = el("output", { role: "status" });
  const button = (label, sign, action) => el("button", { type: "button", "aria-label": label, title: label, onclick: action }, sign);
  const first = button("First step", "|◀\ufe0e", () => go(0));
  const back = button("Step back", "◀\ufe0e", () => move(-1));
  const forward = button("Step forward", "▶\ufe0e", () => move(1));
  const last = button("Last step", "▶\ufe0e|", () => go(rows.length - 1));
  const nextSwitch = button("Next preemptive switch", "Next switch", () => {
    const next = rows.findIndex((row, i) => i > selected && row.step && row.step.preempted);
    go(next < 0 ? rows.findIndex((row) => row.step && row.step.preempted) : next);
  });
  const all = el("input", { type: "checkbox", onchange: () => {
    const step = rows[selected].from;
    setRows(all.checked ? every : folded);
    go(rowOfStep[step]);
  } });

  function setRows(next) {
    rows = next;
    rowOfStep = new Array(trace.length);
    rowsOfLane = threads.map(() => []);
    rows.forEach((row, i) => {
      for (let s = row.from; s <= row.to; s++) rowOfStep[s] = i;
      if (row.step) rowsOfLane[lane.get(row.step.thread)].push(i);
    });
    arrows = [];
    trace.forEach((step, i) => (step.after || []).forEach((number) => {
      const from = index.get(number);
      if (from !== undefined && rows[rowOfStep[from]].step && rows[rowOfStep[i]].step) {
        arrows.push({ from: rowOfStep[from], to: rowOfStep[i] });
      }
    }));
    pairs = campaign.races.filter((race) => index.has(race.first.step) && index.has(race.second.step))
      .map((race) => [rowOfStep[index.get(race.first.step)], rowOfStep[index.get(race.second.step)]].sort((a, b) => a - b));
    lastRow = rows.length - 1;
    while (!rows[lastRow].step) lastRow--;
    slider.max = String(lastRow);
    canvas.style.height = rows.length * ROW + "px";
    lanes.classList.toggle("short", rows.length <= 16);
    layout();
  }

  let columns = true;
  let laneX = [];
  let textX = 0;
  let textWidth = 0;
  function layout() {
    const width = lanes.clientWidth;
    const room = (width - GUTTER) / threads.length;
    columns = room >= 150;
    const pitch = columns ? room : Math.max(4, Math.min(18, (width * 0.35) / threads.length));
    laneX = threads.map((_, i) => GUTTER + (columns ? 12 + i * pitch : (i + 0.5) * pitch));
    textX = GUTTER + pitch * threads.length + 6;
    textWidth = columns ? pitch - 26 : width - textX - 6;
    heads.className = "heads " + (columns ? "columns" : "rails");
    heads.replaceChildren(...threads.map((thread, i) => {
      const chip = threadChip(thread, names[thread]);
      if (columns) {
        chip.style.left = laneX[i] - 6 + "px";
        chip.style.maxWidth = pitch - 10 + "px";
      }
      return chip;
    }));
    render();
  }

  const middle = (i) => i * ROW + ROW / 2;

  function shape(name, attributes) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    svg.append(made);
    return made;
  }

  function curve(a, b, top) {
    const x1 = laneX[lane.get(rows[a].step.thread)];
    const x2 = laneX[lane.get(rows[b].step.thread)];
    const y1 = middle(a) - top;
    const y2 = middle(b) - top;
    const bend = Math.min(ROW, (y2 - y1) / 2);
    return { path: `M${x1} ${y1 + 5} C${x1} ${y1 + bend + 5} ${x2} ${y2 - bend - 5} ${x2} ${y2 - 8}`, x: x2, y: y2 - 6 };
  }

  function render() {
    const height = lanes.clientHeight || window.innerHeight;
    const from = Math.max(0, Math.floor(lanes.scrollTop / ROW) - 4);
    const to = Math.min(rows.length - 1, Math.ceil((lanes.scrollTop + height) / ROW) + 4);
    const top = from * ROW;
    svg.replaceChildren();
    svg.style.top = top + "px";
    svg.setAttribute("width", lanes.clientWidth);
    svg.setAttribute("height", (to - from + 1) * ROW);
    threads.forEach((thread, l) => drawLane(l, colour(thread), from, to, top));
    for (const arrow of arrows) {
      if (arrow.to < from || arrow.from > to || arrow.from >= arrow.to) continue;
      const now = arrow.to === selected || arrow.from === selected;
      const line = curve(arrow.from, arrow.to, top);
      shape("path", { d: line.path, class: "order" + (now ? " now" : "") });
      shape("path", { d: `M${line.x - 4} ${line.y - 6} L${line.x + 4} ${line.y - 6} L${line.x} ${line.y} Z`, class: "arrowhead" + (now ? " now" : "") });
    }
    for (const [a, b] of pairs) {
      if (b < from || a > to || !rows[a].step || !rows[b].step || a === b) continue;
      const x1 = laneX[lane.get(rows[a].step.thread)];
      const x2 = laneX[lane.get(rows[b].step.thread)];
      shape("path", { d: `M${x1} ${middle(a) - top} L${x2} ${middle(b) - top}`, class: "unordered" });
    }
    const made = [];
    for (let i = from; i <= to; i++) {
      made.push(rowElement(i));
      const step = rows[i].step;
      if (step) {
        const dot = shape("circle", { cx: laneX[lane.get(step.thread)], cy: middle(i) - top, r: i === selected ? 7 : 5, class: "dot" });
        dot.style.stroke = colour(step.thread);
        dot.style.fill = step.blocked ? "var(--bg)" : colour(step.thread);
      }
    }
    canvas.replaceChildren(...made, svg);
  }

  function drawLane(l, stroke, from, to, top) {
    const mine = rowsOfLane[l];
    const end = mine[mine.length - 1];
    if (end <= to && trace[rows[end].to].blocked) {
      // it waits for ever
      shape("line", { x1: laneX[l], x2: laneX[l], y1: Math.max(middle(end), top) - top, y2: (to + 1) * ROW - top, class: "lane waits" })
        .style.stroke = stroke;
    }
    for (let k = firstAtOrAfter(mine, from) - 1; k < mine.length - 1 && (k < 0 || mine[k] <= to); k++) {
      if (k < 0) continue;
      const waits = trace[rows[mine[k]].to].blocked;
      const y1 = Math.max(middle(mine[k]), top) - top;
      const y2 = Math.min(middle(mine[k + 1]), (to + 1) * ROW) - top;
      shape("line", { x1: laneX[l], x2: laneX[l], y1, y2, class: "lane" + (waits ? " waits" : "") }).style.stroke = stroke;
    }
  }

  function firstAtOrAfter(sorted, value) {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (sorted[mid] < value) low = mid + 1;
      else high = mid;
    }
    return low;
  }

  function rowElement(i) {
    const row = rows[i];
    const step = row.step;
    if (!step) {
      const remark = el("div", { class: "row remark", role: "presentation" }, el("div", { class: "text" }, row.text));
      place(remark, i, GUTTER, lanes.clientWidth - GUTTER);
      return remark;
    }
    const many = row.to > row.from;
    const what = el("div", { class: "what" },
      el("span", { class: "op" }, many ? row.text : operationOnly(step)),
      !many && step.value !== undefined ? el("span", { class: "value" }, "→ ", el("b", {}, step.value)) : "",
      !many && step.blocked ? el("span", { class: "flag" }, "blocked") : "");
    const element = el("div", {
      class: "row" + (step.preempted ? " switch" : "") + (raceOf.has(step.number) ? " race" : ""),
      role: "option", id: "row-" + i, "aria-selected": String(i === selected), "aria-setsize": rows.length, "aria-posinset": i + 1,
      "aria-label": label(row), title: many ? row.text : operationText(step), onclick: () => go(i),
    },
    el("span", { class: "number" }, String(step.number)),
    step.preempted ? el("span", { class: "mark", title: "preemptive switch" }, ">") : "",
    el("div", { class: "text" }, what, el("div", { class: "where" }, [columns ? "" : names[step.thread], placeText(step.place)].filter((part) => part).join(" · "))));
    const l = lane.get(step.thread);
    place(element, i, columns ? laneX[l] + 10 : textX, textWidth);
    return element;
  }

  function place(element, i, x, width) {
    element.style.top = i * ROW + "px";
    element.style.height = ROW + "px";
    const text = element.querySelector(".text");
    text.style.left = x + "px";
    text.style.maxWidth = Math.max(0, width) + "px";
  }

  /** Names the object in the operation: "read Counter.value" of Counter#1 is "read Counter#1.value". */
  function operationOnly(step) {
    const object = step.object || "";
    const hash = object.indexOf("#");
    const type = hash < 0 ? object : object.slice(0, hash);
    if (!object || step.operation.includes(object)) return step.operation;
    const words = step.operation.split(" ");
    const named = words.findIndex((word) => type && ("." + word).includes("." + type + "."));
    if (named < 0) return step.operation + " (" + object + ")";
    words[named] = object + words[named].slice(("." + words[named]).indexOf("." + type + ".") + type.length);
    return words.join(" ");
  }

  function operationText(step) {
    return operationOnly(step) + (step.value === undefined ? "" : " → " + step.value);
  }

  function label(row) {
    const step = row.step;
    return "Step " + step.number + ", " + names[step.thread] + ": " + (row.to > row.from ? row.text : operationText(step))
      + (step.blocked ? ", blocked" : "") + (step.preempted ? ", after a preemptive switch" : "")
      + (raceOf.has(step.number) ? ", part of a data race" : "") + (placeText(step.place) ? ", " + placeText(step.place) : "");
  }

  function move(by) {
    let to = selected + by;
    while (to > 0 && to < rows.length - 1 && !rows[to].step) to += Math.sign(by);
    go(to);
  }

  function go(to) {
    selected = Math.max(0, Math.min(lastRow, to));
    while (!rows[selected].step && selected > 0) selected--;
    const y = selected * ROW;
    if (y < lanes.scrollTop + ROW) lanes.scrollTop = y - 2 * ROW;
    else if (y + 2 * ROW > lanes.scrollTop + lanes.clientHeight) lanes.scrollTop = y + 3 * ROW - lanes.clientHeight;
    slider.value = String(selected);
    const step = rows[selected].step;
    slider.setAttribute("aria-valuetext", label(rows[selected]));
    output.textContent = "Step " + step.number + " of " + trace.length;
    first.disabled = back.disabled = selected === 0;
    last.disabled = forward.disabled = selected >= lastRow;
    lanes.setAttribute("aria-activedescendant", "row-" + selected);
    render();
    detail();
  }

  function detail() {
    const row = rows[selected];
    const step = row.step;
    const parts = [
      el("h3", {}, threadChip(step.thread, names[step.thread]), row.to > row.from
        ? " steps " + step.number + " to " + trace[row.to].number : " step " + step.number),
      el("p", { class: "op code" }, row.to > row.from ? row.text : operationText(step)),
    ];
    if (step.preempted) {
      const before = trace[row.from - 1];
      parts.push(el("p", { class: "hint" }, "Here the scheduler switched: "
        + (before ? names[before.thread] : "the thread before") + " could have gone on, but " + names[step.thread] + " ran."));
    }
    if (step.blocked) parts.push(el("p", { class: "hint" }, names[step.thread] + " cannot go on here and waits."));
    const found = raceOf.get(step.number);
    if (found) {
      parts.push(el("p", { class: "hint bad" }, "Data race on " + found.race.variable + ": nothing orders this access and that of ",
        found.other.threadName, " at " + placeText(found.other.place),
        found.other.step ? [", ", showStep(found.other.step, "step " + found.other.step)] : ""));
    }
    for (const number of step.after || []) {
      const other = trace[index.get(number)];
      if (other) {
        parts.push(el("p", { class: "hint before" }, "Ordered after ", showStep(number, "step " + number), " of " + names[other.thread]
          + ": " + operationText(other)));
      }
    }
    parts.push(source(step.place, 5, step.thread));
    parts.push(states(row.to));
    panel.replaceChildren(...parts.filter((part) => part));
  }

  function states(at) {
    const lines = threads.map((thread) => {
      let s = at;
      while (s >= 0 && trace[s].thread !== thread) s--;
      const now = s < 0 ? undefined : trace[s];
      const ended = now && !trace.some((step, i) => i > s && step.thread === thread);
      return el("tr", {},
        el("th", { scope: "row" }, threadChip(thread, names[thread])),
        el("td", {}, !now ? "not begun" : (now.blocked ? "waits" : ended ? "last" : "") + (placeText(now.place) ? " at " + placeText(now.place) : "")),
        el("td", {}, now && now.locks ? now.locks.join(", ") : "–"));
    });
    return el("table", { class: "states" },
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "After this step"), el("th", { scope: "col" }, "Where"), el("th", { scope: "col" }, "Holds"))),
      el("tbody", {}, lines));
  }

  function key(event, list) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const moves = { ArrowRight: () => move(1), ArrowLeft: () => move(-1) };
    if (list) {
      Object.assign(moves, {
        ArrowDown: () => move(1), ArrowUp: () => move(-1), PageDown: () => move(10), PageUp: () => move(-10),
        Home: () => go(0), End: () => go(rows.length - 1),
      });
    }
    if (moves[event.key]) {
      event.preventDefault();
      moves[event.key]();
    }
  }

  const bar = el("div", { class: "bar", role: "toolbar", "aria-label": "Step through", "aria-controls": "lanes" },
    first, back, forward, last, trace.some((step) => step.preempted) ? nextSwitch : "", slider, output,
    folded.length < every.length ? el("label", {}, all, " every step") : "");
  page.append(el("section", { "aria-label": "The schedule" },
    el("h2", {}, "The shortest interleaving found: " + plural(trace.length, "step") + ", " + plural(failure.preemptions, "preemptive switch")),
    el("p", { class: "muted" }, "Step through it with the buttons or the arrow keys; Home and End go to the first and the last step while the list has the focus."),
    legend(),
    el("div", { class: "player" }, bar, el("div", {}, heads, lanes), panel)));

  lanes.addEventListener("keydown", (event) => key(event, true));
  bar.addEventListener("keydown", (event) => {
    if (event.target !== slider && event.target !== all) key(event, true);
  });
  document.addEventListener("keydown", (event) => {
    if (event.target === document.body) key(event, false);
  });
  let waiting = false;
  lanes.addEventListener("scroll", () => {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(() => { waiting = false; render(); });
    }
  });
  let width = 0;
  new ResizeObserver(() => {
    if (lanes.clientWidth !== width) {
      width = lanes.clientWidth;
      layout();
    }
  }).observe(lanes);

  setRows(folded);
  const racing = campaign.races.map((race) => Math.max(race.first.step || 0, race.second.step || 0)).find((number) => index.has(number));
  const switched = rows.findIndex((row) => row.step && row.step.preempted);
  go(racing ? rowOfStep[index.get(racing)] : Math.max(0, switched));
  player = {
    goToStep(number, focus) {
      if (!index.has(number)) return;
      go(rowOfStep[index.get(number)]);
      if (focus) {
        lanes.focus({ preventScroll: true });
        bar.scrollIntoView({ block: "start" });
      }
    },
  };
}

function legend() {
  const NS = "http://www.w3.org/2000/svg";
  const item = (text, ...shapes) => {
    const picture = document.createElementNS(NS, "svg");
    picture.setAttribute("viewBox", "0 0 34 20");
    picture.setAttribute("aria-hidden", "true");
    for (const [name, attributes, fill] of shapes) {
      const made = document.createElementNS(NS, name);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      if (fill) { made.style.stroke = fill[0]; made.style.fill = fill[1]; }
      picture.append(made);
    }
    return el("div", {}, picture, el("span", {}, text));
  };
  return el("details", {}, el("summary", {}, "How to read this"), el("div", { class: "legend" },
    item("Time runs downward; each thread has a lane, each dot is a step.",
      ["line", { x1: 17, x2: 17, y1: 0, y2: 20, class: "lane" }, ["var(--t0)", "none"]],
      ["circle", { cx: 17, cy: 10, r: 5, class: "dot" }, ["var(--t0)", "var(--t0)"]]),
    item("Blocked: the thread cannot go on here, and waits along the dotted line.",
      ["line", { x1: 17, x2: 17, y1: 10, y2: 20, class: "lane waits" }, ["var(--t0)", "none"]],
      ["circle", { cx: 17, cy: 7, r: 5, class: "dot" }, ["var(--t0)", "var(--bg)"]]),
    item("Happens before: what is above the arrow is visible below it, by a lock, a volatile variable, a start or a join.",
      ["path", { d: "M6 2 C6 14 28 4 28 12", class: "order now" }], ["path", { d: "M24 12 L32 12 L28 18 Z", class: "arrowhead now" }]),
    item("> A preemptive switch: the thread before could have gone on. Bugs hide here.",
      ["line", { x1: 0, x2: 34, y1: 10, y2: 10, class: "unordered" }, ["var(--warn)", "none"]]),
    item("A data race: two accesses that nothing orders.",
      ["line", { x1: 4, x2: 30, y1: 4, y2: 16, class: "unordered" }])));
}
