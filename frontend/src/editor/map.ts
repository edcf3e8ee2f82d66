// The places of an answer on an outline map, and the same as a list.

import { draw, make } from "../shared/dom";
import type { Texts } from "../shared/texts";
import { Labels } from "./labels";
import { type Data, type Row, addressOf, namesOf, numberOf, select, tailOf } from "./data";
import { type Point, land, region, rivers } from "./outlines";

/** Degrees that a map shows at least, so that one town is not all there is. */
const LEAST = 1.6;
/** Pixels between two marks that can be told apart. */
const APART = 16;
const POINT = /POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)/i;

interface Mark {
  readonly at: Point;
  readonly things: { readonly name: string; readonly href: string | null }[];
}

/** Draws what has a place, or says what a map needs. */
export async function drawMap(data: Data, into: HTMLElement, texts: Texts): Promise<void> {
  const marks = await marksOf(data);
  if (marks.length === 0) {
    const why = data.form === "table" && data.rows.length === 0 ? "editor.nothing" : "editor.map.none";
    return into.replaceChildren(make("p", {}, texts(why)));
  }
  const count = texts.count("editor.map.placed", marks.length);
  const items = marks.map((mark) =>
    make("li", {}, ...mark.things.flatMap(({ name, href }, index) => [
      index ? ", " : "",
      href ? make("a", { href }, name) : name,
    ])),
  );
  const list = make("details", { class: "data mt-3" }, make("summary", {}, texts("editor.map.list")), make("ul", {}, ...items));
  const figure = make("figure", { class: "picture" });
  into.replaceChildren(figure, list);
  const paint = (): void => {
    const width = Math.max(280, Math.round(figure.clientWidth || 640));
    figure.replaceChildren(make("figcaption", {}, make("h3", {}, count)), drawing(marks, width, texts("editor.map.title")));
  };
  let width = 0;
  new ResizeObserver(([entry]) => {
    const now = Math.round(entry?.contentRect.width ?? 0);
    if (now && now !== width) paint();
    width = now;
  }).observe(into);
  paint();
}

/** Where something is, from north to south; what is at one place shares a mark. */
async function marksOf(data: Data): Promise<Mark[]> {
  const iris = data.rows.flatMap((row) => Object.values(row).flatMap((term) => (term.type === "uri" ? term.value : [])));
  const [names, places] = await Promise.all([namesOf(iris), placesOf(data, iris)]);
  const marks = new Map<string, Mark>();
  const seen = new Set<string>();
  for (const { at, iri, name } of places) {
    const told = (iri && (names.get(iri) ?? tailOf(iri))) || name || `${at[1].toFixed(2)}, ${at[0].toFixed(2)}`;
    const key = `${at[0].toFixed(2)} ${at[1].toFixed(2)}`;
    if (seen.has(`${key} ${told}`)) continue;
    seen.add(`${key} ${told}`);
    const mark = marks.get(key) ?? { at, things: [] };
    mark.things.push({ name: told, href: iri ? addressOf(iri) : null });
    marks.set(key, mark);
  }
  return [...marks.values()].sort((a, b) => b.at[1] - a.at[1]);
}

interface Place {
  readonly at: Point;
  readonly iri: string | null;
  readonly name: string | null;
}

/** Coordinates in the answer itself, else those of the column of which most has a place. */
async function placesOf(data: Data, iris: readonly string[]): Promise<Place[]> {
  const given = data.rows.flatMap((row) => {
    const at = pointOf(data, row);
    return at ? [{ at, ...labelOf(data, row) }] : [];
  });
  if (given.length > 0) return given;
  const known = await located(iris);
  const counts = data.columns.map((column) => {
    const values = new Set(data.rows.flatMap((row) => (row[column]?.type === "uri" ? row[column].value : [])));
    return [...values].filter((iri) => known.has(iri)).length;
  });
  const column = data.columns[counts.indexOf(Math.max(0, ...counts))];
  return data.rows.flatMap((row) => {
    const iri = column ? row[column]?.value : undefined;
    const at = iri ? known.get(iri) : undefined;
    return iri && at ? [{ at, iri, name: null }] : [];
  });
}

function pointOf(data: Data, row: Row): Point | null {
  for (const term of Object.values(row)) {
    const found = term.type === "literal" ? POINT.exec(term.value) : null;
    if (found) return [Number(found[1]), Number(found[2])];
  }
  const column = (name: RegExp): number | null => {
    const found = data.columns.find((candidate) => name.test(candidate));
    return found ? numberOf(row[found]) : null;
  };
  const [north, east] = [column(/^lat(itude)?$/i), column(/^(lon|lng|long|longitude)$/i)];
  return north !== null && east !== null ? [east, north] : null;
}

function labelOf(data: Data, row: Row): Omit<Place, "at"> {
  const terms = data.columns.flatMap((column) => row[column] ?? []);
  const iri = terms.find((term) => term.type === "uri")?.value ?? null;
  const name = terms.find((term) => term.type === "literal" && !POINT.test(term.value))?.value ?? null;
  return { iri, name };
}

/** Where things are: themselves, their seat, the place of their seat, what they concern. */
async function located(iris: readonly string[]): Promise<Map<string, Point>> {
  const wanted = [...new Set(iris)].filter((iri) => /^[^\s<>"{}|^`\\]+$/.test(iri));
  const found = new Map<string, Point>();
  for (let start = 0; start < wanted.length; start += 150) {
    const values = wanted.slice(start, start + 150).map((iri) => `<${iri}>`).join(" ");
    const rows = await select(`PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?thing ?wkt WHERE {
  VALUES ?thing { ${values} }
  { ?thing geo:hasGeometry/geo:asWKT ?wkt BIND(0 AS ?rank) }
  UNION { ?thing org:hasPrimarySite/geo:hasGeometry/geo:asWKT ?wkt BIND(1 AS ?rank) }
  UNION { ?thing org:hasPrimarySite/dcterms:spatial/geo:hasGeometry/geo:asWKT ?wkt BIND(2 AS ?rank) }
  UNION { ?thing org:hasSite/dcterms:spatial/geo:hasGeometry/geo:asWKT ?wkt BIND(3 AS ?rank) }
  UNION { ?thing dcterms:spatial/geo:hasGeometry/geo:asWKT ?wkt BIND(4 AS ?rank) }
} ORDER BY ?rank ?thing ?wkt`);
    for (const { thing, wkt } of rows) {
      const point = POINT.exec(wkt?.value ?? "");
      if (thing && point && !found.has(thing.value)) found.set(thing.value, [Number(point[1]), Number(point[2])]);
    }
  }
  return found;
}

function drawing(marks: readonly Mark[], width: number, title: string): SVGSVGElement {
  const height = Math.round(Math.min(620, Math.max(320, width * 0.66)));
  const project = projection(marks, width, height);
  const path = (line: readonly Point[], end: string): string =>
    `M${line.map((point) => project(point).map((value) => value.toFixed(1)).join(" ")).join("L")}${end}`;
  const svg = draw(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": title },
    draw("rect", { width, height, class: "s-sea" }),
    draw("path", { d: land.map((ring) => path(ring, "Z")).join(""), class: "s-land" }),
    draw("path", { d: region.map((ring) => path(ring, "Z")).join(""), class: "s-land s-region" }),
    draw("path", { d: rivers.map((river) => path(river, "")).join(""), class: "s-river" }),
  );
  const apart = clustered(marks, project);
  const most = Math.max(...apart.map((mark) => mark.things.length));
  const labels = new Labels(width, height);
  for (const mark of apart) labels.take(...project(mark.at), 8);
  // The largest first: where there is no room for every name, theirs are written.
  for (const mark of apart.sort((a, b) => b.things.length - a.things.length)) {
    const [x, y] = project(mark.at);
    const r = 5 + (most > 1 ? Math.sqrt(mark.things.length / most) * 7 : 1);
    const [first] = mark.things;
    const name = mark.things.length > 1 ? `${first?.name} +${mark.things.length - 1}` : (first?.name ?? "");
    const told = name.length > 34 ? `${name.slice(0, 33)}…` : name;
    const dot = draw("circle", { cx: x, cy: y, r, class: "s-node" }, draw("title", {}, mark.things.map((t) => t.name).join(", ")));
    const parts: SVGElement[] = [dot];
    const room = labels.place(x, y, r, told);
    if (room) parts.push(draw("text", { ...room, class: "halo" }, told));
    const href = mark.things.length === 1 ? first?.href : null;
    svg.append(href ? draw("a", { href, "aria-label": name }, ...parts) : draw("g", {}, ...parts));
  }
  return svg;
}

/** Marks that would cover each other as one, at the place of the first. */
function clustered(marks: readonly Mark[], project: (point: Point) => [number, number]): Mark[] {
  const found: Mark[] = [];
  for (const mark of marks) {
    const [x, y] = project(mark.at);
    const near = found.find((other) => {
      const [a, b] = project(other.at);
      return Math.hypot(a - x, b - y) < APART;
    });
    if (near) near.things.push(...mark.things);
    else found.push({ at: mark.at, things: [...mark.things] });
  }
  return found;
}

/** Degrees to pixels, true to scale in the middle of what is shown. */
function projection(marks: readonly Mark[], width: number, height: number): (point: Point) => [number, number] {
  const east = marks.map((mark) => mark.at[0]);
  const north = marks.map((mark) => mark.at[1]);
  const middle: Point = [(Math.min(...east) + Math.max(...east)) / 2, (Math.min(...north) + Math.max(...north)) / 2];
  const shrink = Math.cos((middle[1] * Math.PI) / 180);
  const wide = Math.max(LEAST, (Math.max(...east) - Math.min(...east)) * 1.35) * shrink;
  const high = Math.max(LEAST, (Math.max(...north) - Math.min(...north)) * 1.3);
  const scale = Math.min(width / wide, height / high);
  return ([x, y]) => [width / 2 + (x - middle[0]) * shrink * scale, height / 2 - (y - middle[1]) * scale];
}
