import { type ReactNode, useMemo } from 'react';
import type { SessionInfo } from '@konui/protocol';
import { useLocation } from 'wouter';
import { KeysSheet } from '../features/keyboard/keys-sheet.tsx';
import { Palette } from '../features/palette/palette.tsx';
import { useStore } from '../ui/use-store.ts';
import { paletteEntries } from './palette-entries.ts';
import { useServices } from './services.ts';
import { type SessionAsk, SessionDialogs } from './session-dialogs.tsx';
import { useShellActions } from './shell-actions.ts';
import { SHORTCUTS } from './shortcuts.ts';
import { useAgentNames } from '../ui/agent-names.ts';
import { useOwnRights } from '../ui/own-rights.ts';

export type ShellWindow = 'palette' | 'keys';

interface ShellWindowsProps {
  readonly opened: ShellWindow | undefined;
  readonly onOpened: (opened: ShellWindow | undefined) => void;
  readonly ask: SessionAsk | undefined;
  readonly onAsk: (ask: SessionAsk | undefined) => void;
  readonly current: SessionInfo | undefined;
}

/** What opens over the page, loaded when it first does. */
export function ShellWindows({ opened, onOpened, ask, onAsk, current }: ShellWindowsProps): ReactNode {
  const { sessionList, singleKeys } = useServices();
  const actions = useShellActions();
  const { sessions } = useStore(sessionList);
  const areSingleKeysOn = useStore(singleKeys);
  const close = (): void => onOpened(undefined);
  return (
    <>
      {opened === 'palette' && <OpenPalette current={current} onAsk={onAsk} onClose={close} />}
      {opened === 'keys' && (
        <KeysSheet
          shortcuts={SHORTCUTS}
          areSingleKeysOn={areSingleKeysOn}
          onSingleKeys={singleKeys.set}
          onClose={close}
        />
      )}
      <SessionDialogs ask={ask} onAsk={onAsk} sessions={sessions} commands={actions.commands} />
    </>
  );
}

function OpenPalette(props: Pick<ShellWindowsProps, 'current' | 'onAsk'> & { onClose: () => void }): ReactNode {
  const { current, onAsk, onClose } = props;
  const { sessionList, theme } = useServices();
  const actions = useShellActions();
  const may = useOwnRights();
  const agentNames = useAgentNames();
  const [, navigate] = useLocation();
  const { sessions } = useStore(sessionList);
  const entries = useMemo(
    () =>
      paletteEntries({
        sessions,
        current,
        agentNames,
        may,
        actions,
        navigate,
        rename: ({ sessionId }) => onAsk({ kind: 'rename', sessionId }),
        remove: ({ sessionId }) => onAsk({ kind: 'delete', sessionId }),
        setTheme: theme.set,
      }),
    [sessions, current, agentNames, may, actions, navigate, onAsk, theme],
  );
  return <Palette entries={entries} onClose={onClose} />;
}
