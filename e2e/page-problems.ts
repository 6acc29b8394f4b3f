import axe from 'axe-core';
import type { Page } from 'playwright-core';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

/** Everything that is wrong with what the page shows now, in both sizes and themes. */
export async function findProblems(page: Page, onView?: (view: string) => Promise<void>): Promise<string[]> {
  const found: string[] = [];
  for (const size of [DESKTOP, PHONE]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // Colours and places in the middle of a transition are nobody's to judge.
      await page.evaluate(untilStill);
      const where = `${size.width} px ${colorScheme}`;
      found.push(...(await violations(page)).map((violation) => `${where}: ${violation}`));
      const tooWide = await page.evaluate(widerThanPage);
      found.push(...tooWide.map((wide) => `${where}: wider than the page: ${wide}`));
      await onView?.(`${size.width}-${colorScheme}`);
    }
  }
  return found;
}

async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.addScriptTag({ content: axe.source });
  const results = await page.evaluate(async (tags) => {
    // Not the module above: the one that the page was given.
    const inPage = (window as Window & { axe?: typeof axe }).axe;
    return (await inPage?.run(document, { runOnly: tags, resultTypes: ['violations'] }))?.violations;
  }, WCAG);
  if (results === undefined) throw new Error('axe is not in the page');
  return results.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${JSON.stringify(target)} ${failureSummary ?? ''}`),
  );
}

/** Runs in the page: waits for every transition to end; what rotates for ever is let be. */
async function untilStill(): Promise<void> {
  const moving = document.getAnimations().filter((each) => each.effect?.getComputedTiming().iterations !== Infinity);
  await Promise.allSettled(moving.map((each) => each.finished));
}

/** Runs in the page: what reaches beyond it, although nothing can scroll there. */
function widerThanPage(): string[] {
  const root = document.scrollingElement;
  if (root !== null && root.scrollWidth > innerWidth) return [`scrollWidth ${root.scrollWidth} > ${innerWidth}`];
  const visible = [...document.querySelectorAll<HTMLElement>('main *, dialog[open] *')].filter((element) => {
    const { right, width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1 && right > innerWidth + 1 && !scrollsSideways(element);
  });
  return visible.slice(0, 3).map((element) => `${element.tagName}.${element.className}`);

  function scrollsSideways(element: HTMLElement): boolean {
    for (let parent = element.parentElement; parent !== null; parent = parent.parentElement) {
      const { overflowX } = getComputedStyle(parent);
      // What a component clips or scrolls by itself is its own affair; the page's own frames do not count.
      if (
        (overflowX === 'auto' || overflowX === 'scroll' || overflowX === 'hidden') &&
        !parent.matches('main, .gallery, .page-scroll, body')
      ) {
        return true;
      }
    }
    return false;
  }
}
