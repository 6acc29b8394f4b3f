import type { Origin } from '@konui/protocol';
import * as en from '../text/en.ts';

/** Who or what sent something, in words. */
export function originText(origin: Origin): string {
  switch (origin.type) {
    case 'person':
      if (origin.user !== undefined) return en.origin.user(origin.user);
      return origin.device === undefined ? en.origin.you : en.origin.device(origin.device);
    case 'inject':
      return en.origin.inject(origin.name);
    case 'kontask':
      return en.origin.kontask;
    case 'schedule':
      return en.origin.schedule(origin.name);
    case 'editor':
      return en.origin.editor(origin.name);
    case 'system':
      return en.origin.system;
  }
}
