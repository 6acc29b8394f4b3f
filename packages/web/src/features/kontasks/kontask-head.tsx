import type { KontaskInbox, KontasksApi } from '@konui/client';
import type { KontaskAnswer } from '@konui/protocol';
import { type ReactNode, useState } from 'react';
import * as en from '../../text/en.ts';
import { KontaskForm } from './kontask-form.tsx';
import { reasonOf } from './kontask-words.ts';
import { RemoveKontaskDialog } from './remove-kontask-dialog.tsx';

interface KontaskHeadProps {
  readonly answer: KontaskAnswer;
  readonly api: KontasksApi;
  readonly inbox: Pick<KontaskInbox, 'expect'>;
  readonly scopes: readonly string[];
  readonly onChanged: (answer: KontaskAnswer) => void;
  readonly onRemoved: () => void;
}

/** What it is called, and what can be done with it (B2). */
export function KontaskHead({ answer, api, inbox, scopes, onChanged, onRemoved }: KontaskHeadProps): ReactNode {
  const { kontask, version } = answer;
  const [opened, setOpened] = useState<'edit' | 'remove' | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const isOpen = kontask.status === 'requested' || kontask.status === 'in_progress';
  const setStatus = async (status: 'cancelled' | 'requested'): Promise<void> => {
    setProblem(undefined);
    try {
      onChanged(await api.change(kontask.id, { status }, version));
    } catch (error) {
      setProblem(en.kontask.notChanged(reasonOf(error)));
    }
  };
  return (
    <header className="kontask-head">
      <h1 className="breaks">{kontask.title}</h1>
      {kontask.description !== '' && <p className="kontask-lead">{kontask.description}</p>}
      <div className="page-actions" role="group" aria-label={en.kontask.actions}>
        <button type="button" className="button subtle" onClick={() => setOpened('edit')}>
          {en.kontask.edit}
        </button>
        <button
          type="button"
          className="button subtle"
          onClick={() => void setStatus(isOpen ? 'cancelled' : 'requested')}
        >
          {isOpen ? en.kontask.cancel : en.kontask.requestAgain}
        </button>
        <button type="button" className="button subtle" onClick={() => setOpened('remove')}>
          {en.kontask.remove}
        </button>
      </div>
      {problem !== undefined && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {opened === 'edit' && (
        <KontaskForm
          api={api}
          inbox={inbox}
          answer={answer}
          scopes={scopes}
          onSaved={onChanged}
          onClose={() => setOpened(undefined)}
        />
      )}
      {opened === 'remove' && (
        <RemoveKontaskDialog
          title={kontask.title}
          remove={async () => {
            await api.remove(kontask.id, version);
            onRemoved();
          }}
          onClose={() => setOpened(undefined)}
        />
      )}
    </header>
  );
}
