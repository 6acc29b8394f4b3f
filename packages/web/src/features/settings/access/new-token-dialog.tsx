import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { NewAccessToken } from '@konui/client';
import { AccessRight } from '@konui/protocol';
import { enSettings } from '../../../text/en-settings.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { messageOf, SwitchSetting } from '../setting-parts.tsx';
import { EXPIRIES, mayNeedReview, type TokenForm, toNewToken } from './new-token.ts';

/** A session that a token can be bound to, and with it its folder. */
export interface TokenPlace {
  readonly sessionId: string;
  readonly title: string;
  readonly projectPath: string;
}

interface NewTokenDialogProps {
  readonly places: readonly TokenPlace[];
  readonly nowMs: number;
  readonly create: (token: NewAccessToken) => Promise<void>;
  readonly onClose: () => void;
  /** For galleries: what stands in the form at first. */
  readonly startsWith?: Partial<TokenForm>;
}

const EMPTY: TokenForm = {
  name: '',
  rights: ['read', 'prompt', 'answer'],
  needsReview: false,
  where: 'everywhere',
  folder: '',
  sessionId: '',
  expiry: 'never',
};

/** Asks what the token may do, where and until when. */
export function NewTokenDialog({ places, nowMs, create, onClose, startsWith }: NewTokenDialogProps): ReactNode {
  const words = enSettings.access.form;
  const [form, setForm] = useState<TokenForm>({ ...EMPTY, ...startsWith });
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const ids = { name: useId(), where: useId(), place: useId(), expiry: useId(), folders: useId() };
  const change = (next: Partial<TokenForm>): void => setForm({ ...form, ...next });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const token = toNewToken(form, nowMs);
    if (typeof token === 'string') return setProblem(words[token]);
    setBusy(true);
    try {
      await create(token);
    } catch (error) {
      setProblem(enSettings.notChanged(messageOf(error)));
      setBusy(false);
    }
  };
  return (
    <Dialog title={words.title} onClose={onClose}>
      <form className="setting-form" onSubmit={(event) => void submit(event)}>
        <div className="field">
          <label htmlFor={ids.name}>{words.name}</label>
          <input
            id={ids.name}
            className="input"
            value={form.name}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <span className="hint">{words.nameHint}</span>
        </div>
        <fieldset className="setting-group">
          <legend>{words.rights}</legend>
          {AccessRight.options.map((right) => (
            <SwitchSetting
              key={right}
              label={enSettings.access.rights[right].name}
              hint={enSettings.access.rights[right].hint}
              isOn={form.rights.includes(right)}
              onChange={(isOn) =>
                change({
                  rights: AccessRight.options.filter((each) => (each === right ? isOn : form.rights.includes(each))),
                })
              }
            />
          ))}
        </fieldset>
        {mayNeedReview(form.rights) && (
          <SwitchSetting
            label={words.review}
            hint={words.reviewHint}
            isOn={form.needsReview}
            onChange={(needsReview) => change({ needsReview })}
          />
        )}
        <div className="field">
          <label htmlFor={ids.where}>{words.where}</label>
          <select
            id={ids.where}
            className="input"
            value={form.where}
            onChange={(event) => change({ where: toWhere(event.currentTarget.value) })}
          >
            <option value="everywhere">{words.everywhere}</option>
            <option value="folder">{words.someFolders}</option>
            {places.length > 0 && <option value="session">{words.oneSession}</option>}
          </select>
        </div>
        {form.where === 'folder' && (
          <div className="field">
            <label htmlFor={ids.place}>{words.folder}</label>
            <input
              id={ids.place}
              className="input code"
              list={ids.folders}
              value={form.folder}
              onChange={(event) => change({ folder: event.currentTarget.value })}
            />
            <datalist id={ids.folders}>
              {[...new Set(places.map(({ projectPath }) => projectPath))].map((path) => (
                <option key={path} value={path}>
                  {path}
                </option>
              ))}
            </datalist>
          </div>
        )}
        {form.where === 'session' && (
          <div className="field">
            <label htmlFor={ids.place}>{words.session}</label>
            <select
              id={ids.place}
              className="input"
              value={form.sessionId}
              onChange={(event) => change({ sessionId: event.currentTarget.value })}
            >
              <option value="">{words.noSession}</option>
              {places.map(({ sessionId, title, projectPath }) => (
                <option key={sessionId} value={sessionId}>
                  {`${title} · ${projectPath}`}
                </option>
              ))}
            </select>
          </div>
        )}
        <div className="field">
          <label htmlFor={ids.expiry}>{words.expiry}</label>
          <select
            id={ids.expiry}
            className="input"
            value={form.expiry}
            onChange={(event) =>
              change({ expiry: EXPIRIES.find((each) => each === event.currentTarget.value) ?? 'never' })
            }
          >
            {EXPIRIES.map((expiry) => (
              <option key={expiry} value={expiry}>
                {words.expiries[expiry]}
              </option>
            ))}
          </select>
        </div>
        <div role="alert">{problem !== undefined && <p className="problem">{problem}</p>}</div>
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            {enSettings.cancel}
          </button>
          <button type="submit" className="button primary" disabled={isBusy}>
            {words.make}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function toWhere(value: string): TokenForm['where'] {
  return value === 'folder' || value === 'session' ? value : 'everywhere';
}
