import { describe, expect, it } from 'vitest';
import { createReasonDrafts } from './reason-drafts.ts';

function storageWith(kept: string | null) {
  const items = new Map(kept === null ? [] : [['konui.reasons', kept]]);
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  };
}

const draft = (requestId: string, text: string) => ({ sessionId: 's', requestId, text });

describe('half-written reasons', () => {
  it('outlive a reload, one for each permission, and those without words do not', () => {
    const storage = storageWith(null);
    const drafts = createReasonDrafts(storage);
    drafts.write(draft('one', 'n'));
    drafts.write(draft('one', 'no'));
    drafts.write(draft('other', 'later'));
    expect(createReasonDrafts(storage).get()).toEqual([draft('one', 'no'), draft('other', 'later')]);
    drafts.write(draft('one', '  '));
    expect(createReasonDrafts(storage).get()).toEqual([draft('other', 'later')]);
  });

  it.each(['{', '{}', '[{"requestId":1}]'])('begin empty where %s is kept', (kept) => {
    expect(createReasonDrafts(storageWith(kept)).get()).toEqual([]);
  });
});
