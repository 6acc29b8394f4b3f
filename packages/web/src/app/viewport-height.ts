/** What an on-screen keyboard takes, at least; the browser's own bars take less. */
const KEYBOARD_PX = 140;

/**
 * Keeps `--app-height` at what the on-screen keyboard leaves of the page, and `data-keyboard` at whether it is open.
 * Chromium resizes the page itself (`interactive-widget`), Safari only its visual viewport. Returns the removal.
 */
export function followViewportHeight(): () => void {
  const viewport = window.visualViewport;
  if (viewport === null) return () => undefined;
  const root = document.documentElement;
  /** The height without a keyboard, for each width: turning the phone opens none. */
  const tallest = new Map<number, number>();
  const update = (): void => {
    // While zoomed in, the visual viewport is small because the reader wants it so.
    if (viewport.scale > 1.01) return;
    root.style.setProperty('--app-height', `${viewport.height}px`);
    const full = Math.max(tallest.get(viewport.width) ?? 0, viewport.height);
    tallest.set(viewport.width, full);
    const isOpen = viewport.height < full - KEYBOARD_PX && document.activeElement?.matches('input, textarea') === true;
    root.dataset['keyboard'] = isOpen ? 'open' : 'closed';
    // Safari pushes the page up to show the field; the app has already made room.
    if (window.scrollY !== 0) window.scrollTo(0, 0);
  };
  update();
  viewport.addEventListener('resize', update);
  return () => viewport.removeEventListener('resize', update);
}
