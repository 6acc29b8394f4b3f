import type { ReactNode } from 'react';
import * as en from '../../text/en.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAsOf } from '../../ui/liveness.ts';
import { folderName, isRunning } from '../../ui/session-words.ts';
import type { ProjectGroup } from './visible-sessions.ts';
import { NewSessionLink } from '../../ui/new-session-link.tsx';

interface ProjectSectionProps {
  readonly group: ProjectGroup;
  readonly onNavigate: () => void;
  readonly children: ReactNode;
}

/** The sessions of a folder; closed, it still shows whether something runs there. */
export function ProjectSection({ group, onNavigate, children }: ProjectSectionProps): ReactNode {
  const running = group.sessions.filter(isRunning).length;
  const asOf = useAsOf();
  const words =
    asOf === undefined ? en.sidebar.runningInProject(running) : `${en.liveness.wereRunning(running)}, ${asOf}`;
  const name = folderName(group.projectPath);
  return (
    <section className="project-section" aria-label={group.projectPath}>
      <details open>
        <summary className="project" title={group.projectPath}>
          <Icon name="chevron" />
          <span className="project-name">{name}</span>
          {running > 0 ? (
            <span className="spinner" role="img" aria-label={words} title={words} />
          ) : (
            <span className="count" aria-hidden="true">
              {group.sessions.length}
            </span>
          )}
        </summary>
        <ul>{children}</ul>
      </details>
      <NewSessionLink
        href={`/new?project=${encodeURIComponent(group.projectPath)}`}
        className="icon-button small project-new"
        aria-label={en.home.newHere(name)}
        title={en.home.newHere(name)}
        onClick={onNavigate}
      >
        <Icon name="plus" />
      </NewSessionLink>
    </section>
  );
}
