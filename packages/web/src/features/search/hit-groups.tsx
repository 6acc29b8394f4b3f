import type { KeyboardEvent, ReactNode } from 'react';
import type { SearchHit } from '@konui/protocol';
import { Link } from 'wouter';
import * as en from '../../text/en.ts';
import { agentName, useAgentNames } from '../../ui/agent-names.ts';
import { agoText } from '../../ui/duration.ts';
import { folderName } from '../../ui/session-words.ts';
import { markedParts } from './marked-parts.ts';

interface HitGroupsProps {
  readonly hits: readonly SearchHit[];
  readonly now: number;
  readonly onOpen: () => void;
}

/** What was found, by session; each place leads to its moment. */
export function HitGroups({ hits, now, onOpen }: HitGroupsProps): ReactNode {
  const names = useAgentNames();
  const groups = Map.groupBy(hits, (hit) => hit.sessionId);
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys beside Tab, for its links
    <div className="hit-groups" onKeyDown={moveAmongHits}>
      {Array.from(groups, ([sessionId, found]) => (
        <section key={sessionId} className="hit-group" aria-label={found[0]?.title ?? en.nav.untitled}>
          <h2>
            {found[0]?.title ?? en.nav.untitled}{' '}
            <span className="soft" title={found[0]?.projectPath}>
              {folderName(found[0]?.projectPath ?? '')} · {agentName(names, found[0]?.provider ?? '')}
            </span>
          </h2>
          <ul>
            {found.map((hit) => (
              <li key={`${hit.seq}-${hit.kind}`}>
                <Link href={`/s/${hit.sessionId}?at=${hit.seq}`} className="hit" onClick={onOpen}>
                  <span className="chip">{en.search.kind[hit.kind]}</span>
                  <span className="hit-text">
                    {markedParts(hit.snippet.text, hit.snippet.marks).map((part, index) =>
                      part.isMarked ? <mark key={index}>{part.text}</mark> : part.text,
                    )}
                  </span>
                  <time className="soft when" dateTime={hit.at}>
                    {agoText(Date.parse(hit.at), now)}
                  </time>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** ↓ and ↑ go from place to place, also over the sessions' borders. */
function moveAmongHits(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const links = Array.from(event.currentTarget.querySelectorAll<HTMLElement>('.hit'));
  const next = links[links.findIndex((link) => link === document.activeElement) + step];
  event.preventDefault();
  next?.focus();
}
