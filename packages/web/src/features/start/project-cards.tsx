import type { ReactNode } from 'react';
import type { SessionInfo } from '@konui/protocol';
import * as en from '../../text/en.ts';
import { Icon } from '../../ui/icon.tsx';
import { useLiveness } from '../../ui/liveness.ts';
import { folderName } from '../../ui/session-words.ts';
import { projectsOf } from './projects-of.ts';
import { NewSessionLink } from '../../ui/new-session-link.tsx';

const MAX_PROJECTS = 12;

/** The folders that were worked in, the last one first, each with the way to a new session there. */
export function ProjectCards({ sessions }: { sessions: readonly SessionInfo[] }): ReactNode {
  const projects = projectsOf(sessions).slice(0, MAX_PROJECTS);
  const running = useLiveness().isStale ? en.liveness.wereRunning : en.home.running;
  if (projects.length === 0) return null;
  return (
    <section className="group" aria-label={en.home.projects}>
      <h2>{en.home.projects}</h2>
      <ul className="cards projects">
        {projects.map((project) => (
          <li key={project.path} className="card project-card">
            <Icon name="folder" />
            <span className="session-card-text" title={project.path}>
              <span className="session-title">{folderName(project.path)}</span>
              <span className="soft">
                {en.home.sessions(project.count)}
                {project.running > 0 && ` · ${running(project.running)}`}
              </span>
            </span>
            <NewSessionLink
              href={`/new?project=${encodeURIComponent(project.path)}`}
              className="icon-button"
              aria-label={en.home.newHere(folderName(project.path))}
              title={en.home.newHere(folderName(project.path))}
            >
              <Icon name="plus" />
            </NewSessionLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
