import type { KontasksApi, LayoutsApi } from '@konui/client';
import {
  type KontaskLayout,
  type KontaskLayoutsAnswer,
  layoutFileOf,
  LayoutFormat,
  parseLayout,
} from '@konui/protocol';
import { type ReactNode, useRef } from 'react';
import * as en from '../../text/en.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import type { LayoutDrafts } from './layout-drafts.ts';
import { LayoutPreview } from './layout-preview.tsx';
import { LayoutText } from './layout-text.tsx';
import { suggestLayout } from './suggest-layout.ts';
import { useLayoutDraft } from './use-layout-draft.ts';
import { useTrialKontask } from './use-trial-kontask.ts';

interface LayoutEditorProps {
  readonly type: string;
  readonly kontaskId: string | undefined;
  readonly onKontask: (kontaskId: string) => void;
  readonly answer: KontaskLayoutsAnswer;
  readonly api: LayoutsApi;
  readonly kontasks: Pick<KontasksApi, 'list' | 'get'>;
  readonly drafts: LayoutDrafts;
  readonly onKept: () => void;
}

/** A layout's text, and how a kontask looks under it before anything is saved (B6). */
export function LayoutEditor(props: LayoutEditorProps): ReactNode {
  const { type, kontaskId, answer, api, kontasks } = props;
  const own = useLayoutDraft(type, { api, answer, drafts: props.drafts, onKept: props.onKept });
  const { draft } = own;
  const trial = useTrialKontask(kontasks, { type, kontaskId });
  const kontask = trial.trial.state === 'ready' ? trial.trial.kontask : undefined;
  const file = (draft.state === 'ready' ? draft.base?.file : undefined) ?? layoutFileOf(type);
  const text =
    draft.state === 'ready' ? (draft.typed ?? draft.base?.text ?? suggestLayout(kontask)) : suggestLayout(kontask);
  const parsed = parseLayout(text);
  const lastValid = useRef<KontaskLayout | undefined>(undefined);
  if (draft.state === 'ready') lastValid.current = parsed.layout ?? lastValid.current;
  return (
    <div className="layout-editor">
      <section className="kontask-section" aria-label={en.layouts.editor(file)}>
        <div className="kontask-section-head">
          <h2 className="breaks">{file}</h2>
          <CopyButton text={text} />
        </div>
        {draft.state === 'loading' && (
          <p className="soft" role="status">
            {en.layouts.reading}
          </p>
        )}
        {draft.state === 'unreadable' && (
          <p className="problem breaks" role="alert">
            {en.layouts.unreadable(draft.why)}
          </p>
        )}
        {draft.state === 'ready' && <LayoutText {...own} text={text} file={file} suggestion={suggestLayout(kontask)} />}
        <LayoutHelp />
      </section>
      {draft.state === 'ready' && (
        <LayoutPreview
          layout={lastValid.current}
          isLatest={parsed.layout !== undefined}
          onKontask={props.onKontask}
          {...trial}
        />
      )}
    </div>
  );
}

function LayoutHelp(): ReactNode {
  return (
    <details className="layout-help">
      <summary>{en.layouts.help}</summary>
      <p>{en.layouts.helpPath}</p>
      <dl>
        {LayoutFormat.options.map((format) => (
          <div key={format}>
            <dt>
              <code>{format}</code>
            </dt>
            <dd>{en.layouts.helpFormats[format]}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
