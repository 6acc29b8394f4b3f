/**
 * Keeps `--app-height` at what the on-screen keyboard leaves of the page. Chromium resizes the page itself
 * (`interactive-widget`), Safari only its visual viewport. Returns the removal.
 */
export function followViewportHeight(): () => void {
  const viewport = window.visualViewport;
  if (viewport === null) return () => undefined;
  const update = (): void => {
    // While zoomed in, the visual viewport is small because the reader wants it so.
    if (viewport.scale > 1.01) return;
    document.documentElement.style.setProperty('--app-height', `${viewport.height}px`);
    // Safari pushes the page up to show the field; the app has already made room.
    if (window.scrollY !== 0) window.scrollTo(0, 0);
  };
  update();
  viewport.addEventListener('resize', update);
  return () => viewport.removeEventListener('resize', update);
}
