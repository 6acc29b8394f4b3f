import type { KontaskLayoutsAnswer } from '@konui/protocol';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Link } from 'wouter';
import * as en from '../../text/en.ts';
import { typeText } from './kontask-words.ts';
import { toLayoutsAddress } from './layouts-address.ts';

interface LayoutTypesProps {
  readonly answer: KontaskLayoutsAnswer;
  /** That kontasks have. */
  readonly types: readonly string[];
  /** With a text that is not saved. */
  readonly unsaved: readonly string[];
  readonly current: string | undefined;
  readonly onType: (type: string) => void;
}

/** The types with a layout, those whose file is wrong and why, and those without one. */
export function LayoutTypes({ answer, types, unsaved, current, onType }: LayoutTypesProps): ReactNode {
  const rows = layoutRows(answer, [...types, ...unsaved], current);
  return (
    <nav className="layout-types" aria-label={en.layouts.types}>
      <ul>
        {rows.map(({ key, type, note, problem }) => (
          <li key={key}>
            <Link
              href={toLayoutsAddress({ type, kontaskId: undefined })}
              className="layout-type"
              aria-current={type === current ? 'page' : undefined}
            >
              <span className="breaks">{typeText(type)}</span>
              <span className={problem === undefined ? 'soft' : 'layout-problem breaks'}>{problem ?? note}</span>
              {unsaved.includes(type) && <span className="layout-unsaved">{en.layouts.unsaved}</span>}
            </Link>
          </li>
        ))}
      </ul>
      <TypeForm onType={onType} />
    </nav>
  );
}

function TypeForm({ onType }: Pick<LayoutTypesProps, 'onType'>): ReactNode {
  const id = useId();
  const [typed, setTyped] = useState('');
  const open = (event: FormEvent): void => {
    event.preventDefault();
    if (typed.trim() === '') return;
    onType(typed.trim());
    setTyped('');
  };
  return (
    <form className="field" onSubmit={open}>
      <label htmlFor={id}>{en.layouts.otherType}</label>
      <div className="folder-input">
        <input
          id={id}
          className="input"
          value={typed}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <button type="submit" className="button">
          {en.layouts.open}
        </button>
      </div>
    </form>
  );
}

interface LayoutRow {
  readonly key: string;
  readonly type: string;
  readonly note: string;
  readonly problem: string | undefined;
}

/** Files first, what is wrong before all; the type that is open is there in any case. */
export function layoutRows(
  { layouts, problems }: KontaskLayoutsAnswer,
  types: readonly string[],
  current: string | undefined,
): readonly LayoutRow[] {
  const broken = problems.flatMap(({ file, type, problem }) =>
    type === undefined
      ? []
      : [{ key: file, type, note: en.layouts.broken, problem: en.layouts.brokenFile(file, problem) }],
  );
  const ready = layouts.map(({ file, type, layout }) => ({
    key: file,
    type,
    note: `${file} · ${en.layouts.fields(layout.fields.length)}`,
    problem: undefined,
  }));
  const known = new Set([...broken, ...ready].map(({ type }) => type));
  const others = [...new Set(current === undefined ? types : [...types, current])].filter((type) => !known.has(type));
  const without = others.map((type) => ({ key: `/${type}`, type, note: en.layouts.none, problem: undefined }));
  return [...broken, ...ready, ...without];
}
