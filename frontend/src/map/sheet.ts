// One drawing of the map, made movable: the ground is scaled, marks and names keep their size.

import { select } from "d3-selection";
import { zoom, zoomIdentity, type ZoomTransform } from "d3-zoom";
import { pageLanguage, type Texts } from "../shared/texts";
import { clustersOf, labelsOf, type Cluster, type Stop } from "./clusters";
import type { Tiles } from "./tiles";

const SVG = "http://www.w3.org/2000/svg";
const BARS = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500];
/** How much the map can be magnified: to see single towns; outlines are too coarse for more. */
const DEEPEST = 24;
const FILLS = { members: 1, alliances: 2, others: 3 } as const;

interface Written {
  readonly element: SVGGraphicsElement;
  readonly x: number;
  readonly y: number;
}

export class Sheet {
  private readonly width: number;
  private readonly height: number;
  private readonly ratio: number;
  private readonly isSmall: boolean;
  private readonly under: SVGGElement;
  private readonly marks: SVGGElement;
  private readonly words: readonly Written[];
  private readonly behaviour = zoom<SVGSVGElement, unknown>();
  private readonly first: readonly Node[];
  private readonly centre: readonly [number, number] | null;
  private at = zoomIdentity;

  constructor(
    private readonly svg: SVGSVGElement,
    private readonly stops: readonly Stop[],
    private readonly texts: Texts,
    private readonly tiles: Tiles | null,
    private readonly moved: (is: boolean) => void,
    private readonly refused: () => void,
  ) {
    const { width, height } = svg.viewBox.baseVal;
    this.width = width;
    this.height = height;
    this.ratio = width / 760;
    this.isSmall = width < 760;
    this.under = part(svg, "m-under");
    this.marks = part(svg, "m-marks");
    this.first = [...this.marks.childNodes].map((node) => node.cloneNode(true));
    this.centre = centreOf(this.marks);
    this.words = [...part(svg, "m-words").querySelectorAll<SVGGraphicsElement>("text")]
      .filter((text) => !text.classList.contains("s-off"))
      .map((element) => ({ element, ...spotOf(element) }));
    this.behaviour
      .extent([[0, 0], [width, height]])
      .translateExtent([[0, 0], [width, height]])
      .scaleExtent([1, DEEPEST])
      .filter((event: Event) => this.takes(event))
      .on("zoom", (event: { transform: ZoomTransform }) => this.show(event.transform));
    select(svg).call(this.behaviour).on("dblclick.zoom", null);
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) this.refused();
    }, { passive: true });
    svg.style.touchAction = "pan-x pan-y";
    this.tiles?.draw(this.under, zoomIdentity, this.ratio, this.pixels());
  }

  /** Magnify about the centre of the ring where it is seen, else about the middle. */
  scale(factor: number): void {
    const [x, y] = this.at.apply([...(this.centre ?? [-1, -1])]);
    const isSeen = x >= 0 && y >= 0 && x <= this.width && y <= this.height;
    this.behaviour.scaleBy(select(this.svg), factor, isSeen ? [x, y] : undefined);
  }

  /** Move by a part of what is seen. */
  move(right: number, down: number): void {
    const step = 0.15 / this.at.k;
    this.behaviour.translateBy(select(this.svg), -right * this.width * step, -down * this.height * step);
  }

  /** Back to the whole frame. */
  reset(): void {
    this.behaviour.transform(select(this.svg), zoomIdentity);
  }

  /** How much it is magnified. */
  get magnification(): number {
    return this.at.k;
  }

  /** The wheel belongs to the page unless a key is held, one finger unless the map is magnified. */
  private takes(event: Event): boolean {
    if (event.type === "wheel") {
      const wheel = event as WheelEvent;
      return wheel.ctrlKey || wheel.metaKey;
    }
    if (event.type.startsWith("touch")) {
      return this.at.k > 1 || (event as TouchEvent).touches.length > 1;
    }
    return !(event as MouseEvent).button;
  }

  private show(to: ZoomTransform): void {
    this.at = to;
    const isWhole = to.k === 1;
    this.moved(!isWhole);
    this.svg.style.touchAction = isWhole ? "pan-x pan-y" : "none";
    this.under.setAttribute("transform", `translate(${to.x} ${to.y}) scale(${to.k})`);
    for (const { element, x, y } of this.words) {
      element.setAttribute("transform", `translate(${to.applyX(x) - x} ${to.applyY(y) - y})`);
    }
    if (isWhole) this.marks.replaceChildren(...this.first.map((node) => node.cloneNode(true)));
    else this.drawMarks(to);
    this.drawBar(to.k);
    this.tiles?.draw(this.under, to, this.ratio, this.pixels());
  }

  /** How many pixels of the screen a unit of the sheet is. */
  private pixels(): number {
    return (this.svg.getBoundingClientRect().width || this.width) / this.width;
  }

  private drawMarks(to: ZoomTransform): void {
    const place = (x: number, y: number): [number, number] => [
      to.applyX(x * this.ratio),
      to.applyY(y * this.ratio),
    ];
    const margin = 30;
    const seen = clustersOf(this.stops, place, this.isSmall ? 0.68 : 1).filter(
      ({ x, y }) =>
        x > -margin && y > -margin && x < this.width + margin && y < this.height + margin,
    );
    const size = this.isSmall ? 13 : 17;
    const labels = labelsOf(seen, size, this.width, this.height);
    this.marks.replaceChildren(
      ...this.cross(to),
      ...seen.flatMap((cluster, i) => this.drawn(cluster, labels[i] ?? null, size)),
    );
  }

  private cross(to: ZoomTransform): SVGElement[] {
    if (!this.centre) return [];
    const [x, y] = to.apply([...this.centre]);
    return [make("path", { class: "s-centre", d: `M${x - 5} ${y}h10m-5 -5v10` })];
  }

  private drawn(
    cluster: Cluster,
    label: ReturnType<typeof labelsOf>[number],
    size: number,
  ): SVGElement[] {
    const first = cluster.stops[0];
    const circle = make("circle", {
      cx: cluster.x,
      cy: cluster.y,
      r: cluster.r,
      fill: `var(--fill-${FILLS[cluster.kind]})`,
      stroke: "var(--paper)",
      "stroke-width": 1.5,
      "data-row": first?.row ?? "",
    });
    circle.addEventListener("click", () => this.open(cluster));
    const found = [circle];
    if (cluster.number > 1) {
      const text = make("text", {
        class: "t-paper t-strong",
        x: cluster.x,
        y: cluster.y + (this.isSmall ? 4 : 5),
        "text-anchor": "middle",
        "font-size": this.isSmall ? 12 : 14,
        "pointer-events": "none",
      });
      text.textContent = String(cluster.number);
      found.push(text);
    }
    if (label && first) {
      const at = { x: label.x, y: label.y, "text-anchor": label.anchor, "font-size": size };
      const text = make("text", { class: "s-halo", ...at });
      text.textContent = first.name;
      found.push(text);
    }
    return found;
  }

  /** Several places: nearer, until they part. One place: to its row in the table. */
  private open(cluster: Cluster): void {
    const first = cluster.stops[0];
    if (cluster.stops.length > 1 && this.at.k < DEEPEST) {
      this.behaviour.scaleBy(select(this.svg), 2, [cluster.x, cluster.y]);
    } else if (first) {
      location.hash = first.row;
    }
  }

  private drawBar(k: number): void {
    const group = part(this.svg, "m-scale");
    const unit = Number(group.dataset["long"]) / Number(group.dataset["km"]);
    const most = this.width * 0.24;
    const km = BARS.filter((n) => n * unit * k <= most).at(-1) ?? 1;
    const line = group.querySelector("path");
    const text = group.querySelector("text");
    const start = /^M([\d.]+) ([\d.]+)/.exec(line?.getAttribute("d") ?? "");
    if (!line || !text || !start) return;
    const long = km * unit * k;
    line.setAttribute("d", `M${start[1]} ${start[2]}h${long.toFixed(1)}`);
    text.setAttribute("x", (Number(start[1]) + long + 6).toFixed(0));
    const number = new Intl.NumberFormat(pageLanguage()).format(km);
    text.textContent = this.texts("km", { n: number });
  }
}

function part(svg: SVGSVGElement, name: string): SVGGElement {
  const found = svg.querySelector<SVGGElement>(`.${name}`);
  if (!found) throw new Error(`the drawing has no part ${name}`);
  return found;
}

/** The centre of the ring, from the cross the server drew there. */
function centreOf(marks: SVGGElement): [number, number] | null {
  const cross = marks.querySelector(".s-centre")?.getAttribute("d") ?? "";
  const found = /^M(-?[\d.]+) (-?[\d.]+)h/.exec(cross);
  return found ? [Number(found[1]) + 5, Number(found[2])] : null;
}

function spotOf(element: SVGElement): { x: number; y: number } {
  return { x: Number(element.getAttribute("x")), y: Number(element.getAttribute("y")) };
}

function make(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
