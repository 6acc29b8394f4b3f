import type { Kontask } from '@konui/protocol';
import type { ReactNode } from 'react';
import * as en from '../../text/en.ts';
import { kontaskDate } from './kontask-date.ts';
import { requestText } from './kontask-draft.ts';
import { type RequestField, requestFields, type RequestLayout } from './request-fields.ts';

interface OriginalRequestProps {
  readonly kontask: Kontask;
  /** Of the kontask's type. */
  readonly layout: RequestLayout | undefined;
}

/** What was asked for: by the layout of its type, else the words alone (B6). */
export function OriginalRequest({ kontask, layout }: OriginalRequestProps): ReactNode {
  if (layout === undefined) {
    const text = requestText(kontask);
    return text === undefined ? (
      <p className="soft">{en.kontask.noLayout}</p>
    ) : (
      <p className="kontask-request">{text}</p>
    );
  }
  return (
    <dl className="kontask-facts">
      {requestFields(kontask, layout).map((field) => (
        <div key={field.label}>
          <dt>{field.label}</dt>
          <dd>{valuesOf(field)}</dd>
        </div>
      ))}
    </dl>
  );
}

function valuesOf({ as, values }: RequestField): ReactNode {
  switch (as) {
    case 'text':
      return values.map((value, index) => (
        <p key={index} className="kontask-request">
          {value}
        </p>
      ));
    case 'code':
      return values.map((value, index) => (
        <pre key={index} className="kontask-request">
          <code>{value}</code>
        </pre>
      ));
    case 'date':
      return values.map(kontaskDateOf).join(', ');
    case 'list':
      return (
        <ul>
          {values.map((value, index) => (
            <li key={index}>{value}</li>
          ))}
        </ul>
      );
  }
}

function kontaskDateOf(value: string): string {
  return kontaskDate(value);
}
