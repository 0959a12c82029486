// Where the boxes of the graph stand: a column for each layer, so that whatever a test depends on is to the left of it; tests of a
// class in a frame; frames that share no column may stand side by side.
const SIZE = { width: 176, height: 30, gap: 6, pad: 10, head: 26, gutter: 50, knotGutter: 160, knot: 24 };

const criticalLinks = (() => {
  const links = new Set();
  for (let k = 1; k < critical.length; k++) {
    const from = new Set(withHolders(critical[k - 1]));
    for (const node of withHolders(critical[k])) {
      for (const d of tests[node].dependencies || []) {
        for (const on of dependencies[d].on) if (from.has(on)) links.add(on + " " + d + " " + node);
      }
    }
  }
  return links;
})();

/**
 * @param isOpen whether the tests of a class are shown one by one
 * @param all whether to show what has nothing to do with any dependency
 */
function layoutOf(isOpen, all) {
  const units = [];
  const frames = [];
  const unitOf = new Map();
  const frameOf = new Map();
  const touched = tests.map((test, i) => Boolean(test.dependencies) || neededBy[i].length > 0);
  const classes = new Map();
  for (const leaf of leaves) {
    const key = tests[leaf].parent === undefined ? -1 - leaf : tests[leaf].parent;
    if (!classes.has(key)) classes.set(key, []);
    classes.get(key).push(leaf);
  }
  const apart = [];
  for (const [key, members] of classes) {
    const lone = key < 0;
    const near = members.some((leaf) => touched[leaf]) || (!lone && withHolders(key).some((each) => touched[each]));
    if (!near && !all) {
      apart.push(...members);
      continue;
    }
    const frame = { node: lone ? members[0] : key, lone, units: [], open: lone || isOpen(key), members };
    frames.push(frame);
    if (!lone) frameOf.set(key, frame);
    if (!frame.open) {
      add(frame, "class", key, members);
      continue;
    }
    const rest = members.filter((leaf) => !touched[leaf]);
    const fold = !all && rest.length > 6;
    for (const leaf of members) if (!fold || touched[leaf]) add(frame, "test", leaf, [leaf]);
    if (fold) add(frame, "rest", key, rest);
  }
  if (apart.length) {
    const frame = { node: apart[0], lone: true, units: [], open: true, members: apart, last: true };
    frames.push(frame);
    add(frame, "apart", -1, apart);
  }

  function add(frame, kind, node, members) {
    const unit = { id: units.length, kind, node, members, frame, layer: 0 };
    units.push(unit);
    frame.units.push(unit);
    members.forEach((leaf) => unitOf.set(leaf, unit));
  }

  const unitsOf = new Map();
  function unitsIn(node) {
    if (!unitsOf.has(node)) unitsOf.set(node, [...new Set(leavesOf(node).map((leaf) => unitOf.get(leaf)))]);
    return unitsOf.get(node);
  }

  setLayers(units, unitsIn);
  const places = (node) => {
    if (!tests[node].holds) return [unitOf.get(node)];
    const found = [];
    const next = [node];
    while (next.length) {
      const each = next.pop();
      const frame = frameOf.get(each);
      if (frame) found.push(frame.open ? frame : frame.units[0]);
      next.push(...held[each].filter((child) => tests[child].holds));
    }
    return found;
  };
  const links = linksOf(places, unitsIn);
  const size = setPlaces(units, frames, links, unitsIn);
  return { units, frames, unitOf, frameOf, places, ...links, ...size };
}

/** The layer of a box is by one greater than that of everything that it depends on. */
function setLayers(units, unitsIn) {
  const needs = units.map((unit) => {
    const found = new Set();
    if (unit.kind !== "apart") {
      const holders = new Set(unit.members.flatMap(withHolders));
      holders.forEach((node) => (tests[node].dependencies || []).forEach((d) => found.add(d)));
    }
    return [...found];
  });
  const sources = dependencies.map(({ on }) => [...new Set(on.flatMap(unitsIn))].map((unit) => unit.id));
  const count = units.length;
  const layer = new Int32Array(count + dependencies.length).fill(-1);
  const state = new Uint8Array(layer.length);
  const before = (node) => (node < count ? needs[node].map((d) => d + count) : sources[node - count]);
  // With a stack of its own: a chain of thousands would be too deep for calls. What leads back to itself, as it may be between
  // classes that are shown as one box each, is left out.
  for (let start = 0; start < count; start++) {
    const stack = state[start] ? [] : [[start, before(start), 0]];
    if (stack.length) { state[start] = 1; layer[start] = 0; }
    while (stack.length) {
      const top = stack[stack.length - 1];
      const [node, list] = top;
      if (top[2] < list.length) {
        const next = list[top[2]++];
        if (state[next] === 0) {
          state[next] = 1;
          layer[next] = next < count ? 0 : -1;
          stack.push([next, before(next), 0]);
        } else if (state[next] === 2) {
          layer[node] = Math.max(layer[node], layer[next] + (node < count ? 1 : 0));
        }
      } else {
        state[node] = 2;
        stack.pop();
        const below = stack[stack.length - 1];
        if (below) layer[below[0]] = Math.max(layer[below[0]], layer[node] + (below[0] < count ? 1 : 0));
      }
    }
  }
  units.forEach((unit) => { unit.layer = layer[unit.id]; });
}

/** The arrows, and the knots between several boxes and several others that depend on them. */
function linksOf(places, unitsIn) {
  const edges = new Map();
  const knots = [];
  const seenKnots = new Map();
  const number = new Map();
  const idOf = (place) => {
    if (!number.has(place)) number.set(place, number.size);
    return number.get(place);
  };
  dependencies.forEach((dependency, d) => {
    const { on, label, ifFailed } = dependency;
    const bad = ifFailed === "SKIP" && on.some((each) => tests[each].outcome !== "passed");
    const hit = dependents[d].some((node) => ["aborted", "not run"].includes(tests[node].outcome));
    const from = new Map();
    const to = new Map();
    for (const each of on) {
      for (const place of places(each)) {
        const mark = from.get(place) || { stopped: false, critical: false };
        mark.stopped ||= bad && hit && tests[each].outcome !== "passed";
        mark.critical ||= dependents[d].some((node) => criticalLinks.has(each + " " + d + " " + node));
        from.set(place, mark);
      }
    }
    for (const node of dependents[d]) {
      for (const place of places(node)) {
        const mark = to.get(place) || { stopped: false, critical: false };
        mark.stopped ||= bad && ["aborted", "not run"].includes(tests[node].outcome);
        mark.critical ||= on.some((each) => criticalLinks.has(each + " " + d + " " + node));
        to.set(place, mark);
      }
    }
    if (!from.size || !to.size) return;
    const named = on.length === 1 && tests[on[0]].name === label;
    const one = from.size === 1;
    if (one && to.has([...from.keys()][0])) to.delete([...from.keys()][0]); // within a class that is shown as one box
    if (!to.size) return;
    if (one && (named || [...from.keys()][0].kind === "class")) {
      const [source, mark] = [...from][0];
      for (const [target, other] of to) link(source, target, d, mark.stopped && other.stopped, mark.critical && other.critical);
      return;
    }
    const knot = knotOf(label, d, from, to, unitsIn);
    for (const [source, mark] of from) link(source, knot, d, mark.stopped, mark.critical);
    for (const [target, mark] of to) link(knot, target, d, mark.stopped, mark.critical);
  });

  function knotOf(label, d, from, to) {
    const key = label + " " + [...from.keys()].map(idOf).join() + ">" + [...to.keys()].map(idOf).join();
    if (!seenKnots.has(key)) {
      const layers = [...to.keys()].flatMap((place) => (place.units || [place]).map((unit) => unit.layer));
      const knot = { knot: true, label: plainLabel(label), layer: Math.max(1, Math.min(...layers)), from: [...from.keys()], to: [...to.keys()] };
      knots.push(knot);
      seenKnots.set(key, knot);
    }
    return seenKnots.get(key);
  }

  function link(source, target, d, isStopped, isCritical) {
    const key = idOf(source) + ">" + idOf(target);
    const edge = edges.get(key) || { from: source, to: target, ds: [], stopped: false, critical: false };
    edge.ds.push(d);
    edge.stopped ||= isStopped;
    edge.critical ||= isCritical;
    edges.set(key, edge);
  }

  return { edges: [...edges.values()], knots };
}

function setPlaces(units, frames, { edges, knots }) {
  const layers = Math.max(0, ...units.map((unit) => unit.layer)) + 1;
  const into = new Map();
  for (const { from, to } of edges) {
    for (const unit of to.units || [to]) {
      if (!into.has(unit)) into.set(unit, []);
      into.get(unit).push(from);
    }
  }
  const sources = (unit) => (into.get(unit) || []).flatMap((place) => (place.knot ? place.from : [place]));
  const widths = new Array(layers).fill(1);
  for (const frame of frames) {
    frame.columns = new Map();
    for (const unit of frame.units) {
      if (!frame.columns.has(unit.layer)) frame.columns.set(unit.layer, []);
      frame.columns.get(unit.layer).push(unit);
    }
    frame.first = Math.min(...frame.columns.keys());
    frame.end = Math.max(...frame.columns.keys());
    frame.rows = 1;
    for (const [layer, stack] of frame.columns) {
      stack.high = stack.length <= 12 ? stack.length : Math.max(12, Math.ceil(Math.sqrt(stack.length * 2)));
      stack.wide = Math.ceil(stack.length / stack.high);
      frame.rows = Math.max(frame.rows, stack.high);
      widths[layer] = Math.max(widths[layer], stack.wide);
    }
    frame.h = frame.rows * (SIZE.height + SIZE.gap) - SIZE.gap + (frame.lone ? 0 : 2 * SIZE.pad + (frame.open ? SIZE.head : 0));
  }
  const hasKnot = new Array(layers + 1).fill(false);
  knots.forEach((knot) => { hasKnot[knot.layer] = true; });
  const columnX = [SIZE.pad * 2];
  for (let l = 1; l <= layers; l++) {
    columnX[l] = columnX[l - 1] + widths[l - 1] * (SIZE.width + SIZE.pad) - SIZE.pad + (hasKnot[l] ? SIZE.knotGutter : SIZE.gutter);
  }

  const middle = (place) => place.y + place.h / 2;
  const bottom = new Float64Array(layers).fill(SIZE.pad);
  const byLayer = Array.from({ length: layers }, () => []);
  frames.forEach((frame) => byLayer[frame.first].push(frame));
  const align = frames.length <= 80;
  const late = [];
  for (const group of byLayer) {
    for (const frame of group) {
      const known = frame.units.flatMap(sources).filter((place) => place.y !== undefined).map(middle);
      frame.wish = known.length ? known.reduce((a, b) => a + b) / known.length : undefined;
    }
    group.sort((a, b) => (a.wish ?? Infinity) - (b.wish ?? Infinity) || a.node - b.node);
    for (const frame of group) {
      if (frame.last) late.push(frame);
      else placeFrame(frame);
    }
  }
  late.forEach((frame) => { bottom.fill(Math.max(...bottom)); placeFrame(frame); });

  function placeFrame(frame) {
    let y = SIZE.pad;
    for (let l = frame.first; l <= frame.end; l++) y = Math.max(y, bottom[l]);
    if (align && frame.wish !== undefined) y = Math.max(y, frame.wish - frame.h / 2);
    frame.y = y;
    frame.x = columnX[frame.first] - (frame.lone ? 0 : SIZE.pad);
    for (let l = frame.first; l <= frame.end; l++) bottom[l] = y + frame.h + SIZE.pad * 1.6;
    let right = 0;
    const top = y + (frame.lone ? 0 : SIZE.pad + (frame.open ? SIZE.head : 0));
    for (const [layer, stack] of [...frame.columns].sort((a, b) => a[0] - b[0])) {
      const wish = new Map(stack.map((unit) => {
        const known = sources(unit).filter((place) => place.y !== undefined).map(middle);
        return [unit, known.length ? known.reduce((a, b) => a + b) / known.length : 0];
      }));
      stack.sort((a, b) => wish.get(a) - wish.get(b) || a.node - b.node);
      stack.forEach((unit, k) => {
        unit.w = unit.kind === "apart" ? 270 : SIZE.width;
        unit.h = SIZE.height;
        unit.x = columnX[layer] + Math.floor(k / stack.high) * (SIZE.width + SIZE.pad);
        unit.y = top + (k % stack.high) * (SIZE.height + SIZE.gap);
        right = Math.max(right, unit.x + unit.w);
      });
    }
    frame.w = right - frame.x + (frame.lone ? 0 : SIZE.pad);
  }

  const gutters = Array.from({ length: layers + 1 }, () => []);
  for (const knot of knots) {
    const near = [...knot.from, ...knot.to];
    knot.h = SIZE.knot;
    knot.w = Math.min(SIZE.knotGutter - 50, 26 + knot.label.length * 6.4);
    knot.x = columnX[knot.layer] - SIZE.knotGutter / 2 - knot.w / 2;
    knot.y = near.reduce((sum, place) => sum + middle(place), 0) / near.length - knot.h / 2;
    gutters[knot.layer].push(knot);
  }
  for (const gutter of gutters) {
    gutter.sort((a, b) => a.y - b.y);
    for (let k = 1; k < gutter.length; k++) gutter[k].y = Math.max(gutter[k].y, gutter[k - 1].y + SIZE.knot + 8);
  }
  const last = [...frames, ...knots];
  return {
    width: Math.max(...last.map((place) => place.x + place.w)) + 2 * SIZE.pad,
    height: Math.max(...last.map((place) => place.y + place.h)) + 2 * SIZE.pad,
  };
}
