import { type RefObject, useEffect, useState } from 'react';
import { type Place, SteadyPlaces } from './steady-places.ts';

/** Watches the buttons of a list for being moved by something else than the person. */
export function useSteadyPlaces(list: RefObject<HTMLElement | null>, labels: string): SteadyPlaces {
  const [own] = useState(() => new SteadyPlaces());
  useEffect(() => {
    const { current } = list;
    if (current === null) return undefined;
    own.appear(placesIn(current));
    const look = (): void => {
      // Nobody aims at what is not shown yet.
      if (current.checkVisibility({ visibilityProperty: true })) own.look(placesIn(current), performance.now());
      else own.appear(placesIn(current));
    };
    const observer = new ResizeObserver(look);
    // Whatever grows or goes above them changes the size of something that they stand in.
    for (let each: Element | null = current; each !== null; each = each.parentElement) observer.observe(each);
    return () => observer.disconnect();
  }, [list, own]);
  useEffect(() => {
    if (list.current !== null) own.look(placesIn(list.current), performance.now());
  }, [list, own, labels]);
  return own;
}

function placesIn(list: HTMLElement): readonly Place[] {
  const scrolled = list.closest('.page-scroll')?.scrollTop ?? 0;
  return [...list.querySelectorAll('button')].map((button) => {
    const { left, top } = button.getBoundingClientRect();
    return { label: button.innerText, left, top, topInPage: top + scrolled };
  });
}
