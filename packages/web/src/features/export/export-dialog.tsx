import { type ReactNode, useEffect, useRef, useState } from 'react';
import * as en from '../../text/en.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { type ExportFormat, type ExportProgress, exportSession, type ExportSource } from './export-session.ts';
import { fileName, saveFile } from './save-file.ts';

interface ExportDialogProps extends ExportSource {
  readonly title: string;
  readonly agent: string;
  readonly folder: string;
  readonly onClose: () => void;
  /** Default: nothing has been asked for. */
  readonly initialState?: ExportState;
}

type Way = 'copy' | ExportFormat;

export type ExportState =
  | { readonly state: 'idle' }
  | { readonly state: 'working'; readonly progress: ExportProgress | undefined }
  | { readonly state: 'done'; readonly words: string }
  | { readonly state: 'failed'; readonly words: string };

const IDLE: ExportState = { state: 'idle' };

const WAYS: readonly { readonly way: Way; readonly icon: IconName; readonly label: string; readonly hint: string }[] = [
  { way: 'html', icon: 'globe', label: en.export.html, hint: en.export.htmlHint },
  { way: 'markdown', icon: 'file', label: en.export.markdown, hint: en.export.markdownHint },
  { way: 'copy', icon: 'copy', label: en.export.copyMarkdown, hint: en.export.copyHint },
  { way: 'json', icon: 'list', label: en.export.json, hint: en.export.jsonHint },
];

/** Takes a whole session out of Konui, in the form that somebody needs it in. */
export function ExportDialog(props: ExportDialogProps): ReactNode {
  const { title, agent, folder, loadEvents, loadImage, onClose, initialState = IDLE } = props;
  const [state, setState] = useState(initialState);
  const work = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => work.current?.abort(), []);

  const perform = async (way: Way): Promise<void> => {
    const controller = new AbortController();
    work.current = controller;
    setState({ state: 'working', progress: undefined });
    const exportedAt = new Date();
    const format = way === 'copy' ? 'markdown' : way;
    try {
      const text = await exportSession({ loadEvents, loadImage }, format, {
        facts: { title, agent, folder, exportedAt: exportedAt.toISOString() },
        signal: controller.signal,
        onProgress: (progress) => setState({ state: 'working', progress }),
      });
      setState({ state: 'done', words: await deliver(way, text, fileName(title, exportedAt, format)) });
    } catch (error) {
      if (controller.signal.aborted) return setState({ state: 'done', words: en.export.cancelled });
      setState({ state: 'failed', words: en.export.failed(error instanceof Error ? error.message : String(error)) });
    }
  };
  return (
    <Dialog title={en.export.title} onClose={onClose}>
      <p className="soft dialog-text">{en.export.lead}</p>
      <div className="export-ways">
        {WAYS.map(({ way, icon, label, hint }) => (
          <button
            key={way}
            type="button"
            className="button"
            disabled={state.state === 'working'}
            onClick={() => void perform(way)}
          >
            <Icon name={icon} />
            <span>
              {label} <span className="soft">{hint}</span>
            </span>
          </button>
        ))}
      </div>
      <p className={state.state === 'failed' ? 'field-problem' : 'soft'} role="status" data-testid="export-state">
        {wordsOf(state)}
      </p>
      {state.state === 'working' && (
        <div className="dialog-actions">
          <progress value={state.progress?.done} max={state.progress?.all} aria-label={en.export.title} />
          <button type="button" className="button" onClick={() => work.current?.abort()}>
            {en.export.cancel}
          </button>
        </div>
      )}
    </Dialog>
  );
}

/** Says what was done with it; rejects where it could not be. */
async function deliver(way: Way, text: string, name: string): Promise<string> {
  if (way !== 'copy') {
    saveFile(text, name);
    return en.export.done(name);
  }
  // Plain-HTTP pages other than localhost have no clipboard.
  if (navigator.clipboard === undefined) throw new Error(en.export.noClipboard);
  await navigator.clipboard.writeText(text);
  return en.export.copied;
}

function wordsOf(state: ExportState): string {
  switch (state.state) {
    case 'idle':
      return '';
    case 'working': {
      if (state.progress === undefined) return en.export.loading(0, 0);
      const { stage, done, all } = state.progress;
      return stage === 'events' ? en.export.loading(done, all) : en.export.images(done, all);
    }
    case 'done':
    case 'failed':
      return state.words;
  }
}
