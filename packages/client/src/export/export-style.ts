/** The look of an exported file; its whole style, since it may load none. */
export const EXPORT_STYLE = `
:root { color-scheme: light dark; --line: light-dark(#dde1e7, #2d323c); --soft: light-dark(#555d6b, #a3acbb); --sunken: light-dark(#eff1f4, #101216); }
* { box-sizing: border-box; }
body { margin: 0; background: light-dark(#fff, #15171c); color: light-dark(#1a1d24, #e7e9ee); font: 15px/1.55 system-ui, sans-serif; }
main { max-width: 820px; margin: 0 auto; padding: 32px 16px 64px; overflow-wrap: anywhere; }
h1 { font-size: 22px; margin: 0; }
h2 { font-size: 14px; margin: 0 0 6px; }
h4 { font-size: 15px; margin: 12px 0 4px; }
p { margin: 6px 0; }
dl { display: grid; gap: 2px; margin: 8px 0 20px; color: var(--soft); font-size: 13px; }
dl div { display: flex; gap: 8px; }
dd { margin: 0; }
time, .label, .event { color: var(--soft); font-size: 12px; font-weight: 400; }
article { margin: 18px 0; }
.prompt { padding: 12px 16px; border-radius: 12px; background: light-dark(#edf0fe, #232a45); white-space: normal; }
details { margin: 8px 0; padding: 6px 12px; border: 1px solid var(--line); border-radius: 8px; }
summary { cursor: pointer; font-size: 13px; }
pre { padding: 10px 12px; overflow-x: auto; border-radius: 8px; background: var(--sunken); font: 13px/1.5 ui-monospace, monospace; }
code { font: 13px ui-monospace, monospace; }
.change ins { color: light-dark(#1c7a3d, #5fcf86); text-decoration: none; }
.change del { color: light-dark(#b3261e, #ff8f85); text-decoration: none; }
img { max-width: 100%; border-radius: 8px; }
@media print { details { break-inside: avoid; } }
`;
