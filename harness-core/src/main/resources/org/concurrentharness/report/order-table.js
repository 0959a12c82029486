// All tests as a table, which is also the pictures in words. Only the rows that can be seen are elements.
function makeTable() {
  const ROW = () => (window.innerWidth < 704 ? 4.4 : 2.5) * parseFloat(getComputedStyle(document.documentElement).fontSize);
  let row = ROW();
  let shown = leaves;
  const COLUMNS = [
    { name: "Outcome", key: (i) => OUTCOMES.indexOf(tests[i].outcome) },
    { name: "Test", key: (i) => tests[i].name },
    { name: "Took", number: true, key: took },
    { name: "Started", number: true, key: (i) => (tests[i].started === undefined ? Infinity : tests[i].started) },
    { name: "Waited", number: true, key: waitedNanos },
    { name: "For", key: (i) => (waitedNanos(i) && tests[i].waitedFor !== undefined ? plainName(tests[i].waitedFor) : "") },
    { name: "Thread", key: (i) => (tests[i].worker === undefined ? -1 : tests[i].worker) },
  ];
  let sorted = { column: COLUMNS[3], down: false };
  let text = "";
  const wanted = new Set(OUTCOMES);
  const body = el("div", { class: "canvas", role: "rowgroup" });
  const heads = COLUMNS.map((column) => {
    const head = el("div", { role: "columnheader", class: column.number ? "n" : "" });
    head.append(el("button", { type: "button", onclick: () => {
      sorted = { column, down: sorted.column === column ? !sorted.down : column.number && column.name !== "Started" };
      update();
    } }, column.name));
    return head;
  });
  const head = el("div", { class: "tr head", role: "row", "aria-rowindex": "1" }, heads);
  const grid = el("div", { class: "grid", role: "grid", tabindex: "0", id: "table", "aria-label": "All tests" },
    el("div", { role: "rowgroup", class: "headgroup" }, head), body);
  const count = el("output", { role: "status" });
  const find = el("input", { type: "search", placeholder: "Find tests", "aria-label": "Find tests by name, reason or thread",
    oninput: () => { text = find.value.toLowerCase(); update(); } });
  const filters = OUTCOMES.filter((outcome) => leaves.some((i) => tests[i].outcome === outcome)).map((outcome) => {
    const box = el("input", { type: "checkbox", checked: true, onchange: () => {
      if (box.checked) wanted.add(outcome); else wanted.delete(outcome);
      update();
    } });
    return el("label", {}, box, " ", outcomeBadge(outcome));
  });

  function matches(i) {
    const test = tests[i];
    return wanted.has(test.outcome) && (!text || (test.name + " " + (test.reason || "") + " "
      + (test.worker === undefined ? "" : data.workers[test.worker])).toLowerCase().includes(text));
  }

  function update() {
    const { column, down } = sorted;
    const keyed = leaves.filter(matches).map((i) => [column.key(i), i]);
    keyed.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1]));
    if (down) keyed.reverse();
    shown = keyed.map((each) => each[1]);
    COLUMNS.forEach((each, c) => {
      if (each === column) heads[c].setAttribute("aria-sort", down ? "descending" : "ascending");
      else heads[c].removeAttribute("aria-sort");
    });
    count.textContent = shown.length === leaves.length ? plural(shown.length, "test") : shown.length.toLocaleString("en") + " of " + plural(leaves.length, "test");
    grid.setAttribute("aria-rowcount", String(shown.length + 1));
    resize();
  }

  function resize() {
    row = ROW();
    body.replaceChildren(); // rows that are no longer shown would hold the list open
    body.style.height = Math.max(row, shown.length * row) + "px";
    grid.style.height = Math.min(shown.length * row + head.offsetHeight + 4, Math.max(240, window.innerHeight * 0.6)) + "px";
    render();
  }

  function render() {
    const from = Math.max(0, Math.floor(grid.scrollTop / row) - 4);
    const to = Math.min(shown.length, Math.ceil((grid.scrollTop + grid.clientHeight) / row) + 4);
    const made = [];
    for (let k = from; k < to; k++) made.push(rowElement(k));
    if (!shown.length) made.push(el("p", { class: "muted nothing" }, "No test is like that."));
    body.replaceChildren(...made);
    if (shown.includes(selected)) grid.setAttribute("aria-activedescendant", "test-" + selected);
    else grid.removeAttribute("aria-activedescendant");
  }

  function rowElement(k) {
    const i = shown[k];
    const test = tests[i];
    const cell = (className, label, ...content) => el("div", { role: "gridcell", class: className, "data-label": label }, content);
    const element = el("div", { class: "tr" + (onCritical.has(i) ? " critical" : ""), role: "row", id: "test-" + i,
      "aria-rowindex": k + 2, "aria-selected": String(i === selected), onclick: () => select(i, view) },
    cell("", undefined, outcomeBadge(test.outcome)),
    cell("name", undefined, plainName(i), test.reason ? el("span", { class: "muted" }, " " + test.reason) : ""),
    cell("n", "took", took(i) ? nanos(took(i)) : "–"),
    cell("n", "at", test.started === undefined ? "–" : nanos(test.started)),
    cell("n", "waited", waitedNanos(i) ? nanos(waitedNanos(i)) : "–"),
    cell("for", "for", waitedNanos(i) && test.waitedFor !== undefined ? plainName(test.waitedFor) : "–"),
    cell("thread-name", "in", test.worker === undefined ? "–" : data.workers[test.worker]));
    element.title = describe(i);
    element.style.top = k * row + "px";
    element.style.height = row + "px";
    return element;
  }

  function move(by) {
    const at = shown.indexOf(selected);
    const to = at < 0 ? 0 : Math.max(0, Math.min(shown.length - 1, at + by));
    if (shown.length) {
      select(shown[to], view);
      reveal();
    }
  }

  function reveal() {
    const at = shown.indexOf(selected);
    if (at < 0) return;
    const y = at * row;
    const room = grid.clientHeight - head.offsetHeight;
    if (y < grid.scrollTop) grid.scrollTop = y - row;
    else if (y + row > grid.scrollTop + room) grid.scrollTop = y + 2 * row - room;
    render();
  }

  const view = { show(mine) { if (mine) render(); else reveal(); render(); } };
  views.push(view);
  keys(grid, {
    ArrowDown: () => move(1), ArrowUp: () => move(-1), PageDown: () => move(10), PageUp: () => move(-10),
    Home: () => move(-shown.length), End: () => move(shown.length),
  });
  grid.addEventListener("scroll", throttled(render));
  page.append(el("section", { "aria-label": "All tests" }, el("h2", {}, "All tests"),
    el("div", { class: "tools" }, find, filters, count), grid));
  new ResizeObserver(throttled(resize)).observe(page);
  update();
}
