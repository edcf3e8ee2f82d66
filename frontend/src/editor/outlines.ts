// The outlines of land, borders, the region and rivers, as the map of the server draws them too.

import told from "../../../src/enact_graph/topics/map/outlines.json";

/** Degrees east and north. */
export type Point = readonly [number, number];

/** The region that the site shows at large, by the last part of its address. */
const REGION = document.getElementById("bench")?.dataset["region"]?.replace(/^.*\//, "");
const arcs = told.arcs.map(steps);

/** The rings of the countries, the region left out. */
export const land: readonly (readonly Point[])[] = rings((name) => name !== REGION);
/** The rings of the region. */
export const region: readonly (readonly Point[])[] = rings((name) => name === REGION);
/** The rivers, from one end to the other. */
export const rivers: readonly (readonly Point[])[] = told.rivers.map(pairs);

/** The points of an arc, each told in thousandths of a degree as the step from the one before. */
function steps(arc: readonly number[]): Point[] {
  let [east, north] = [0, 0];
  return pairs(arc).map(([x, y]) => {
    [east, north] = [east + x, north + y];
    return [east / 1000, north / 1000];
  });
}

function pairs(flat: readonly number[]): Point[] {
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i] ?? 0, flat[2 * i + 1] ?? 0]);
}

function rings(wanted: (name: string) => boolean): Point[][] {
  const shapes = Object.entries(told.shapes as Record<string, number[][][]>);
  return shapes
    .filter(([name]) => wanted(name))
    .flatMap(([, polygons]) => polygons.flat())
    .map((ring) => ring.flatMap((id, index) => arc(id).slice(index ? 1 : 0)));
}

/** An arc; ~i is arc i walked backwards. */
function arc(id: number): readonly Point[] {
  return id >= 0 ? (arcs[id] ?? []) : [...(arcs[~id] ?? [])].reverse();
}
