import { describe, expect, it } from 'vitest';
import { type Place, SteadyPlaces } from './steady-places.ts';

const place = (over: Partial<Place> = {}): Place => ({ label: 'Go on', left: 0, top: 500, topInPage: 500, ...over });

describe('[B5] a press', () => {
  it('is meant for what stood there when it was aimed at, and not for what came there just before or meanwhile', () => {
    const places = new SteadyPlaces();
    places.appear([place()]);
    expect(places.isMeant(0)).toBe(true);
    places.look([place({ top: 700, topInPage: 700 })], 1000);
    expect(places.isMeant(900)).toBe(false);
    expect(places.isMeant(1399)).toBe(false);
    expect(places.isMeant(1400)).toBe(true);
  });

  it('is not meant for another action in the same place', () => {
    for (const other of [[place({ label: 'Stop' })], [place({ left: 80 })], [place(), place({ left: 80 })], []]) {
      const places = new SteadyPlaces();
      places.appear([place()]);
      places.look(other, 1000);
      expect(places.isMeant(1100)).toBe(false);
    }
  });

  it('is meant where only the person scrolled, or the browser kept everything in its place', () => {
    for (const same of [place(), place({ top: 200 }), place({ topInPage: 900 })]) {
      const places = new SteadyPlaces();
      places.appear([place()]);
      places.look([same], 1000);
      expect(places.isMeant(1100)).toBe(true);
    }
  });
});
