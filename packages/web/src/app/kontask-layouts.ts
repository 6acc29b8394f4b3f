import {
  type ApiOptions,
  type Connection,
  createKontaskLayouts,
  createLayoutsApi,
  type KontaskLayouts,
  type LayoutsApi,
} from '@konui/client';

/** What pages of kontasks work with that nobody needs before them. */
export interface LayoutParts {
  readonly api: LayoutsApi;
  readonly layouts: KontaskLayouts;
}

export function startLayouts(connection: Connection, options: ApiOptions): LayoutParts {
  const api = createLayoutsApi(options);
  return { api, layouts: createKontaskLayouts(connection, api) };
}
