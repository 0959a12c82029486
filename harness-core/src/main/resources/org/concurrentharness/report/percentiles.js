// Plots of latencies: what the page of a load and the summary of a run have in common.

/** Makes an element of a drawing. Its colours come from classes: the policy of the page allows no style at an element. */
function shape(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== undefined && value !== null) element.setAttribute(name, String(value));
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== ""));
  return element;
}

/** Three digits of a number. */
function digits(value) {
  if (value >= 99.95) return Math.round(value).toLocaleString("en");
  return String(Number(value.toPrecision(3)));
}

function latency(nanos) {
  if (nanos < 1e3) return digits(nanos) + " ns";
  if (nanos < 1e6) return digits(nanos / 1e3) + " µs";
  return nanos < 1e9 ? digits(nanos / 1e6) + " ms" : digits(nanos / 1e9) + " s";
}

function perSecond(rate) {
  return digits(rate) + "/s";
}

function share(part, all) {
  if (!part || !all) return "0 %";
  const percent = (100 * part) / all;
  return (percent >= 1 ? digits(percent) : String(Number(percent.toPrecision(2)))) + " %";
}

/** The places of powers of ten times 1, 2 and 5 (only 1 when there are many), one beyond each end of what is to be shown. */
function logarithmic(least, most, size) {
  const low = Math.max(1, least);
  const high = Math.max(low * 1.5, most);
  const decades = Math.log10(high / low);
  const steps = decades > 3 ? [1] : decades > 1.2 ? [1, 3] : [1, 2, 5];
  const all = [];
  for (let power = Math.floor(Math.log10(low)) - 1; power <= Math.ceil(Math.log10(high)); power++) {
    for (const step of steps) all.push(step * 10 ** power);
  }
  const from = Math.max(...all.filter((tick) => tick <= low));
  const to = Math.min(...all.filter((tick) => tick >= high));
  const place = (value) => (size * Math.log(Math.max(value, from) / from)) / Math.log(to / from);
  return { place, ticks: all.filter((tick) => tick >= from && tick <= to) };
}

/** Latency by percentile, each further nine as wide as the one before. */
function percentilePlot({ series, limits, count, width, height, small, label }) {
  const left = small ? 1 : 64;
  const top = small ? 3 : 22;
  const right = small ? 1 : 16;
  const bottom = small ? 3 : 44;
  const wide = width - left - right;
  const high = height - top - bottom;
  const nines = Math.max(1, Math.log10(Math.max(10, count)));
  const x = (percentile) => left + (wide * Math.min(nines, percentile >= 100 ? nines : -Math.log10(1 - percentile / 100))) / nines;
  const values = [...series.flatMap((each) => each.points.map((point) => point[1])), ...limits.map((limit) => limit[1])].filter((value) => value > 0);
  const axis = logarithmic(Math.min(...values), Math.max(...values), high);
  const y = (nanos) => top + high - axis.place(nanos);
  const svg = shape("svg", { class: "plot", width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
  if (!small) {
    for (const tick of axis.ticks) {
      svg.append(shape("line", { class: "grid", x1: left, x2: left + wide, y1: y(tick), y2: y(tick) }),
        shape("text", { class: "tick end", x: left - 8, y: y(tick) + 4 }, latency(tick)));
    }
    const steps = [0, 50, 90, 99, 99.9, 99.99, 99.999, 99.9999, 99.99999, 99.999999].filter((p) => -Math.log10(1 - p / 100) <= nines + 1e-9);
    let free = -Infinity;
    for (const tick of steps) {
      svg.append(shape("line", { class: "grid", x1: x(tick), x2: x(tick), y1: top, y2: top + high }));
      const text = tick + " %";
      if (x(tick) - text.length * 4 < free) continue;
      free = x(tick) + text.length * 4;
      svg.append(shape("text", { class: "tick middle", x: x(tick), y: top + high + 18 }, text));
    }
    svg.append(shape("text", { class: "tick middle", x: left + wide / 2, y: height - 6 }, "percentile"));
  }
  for (const each of series) {
    if (!each.points.length) continue;
    const places = each.points.map(([percentile, nanos]) => [x(percentile), y(nanos)]);
    svg.append(shape("polyline", { class: "curve " + each.kind, points: places.map(([px, py]) => px.toFixed(1) + "," + py.toFixed(1)).join(" ") }));
    if (each.marks) {
      each.points.forEach(([percentile, nanos], i) => svg.append(shape("circle", { class: "mark " + each.kind, cx: places[i][0], cy: places[i][1], r: 3.5 },
        shape("title", {}, each.name + ": " + (percentile === 100 ? "longest " : "p" + percentile + " ") + latency(nanos)))));
    }
  }
  for (const [percentile, nanos] of limits) {
    const px = x(percentile);
    const py = y(nanos);
    svg.append(shape("path", { class: "limit", d: small ? `M${px - 5} ${py}h10` : `M${px - 14} ${py}h28M${px} ${py}v-8` }));
    if (!small) {
      const text = (percentile === 100 ? "longest" : "p" + percentile) + " ≤ " + latency(nanos);
      const end = px > left + wide - 70;
      svg.append(shape("text", { class: "limit-name " + (end ? "end" : "middle"), x: end ? left + wide : Math.max(px, left + 50), y: py > top + 24 ? py - 12 : py + 18 }, text));
    }
  }
  return svg;
}
