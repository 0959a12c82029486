// The timeline: which test ran when in which thread. Bars that are too narrow to be seen by themselves are drawn together.
function makeTimeline(parent) {
  const ROW = 24;
  const CAPTION = 19;
  const AXIS = 24;
  const total = tests.reduce((most, test) => Math.max(most, test.finished ?? 0), Math.max(1, data.nanos));
  const all = data.workers.map((name) => ({ name, items: [] }));
  const unstarted = { name: "did not start", items: [], never: true };
  tests.forEach((test, i) => {
    const lane = all[test.worker];
    const waits = waitedNanos(i) > 0;
    if (!test.holds && test.started !== undefined && lane) {
      lane.items.push({ i, from: waits && test.waited < test.started ? test.waited : test.started, start: test.started, end: test.finished ?? total });
    } else if (!test.holds && test.started === undefined && (test.finished ?? test.waited) !== undefined) {
      const at = test.finished ?? test.waited;
      unstarted.items.push({ i, from: waits ? test.waited : at, start: at, end: at });
    } else if (test.holds && waits && lane && test.started !== undefined) {
      lane.items.push({ i, from: test.waited, start: test.started, end: test.started });
    }
  });
  const lanes = all.filter((lane) => lane.items.length);
  if (unstarted.items.length) lanes.push(unstarted);
  const itemOf = new Map();
  let height = AXIS;
  for (const lane of lanes) {
    lane.items.sort((a, b) => a.from - b.from || b.end - a.end);
    const ends = [];
    for (const item of lane.items) {
      let row = lane.never ? 0 : ends.findIndex((end) => end <= item.from);
      if (row < 0) row = ends.length;
      ends[row] = item.end;
      item.row = row;
      item.lane = lane;
      itemOf.set(item.i, item);
    }
    lane.rows = Math.max(1, ends.length);
    lane.y = height;
    lane.h = CAPTION + lane.rows * ROW + 5;
    height += lane.h;
  }

  let zoom = 1;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  const ring = el("div", { class: "ring", role: "option", id: "timeline-here", "aria-selected": "true" });
  const labels = el("div", { class: "lane-names", "aria-hidden": "true" }, lanes.map((lane) => {
    const name = el("span", {}, lane.name);
    name.style.top = lane.y + 1 + "px";
    return name;
  }));
  const canvas = el("div", { class: "canvas" }, labels, svg, ring);
  canvas.style.height = height + 4 + "px";
  const box = el("div", { class: "timeline", role: "listbox", tabindex: "0", id: "timeline", "aria-activedescendant": "timeline-here",
    "aria-label": "The timeline: left and right go to the test before and after in the same thread, up and down to other threads" }, canvas);
  const button = (label, sign, action) => el("button", { type: "button", "aria-label": label, title: label, onclick: action }, sign);
  const tools = el("div", { class: "tools", role: "toolbar", "aria-label": "The timeline" },
    button("Zoom out in time", "−", () => zoomBy(1 / 1.6)), button("Zoom in in time", "+", () => zoomBy(1.6)),
    button("Show the whole run", "Fit", () => zoomBy(1 / zoom)),
    button("Zoom to the chosen test", "Zoom to test", toSelected));
  parent.append(el("section", { "aria-label": "The timeline" }, el("h2", {}, "What ran when"), timelineLegend(), tools, box));

  const width = () => Math.max(100, box.clientWidth - 4) * zoom;
  const x = (nanos) => 2 + (nanos / total) * (width() - 4);
  const y = (item) => item.lane.y + CAPTION + item.row * ROW;

  function zoomBy(factor, at = box.clientWidth / 2) {
    const most = Math.max(1, Math.min(2e7 / Math.max(1, box.clientWidth), total / 1000));
    const nanosAt = (box.scrollLeft + at) / width();
    zoom = Math.max(1, Math.min(most, zoom * factor));
    canvas.style.width = width() + "px";
    box.scrollLeft = nanosAt * width() - at;
    render();
  }

  function toSelected() {
    const item = itemOf.get(selected);
    if (!item) return;
    const length = Math.max(total / 1e5, item.end - item.from);
    zoomBy(total / length / 3 / zoom);
    box.scrollLeft = x((item.from + item.end) / 2) - box.clientWidth / 2;
    render();
  }

  function resize() {
    box.style.height = Math.min(height + 22, Math.max(200, window.innerHeight * 0.7)) + "px";
    canvas.style.width = width() + "px";
    render();
  }

  function render() {
    const wide = box.clientWidth;
    const high = box.clientHeight;
    svg.setAttribute("width", wide);
    svg.setAttribute("height", high);
    svg.replaceChildren();
    const hatch = shape(shape(svg, "defs", {}), "pattern", { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
    shape(hatch, "rect", { width: 6, height: 6, class: "hatch-ground" });
    shape(hatch, "line", { x1: 0, x2: 0, y1: 0, y2: 6, class: "hatch-line" });
    const left = box.scrollLeft;
    const top = box.scrollTop;
    const moved = shape(svg, "g", { transform: `translate(${-left} ${-top})` });
    drawGrid(moved, left, wide, top, high);
    for (const lane of lanes) {
      if (lane.y > top + high || lane.y + lane.h < top) continue;
      shape(moved, "line", { x1: left, x2: left + wide, y1: lane.y, y2: lane.y, class: "lane-edge" });
      drawLane(moved, lane, left, left + wide);
    }
    drawCritical(moved, left, left + wide);
    drawWaitedFor(moved);
    drawAxis(svg, left, wide);
    const item = itemOf.get(selected);
    ring.hidden = false;
    if (item) {
      ring.style.left = x(item.from) - 3 + "px";
      ring.style.top = y(item) - 2 + "px";
      ring.style.width = Math.max(4, x(item.end) - x(item.from)) + 6 + "px";
      ring.style.height = ROW + "px";
      ring.classList.remove("nowhere");
    } else {
      ring.classList.add("nowhere");
    }
    if (selected >= 0) ring.setAttribute("aria-label", describe(selected) + (item ? ", in " + item.lane.name : ", not in the timeline"));
  }

  function ticks(wide) {
    const least = (total / width()) * (wide < 500 ? 70 : 90);
    const power = 10 ** Math.floor(Math.log10(least));
    return [1, 2, 5, 10].map((each) => each * power).find((each) => each >= least);
  }

  function eachTick(left, wide, action) {
    const step = ticks(wide);
    const first = Math.floor(((left / width()) * total) / step) * step;
    for (let at = first; x(at) < left + wide && at <= total; at += step) action(at);
  }

  function drawGrid(to, left, wide, top, high) {
    eachTick(left, wide, (at) => shape(to, "line", { x1: x(at), x2: x(at), y1: top, y2: top + high, class: "tick" }));
  }

  function drawAxis(to, left, wide) {
    shape(to, "rect", { x: 0, y: 0, width: wide, height: AXIS - 4, class: "axis" });
    eachTick(left, wide, (at) => shape(to, "text", { x: x(at) - left + 3, y: 14, class: "tick-name" }, at === 0 ? "0" : nanos(Math.round(at))));
  }

  function drawLane(to, lane, from, until) {
    const paths = {};
    const lastPixel = {};
    for (const item of lane.items) {
      const x1 = x(item.from);
      const xs = x(item.start);
      const x2 = x(item.end);
      if (x2 < from - 10 || x1 > until + 10) continue;
      const outcome = css(tests[item.i].outcome);
      const kind = outcome + (onCritical.has(item.i) ? " oncritical" : "");
      const top = y(item);
      if (xs - x1 > 2) drawWait(to, item, x1, xs, top, from);
      if (lane.never) {
        shape(to, "path", { d: `M${xs} ${top + 3}l7 8l-7 8l-7 -8z`, class: "bar " + kind });
      } else if (item.end > item.start || !tests[item.i].holds) {
        const size = Math.max(1, x2 - xs);
        if (size < 3) {
          const key = kind + item.row;
          const pixel = Math.floor(x2);
          if (lastPixel[key] !== pixel) (paths[kind] ||= []).push(`M${xs.toFixed(1)} ${top}h${size.toFixed(1)}v20h${-size.toFixed(1)}z`);
          lastPixel[key] = pixel;
        } else {
          drawBar(to, item, kind, xs, x2, top, from, until);
        }
      }
    }
    for (const [kind, list] of Object.entries(paths)) shape(to, "path", { d: list.join(""), class: "bar thin " + kind });
  }

  function drawWait(to, item, x1, x2, top, from) {
    shape(to, "rect", { x: x1, y: top + 3, width: x2 - x1, height: 14, rx: 2, fill: "url(#hatch)", class: "wait" });
    const on = tests[item.i].waitedFor;
    const start = Math.max(x1, from);
    if (on === undefined || x2 - start < 90) return;
    const text = fitted((tests[item.i].holds ? shortName(item.i) + " " : "") + "waits for " + shortName(on), x2 - start - 16, 6);
    shape(to, "rect", { x: start + 4, y: top + 4, width: text.length * 6 + 6, height: 12, rx: 2, class: "wait-ground" });
    shape(to, "text", { x: start + 7, y: top + 14, class: "wait-name" }, text);
  }

  function drawBar(to, item, kind, x1, x2, top, from, until) {
    const start = Math.max(x1, from - 20);
    const end = Math.min(x2, until + 20);
    shape(to, "rect", { x: start, y: top, width: Math.max(1, end - start), height: 20, rx: 3, class: "bar " + kind });
    const seen = Math.max(x1, from);
    if (end - seen > 34) {
      const sign = tests[item.i].outcome === "passed" ? "" : SIGNS[tests[item.i].outcome] + " ";
      shape(to, "text", { x: seen + 5, y: top + 14, class: "bar-name" }, fitted(sign + shortName(item.i), end - seen - 8, 6.3));
    }
  }

  function drawCritical(to, from, until) {
    const parts = [];
    for (let k = 1; k < critical.length; k++) {
      const a = itemOf.get(critical[k - 1]);
      const b = itemOf.get(critical[k]);
      if (!a || !b || x(b.start) < from - 50 || x(a.end) > until + 50) continue;
      parts.push(connector(x(a.end), y(a) + 10, x(b.start), y(b) + 10));
    }
    if (parts.length) shape(to, "path", { d: parts.join(""), class: "edge critical" });
  }

  function connector(x1, y1, x2, y2) {
    const bend = Math.max(8, Math.min(40, (x2 - x1) / 2));
    return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  }

  function drawWaitedFor(to) {
    const item = itemOf.get(selected);
    const on = item && itemOf.get(tests[selected].waitedFor);
    if (!on) return;
    shape(to, "path", { d: connector(x(on.end), y(on) + 10, x(item.start), y(item) + 10), class: "edge now" });
    shape(to, "path", { d: `M${x(item.start)} ${y(item) + 10}l-8 -4.5v9z`, class: "edge-head now" });
  }

  function at(event) {
    const rect = box.getBoundingClientRect();
    const px = event.clientX - rect.left + box.scrollLeft;
    const py = event.clientY - rect.top + box.scrollTop;
    const lane = lanes.find((each) => py >= each.y && py < each.y + each.h);
    if (!lane) return undefined;
    let best;
    let least = 12;
    for (const item of lane.items) {
      const above = y(item);
      if (py < above - 3 || py > above + ROW) continue;
      const far = Math.max(x(item.from) - px, px - x(item.end), 0);
      if (far < least) { least = far; best = item; }
    }
    return best;
  }

  function move(by, across) {
    const item = itemOf.get(selected);
    if (!item) {
      const first = lanes.flatMap((lane) => lane.items.slice(0, 1))[0];
      if (first) select(first.i, view);
      return;
    }
    let next;
    if (by) {
      next = item.lane.items[item.lane.items.indexOf(item) + by];
    } else {
      const order = lanes.indexOf(item.lane);
      for (let l = order + across; l >= 0 && l < lanes.length && !next; l += across) {
        next = lanes[l].items.reduce((best, each) => (!best || Math.abs(each.start - item.start) < Math.abs(best.start - item.start) ? each : best), undefined);
      }
    }
    if (next) {
      select(next.i, view);
      reveal();
    }
  }

  function reveal() {
    const item = itemOf.get(selected);
    if (item) {
      const x1 = x(item.from);
      const x2 = x(item.end);
      if (x2 < box.scrollLeft + 10 || x1 > box.scrollLeft + box.clientWidth - 10) box.scrollLeft = x1 - box.clientWidth / 4;
      if (y(item) < box.scrollTop + AXIS || y(item) + ROW > box.scrollTop + box.clientHeight) box.scrollTop = y(item) - box.clientHeight / 2;
    }
    render();
  }

  function jump(last) {
    const ran = [...itemOf.values()].reduce((best, each) => (!best || (last ? each.end > best.end : each.start < best.start) ? each : best), undefined);
    if (ran) { select(ran.i, view); reveal(); }
  }

  const view = { show(mine) { if (mine) render(); else reveal(); } };
  views.push(view);
  keys(box, {
    ArrowLeft: () => move(-1, 0), ArrowRight: () => move(1, 0), ArrowUp: () => move(0, -1), ArrowDown: () => move(0, 1),
    Home: () => jump(false), End: () => jump(true), "+": () => zoomBy(1.6), "-": () => zoomBy(1 / 1.6), Enter: toSelected,
  });
  box.addEventListener("scroll", throttled(render));
  box.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoomBy(event.deltaY < 0 ? 1.2 : 1 / 1.2, event.clientX - box.getBoundingClientRect().left);
  }, { passive: false });
  dragging(box, (event) => {
    const item = at(event);
    if (item) select(item.i, view);
  });
  new ResizeObserver(throttled(resize)).observe(box);
  resize();
}

function timelineLegend() {
  return el("details", {}, el("summary", {}, "How to read this"),
    el("p", { class: "muted" }, "Each thread has a lane, time runs to the right. Tests of one thread that overlap stand below each other: a thread that waits for a task may run another test meanwhile."),
    el("div", { class: "legend" },
      legendItem("a test, in the colour of its outcome", (svg) => shape(svg, "rect", { x: 3, y: 3, width: 28, height: 14, rx: 3, class: "bar passed" })),
      legendItem("waits at its gate until what it depends on has finished", (svg) => shape(svg, "rect", { x: 3, y: 4, width: 28, height: 12, class: "wait sample" })),
      legendItem("the critical path", (svg) => shape(svg, "path", { d: "M2 10H30", class: "edge critical" })),
      legendItem("did not start", (svg) => shape(svg, "path", { d: "M17 2l7 8l-7 8l-7 -8z", class: "bar aborted" }))));
}
