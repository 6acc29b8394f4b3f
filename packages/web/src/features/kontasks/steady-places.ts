/**
 * What stood elsewhere so shortly before a press was not what was aimed at, in milliseconds: to see a change and hold
 * back a finger takes people about 300.
 */
const AIM_MS = 400;

/** Where something to be pressed stands, and what it is called. */
export interface Place {
  readonly label: string;
  readonly left: number;
  /** In the window. */
  readonly top: number;
  /** In what can be scrolled: a person who scrolls moves nothing there. */
  readonly topInPage: number;
}

/** Knows whether what is pressed now stood there when it was aimed at (B5). */
export class SteadyPlaces {
  #places: readonly Place[] = [];
  #movedAt = Number.NEGATIVE_INFINITY;

  /** They stand there now, and nobody could aim at them before. */
  appear(places: readonly Place[]): void {
    this.#places = places;
  }

  look(places: readonly Place[], now: number): void {
    const before = this.#places;
    this.#places = places;
    if (places.length !== before.length || places.some((place, index) => isElsewhere(place, before[index]))) {
      this.#movedAt = now;
    }
  }

  /** Whether a press that began at that time was meant for what stands there. */
  isMeant(beganAt: number): boolean {
    return beganAt - this.#movedAt >= AIM_MS;
  }
}

/** A browser that scrolls along with what grew above keeps everything in its place in the window. */
function isElsewhere(now: Place, before: Place | undefined): boolean {
  if (before === undefined || before.label !== now.label) return true;
  const isLower = differs(now.top, before.top) && differs(now.topInPage, before.topInPage);
  return isLower || differs(now.left, before.left);
}

function differs(one: number, other: number): boolean {
  return Math.abs(one - other) >= 1;
}
