import { type ReactNode, type RefObject, useEffect, useMemo } from 'react';
import type { ConversationItem } from '@konui/client';
import { type SessionOption, textOf } from '@konui/protocol';
import { Composer } from '../features/composer/composer.tsx';
import type { ComposerRun } from '../features/composer/composer-actions.tsx';
import type { ComposerStore } from '../features/composer/composer-store.ts';
import { en } from '../text/en.ts';
import { agentOffers } from './agent-offers.ts';
import type { ConversationStore, ConversationView } from './conversation-store.ts';
import { toSlashCommands } from './slash-commands-of.ts';

interface SessionComposerProps {
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>;
  readonly composer: ComposerStore;
  readonly store: Pick<ConversationStore, 'configure' | 'prepare' | 'stop'>;
  readonly view: ConversationView;
  readonly run: ComposerRun;
}

/** The composer with what this session's agent offers. */
export function SessionComposer({ fieldRef, composer, store, view, run }: SessionComposerProps): ReactNode {
  const { conversation, optionChange } = view;
  const offers = useMemo(() => agentOffers(conversation), [conversation]);
  const commands = useMemo(() => toSlashCommands(conversation.commands), [conversation.commands]);
  const history = useMemo(() => ownPrompts(conversation.items), [conversation.items]);
  const { prepare } = store;
  const isNew = view.phase === 'ready' && conversation.items.length === 0;
  useEffect(() => {
    // Of a session without a prompt the first thing that anybody does is to write one.
    if (isNew) prepare();
  }, [isNew, prepare]);
  const changed = optionChange === undefined ? undefined : keyOf(optionChange.option);
  const label = offers.choices.find(({ key }) => key === changed)?.label ?? en.options.label;
  return (
    <Composer
      fieldRef={fieldRef}
      store={composer}
      commands={commands}
      history={history}
      takesImages={offers.takesImages}
      run={run}
      options={{
        choices: offers.choices,
        changing: optionChange?.problem === undefined ? changed : undefined,
        problem: optionChange?.problem === undefined ? undefined : en.options.failed(label, optionChange.problem),
        onChange: (choice, value) => store.configure(choice.toOption(value)),
      }}
      onUse={store.prepare}
      onStop={store.stop}
    />
  );
}

/** As the choices of the composer are named. */
function keyOf(option: SessionOption): string {
  return option.type === 'config' ? `config.${option.configId}` : option.type;
}

function ownPrompts(items: readonly ConversationItem[]): readonly string[] {
  const texts = items.flatMap((item) =>
    item.type === 'prompt' && item.origin.type === 'person' ? [textOf([...item.content])] : [],
  );
  return texts.filter((text, index) => text !== '' && text !== texts[index + 1]);
}
