// Before the first paint: the theme that was chosen on this device. A file of its own, since the page's policy lets no
// inline script run, and no module, since those wait for the whole page. `src/app/theme.ts` does the rest.
(() => {
  try {
    const theme = localStorage.getItem('konui.theme');
    if (theme !== 'light' && theme !== 'dark') return;
    document.documentElement.dataset.theme = theme;
    document.querySelector('meta[name="color-scheme"]').content = theme;
  } catch {
    // Storage is blocked: the system's theme it is.
  }
})();
