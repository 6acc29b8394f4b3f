import type { Kontask, KontaskLayout } from '@konui/protocol';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import * as en from '../../text/en.ts';
import type { FoundLayout } from './find-layout.ts';
import { requestText } from './kontask-draft.ts';
import { toLayoutsAddress } from './layouts-address.ts';
import { isInline, requestFields } from './request-fields.ts';
import { RequestValue } from './request-value.tsx';

/** What was asked for: by the layout of its type, else the words alone (B6). */
export function OriginalRequest({ kontask, found }: { kontask: Kontask; found: FoundLayout }): ReactNode {
  if (found.state === 'ready') return <RequestFields kontask={kontask} layout={found.layout} />;
  const text = requestText(kontask);
  return (
    <>
      {text !== undefined && <p className="kontask-request">{text}</p>}
      <LayoutHint kontask={kontask} found={found} />
    </>
  );
}

function LayoutHint({
  kontask,
  found,
}: {
  kontask: Kontask;
  found: Exclude<FoundLayout, { state: 'ready' }>;
}): ReactNode {
  const address = toLayoutsAddress({ type: kontask.type, kontaskId: kontask.id });
  switch (found.state) {
    case 'loading':
      return <p className="soft">{en.layouts.loading}</p>;
    case 'failed':
      return <p className="soft">{en.layouts.failed(found.why)}</p>;
    case 'none':
      return (
        <p className="soft breaks">
          {en.kontask.noLayout}
          {'. '}
          {en.kontask.layoutHint(found.file)} <Link href={address}>{en.kontask.tryLayout}</Link>
        </p>
      );
    case 'broken':
      return (
        <p className="problem breaks">
          {en.kontask.brokenLayout(found.file, found.problem)} <Link href={address}>{en.kontask.mendLayout}</Link>
        </p>
      );
  }
}

/** The fields of a layout that the kontask has. */
export function RequestFields({ kontask, layout }: { kontask: Kontask; layout: KontaskLayout }): ReactNode {
  const fields = requestFields(kontask, layout);
  if (fields.length === 0) return <p className="soft">{en.kontask.emptyLayout}</p>;
  return (
    <dl className="kontask-facts">
      {fields.map((field, index) => (
        <div key={index} className={isInline(field) ? '' : 'wide'}>
          <dt>{field.label}</dt>
          <dd>
            <RequestValue field={field} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
