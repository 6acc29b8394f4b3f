import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';
import { en } from '../text/en.ts';

/** Code or plain output, scrollable by keyboard, with a button that copies it. */
export function CodeBlock({
  text,
  language = '',
  label,
}: {
  text: string;
  language?: string;
  label?: string;
}): ReactNode {
  const name = label ?? (language === '' ? en.code.plain : en.code.language(language));
  return (
    <div className="code-block">
      <div className="code-block-bar">
        <span>{label ?? language}</span>
        <CopyButton text={text} />
      </div>
      <pre tabIndex={0} role="region" aria-label={name}>
        <code>{text}</code>
      </pre>
    </div>
  );
}
