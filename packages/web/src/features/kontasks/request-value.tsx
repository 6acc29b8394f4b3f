import type { ReactNode } from 'react';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Markdown } from '../../ui/markdown/markdown.tsx';
import { Link } from '../../ui/markdown/link.tsx';
import { useShownCount } from '../../ui/use-shown-count.tsx';
import { kontaskDate } from './kontask-date.ts';
import { isInline, type RequestField } from './request-fields.ts';

/** More of a list, and of a text, is shown when it is asked for. */
const FIRST_VALUES = 100;
const MAX_TEXT = 20_000;

/** A field's value by its format. Nothing of it runs or is loaded. */
export function RequestValue({ field }: { field: RequestField }): ReactNode {
  const { count, more } = useShownCount(field.values.length, FIRST_VALUES);
  return (
    <>
      {drawn({ ...field, values: field.values.slice(0, count) })}
      {more}
    </>
  );
}

function drawn(field: RequestField): ReactNode {
  const { format, language, values } = field;
  switch (format) {
    case 'text':
      return values.map((value, index) => (
        <p key={index} className="kontask-request">
          {cut(value)}
        </p>
      ));
    case 'markdown':
      return values.map((value, index) => <Markdown key={index} text={value} isFinished />);
    case 'code':
      return values.map((value, index) =>
        isInline(field) ? (
          <p key={index}>
            <code>{value}</code>
          </p>
        ) : (
          <CodeBlock key={index} text={value} {...(language === undefined ? {} : { language })} />
        ),
      );
    case 'json':
      return values.map((value, index) => <CodeBlock key={index} text={value} language="json" />);
    case 'date':
      return values.map((value, index) => (
        <p key={index}>
          <time dateTime={value}>{kontaskDate(value)}</time>
        </p>
      ));
    case 'link':
      return values.map((value, index) => (
        <p key={index}>
          <Link href={value} text={value}>
            {cut(value)}
          </Link>
        </p>
      ));
    case 'list':
      return (
        <ul>
          {values.map((value, index) => (
            <li key={index}>{cut(value)}</li>
          ))}
        </ul>
      );
  }
}

/** The whole of it stands in Raw Data. */
function cut(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}…`;
}
