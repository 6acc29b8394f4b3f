/** Whether a window or a menu lies over the page: then keys are for it alone. */
export function isWindowOpen(page: Document = document): boolean {
  return page.querySelector('dialog[open], .menu:popover-open') !== null;
}
