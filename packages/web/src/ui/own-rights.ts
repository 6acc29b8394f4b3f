import { createContext, useContext } from 'react';

/** What this sign-in may do besides reading (SPEC ACC6). */
export interface OwnRights {
  /** Send, stop, queue, configure, create sessions. */
  readonly prompt: boolean;
  /** Answer permissions and questions. */
  readonly answer: boolean;
  /** Rename, archive, delete; tokens and agents' keys. */
  readonly manage: boolean;
}

/** Until it is known otherwise: the server refuses what it must, so nothing is hidden from somebody who may do it. */
export const ALL_RIGHTS: OwnRights = { prompt: true, answer: true, manage: true };

const OwnRightsContext = createContext(ALL_RIGHTS);

export const OwnRightsProvider = OwnRightsContext.Provider;

export function useOwnRights(): OwnRights {
  return useContext(OwnRightsContext);
}
