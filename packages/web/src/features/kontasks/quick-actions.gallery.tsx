import { KontaskAction, type KontaskChoice, newId, PromptId } from '@konui/protocol';
import type { ReactNode } from 'react';
import { defineGallery } from '../../gallery/define-gallery.ts';
import { sampleSessions } from '../../gallery/sample-sessions.ts';
import { type ChoiceState, QuickActions } from './quick-actions.tsx';

const nothing = (): void => undefined;
const choices = [
  { label: 'Fix stop turn', value: 'Implement the stop turn', primary: true },
  { label: 'Show file details', value: 'Show me the code' },
  { label: 'Add to backlog', value: 'Add it to the backlog' },
];
const promptId = newId(PromptId);
const sessionId = sampleSessions[0]?.sessionId ?? '';
const taken = KontaskAction.parse({
  choiceIndex: 0,
  at: '2024-01-02T03:04:05.000Z',
  by: { type: 'person' },
  sessionId,
  promptId,
});

const longChoices = [
  { label: 'NameWithoutASpace'.repeat(11), value: 'Go on', primary: true },
  { label: 'A label of many words that does not fit into one line of a phone. '.repeat(3).trim(), value: 'Go on' },
  { label: 'a/path/without/a/space'.repeat(8), value: 'Go on' },
];

interface Over {
  readonly actions?: readonly KontaskAction[];
  readonly choices?: readonly KontaskChoice[];
  readonly hasMoved?: boolean;
}

function shown(states: readonly ChoiceState[], over: Over = {}): ReactNode {
  return (
    <QuickActions
      choices={over.choices ?? choices}
      actions={over.actions ?? []}
      choose={() => new Promise(nothing)}
      onTaken={nothing}
      sessions={sampleSessions}
      createSession={() => new Promise(nothing)}
      startsWith={new Map(states.map((state, index) => [index, state]))}
      hasMoved={over.hasMoved ?? false}
    />
  );
}

export const gallery = defineGallery({
  name: 'quick-actions',
  states: {
    ready: () => shown([]),
    moved: () => shown([], { hasMoved: true }),
    sending: () => shown([{ state: 'sending', promptId }]),
    sent: () => shown([{ state: 'sent', sessionId }], { actions: [taken] }),
    failed: () => shown([{ state: 'failed', promptId, why: 'the gateway does not answer' }]),
    'long-labels': () =>
      shown(
        [
          { state: 'sent', sessionId },
          { state: 'failed', promptId, why: 'the gateway does not answer' },
          { state: 'sending', promptId },
        ],
        { actions: [taken], choices: longChoices },
      ),
  },
});
