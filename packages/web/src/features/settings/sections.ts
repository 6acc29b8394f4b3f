import type { enSettings } from '../../text/en-settings.ts';

export const SECTIONS = [
  'appearance',
  'notifications',
  'keyboard',
  'access',
  'agents',
  'hand-over',
  'connection',
  'about',
] as const satisfies readonly (keyof typeof enSettings.sections)[];

export type SectionName = (typeof SECTIONS)[number];

export function toSection(name: string | undefined): SectionName | undefined {
  return SECTIONS.find((section) => section === name);
}
