/** A hidden page draws no frames, but its title still has to say that something needs you. */
const HIDDEN_MS = 250;

/** Calls `draw` at the next frame, or soon where the page is hidden; the answer cancels it. */
export function scheduleDraw(draw: () => void): () => void {
  if (document.visibilityState === 'hidden') {
    const timer = setTimeout(draw, HIDDEN_MS);
    return () => clearTimeout(timer);
  }
  let isDone = false;
  const once = (): void => {
    if (isDone) return;
    isDone = true;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    draw();
  };
  const frame = requestAnimationFrame(once);
  // A page that is hidden before its frame came would wait for it until it is shown again.
  const timer = setTimeout(once, HIDDEN_MS);
  return () => {
    isDone = true;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
