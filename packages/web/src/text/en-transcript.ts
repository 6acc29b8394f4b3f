import { count } from './count.ts';

export const code = {
  plain: 'Code',
  language: (name: string) => `Code in ${name}`,
  wrap: 'Wrap long lines',
  more: (n: number) => `Show ${count(n, 'more line', 'more lines')}`,
  moreText: 'Show more of it',
  less: 'Show less',
} as const;

export const link = {
  /** Stands behind a link whose text names another place than it leads to. */
  goesTo: (host: string) => `(leads to ${host})`,
  notOpened: (address: string) => `${address} is not opened from here`,
} as const;

export const image = {
  alt: 'Image',
  elsewhere: (host: string) => `Image at ${host}, not loaded`,
  notShown: 'Image, not shown',
  loading: 'Image, loading…',
  failed: 'Image, could not be loaded',
  wrongType: 'Image of a kind that is not shown here',
  enlarge: 'Enlarge the image',
  close: 'Close',
} as const;

export const list = { more: (n: number) => `Show ${n} more` } as const;

export const file = {
  audio: 'Sound',
  resource: 'Attached file',
  size: (kilobytes: number) => `${kilobytes} KB`,
  open: 'Show',
  close: 'Hide',
  save: 'Save',
} as const;

export const thought = {
  thinking: 'Thinking…',
  thoughtFor: (time: string) => `Thought for ${time}`,
  thought: 'Thought',
} as const;

export const row = {
  menu: 'This message',
  copy: 'Copy',
  copied: 'Copied',
  failed: 'Could not copy',
  copyLink: 'Copy link to this moment',
  loadingEarlier: 'Loading earlier messages…',
} as const;
