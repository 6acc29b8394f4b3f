import { type ReactNode, useState } from 'react';
import * as en from '../../text/en.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Link } from '../../ui/markdown/link.tsx';
import { showControls } from '../../ui/show-controls.ts';
import type { ContentFacts } from './content-facts.ts';

/** A file or a sound that came with a message: its name and size, its text on demand. */
export function FileChip({ facts }: { facts: ContentFacts }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const { name, uri, text, kilobytes } = facts;
  const shownName = showControls(name);
  return (
    <div className="file">
      <p className="image-chip">
        <Icon name="file" />
        <span>
          {uri === undefined ? (
            shownName
          ) : (
            <Link href={uri} text={name}>
              {shownName}
            </Link>
          )}
        </span>
        {kilobytes !== undefined && <span>{en.file.size(kilobytes)}</span>}
        {text !== undefined && (
          <button type="button" className="button subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? en.file.close : en.file.open}
          </button>
        )}
        {text !== undefined && (
          <button type="button" className="button subtle" onClick={() => save(text, name)}>
            {en.file.save}
          </button>
        )}
      </p>
      {isOpen && text !== undefined && (
        <CodeBlock text={text} label={shownName} language={/\.(\w+)$/.exec(name)?.[1] ?? ''} />
      )}
    </div>
  );
}

/** Always as text: whatever an agent put in it, the browser opens it as nothing else. */
function save(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name.split(/[/\\]/).at(-1) ?? name;
  link.click();
  URL.revokeObjectURL(url);
}
