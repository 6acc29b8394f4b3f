import type { KontaskInbox, KontasksApi } from '@konui/client';
import { Kontask } from '@konui/protocol';
import { type ReactNode, useId, useState } from 'react';
import * as en from '../../text/en.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { reasonOf } from './kontask-words.ts';

interface ImportDialogProps {
  readonly api: Pick<KontasksApi, 'import'>;
  readonly inbox: Pick<KontaskInbox, 'expect'>;
  readonly onClose: () => void;
}

/** Takes kontasks from a file as they are. Those that were taken before a failure stay; again, they are the same. */
export function ImportDialog({ api, inbox, onClose }: ImportDialogProps): ReactNode {
  const id = useId();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [isBusy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [count, setCount] = useState(0);
  const run = async (): Promise<void> => {
    setBusy(true);
    const failed: string[] = [];
    let taken = 0;
    for (const file of files) {
      const found = await readKontasks(file);
      if (found === undefined) failed.push(en.kontaskForm.notJson(file.name));
      for (const each of found ?? []) {
        try {
          const kontask = Kontask.parse(each);
          inbox.expect(kontask.id);
          await api.import(kontask);
          taken += 1;
        } catch (error) {
          failed.push(en.kontaskForm.refused(nameOf(each) ?? file.name, reasonOf(error)));
        }
      }
    }
    setBusy(false);
    setCount(taken);
    setProblems(failed);
    if (failed.length === 0) onClose();
  };
  return (
    <Dialog title={en.kontaskForm.importTitle} onClose={onClose}>
      <p className="soft">{en.kontaskForm.importLead}</p>
      <div className="field">
        <label htmlFor={id}>{en.kontaskForm.importFile}</label>
        <input
          id={id}
          type="file"
          className="input"
          accept=".json,application/json"
          multiple
          onChange={(event) => setFiles([...(event.currentTarget.files ?? [])])}
        />
      </div>
      {problems.length > 0 && (
        <div className="problem" role="alert">
          <p>{en.kontaskForm.imported(count)}</p>
          {problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </div>
      )}
      <div className="dialog-actions">
        <button type="button" className="button" onClick={onClose}>
          {en.kontaskForm.cancel}
        </button>
        <button
          type="button"
          className="button primary"
          disabled={isBusy || files.length === 0}
          onClick={() => void run()}
        >
          {isBusy ? en.kontaskForm.importing : en.kontaskForm.importAction}
        </button>
      </div>
    </Dialog>
  );
}

/** Undefined for a file that holds no JSON. */
async function readKontasks(file: File): Promise<readonly unknown[] | undefined> {
  try {
    const content: unknown = JSON.parse(await file.text());
    return Array.isArray(content) ? content : [content];
  } catch {
    return undefined;
  }
}

function nameOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'title' in value && typeof value.title === 'string'
    ? value.title
    : undefined;
}
