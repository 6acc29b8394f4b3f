/**
 * Calls `reload` when nobody would notice: the page is hidden, nothing stands in a field and no window is open. Returns
 * the removal.
 */
export function reloadUnseen(reload: () => void, page: Document = document): () => void {
  const look = (): void => {
    if (page.visibilityState === 'hidden' && !isInUse(page)) reload();
  };
  page.addEventListener('visibilitychange', look);
  look();
  return () => page.removeEventListener('visibilitychange', look);
}

function isInUse(page: Document): boolean {
  if (page.querySelector('dialog[open], [data-unsaved]') !== null) return true;
  const fields = page.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('textarea, input');
  return [...fields].some((field) => field.value !== field.defaultValue && field.value !== '');
}
