import { describe, expect, it } from 'vitest';
import { permissionText } from './permission-text.ts';

const item = (resolution: { optionId?: string; optionKind?: string }) => ({
  toolCall: { toolCallId: 't', title: 'npm test' },
  options: [],
  resolution: { by: { type: 'person' as const }, at: '', ...resolution },
});

describe('permissionText', () => {
  it.each([
    [{ optionId: 'a', optionKind: 'allow_always' }, 'You allowed: npm test'],
    [{ optionId: 'a', optionKind: 'reject_once' }, 'You rejected: npm test'],
    [{ optionId: 'a', optionKind: 'new_kind' }, 'You answered: npm test'],
    [{}, 'Closed without an answer: npm test'],
  ])('%j: %s', (resolution, text) => expect(permissionText(item(resolution), 'You')).toBe(text));
});
