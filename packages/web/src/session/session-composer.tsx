import { type ReactNode, type RefObject, useEffect, useMemo } from 'react';
import type { ConversationItem } from '@konui/client';
import { type SessionOption, textOf } from '@konui/protocol';
import { Composer } from '../features/composer/composer.tsx';
import type { ComposerRun } from '../features/composer/composer-actions.tsx';
import type { ComposerStore } from '../features/composer/composer-store.ts';
import * as en from '../text/en.ts';
import { agentOffers } from './agent-offers.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { ConversationView } from './conversation-view.ts';
import { toSlashCommands } from './slash-commands-of.ts';
import { useOwnRights } from '../ui/own-rights.ts';
import { ReadOnlyNote } from '../features/composer/read-only-note.tsx';

interface SessionComposerProps {
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>;
  readonly composer: ComposerStore;
  readonly store: Pick<ConversationStore, 'configure' | 'prepare' | 'stop'>;
  readonly view: ConversationView;
  readonly run: ComposerRun;
}

/** The composer with what this session's agent offers. */
export function SessionComposer({ fieldRef, composer, store, view, run }: SessionComposerProps): ReactNode {
  const { conversation, optionChanges } = view;
  const offers = useMemo(() => agentOffers(conversation), [conversation]);
  const commands = useMemo(() => toSlashCommands(conversation.commands), [conversation.commands]);
  const history = useMemo(() => ownPrompts(conversation.items), [conversation.items]);
  const may = useOwnRights();
  const { prepare } = store;
  const isNew = view.phase === 'ready' && conversation.items.length === 0;
  useEffect(() => {
    // Of a session without a prompt the first thing that anybody does is to write one.
    if (isNew && may.prompt) prepare();
  }, [isNew, prepare, may.prompt]);
  if (!may.prompt) return <ReadOnlyNote />;
  const onTheirWay = optionChanges.filter(({ problem }) => problem === undefined);
  const wanted = new Map(onTheirWay.map(({ option }) => [keyOf(option), valueOf(option)]));
  const failed = optionChanges.find(({ problem }) => problem !== undefined);
  const label = offers.choices.find(({ key }) => failed !== undefined && key === keyOf(failed.option))?.label;
  return (
    <Composer
      fieldRef={fieldRef}
      store={composer}
      commands={commands}
      history={history}
      takesImages={offers.takesImages}
      run={run}
      options={{
        // What was chosen is shown at once, as being changed.
        choices: offers.choices.map((choice) => ({ ...choice, value: wanted.get(choice.key) ?? choice.value })),
        changing: [...wanted.keys()],
        problem:
          failed?.problem === undefined ? undefined : en.options.failed(label ?? en.options.label, failed.problem),
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

function valueOf(option: SessionOption): string {
  switch (option.type) {
    case 'mode':
      return option.modeId;
    case 'model':
      return option.modelId;
    case 'config':
      return String(option.value);
  }
}

function ownPrompts(items: readonly ConversationItem[]): readonly string[] {
  const texts = items.flatMap((item) =>
    item.type === 'prompt' && item.origin.type === 'person' ? [textOf([...item.content])] : [],
  );
  return texts.filter((text, index) => text !== '' && text !== texts[index + 1]);
}
