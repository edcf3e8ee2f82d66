// The same things with their ties to each other: a drawing that leaves room for names, and the
// ties as sentences. Placed at once and then still; the thing asked about stays in the middle.

import { type SimulationNodeDatum, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import { Labels } from "../editor/labels";
import { draw, make } from "../shared/dom";
import type { Texts } from "../shared/texts";

interface Link {
  readonly one: string;
  readonly other: string;
  readonly reading: string;
  readonly kind: string;
}

interface Thing {
  readonly name: string;
  readonly kind: string;
  readonly page: string;
}

/** What /network/{slug}.json tells. */
export interface Told {
  readonly thing: { readonly iri: string };
  readonly links: readonly Link[];
  readonly things: Readonly<Record<string, Thing>>;
}

interface Node extends SimulationNodeDatum {
  readonly iri: string;
}

const HUES: Readonly<Record<string, string>> = { member: "a", function: "a", partner: "b", agreement: "b", event: "b" };

/** The drawing and the sentences, to be put one after the other. */
export function drawWeb(told: Told, texts: Texts, width: number): [HTMLElement, HTMLElement] {
  const nodes: Node[] = Object.keys(told.things).map((iri) => ({ iri }));
  const height = Math.round(Math.min(1000, Math.max(380, Math.sqrt(nodes.length) * 95)) * (width < 500 ? 1.5 : 1));
  const centre = nodes.find((node) => node.iri === told.thing.iri);
  if (centre) [centre.fx, centre.fy] = [0, 0];
  place(nodes, told.links, width, height);
  const frame = make("div", { class: "frame web" });
  frame.append(drawing(told, nodes, width, height, texts("network.graph-title")));
  light(frame);
  const sentences = told.links.map((link) => sentence(link, told.things));
  const list = make("details", { class: "data web mt-2" }, make("summary", {}, texts("network.graph-list")), make("ul", {}, ...sentences));
  return [frame, list];
}

function place(nodes: Node[], links: readonly Link[], width: number, height: number): void {
  const near = links.map((link) => ({ source: link.one, target: link.other }));
  forceSimulation(nodes)
    .force("link", forceLink<Node, (typeof near)[number]>(near).id((node) => node.iri).distance(80).strength(0.15))
    .force("charge", forceManyBody().strength(-260))
    .force("room", forceCollide(24))
    .force("x", forceX(0).strength(0.07 * (height / width)))
    .force("y", forceY(0).strength(0.09))
    .stop()
    .tick(280);
  // The middle stays in the middle: both halves are drawn to the scale of the wider one.
  const reach = (of: (node: Node) => number): number => Math.max(1, ...nodes.map((node) => Math.abs(of(node))));
  const [far, high] = [reach((node) => node.x ?? 0), reach((node) => node.y ?? 0)];
  const side = Math.min(100, width * 0.14);
  for (const node of nodes) {
    node.x = width / 2 + ((node.x ?? 0) / far) * (width / 2 - side);
    node.y = height / 2 + ((node.y ?? 0) / high) * (height / 2 - 24);
  }
}

function drawing(told: Told, nodes: readonly Node[], width: number, height: number, title: string): SVGSVGElement {
  const svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": title });
  const at = new Map(nodes.map((node) => [node.iri, [node.x ?? 0, node.y ?? 0] as const]));
  const counts = new Map<string, number>();
  for (const { one, other, kind } of told.links) {
    const [[x1, y1], [x2, y2]] = [at.get(one) ?? [0, 0], at.get(other) ?? [0, 0]];
    svg.append(draw("line", { x1, y1, x2, y2, class: `s-thread ${HUES[kind] ?? "c"}`, "data-one": one, "data-other": other }));
    for (const iri of [one, other]) counts.set(iri, (counts.get(iri) ?? 0) + 1);
  }
  const labels = new Labels(width, height);
  for (const [x, y] of at.values()) labels.take(x, y, 7);
  // The middle is named first, then what has most ties: where there is no room, the table names it.
  const weight = (iri: string): number => (iri === told.thing.iri ? Infinity : (counts.get(iri) ?? 0));
  for (const node of [...nodes].sort((one, other) => weight(other.iri) - weight(one.iri))) {
    const thing = told.things[node.iri];
    if (!thing) continue;
    const [x, y] = at.get(node.iri) ?? [0, 0];
    const isMiddle = node.iri === told.thing.iri;
    const r = isMiddle ? 11 : Math.min(10, 4 + Math.sqrt(counts.get(node.iri) ?? 0));
    const label = thing.name.length > 34 ? `${thing.name.slice(0, 33)}…` : thing.name;
    const room = labels.place(x, y, r, label);
    const dot = draw("circle", { cx: x, cy: y, r, class: isMiddle ? "middle" : "s-node" }, draw("title", {}, thing.name));
    const parts = room ? [dot, draw("text", { ...room, class: "halo" }, label)] : [dot];
    const href = thing.page.replace("/doc/", "/network/");
    const spoken = thing.kind ? `${thing.name}, ${thing.kind}` : thing.name;
    svg.append(draw("a", { href, "aria-label": spoken, "data-thing": node.iri }, ...parts));
  }
  return svg;
}

/** Whatever has the focus or the pointer shows its ties alone. */
function light(frame: HTMLElement): void {
  const show = (event: Event): void => {
    const node = event.target instanceof Element ? event.target.closest<SVGAElement>("a[data-thing]") : null;
    const iri = node?.dataset["thing"];
    frame.classList.toggle("lit", iri !== undefined);
    const known = new Set([iri]);
    for (const line of frame.querySelectorAll<SVGLineElement>("line")) {
      const { one, other } = line.dataset;
      const isOn = iri !== undefined && (one === iri || other === iri);
      line.classList.toggle("on", isOn);
      if (isOn) known.add(one).add(other);
    }
    for (const one of frame.querySelectorAll<SVGAElement>("a")) one.classList.toggle("on", known.has(one.dataset["thing"]));
  };
  for (const kind of ["focusin", "focusout", "pointerover", "pointerleave"]) frame.addEventListener(kind, kind === "focusout" || kind === "pointerleave" ? () => frame.classList.remove("lit") : show);
}

function sentence(link: Link, things: Told["things"]): HTMLLIElement {
  const name = (iri: string): string => things[iri]?.name ?? iri;
  const slug = (iri: string): string => iri.slice(iri.lastIndexOf("/") + 1);
  const sources = new URLSearchParams({ from: slug(link.one), to: slug(link.other), max: "1", lang: document.documentElement.lang });
  return make("li", {}, make("a", { href: `/path?${sources}` }, `${name(link.one)} ${link.reading} ${name(link.other)}`));
}
