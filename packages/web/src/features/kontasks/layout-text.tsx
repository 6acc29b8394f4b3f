import { parseLayout } from '@konui/protocol';
import { type ReactNode, useId, useState } from 'react';
import * as en from '../../text/en.ts';
import { useOwnRights } from '../../ui/own-rights.ts';
import { RemovalDialog } from '../../ui/removal-dialog.tsx';
import { reasonOf } from './kontask-words.ts';
import type { LayoutDraft } from './use-layout-draft.ts';

interface LayoutTextProps extends LayoutDraft {
  readonly text: string;
  readonly file: string;
  readonly suggestion: string;
}

/** The text itself, whether it is a layout, and what can be done with it. */
export function LayoutText({ text, file, suggestion, draft, ...own }: LayoutTextProps): ReactNode {
  const id = useId();
  const may = useOwnRights();
  const [progress, setProgress] = useState<'idle' | 'saving' | 'saved'>('idle');
  const [failure, setFailure] = useState<string | undefined>(undefined);
  /** Taken back by mistake it can be had again. */
  const [discarded, setDiscarded] = useState<string | undefined>(undefined);
  const [isRemoving, setRemoving] = useState(false);
  if (draft.state !== 'ready') return null;
  const { base, typed, other } = draft;
  const { layout, problem } = parseLayout(text);
  const isOther = typed !== undefined && typed !== base?.text;
  const save = async (): Promise<void> => {
    setProgress('saving');
    setFailure(undefined);
    try {
      await own.save(text);
      setProgress('saved');
    } catch (error) {
      setProgress('idle');
      setFailure(en.layouts.notSaved(reasonOf(error)));
    }
  };
  const type = (next: string | undefined): void => {
    setProgress('idle');
    setFailure(undefined);
    setDiscarded(next === undefined ? typed : undefined);
    own.type(next);
  };
  const says =
    problem !== undefined
      ? en.layouts.invalid(problem)
      : progress === 'saved' && !isOther
        ? en.layouts.saved
        : base === null && !isOther
          ? en.layouts.isNew
          : en.layouts.valid(layout.fields.length);
  return (
    <>
      <div className="field">
        <label htmlFor={id}>{en.layouts.text}</label>
        <textarea
          id={id}
          className="input layout-text"
          rows={14}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-says`}
          value={text}
          onChange={(event) => type(event.currentTarget.value)}
        />
        <p id={`${id}-says`} className={`${problem === undefined ? 'soft' : 'problem'} breaks`} role="status">
          {isOther && <strong className="layout-unsaved">{en.layouts.unsavedText}</strong>} {says}
        </p>
      </div>
      {other !== undefined && (
        <div className="problem" role="alert">
          <p>{other === null ? en.layouts.gone : en.layouts.changed}</p>
          <div className="page-actions">
            <button type="button" className="button" onClick={() => own.settle('theirs')}>
              {en.layouts.takeTheirs}
            </button>
            <button type="button" className="button" onClick={() => own.settle('mine')}>
              {en.layouts.keepMine}
            </button>
          </div>
        </div>
      )}
      {failure !== undefined && other === undefined && (
        <p className="problem breaks" role="alert">
          {failure}
        </p>
      )}
      <div className="page-actions">
        {may.manage ? (
          <button
            type="button"
            className="button primary"
            disabled={
              problem !== undefined || progress === 'saving' || other !== undefined || (base !== null && !isOther)
            }
            onClick={() => void save()}
          >
            {progress === 'saving' ? en.layouts.saving : en.layouts.save}
          </button>
        ) : (
          <p className="soft">{en.layouts.mayNot}</p>
        )}
        {isOther && (
          <button type="button" className="button" onClick={() => type(undefined)}>
            {en.layouts.discard}
          </button>
        )}
        {!isOther && discarded !== undefined && (
          <button type="button" className="button" onClick={() => type(discarded)}>
            {en.layouts.bringBack}
          </button>
        )}
        {!isOther && suggestion !== text && (
          <button type="button" className="button" onClick={() => type(suggestion)}>
            {en.layouts.suggest}
          </button>
        )}
        {base !== null && may.manage && (
          <button type="button" className="button" onClick={() => setRemoving(true)}>
            {en.layouts.remove}
          </button>
        )}
      </div>
      {isRemoving && (
        <RemovalDialog
          words={{
            title: en.layouts.removeTitle(file),
            keep: en.layouts.keep,
            remove: en.layouts.removeAction,
            removing: en.layouts.removing,
          }}
          remove={own.remove}
          problemOf={(error) => en.layouts.notSaved(reasonOf(error))}
          onClose={() => setRemoving(false)}
        >
          <p>{en.layouts.removeLead}</p>
        </RemovalDialog>
      )}
    </>
  );
}
