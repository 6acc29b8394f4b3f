import { KontaskLayoutsAnswer, LayoutFileAnswer } from '@konui/protocol';
import { type ApiOptions, type ApiRequest, ifMatch, parseAnswer, request } from './request.ts';

/** How the requests of kontasks are shown (SPEC KON10). Everything rejects with a KonuiError. */
export interface LayoutsApi {
  list(signal?: AbortSignal): Promise<KontaskLayoutsAnswer>;
  /** The file of a type as it is, also one that is no layout; rejects with NOT_FOUND where there is none. */
  read(type: string): Promise<LayoutFileAnswer>;
  /** Over this version, or where it is null as a new file; rejects with KONTASK_CHANGED where that is not so. */
  save(type: string, text: string, version: string | null): Promise<LayoutFileAnswer>;
  remove(type: string, version: string): Promise<void>;
}

export function createLayoutsApi(options: ApiOptions): LayoutsApi {
  const ask = (what: Partial<ApiRequest> & { type: string }) => {
    const { type, ...rest } = what;
    return request(options, { ...rest, path: `/api/kontasks/layouts/${encodeURIComponent(type)}` });
  };
  return {
    list: async (signal) =>
      parseAnswer(KontaskLayoutsAnswer, await request(options, { path: '/api/kontasks/layouts', signal })),
    read: async (type) => parseAnswer(LayoutFileAnswer, await ask({ type })),
    save: async (type, text, version) =>
      parseAnswer(
        LayoutFileAnswer,
        await ask({
          type,
          method: 'PUT',
          blob: new Blob([text]),
          headers: version === null ? { 'if-none-match': '*' } : ifMatch(version),
        }),
      ),
    async remove(type, version) {
      await ask({ type, method: 'DELETE', headers: ifMatch(version) });
    },
  };
}
