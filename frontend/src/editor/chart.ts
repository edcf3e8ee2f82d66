// A chart of one column of numbers: bars by name, or a line where the names are dates.

import { draw, make } from "../shared/dom";
import { type Texts, pageLanguage } from "../shared/texts";
import { type Data, type Term, momentOf, namesOf, numberOf, tailOf } from "./data";

/** Bars that can still be read one under the other. */
const MOST = 60;
const ROW = 44;
const PAD = 12;

interface Point {
  readonly label: string;
  readonly moment: number | null;
  readonly value: number;
}

interface Choice {
  label: string | null;
  value: string;
}

/** Draws a chart with a choice of columns, or says what a chart needs. */
export async function drawChart(data: Data, into: HTMLElement, texts: Texts): Promise<void> {
  const values = data.columns.filter((column) => holds(data, column, (term) => numberOf(term) !== null));
  const chosen = choose(data, values);
  if (!chosen) {
    const why = data.form === "table" && data.rows.length === 0 ? "editor.nothing" : "editor.chart.none";
    return into.replaceChildren(make("p", {}, texts(why)));
  }
  const iris = data.rows.slice(0, MOST).flatMap((row) => Object.values(row).filter((term) => term.type === "uri"));
  const names = await namesOf(iris.map((term) => term.value));
  const figure = make("figure", { class: "picture" });
  const redraw = (): void => paint(data, chosen, names, figure, texts);
  const labels = data.columns.filter((column) => column !== chosen.value);
  const controls = make(
    "div",
    { class: "choices" },
    labels.length > 1 ? select(texts("editor.chart.labels"), labels, chosen.label ?? "", (column) => {
      chosen.label = column;
      redraw();
    }) : null,
    values.length > 1 ? select(texts("editor.chart.values"), values, chosen.value, (column) => {
      chosen.value = column;
      redraw();
    }) : null,
  );
  into.replaceChildren(...(controls.hasChildNodes() ? [controls] : []), figure);
  let width = 0;
  new ResizeObserver(([entry]) => {
    const now = Math.round(entry?.contentRect.width ?? 0);
    if (now && now !== width) redraw();
    width = now;
  }).observe(into);
  redraw();
}

/** The last column of numbers, named by the first that is none; null where there are no numbers. */
function choose(data: Data, values: readonly string[]): Choice | null {
  const value = values.at(-1);
  if (!value) return null;
  const others = data.columns.filter((column) => column !== value && data.rows.some((row) => row[column]));
  const label =
    others.find((column) => holds(data, column, (term) => term.type === "literal" && !isCode(term))) ?? others[0];
  return { label: label ?? null, value };
}

function holds(data: Data, column: string, test: (term: Term) => boolean): boolean {
  const bound = data.rows.flatMap((row) => row[column] ?? []);
  return bound.length > 0 && bound.every(test);
}

function isCode(term: Term): boolean {
  return numberOf(term) !== null;
}

function paint(data: Data, chosen: Choice, names: ReadonlyMap<string, string>, figure: HTMLElement, texts: Texts): void {
  const points: Point[] = [];
  for (const [index, row] of data.rows.entries()) {
    const value = numberOf(row[chosen.value]);
    if (value === null) continue;
    const term = chosen.label ? row[chosen.label] : undefined;
    const label = term ? (names.get(term.value) ?? (term.type === "uri" ? tailOf(term.value) : term.value)) : `${index + 1}`;
    points.push({ label, moment: momentOf(term), value });
  }
  const label = chosen.label ?? texts("editor.chart.rows");
  const title = texts("editor.chart.title", { value: chosen.value, label });
  const isLine = points.length > 2 && points.every((point) => point.moment !== null);
  const shown = isLine ? points : points.slice(0, MOST);
  const width = Math.max(280, Math.round(figure.clientWidth || 640));
  const svg = isLine ? line(shown, width, texts) : bars(shown, width, texts);
  const told = shown.slice(0, 8).map((point) => `${point.label}: ${texts.number(point.value)}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-labelledby", "chart-title chart-told");
  svg.prepend(draw("title", { id: "chart-title" }, title), draw("desc", { id: "chart-told" }, told.join("; ")));
  const caption = make("figcaption", {}, make("h3", {}, title));
  if (shown.length < points.length) {
    caption.append(make("p", { class: "muted" }, texts("editor.chart.first", { n: texts.number(MOST) })));
  }
  figure.replaceChildren(caption, svg);
}

/** A bar a row, its name above it: names may be as long as the chart is wide. */
function bars(points: readonly Point[], width: number, texts: Texts): SVGSVGElement {
  const low = Math.min(0, ...points.map((point) => point.value));
  const high = Math.max(0, ...points.map((point) => point.value));
  const written = Math.max(...points.map((point) => texts.number(point.value).length));
  const room = width - written * 8.5 - PAD;
  const scale = (value: number): number => (high === low ? 0 : ((value - low) / (high - low)) * room);
  const height = points.length * ROW + PAD;
  const svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, width, height });
  const most = Math.floor(width / 7.4);
  points.forEach((point, index) => {
    const top = index * ROW + PAD;
    const from = scale(Math.min(0, point.value));
    const long = Math.max(1, scale(Math.max(0, point.value)) - from);
    const label = point.label.length > most ? `${point.label.slice(0, most - 1)}…` : point.label;
    svg.append(
      draw("text", { x: 0, y: top + 12, class: "s-name" }, label),
      draw("rect", { x: from, y: top + 18, width: long, height: 14, class: "s-bar" }),
      draw("text", { x: from + long + 6, y: top + 30, class: "s-value" }, texts.number(point.value)),
    );
  });
  return svg;
}

/** A line over time, with a dot at each date. */
function line(points: readonly Point[], width: number, texts: Texts): SVGSVGElement {
  const height = Math.round(Math.min(420, Math.max(240, width * 0.5)));
  const sorted = [...points].sort((a, b) => (a.moment ?? 0) - (b.moment ?? 0));
  const moments = sorted.map((point) => point.moment ?? 0);
  const high = Math.max(0, ...sorted.map((point) => point.value));
  const low = Math.min(0, ...sorted.map((point) => point.value));
  const step = stepOf(high - low);
  const top = Math.ceil(high / step) * step || step;
  const bottom = Math.floor(low / step) * step;
  const ticks = Array.from({ length: Math.round((top - bottom) / step) + 1 }, (_, i) => bottom + i * step);
  const left = Math.max(...ticks.map((tick) => texts.number(tick).length)) * 8.5 + 10;
  const [first, last] = [moments[0] ?? 0, moments.at(-1) ?? 0];
  const x = (moment: number): number =>
    last === first ? (left + width) / 2 : left + ((moment - first) / (last - first)) * (width - left - 24) + 8;
  const y = (value: number): number => PAD + ((top - value) / (top - bottom)) * (height - 44);
  const svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, width, height });
  for (const tick of ticks) {
    svg.append(
      draw("line", { x1: left, x2: width, y1: y(tick), y2: y(tick), class: tick === 0 ? "s-axis" : "s-grid" }),
      draw("text", { x: left - 8, y: y(tick) + 4, class: "s-value", "text-anchor": "end" }, texts.number(tick)),
    );
  }
  const path = sorted.map((point) => `${x(point.moment ?? 0).toFixed(1)} ${y(point.value).toFixed(1)}`).join("L");
  svg.append(draw("path", { d: `M${path}`, class: "s-line" }));
  let free = -Infinity;
  for (const point of sorted) {
    const at = x(point.moment ?? 0);
    const told = draw("title", {}, `${point.label}: ${texts.number(point.value)}`);
    svg.append(draw("circle", { cx: at, cy: y(point.value), r: 5, class: "s-node" }, told));
    const half = point.label.length * 3.8;
    if (at - half < free) continue;
    free = at + half + 10;
    const place = Math.min(Math.max(at, half), width - half);
    svg.append(draw("text", { x: place, y: height - 10, class: "s-value", "text-anchor": "middle" }, point.label));
  }
  return svg;
}

/** A round step that cuts a range into about five. */
function stepOf(range: number): number {
  const raw = (range || 1) / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  return (raw / power < 1.5 ? 1 : raw / power < 3.5 ? 2 : raw / power < 7.5 ? 5 : 10) * power;
}

function select(name: string, columns: readonly string[], chosen: string, pick: (column: string) => void): HTMLElement {
  const list = make("select", {}, ...columns.map((column) => make("option", { selected: column === chosen }, column)));
  list.lang = pageLanguage();
  list.addEventListener("change", () => pick(list.value));
  return make("label", {}, `${name} `, list);
}
