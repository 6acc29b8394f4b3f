import {
  type ApiOptions,
  type Connection,
  createKontaskLayouts,
  createLayoutsApi,
  type KontaskLayouts,
  type LayoutsApi,
} from '@konui/client';
import { createLayoutDrafts, type LayoutDrafts } from '../features/kontasks/layout-drafts.ts';

/** What pages of kontasks work with that nobody needs before them. */
export interface LayoutParts {
  readonly api: LayoutsApi;
  readonly layouts: KontaskLayouts;
  readonly drafts: LayoutDrafts;
}

export function startLayouts(
  connection: Connection,
  { storage, ...options }: ApiOptions & { storage: Storage },
): LayoutParts {
  const api = createLayoutsApi(options);
  return { api, layouts: createKontaskLayouts(connection, api), drafts: createLayoutDrafts(storage) };
}
