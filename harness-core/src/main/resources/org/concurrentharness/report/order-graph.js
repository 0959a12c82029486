// The graph: what depends on what. Only what can be seen is drawn, and from afar without texts.
function makeGraph(parent) {
  const open = new Map();
  const near = leaves.filter((i) => withHolders(i).some((each) => tests[each].dependencies || neededBy[each].length)).length;
  const byDefault = near <= 150;
  const isOpen = (key) => open.get(key) ?? byDefault;
  let layout;
  let zoom = 1;
  let unit; // what is selected, as the graph shows it
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  const ring = el("div", { class: "ring", role: "option", id: "graph-here", "aria-selected": "true" });
  const canvas = el("div", { class: "canvas" }, svg, ring);
  const graph = el("div", { class: "graph", role: "listbox", tabindex: "0", id: "graph", "aria-activedescendant": "graph-here",
    "aria-label": "The graph of dependencies: left and right follow them, up and down go to what stands beside" }, canvas);
  const all = el("input", { type: "checkbox", onchange: () => relayout() });
  const button = (label, sign, action) => el("button", { type: "button", "aria-label": label, title: label, onclick: action }, sign);
  const tools = el("div", { class: "tools", role: "toolbar", "aria-label": "The graph" },
    button("Zoom out", "−", () => zoomBy(1 / 1.4)), button("Zoom in", "+", () => zoomBy(1.4)), button("Show the whole graph", "Fit", fit),
    button("Show the tests of all classes", "Expand", () => setAll(true)), button("Show classes only", "Collapse", () => setAll(false)),
    el("label", {}, all, " tests without dependencies"));
  parent.append(el("section", { "aria-label": "The graph" }, el("h2", {}, "What depends on what"), graphLegend(), tools, graph));

  function setAll(value) {
    leaves.forEach((i) => { if (tests[i].parent !== undefined) open.set(tests[i].parent, value); });
    relayout();
    fit();
  }

  function relayout() {
    layout = layoutOf(isOpen, all.checked);
    resize();
    find();
    render();
  }

  function resize() {
    canvas.style.width = Math.max(1, layout.width * zoom) + "px";
    canvas.style.height = Math.max(1, layout.height * zoom) + "px";
    graph.style.height = Math.max(160, Math.min(layout.height * zoom + 18, window.innerHeight * 0.7)) + "px";
  }

  function zoomBy(factor, x = graph.clientWidth / 2, y = graph.clientHeight / 2) {
    const next = Math.max(0.05, Math.min(1.6, zoom * factor));
    const atX = (graph.scrollLeft + x) / zoom;
    const atY = (graph.scrollTop + y) / zoom;
    zoom = next;
    resize();
    graph.scrollLeft = atX * zoom - x;
    graph.scrollTop = atY * zoom - y;
    render();
  }

  function fit() {
    const room = window.innerHeight * 0.7;
    zoomBy(Math.min(1, graph.clientWidth / layout.width, room / layout.height) / zoom);
  }

  /** Where the selected test is: its box, that of its class, or its frame. */
  function find() {
    if (selected < 0) return;
    unit = layout.unitOf.get(selected) || layout.frameOf.get(selected) || layout.places(selected)[0];
    if (unit && unit.units && !unit.open) unit = unit.units[0];
    ring.setAttribute("aria-label", unit && unit.kind && unit.kind !== "test" ? unitText(unit) + ", with " + describe(selected) : describe(selected));
  }

  const visible = (place, box) => place.x <= box.x2 && place.x + place.w >= box.x1 && place.y <= box.y2 && place.y + place.h >= box.y1;

  function render() {
    const width = graph.clientWidth;
    const height = graph.clientHeight;
    svg.setAttribute("width", width);
    svg.setAttribute("height", height);
    svg.replaceChildren();
    const box = { x1: graph.scrollLeft / zoom, y1: graph.scrollTop / zoom, x2: (graph.scrollLeft + width) / zoom, y2: (graph.scrollTop + height) / zoom };
    const all = shape(svg, "g", { transform: `translate(${-graph.scrollLeft} ${-graph.scrollTop}) scale(${zoom})` });
    const far = zoom < 0.42;
    for (const frame of layout.frames) if (!frame.lone && frame.open && visible(frame, box)) drawFrame(all, frame, far);
    drawEdges(all, box, far);
    for (const knot of layout.knots) if (visible(knot, box)) drawKnot(all, knot, far);
    const shown = layout.units.filter((each) => visible(each, box));
    if (far) drawFar(all, shown);
    else shown.forEach((each) => drawUnit(all, each));
    if (unit) {
      ring.hidden = false;
      ring.style.left = unit.x * zoom - 3 + "px";
      ring.style.top = unit.y * zoom - 3 + "px";
      ring.style.width = unit.w * zoom + 6 + "px";
      ring.style.height = unit.h * zoom + 6 + "px";
    } else {
      ring.hidden = true;
    }
  }

  function drawFrame(to, frame, far) {
    shape(to, "rect", { x: frame.x, y: frame.y, width: frame.w, height: frame.h, rx: 8, class: "frame" });
    const size = far ? Math.min(30, 12 / zoom) : 12.5;
    if (far && fitted(shortName(frame.node), frame.w - 8, size * 0.58) !== shortName(frame.node)) return;
    shape(to, "text", { x: frame.x + 10, y: frame.y + 18, class: "frame-name", "font-size": size },
      (far ? "" : "▾\ufe0e ") + fitted(shortName(frame.node), frame.w - 30, size * 0.58));
  }

  function related() {
    if (selected < 0) return () => false;
    const mine = new Set(withHolders(selected));
    const up = new Set([...mine].flatMap((each) => tests[each].dependencies || []));
    const down = new Set([...mine].flatMap((each) => neededBy[each]));
    const here = new Set([...mine].flatMap((each) => [layout.unitOf.get(each), layout.frameOf.get(each)]).filter(Boolean));
    return (edge) => edge.ds.some((d) => (up.has(d) && (edge.to.knot || here.has(edge.to))) || (down.has(d) && (edge.from.knot || here.has(edge.from))));
  }

  function drawEdges(to, box, far) {
    const isRelated = related();
    let busy = false;
    const kinds = { plain: [], critical: [], stopped: [], now: [] };
    const heads = { plain: [], critical: [], stopped: [], now: [] };
    for (const edge of layout.edges) {
      const x1 = edge.from.x + edge.from.w;
      const y1 = edge.from.y + edge.from.h / 2;
      const x2 = edge.to.x;
      const y2 = edge.to.y + edge.to.h / 2;
      if (Math.max(x1, x2) < box.x1 - 40 || Math.min(x1, x2) > box.x2 + 40 || Math.max(y1, y2) < box.y1 - 40 || Math.min(y1, y2) > box.y2 + 40) continue;
      const bend = x2 > x1 ? Math.max(20, Math.min(90, (x2 - x1) * 0.45)) : 60;
      const path = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2 - (edge.to.knot ? 0 : 5)} ${y2}`;
      const head = edge.to.knot ? "" : `M${x2} ${y2}l-8 -4.5v9z`;
      const kind = edge.stopped ? "stopped" : edge.critical ? "critical" : "plain";
      const now = isRelated(edge);
      busy ||= now;
      kinds[now && kind === "plain" ? "now" : kind].push(path);
      heads[now && kind === "plain" ? "now" : kind].push(head);
    }
    for (const kind of ["plain", "now", "critical", "stopped"]) {
      if (!kinds[kind].length) continue;
      shape(to, "path", { d: kinds[kind].join(""), class: "edge " + kind + (busy && kind === "plain" ? " dim" : "") });
      if (!far) shape(to, "path", { d: heads[kind].join(""), class: "edge-head " + kind + (busy && kind === "plain" ? " dim" : "") });
    }
  }

  function drawKnot(to, knot, far) {
    shape(to, "rect", { x: knot.x, y: knot.y, width: knot.w, height: knot.h, rx: 12, class: "knot" });
    if (!far) shape(to, "text", { x: knot.x + knot.w / 2, y: knot.y + 16, class: "knot-name" }, fitted(knot.label, knot.w - 14, 6.2));
  }

  function outcomeOf(each) {
    return each.kind === "test" ? tests[each.node].outcome
      : ["failed", "aborted", "not run", "disabled"].find((outcome) => each.members.some((i) => tests[i].outcome === outcome)) || "passed";
  }

  const isCritical = (each) => each.kind !== "apart" && each.kind !== "rest" && each.members.some((i) => onCritical.has(i));

  function drawFar(to, shown) {
    const paths = {};
    for (const each of shown) {
      const kind = css(outcomeOf(each)) + (isCritical(each) ? " oncritical" : "");
      (paths[kind] ||= []).push(`M${each.x} ${each.y}h${each.w}v${each.h}h${-each.w}z`);
    }
    for (const [kind, list] of Object.entries(paths)) shape(to, "path", { d: list.join(""), class: "unit far " + kind });
  }

  function unitText(each) {
    const count = plural(each.members.length, "test");
    if (each.kind === "class") return "▸\ufe0e " + shortName(each.node) + " · " + each.members.length;
    return each.kind === "rest" ? plural(each.members.length, "independent test") : count + " that no dependency touches";
  }

  function drawUnit(to, each) {
    const outcome = outcomeOf(each);
    const folded = each.kind !== "test";
    shape(to, "rect", { x: each.x, y: each.y, width: each.w, height: each.h, rx: 5,
      class: "unit " + css(outcome) + (isCritical(each) ? " oncritical" : "") + (folded ? " folded" : "") });
    if (folded) {
      shape(to, "text", { x: each.x + 8, y: each.y + 17, class: "unit-name" }, fitted(unitText(each), each.w - 14, 7));
      let x = each.x + 8;
      for (const kind of OUTCOMES) {
        const share = each.members.filter((i) => tests[i].outcome === kind).length / each.members.length;
        if (share) shape(to, "rect", { x, y: each.y + 23, width: share * (each.w - 16), height: 4, class: "share " + css(kind) });
        x += share * (each.w - 16);
      }
      return;
    }
    const time = took(each.node) ? nanos(took(each.node)) : "";
    shape(to, "text", { x: each.x + 8, y: each.y + 19.5, class: "unit-sign " + css(outcome) }, SIGNS[outcome]);
    shape(to, "text", { x: each.x + 23, y: each.y + 19.5, class: "unit-name" }, fitted(shortName(each.node), each.w - 36 - time.length * 6.2, 7));
    if (time) shape(to, "text", { x: each.x + each.w - 7, y: each.y + 19.5, class: "unit-time" }, time);
  }

  function at(event) {
    const rect = graph.getBoundingClientRect();
    const x = (event.clientX - rect.left + graph.scrollLeft) / zoom;
    const y = (event.clientY - rect.top + graph.scrollTop) / zoom;
    const inside = (place) => x >= place.x && x <= place.x + place.w && y >= place.y && y <= place.y + place.h;
    return layout.units.find(inside) || layout.frames.find((frame) => !frame.lone && frame.open && inside(frame) && y <= frame.y + SIZE.head + SIZE.pad);
  }

  function use(place) {
    if (!place) return;
    if (place.kind === "test") select(place.node, view);
    else if (place.kind === "class") toggle(place.node, true);
    else if (place.units) { if (selected === place.node) toggle(place.node, false); else select(place.node, view); }
    else { all.checked = true; relayout(); }
  }

  function toggle(key, value) {
    open.set(key, value);
    relayout();
    select(value && tests[selected]?.parent === key ? selected : key, view);
    reveal();
  }

  function reveal() {
    if (!unit) return;
    const [x, y, w, h] = [unit.x, unit.y, unit.w, unit.h].map((each) => each * zoom);
    if (x < graph.scrollLeft || x + Math.min(w, 300) > graph.scrollLeft + graph.clientWidth) graph.scrollLeft = x - graph.clientWidth / 3;
    if (y < graph.scrollTop || y + Math.min(h, 200) > graph.scrollTop + graph.clientHeight) graph.scrollTop = y - graph.clientHeight / 3;
    render();
  }

  /** Goes to what stands nearest in a direction, among boxes; along an arrow if there is one. */
  function move(horizontal, vertical) {
    if (!unit) return select(leaves[0], view);
    let next;
    if (horizontal) {
      const test = tests[selected];
      const mine = new Set(withHolders(selected));
      const toLeft = test.waitedFor !== undefined ? [test.waitedFor] : [...mine].flatMap((each) => (tests[each].dependencies || []).flatMap((d) => dependencies[d].on));
      const toRight = [...mine].flatMap((each) => neededBy[each]).flatMap((d) => dependents[d]);
      next = (horizontal < 0 ? toLeft : toRight).find((node) => !mine.has(node));
      if (next !== undefined && tests[next].holds) next = leavesOf(next)[0];
    } else {
      const beside = layout.units.filter((each) => each.kind !== "apart" && each !== unit && Math.abs(each.x - unit.x) < SIZE.width / 2 && Math.sign(each.y - unit.y) === vertical);
      beside.sort((a, b) => Math.abs(a.y - unit.y) - Math.abs(b.y - unit.y));
      if (beside.length) next = beside[0].kind === "test" ? beside[0].node : beside[0].members[0];
    }
    if (next !== undefined) {
      select(next, view);
      reveal();
    }
  }

  const view = {
    show(mine) {
      const folded = !tests[selected].holds && !isOpen(tests[selected].parent) && !mine && layout.unitOf.get(selected)?.kind === "class" && near <= 3000;
      if (folded && layout.frames.length <= 60) { open.set(tests[selected].parent, true); relayout(); }
      find();
      if (mine) render();
      else reveal();
    },
  };
  views.push(view);
  keys(graph, {
    ArrowLeft: () => move(-1, 0), ArrowRight: () => move(1, 0), ArrowUp: () => move(0, -1), ArrowDown: () => move(0, 1),
    Home: () => { select(critical[0], view); reveal(); }, End: () => { select(critical[critical.length - 1], view); reveal(); },
    Enter: () => {
      const key = tests[selected]?.holds ? selected : tests[selected]?.parent;
      if (key !== undefined) toggle(key, !isOpen(key));
    },
    "+": () => zoomBy(1.4), "-": () => zoomBy(1 / 1.4),
  });
  graph.addEventListener("scroll", throttled(render));
  graph.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const rect = graph.getBoundingClientRect();
    zoomBy(event.deltaY < 0 ? 1.15 : 1 / 1.15, event.clientX - rect.left, event.clientY - rect.top);
  }, { passive: false });
  dragging(graph, (event) => use(at(event)));
  new ResizeObserver(throttled(() => { resize(); render(); })).observe(graph);
  relayout();
  zoom = Math.max(0.7, Math.min(1, graph.clientWidth / layout.width));
  relayout();
}

/** A mouse moves what it drags; without moving it is a click. */
function dragging(element, click) {
  let from;
  element.addEventListener("pointerdown", (event) => {
    if (event.button === 0) from = { x: event.clientX, y: event.clientY, left: element.scrollLeft, top: element.scrollTop, moved: false };
  });
  element.addEventListener("pointermove", (event) => {
    if (!from || event.pointerType !== "mouse" || !(event.buttons & 1)) return;
    const dx = event.clientX - from.x;
    const dy = event.clientY - from.y;
    if (!from.moved && Math.hypot(dx, dy) < 5) return;
    from.moved = true;
    element.scrollLeft = from.left - dx;
    element.scrollTop = from.top - dy;
  });
  element.addEventListener("click", (event) => {
    const moved = from && from.moved;
    from = undefined;
    if (!moved) click(event);
  });
}

function legendItem(text, draw) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 34 20");
  picture.setAttribute("aria-hidden", "true");
  draw(picture);
  return el("div", {}, picture, el("span", {}, text));
}

function graphLegend() {
  const line = (kind) => (svg) => shape(svg, "path", { d: "M2 10H30", class: "edge " + kind });
  const box = (kind) => (svg) => shape(svg, "rect", { x: 3, y: 3, width: 28, height: 14, rx: 4, class: "unit " + kind });
  return el("details", {}, el("summary", {}, "How to read this"),
    el("p", { class: "muted" }, "Whatever a test depends on stands to the left of it. Tests of a class stand in a frame. What depends on several tests, ",
      "as on a group, does so by a knot with its name. Drag to move, press Ctrl and turn the wheel to zoom; with the keyboard, the arrows follow the arrows."),
    el("div", { class: "legend" },
      legendItem("depends on; the dependent is at the arrowhead", line("plain")), legendItem("the critical path", line("critical")),
      legendItem("did not run because of it", line("stopped")), legendItem("of the chosen test", line("now")),
      OUTCOMES.map((outcome) => legendItem(SIGNS[outcome] + " " + outcome, box(css(outcome))))));
}
