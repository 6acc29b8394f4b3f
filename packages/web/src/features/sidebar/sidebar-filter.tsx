import type { ReactNode, RefObject } from 'react';
import * as en from '../../text/en.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAsOf } from '../../ui/liveness.ts';
import type { SidebarView } from './visible-sessions.ts';

const VIEWS = ['all', 'running', 'archived'] as const;

interface SidebarFilterProps {
  readonly fieldRef: RefObject<HTMLInputElement | null>;
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly view: SidebarView;
  readonly onView: (view: SidebarView) => void;
  readonly runningCount: number;
}

/** The search, open in every view, and which sessions are shown. */
export function SidebarFilter(props: SidebarFilterProps): ReactNode {
  const asOf = useAsOf();
  return (
    <div className="sidebar-filter">
      <label className="search">
        <Icon name="search" />
        <span className="visually-hidden">{en.nav.search}</span>
        <input
          ref={props.fieldRef}
          type="search"
          className="input"
          value={props.search}
          placeholder={en.nav.search}
          onChange={(event) => props.onSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || props.search === '') return;
            event.preventDefault();
            event.stopPropagation();
            props.onSearch('');
          }}
        />
      </label>
      <div className="segments" role="group" aria-label={en.sidebar.views}>
        {VIEWS.map((view) => (
          <button
            key={view}
            type="button"
            aria-pressed={props.view === view}
            data-view={view}
            title={view === 'running' ? asOf : undefined}
            onClick={() => props.onView(view)}
          >
            {view === 'running' ? en.sidebar.runningCount(props.runningCount) : en.sidebar.view[view]}
          </button>
        ))}
      </div>
    </div>
  );
}
