import type { KontaskInbox, KontasksApi } from '@konui/client';
import { CommandId, type KontaskAnswer, KonuiError, newId } from '@konui/protocol';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import * as en from '../../text/en.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { EMPTY_DRAFT, type KontaskDraft, toChange, toDraft, toNewKontask } from './kontask-draft.ts';
import { reasonOf } from './kontask-words.ts';
import { useFacets } from './use-facets.ts';

interface KontaskFormProps {
  readonly api: Pick<KontasksApi, 'create' | 'change' | 'get' | 'facets'>;
  readonly inbox: Pick<KontaskInbox, 'expect'>;
  /** The kontask to edit; without one, one is made. */
  readonly answer?: KontaskAnswer;
  readonly scopes: readonly string[];
  readonly onSaved: (answer: KontaskAnswer) => void;
  readonly onClose: () => void;
}

type Progress =
  | { readonly state: 'editing' | 'saving' }
  | { readonly state: 'failed'; readonly why: string }
  /** The kontask is another one by now. */
  | { readonly state: 'changed' };

/** Makes or edits a kontask. Sent again after a failure, it is made once: its id is chosen here. */
export function KontaskForm({ api, inbox, answer, scopes, onSaved, onClose }: KontaskFormProps): ReactNode {
  const [base, setBase] = useState(answer);
  const [before, setBefore] = useState(answer === undefined ? EMPTY_DRAFT : toDraft(answer.kontask));
  const [draft, setDraft] = useState(before);
  const [progress, setProgress] = useState<Progress>({ state: 'editing' });
  const [newKontask] = useState(() => ({ id: newId(CommandId), now: new Date() }));
  const facets = useFacets(api);
  const set = (name: keyof KontaskDraft) => (value: string) => setDraft((now) => ({ ...now, [name]: value }));

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (progress.state === 'saving') return;
    if (draft.title.trim() === '') return setProgress({ state: 'failed', why: en.kontaskForm.required });
    setProgress({ state: 'saving' });
    try {
      if (base === undefined) inbox.expect(newKontask.id);
      const saved =
        base === undefined
          ? await api.create(toNewKontask(draft, newKontask))
          : await api.change(base.kontask.id, toChange(before, draft), base.version);
      onSaved(saved);
      onClose();
    } catch (error) {
      const isChanged = error instanceof KonuiError && error.code === 'KONTASK_CHANGED';
      setProgress(isChanged ? { state: 'changed' } : { state: 'failed', why: en.kontaskForm.failed(reasonOf(error)) });
    }
  };
  const reload = async (): Promise<void> => {
    if (base === undefined) return;
    try {
      const now = await api.get(base.kontask.id);
      setBase(now);
      setBefore(toDraft(now.kontask));
      setDraft(toDraft(now.kontask));
      setProgress({ state: 'editing' });
    } catch (error) {
      setProgress({ state: 'failed', why: en.kontaskForm.failed(reasonOf(error)) });
    }
  };

  const isNew = answer === undefined;
  const isSaving = progress.state === 'saving';
  return (
    <Dialog title={isNew ? en.kontaskForm.createTitle : en.kontaskForm.editTitle} onClose={onClose}>
      <form className="dialog-form" noValidate onSubmit={(event) => void save(event)}>
        <Field label={en.kontaskForm.name} value={draft.title} onChange={set('title')} max={500} isFirst />
        <Field
          label={en.kontaskForm.description}
          value={draft.description}
          onChange={set('description')}
          max={10_000}
        />
        <Field
          label={en.kontaskForm.request}
          hint={en.kontaskForm.requestHint}
          value={draft.request}
          onChange={set('request')}
          rows={4}
        />
        <div className="kontask-form-pair">
          <Field
            label={en.kontaskForm.targetUser}
            hint={en.kontaskForm.targetUserHint}
            value={draft.targetUser}
            onChange={set('targetUser')}
            options={facets.targetUsers}
          />
          <Field
            label={en.kontaskForm.scope}
            hint={en.kontaskForm.scopeHint}
            value={draft.scope}
            onChange={set('scope')}
            options={[...new Set([...facets.scopes, ...scopes])]}
          />
          <Field label={en.kontaskForm.type} value={draft.type} onChange={set('type')} options={facets.types} />
          <Field
            label={en.kontaskForm.tags}
            hint={en.kontaskForm.tagsHint}
            value={draft.tags}
            onChange={set('tags')}
            max={5_000}
          />
        </div>
        {progress.state === 'failed' && (
          <p className="problem" role="alert">
            {progress.why}
          </p>
        )}
        {progress.state === 'changed' && (
          <div className="problem" role="alert">
            <p>{en.kontaskForm.changed}</p>
            <button type="button" className="button" onClick={() => void reload()}>
              {en.kontaskForm.reload}
            </button>
          </div>
        )}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            {en.kontaskForm.cancel}
          </button>
          <button type="submit" className="button primary" disabled={isSaving || progress.state === 'changed'}>
            {isNew
              ? isSaving
                ? en.kontaskForm.creating
                : en.kontaskForm.create
              : isSaving
                ? en.kontaskForm.saving
                : en.kontaskForm.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** In characters, as the protocol takes it. */
  readonly max?: number;
  /** What is known already; anything else may be typed too. */
  readonly options?: readonly string[];
  readonly rows?: number;
  readonly isFirst?: boolean;
}

function Field({ label, hint, value, onChange, max = 200, options, rows, isFirst = false }: FieldProps): ReactNode {
  const id = useId();
  const common = {
    id,
    className: 'input',
    value,
    autoComplete: 'off',
    'aria-describedby': hint === undefined ? undefined : `${id}-hint`,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {rows === undefined ? (
        <input
          {...common}
          maxLength={max}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the window was opened to write here
          autoFocus={isFirst}
          list={options === undefined ? undefined : `${id}-known`}
        />
      ) : (
        <textarea {...common} rows={rows} />
      )}
      {options !== undefined && (
        <datalist id={`${id}-known`}>
          {options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </datalist>
      )}
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
