import type { ReactNode } from 'react';

/** Paths on a 24 × 24 grid, drawn as lines. */
const PATHS = {
  alert: 'M12 4 2.8 19.5h18.4ZM12 10v4.5M12 17v.2',
  archive: 'M4 5h16v4H4ZM5.5 9v10h13V9M10 13h4',
  arrowDown: 'M12 5v14M6 13l6 6 6-6',
  arrowUp: 'M12 19V5M6 11l6-6 6 6',
  ban: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM5.700 5.700l12.600 12.600',
  bolt: 'M13 3 5 14h6l-1 7 8-11h-6Z',
  bubble: 'M4 5h16v11H10l-5 4v-4H4Z',
  bubbleQuestion: 'M4 5h16v11H10l-5 4v-4H4ZM10 9a2 2 0 1 1 2.500 1.900v1M12.500 13.700v.1',
  check: 'M5 12.5 10 17.5 19 7',
  chevron: 'M9 6l6 6-6 6',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 7v5l3.500 2',
  columns: 'M4 5h16v14H4ZM12 5v14',
  copy: 'M9 9h11v11H9ZM5 15H4V4h11v1',
  cross: 'M6 6l12 12M18 6 6 18',
  dots: 'M5 12a.7.7 0 1 0 1.400 0 .7.7 0 0 0-1.400 0ZM11.300 12a.7.7 0 1 0 1.400 0 .7.7 0 0 0-1.400 0ZM17.600 12a.7.7 0 1 0 1.400 0 .7.7 0 0 0-1.400 0Z',
  expand: 'M12 3v6M8.500 6.500 12 3l3.500 3.500M12 21v-6M8.500 17.500 12 21l3.500-3.500M4 12h16',
  file: 'M6 3h8l4 4v14H6ZM14 3v4h4',
  folder: 'M3 6h6l2 2.5h10V19H3Z',
  gear: 'M12 8.800a3.200 3.200 0 1 0 0 6.400 3.200 3.200 0 0 0 0-6.400ZM12 3v2.500M12 18.500V21M3 12h2.500M18.500 12H21M5.600 5.600l1.800 1.800M16.600 16.600l1.800 1.800M5.600 18.400l1.800-1.800M16.600 7.400l1.800-1.800',
  globe: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  grip: 'M9 6v.2M15 6v.2M9 12v.2M15 12v.2M9 18v.2M15 18v.2',
  home: 'M4 11l8-7 8 7v9h-5.500v-5.500h-5V20H4Z',
  image: 'M4 5h16v14H4ZM4 16l5-5 4 4 3-3 4 4M15.5 9v.2',
  inbox: 'M4 13 7 5h10l3 8v6H4ZM4 13h4.500l1 2.500h5l1-2.500H20',
  key: 'M3 7h18v10H3ZM6.500 10.500v.2M10 10.500v.2M13.500 10.500v.2M17 10.500v.2M8 14h8',
  link: 'M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3A4 4 0 0 0 11 18.700l1-1',
  list: 'M9 6h11M9 12h11M9 18h11M4.5 6v.2M4.5 12v.2M4.5 18v.2',
  menu: 'M4 7h16M4 12h16M4 17h16',
  move: 'M4 12h15M13 6l6 6-6 6',
  panel: 'M4 5h16v14H4ZM9.500 5v14',
  pause: 'M8.500 6v12M15.500 6v12',
  patch: 'M6 3h8l4 4v14H6ZM9.500 11h5M12 8.500v5M9.500 17h5',
  pencil: 'M4 20l1-4L16 5l3 3L8 19ZM14 7l3 3',
  play: 'M8 5.500v13l10.500-6.500Z',
  plus: 'M12 5v14M5 12h14',
  repeat: 'M4 11a8 8 0 0 1 14-4l2 2M20 4v5h-5M20 13a8 8 0 0 1-14 4l-2-2M4 20v-5h5',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.5 15.5 20 20',
  signOut: 'M14 4H5v16h9M10 12h10M16 8l4 4-4 4',
  steps: 'M4 6h9M4 12h12M4 18h16',
  stop: 'M7 7h10v10H7Z',
  terminal: 'M4 5h16v14H4ZM7.5 9.5l3 2.5-3 2.5M12.5 15H16',
  theme: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 3.5v17M12 8h6.5M12 12h8.5M12 16h6.5',
  thought: 'M9 18h6M10 21h4M12 3a6 6 0 0 0-3.5 10.9c.6.5.9 1.2 1 2.1h5c.1-.9.4-1.6 1-2.1A6 6 0 0 0 12 3Z',
  tool: 'M14 6a4 4 0 0 0 5 5l-8.500 8.500a2 2 0 0 1-3-3L16 8ZM14 6l2-2 4 4-2 2',
  trash: 'M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13',
  unarchive: 'M4 5h16v4H4ZM5.500 9v10h13V9M12 17v-5M9.500 14l2.500-2.500 2.500 2.500',
  wrap: 'M4 6h16M4 12h13a3 3 0 0 1 0 6h-4M15.5 15.500 13 18l2.500 2.500M4 18h5',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration: the text beside it or the button's label says what it means. */
export function Icon({ name }: { name: IconName }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
