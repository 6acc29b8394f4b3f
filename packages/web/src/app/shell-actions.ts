import type { SessionInfo } from '@konui/protocol';
import { createContext, useContext } from 'react';
import type { SessionCommands } from './session-commands.ts';

/** What opens around the pages, and what ends them. */
export interface ShellActions {
  readonly commands: SessionCommands;
  readonly openPalette: () => void;
  readonly openKeys: () => void;
  /** At a place in the window; on a phone it is a sheet. */
  readonly openMenu: (session: SessionInfo, at: { readonly x: number; readonly y: number }) => void;
  /** Ends the sign-in of this device. */
  readonly signOut: () => void;
  /** To the sign-in page and back here: the gateway refuses what this device has. */
  readonly signIn: () => void;
}

const ShellActionsContext = createContext<ShellActions | undefined>(undefined);

export const ShellActionsProvider = ShellActionsContext.Provider;

/** For the pages of the shell. */
export function useShellActions(): ShellActions {
  const actions = useContext(ShellActionsContext);
  if (actions === undefined) throw new Error('useShellActions outside of the shell');
  return actions;
}
