import type { SessionInfo } from '@konui/protocol';
import type { PaletteEntry } from '../features/palette/palette-entry.ts';
import * as en from '../text/en.ts';
import { agentName, type AgentNames } from '../ui/agent-names.ts';
import { byLastTurn, folderName, isRunning, isShelved, needsYou, sessionMark, titleOf } from '../ui/session-words.ts';
import type { ShellActions } from './shell-actions.ts';
import { THEMES, type Theme } from './theme.ts';
import type { OwnRights } from '../ui/own-rights.ts';

interface PaletteContext {
  readonly sessions: readonly SessionInfo[];
  readonly current: SessionInfo | undefined;
  readonly agentNames: AgentNames;
  readonly may: OwnRights;
  readonly actions: ShellActions;
  readonly navigate: (path: string) => void;
  readonly rename: (session: SessionInfo) => void;
  readonly remove: (session: SessionInfo) => void;
  readonly setTheme: (theme: Theme) => void;
}

/** Sessions, those that need a person first, then those of the latest turn; then what can be done here and anywhere. */
export function paletteEntries(context: PaletteContext): readonly PaletteEntry[] {
  const { sessions, current, navigate } = context;
  const listed = sessions.filter((session) => !isShelved(session) && session !== current).toSorted(byLastTurn);
  return [
    ...[...listed.filter(needsYou), ...listed.filter((session) => !needsYou(session))].map((session): PaletteEntry => ({
      id: session.sessionId,
      group: 'sessions',
      label: titleOf(session),
      detail: [
        folderName(session.projectPath),
        agentName(context.agentNames, session.provider),
        ...(session.archived ? [en.session.isArchived] : []),
      ].join(' · '),
      icon: 'bubble',
      mark: markOf(session),
      run: () => navigate(`/s/${session.sessionId}`),
    })),
    ...(current === undefined ? [] : ofSession(current, context)),
    ...everywhere(context),
  ];
}

function markOf(session: SessionInfo): PaletteEntry['mark'] {
  const mark = sessionMark(session);
  return mark === 'idle' ? undefined : mark;
}

function ofSession(session: SessionInfo, { actions, rename, remove, may }: PaletteContext): readonly PaletteEntry[] {
  const { commands } = actions;
  const act = (label: string, icon: PaletteEntry['icon'], run: () => void): PaletteEntry => ({
    id: label,
    group: 'actions',
    label: en.palette.this(label),
    icon,
    run,
  });
  return [
    ...(isRunning(session) && may.prompt ? [act(en.session.stop, 'stop', () => commands.stop(session))] : []),
    ...(may.manage
      ? [
          act(en.session.rename, 'pencil', () => rename(session)),
          session.archived
            ? act(en.session.unarchive, 'unarchive', () => commands.setArchived(session, false))
            : act(en.session.archive, 'archive', () => commands.setArchived(session, true)),
        ]
      : []),
    act(en.session.copyLink, 'link', () => commands.copyLink(session)),
    ...(may.manage ? [act(en.session.remove, 'trash', () => remove(session))] : []),
  ];
}

function everywhere({ actions, navigate, setTheme, may }: PaletteContext): readonly PaletteEntry[] {
  const act = (entry: Omit<PaletteEntry, 'id' | 'group'>): PaletteEntry => ({
    ...entry,
    id: entry.label,
    group: 'actions',
  });
  return [
    ...(may.prompt
      ? [act({ label: en.titles.newSession, icon: 'plus', keys: 'Ctrl+Alt+n', run: () => navigate('/new') })]
      : []),
    act({ label: en.titles.home, icon: 'home', keys: 'g h', run: () => navigate('/') }),
    act({ label: en.titles.search, icon: 'search', keys: '/', run: () => navigate('/search') }),
    act({ label: en.titles.kontasks, icon: 'inbox', run: () => navigate('/kontasks') }),
    act({ label: en.titles.settings, icon: 'gear', keys: 'g ,', run: () => navigate('/settings') }),
    act({ label: en.keys.title, icon: 'key', keys: '?', run: actions.openKeys }),
    ...THEMES.map((theme) => act({ label: en.palette.theme[theme], icon: 'theme', run: () => setTheme(theme) })),
    act({ label: en.signIn.signOut, icon: 'signOut', run: actions.signOut }),
  ];
}
