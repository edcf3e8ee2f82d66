// Tiles of a host that the operator chose, under the borders; without that setting none is fetched.

import type { ZoomTransform } from "d3-zoom";

const SVG = "http://www.w3.org/2000/svg";
const SIDE = 256;
const DEEPEST = 18;
/** The sheet that the server draws, in units. */
const WIDTH = 760;

export class Tiles {
  private readonly scale: number;
  private readonly west: number;
  private readonly north: number;
  private readonly shown = new Map<string, SVGElement>();
  private layer: SVGGElement | null = null;

  /** `window` is west, south, east, north in degrees; `template` holds {z}, {x} and {y}. */
  constructor(private readonly template: string, window: readonly number[]) {
    const [west = 0, , east = 0, north = 0] = window;
    this.west = (west * Math.PI) / 180;
    this.north = Math.asinh(Math.tan((north * Math.PI) / 180));
    this.scale = WIDTH / (((east - west) * Math.PI) / 180);
  }

  /** Draw the tiles seen through a transformation, as sharp as the screen is. */
  draw(under: SVGGElement, to: ZoomTransform, ratio: number, pixels: number): void {
    this.layer ??= this.begin(under);
    const world = this.scale * ratio * 2 * Math.PI;
    const zoom = Math.round(Math.log2((world * to.k * pixels * devicePixelRatio) / SIDE / 1.4));
    const z = Math.max(0, Math.min(DEEPEST, zoom));
    const side = world / 2 ** z;
    // Where the sheet's corner lies in the world, in units.
    const left = (this.west + Math.PI) * this.scale * ratio;
    const top = (Math.PI - this.north) * this.scale * ratio;
    const { width, height } = under.ownerSVGElement?.viewBox.baseVal ?? { width: 0, height: 0 };
    const [x0, y0] = to.invert([0, 0]);
    const [x1, y1] = to.invert([width, height]);
    const wanted = new Set<string>();
    for (let x = Math.floor((x0 + left) / side); x * side < x1 + left; x++) {
      for (let y = Math.floor((y0 + top) / side); y * side < y1 + top; y++) {
        if (x < 0 || y < 0 || x >= 2 ** z || y >= 2 ** z) continue;
        const key = `${z}/${x}/${y}`;
        wanted.add(key);
        if (this.shown.has(key)) continue;
        const image = document.createElementNS(SVG, "image");
        image.setAttribute("href", this.address(z, x, y));
        image.setAttribute("x", String(x * side - left));
        image.setAttribute("y", String(y * side - top));
        image.setAttribute("width", String(side * 1.002));
        image.setAttribute("height", String(side * 1.002));
        this.layer.append(image);
        this.shown.set(key, image);
      }
    }
    for (const [key, image] of this.shown) {
      if (wanted.has(key)) continue;
      image.remove();
      this.shown.delete(key);
    }
  }

  private begin(under: SVGGElement): SVGGElement {
    const layer = document.createElementNS(SVG, "g");
    under.prepend(layer);
    return layer;
  }

  private address(z: number, x: number, y: number): string {
    const values: Record<string, number> = { z, x, y };
    return this.template.replace(/\{([zxy])\}/g, (_, name: string) => String(values[name]));
  }
}
