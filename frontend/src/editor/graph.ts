// The links of an answer as a drawing, and the same as sentences.

import { type SimulationNodeDatum, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";

import { draw, make } from "../shared/dom";
import type { Texts } from "../shared/texts";
import { Labels } from "./labels";
import { type Data, type Row, type Term, addressOf, namesOf, tailOf } from "./data";

/** Links that can still be told apart in one drawing. */
const MOST = 120;
/** Up to so many links, each is named in the drawing. */
const NAMED = 24;

interface Link {
  readonly from: string;
  readonly to: string;
  /** An IRI, or the name of a column. */
  readonly by: string;
}

interface Node extends SimulationNodeDatum {
  readonly iri: string;
}

/** Draws the links between the IRIs of an answer, or says what a graph needs. */
export async function drawGraph(data: Data, into: HTMLElement, texts: Texts): Promise<void> {
  const every = unique(data.form === "graph" ? ofTriples(data.rows) : ofTable(data));
  if (every.length === 0) {
    const why = data.form !== "truth" && data.rows.length === 0 ? "editor.nothing" : "editor.graph.none";
    return into.replaceChildren(make("p", {}, texts(why)));
  }
  const links = every.slice(0, MOST);
  const names = await namesOf(links.flatMap((link) => [link.from, link.to, link.by]));
  const name = (iri: string): string => names.get(iri) ?? (iri.includes(":") ? tailOf(iri) : iri);
  const figure = make("figure", { class: "picture" });
  const list = make("ul", {}, ...links.map((link) => sentence(link, name)));
  const told = make("details", { class: "data mt-3" }, make("summary", {}, texts("editor.graph.list")), list);
  into.replaceChildren(figure, told);
  const paint = (): void => {
    const caption = make("figcaption", {}, make("h3", {}, texts.count("editor.graph.size", every.length)));
    if (links.length < every.length) {
      caption.append(make("p", { class: "muted" }, texts("editor.graph.first", { n: texts.number(MOST) })));
    }
    const width = Math.max(280, Math.round(figure.clientWidth || 640));
    figure.replaceChildren(caption, drawing(links, name, width, texts("editor.graph.title")));
  };
  let width = 0;
  new ResizeObserver(([entry]) => {
    const now = Math.round(entry?.contentRect.width ?? 0);
    if (now && now !== width) paint();
    width = now;
  }).observe(into);
  paint();
}

function ofTriples(rows: readonly Row[]): Link[] {
  return rows.flatMap(({ s, p, o }) =>
    s && p && o && o.type !== "literal" ? { from: s.value, to: o.value, by: p.value } : [],
  );
}

/** Neighbouring columns of IRIs make links; of three, the one in the middle says which. */
function ofTable(data: Data): Link[] {
  const columns = data.columns.filter((column) => data.rows.some((row) => isThing(row[column])));
  const [first, middle, last] = columns;
  if (columns.length === 3 && first && middle && last) {
    return data.rows.flatMap((row) => pair(row[first], row[last], row[middle]?.value ?? middle));
  }
  return data.rows.flatMap((row) =>
    columns.slice(1).flatMap((column, index) => pair(row[columns[index] ?? ""], row[column], column)),
  );
}

function pair(from: Term | undefined, to: Term | undefined, by: string): Link[] {
  return isThing(from) && isThing(to) ? [{ from: from.value, to: to.value, by }] : [];
}

function isThing(term: Term | undefined): term is Term {
  return term !== undefined && term.type !== "literal";
}

function unique(links: readonly Link[]): Link[] {
  return [...new Map(links.map((link) => [`${link.from}\n${link.by}\n${link.to}`, link])).values()];
}

function drawing(links: readonly Link[], name: (iri: string) => string, width: number, title: string): SVGSVGElement {
  const nodes = new Map<string, Node>();
  for (const iri of links.flatMap((link) => [link.from, link.to])) nodes.set(iri, nodes.get(iri) ?? { iri });
  const height = Math.round(Math.min(900, Math.max(360, Math.sqrt(nodes.size) * 110)) * (width < 500 ? 1.3 : 1));
  place([...nodes.values()], links, width, height);
  const at = (iri: string): readonly [number, number] => [nodes.get(iri)?.x ?? 0, nodes.get(iri)?.y ?? 0];
  const svg = draw(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": title },
    draw("defs", {}, draw("marker", { id: "tip", viewBox: "0 0 8 8", refX: 15, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto" },
      draw("path", { d: "M0 0L8 4L0 8z", class: "s-tip" }))),
  );
  for (const link of links) {
    const [[x1, y1], [x2, y2]] = [at(link.from), at(link.to)];
    svg.append(draw("line", { x1, y1, x2, y2, class: "s-link", "marker-end": "url(#tip)" }));
    if (links.length > NAMED) continue;
    const middle = { x: (x1 + x2) / 2, y: (y1 + y2) / 2 - 3 };
    svg.append(draw("text", { ...middle, class: "s-group halo", "text-anchor": "middle", "aria-hidden": "true" }, short(name(link.by), 28)));
  }
  const linked = new Map<string, number>();
  for (const iri of links.flatMap((link) => [link.from, link.to])) linked.set(iri, (linked.get(iri) ?? 0) + 1);
  const labels = new Labels(width, height);
  for (const node of nodes.values()) labels.take(node.x ?? 0, node.y ?? 0, 8);
  // What has most links is named first: where there is no room, the sentences below name the rest.
  for (const [iri, count] of [...linked].sort(([, a], [, b]) => b - a)) {
    const [x, y] = at(iri);
    const r = Math.min(12, 5 + Math.sqrt(count));
    const dot = draw("circle", { cx: x, cy: y, r, class: "s-node" }, draw("title", {}, name(iri)));
    const label = short(name(iri), width < 500 ? 24 : 40);
    const room = labels.place(x, y, r, label);
    const parts = room ? [dot, draw("text", { ...room, class: "halo" }, label)] : [dot];
    const href = addressOf(iri);
    svg.append(href ? draw("a", { href, "aria-label": name(iri) }, ...parts) : draw("g", {}, ...parts));
  }
  return svg;
}

/** Puts the nodes where their links are short and they leave each other room; at once, unmoved. */
function place(nodes: Node[], links: readonly Link[], width: number, height: number): void {
  const near = links.map((link) => ({ source: link.from, target: link.to }));
  forceSimulation(nodes)
    .force("link", forceLink<Node, (typeof near)[number]>(near).id((node) => node.iri).distance(90))
    .force("charge", forceManyBody().strength(-320))
    .force("room", forceCollide(26))
    .force("x", forceX(0).strength(0.05 * (height / width)))
    .force("y", forceY(0).strength(0.08))
    .stop()
    .tick(300);
  const [left, right] = [Math.min(...nodes.map((n) => n.x ?? 0)), Math.max(...nodes.map((n) => n.x ?? 0))];
  const [top, bottom] = [Math.min(...nodes.map((n) => n.y ?? 0)), Math.max(...nodes.map((n) => n.y ?? 0))];
  const side = Math.min(90, width * 0.12);
  for (const node of nodes) {
    node.x = side + (((node.x ?? 0) - left) / (right - left || 1)) * (width - 2 * side);
    node.y = 24 + (((node.y ?? 0) - top) / (bottom - top || 1)) * (height - 48);
  }
}

function sentence(link: Link, name: (iri: string) => string): HTMLLIElement {
  const part = (iri: string): HTMLElement | string => {
    const href = addressOf(iri);
    return href ? make("a", { href }, name(iri)) : name(iri);
  };
  return make("li", {}, part(link.from), ` ${name(link.by)} `, part(link.to));
}

function short(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
