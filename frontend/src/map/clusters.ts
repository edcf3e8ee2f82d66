// Which places share a mark, and where its name stands: the server's rules, at any magnification.

export type Kind = "members" | "alliances" | "others";

/** A place as the server sends it, the most important first; `bodies` are numbers of bodies. */
export interface Stop {
  readonly x: number;
  readonly y: number;
  readonly name: string;
  readonly row: string;
  readonly kind: Kind;
  readonly bodies: readonly number[];
}

/** Places drawn as one mark, at the first of them. */
export interface Cluster {
  readonly x: number;
  readonly y: number;
  readonly r: number;
  readonly number: number;
  readonly kind: Kind;
  readonly stops: readonly Stop[];
}

export interface Label {
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "end" | "middle";
}

type Box = readonly [left: number, top: number, right: number, bottom: number];
type Place = (x: number, y: number) => readonly [number, number];

const KINDS: readonly Kind[] = ["members", "alliances", "others"];

/** The clusters of places put on the sheet by `place`; `scale` is that of the marks. */
export function clustersOf(stops: readonly Stop[], place: Place, scale: number): Cluster[] {
  const groups: { x: number; y: number; stops: Stop[] }[] = [];
  for (const stop of stops) {
    const [x, y] = place(stop.x, stop.y);
    const near = groups.find((group) => {
      const reach = (radius(bodies(group.stops)) + radius(stop.bodies.length)) * scale;
      return Math.hypot(group.x - x, group.y - y) < Math.max(reach * 0.66, 17 * scale);
    });
    if (near) near.stops.push(stop);
    else groups.push({ x, y, stops: [stop] });
  }
  return groups.map((group) => {
    const number = bodies(group.stops);
    const kind = KINDS.find((k) => group.stops.some((s) => s.kind === k)) ?? "others";
    return { ...group, number, kind, r: radius(number) * scale };
  });
}

/** Where the name of each cluster stands; null where there is no room for it. */
export function labelsOf(
  clusters: readonly Cluster[],
  size: number,
  width: number,
  height: number,
): (Label | null)[] {
  const taken: Box[] = clusters.map((c) => [c.x - c.r, c.y - c.r, c.x + c.r, c.y + c.r]);
  return clusters.map((cluster, own) => {
    const name = cluster.stops[0]?.name ?? "";
    const wide = name.length * size * 0.52;
    const gap = cluster.r + 4.5;
    const lift = size * 0.35;
    const places: Label[] = [
      { x: cluster.x + gap, y: cluster.y + lift, anchor: "start" },
      { x: cluster.x - gap, y: cluster.y + lift, anchor: "end" },
      { x: cluster.x, y: cluster.y - cluster.r - 5, anchor: "middle" },
      { x: cluster.x, y: cluster.y + cluster.r + size, anchor: "middle" },
    ];
    for (const label of places) {
      const left = { start: label.x, end: label.x - wide, middle: label.x - wide / 2 }[label.anchor];
      const box: Box = [left, label.y - size * 0.8, left + wide, label.y + size * 0.25];
      if (box[0] < 3 || box[1] < 3 || box[2] > width - 3 || box[3] > height - 3) continue;
      if (taken.some((other, i) => i !== own && meet(box, other))) continue;
      taken.push(box);
      return label;
    }
    return null;
  });
}

function meet(a: Box, b: Box): boolean {
  return a[0] < b[2] + 1 && a[2] > b[0] - 1 && a[1] < b[3] + 1 && a[3] > b[1] - 1;
}

function bodies(stops: readonly Stop[]): number {
  return new Set(stops.flatMap((stop) => stop.bodies)).size;
}

function radius(number: number): number {
  return Math.min(10.8 + 2.3 * Math.sqrt(number - 1), 24);
}
