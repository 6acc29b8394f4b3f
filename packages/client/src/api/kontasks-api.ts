import {
  CommandId,
  CommitAnswer,
  type Kontask,
  KontaskAction,
  KontaskAnswer,
  type KontaskChange,
  KontaskList,
  type KontaskQuery,
  newId,
  type NewKontaskInput,
  PromptId,
} from '@konui/protocol';
import * as z from 'zod/mini';
import { type ApiOptions, type ApiRequest, ifMatch, parseAnswer, request } from './request.ts';

const Facets = z.object({
  types: z.array(z.string()),
  scopes: z.array(z.string()),
  tags: z.array(z.string()),
  targetUsers: z.array(z.string()),
});
/** What the list can be filtered by. */
export type KontaskFacets = z.infer<typeof Facets>;

/** Reports and requests (SPEC KON). Everything rejects with a KonuiError. */
export interface KontasksApi {
  list(query?: Partial<KontaskQuery>, signal?: AbortSignal): Promise<KontaskList>;
  facets(): Promise<KontaskFacets>;
  get(id: string): Promise<KontaskAnswer>;
  /** A chosen `id` makes sending it again safe. */
  create(kontask: NewKontaskInput): Promise<KontaskAnswer>;
  /** Keeps id, dates and fields that are not known (B12). */
  import(kontask: Kontask): Promise<KontaskAnswer>;
  /** Rejects with KONTASK_CHANGED where `version` is given and not the present one. */
  change(id: string, change: KontaskChange, version?: number): Promise<KontaskAnswer>;
  /** As `change`. */
  remove(id: string, version?: number): Promise<void>;
  /** Takes a request for an agent; rejects with KONTASK_STATE where another one has it. */
  claim(id: string, by: string, claimId?: string): Promise<KontaskAnswer>;
  markRead(id: string): Promise<void>;
  /**
   * Sends a choice's value as a prompt. The same `promptId` again acts once. Rejects with SESSION_REQUIRED, and with
   * KONTASK_CHANGED where the choice has another value than the one that is given.
   */
  choose(id: string, index: number, options?: ChooseOptions): Promise<KontaskAction>;
  /** The commit that the kontask names; with a `file` that file's whole patch alone. */
  commit(id: string, file?: string): Promise<CommitAnswer>;
}

interface ChooseOptions {
  readonly promptId?: string;
  readonly sessionId?: string | undefined;
  /** What the person who chose has read. */
  readonly value?: string | undefined;
}

export function createKontasksApi(options: ApiOptions): KontasksApi {
  const ask = (what: ApiRequest) => request(options, what);
  const pathOf = (id: string) => `/api/kontasks/${encodeURIComponent(id)}`;
  const answer = async (what: ApiRequest) => parseAnswer(KontaskAnswer, await ask(what));
  return {
    list: async (query = {}, signal) =>
      parseAnswer(KontaskList, await ask({ path: '/api/kontasks', query: { ...query }, signal })),
    facets: async () => parseAnswer(Facets, await ask({ path: '/api/kontasks/facets' })),
    get: (id) => answer({ path: pathOf(id) }),
    create: (body) => answer({ method: 'POST', path: '/api/kontasks', body }),
    import: (body) => answer({ method: 'POST', path: '/api/kontasks/import', body }),
    change: (id, body, version) => answer({ method: 'PATCH', path: pathOf(id), body, headers: ifMatch(version) }),
    async remove(id, version) {
      await ask({ method: 'DELETE', path: pathOf(id), headers: ifMatch(version) });
    },
    claim: (id, by, claimId = newId(CommandId)) =>
      answer({ method: 'POST', path: `${pathOf(id)}/claim`, body: { claimId, by } }),
    async markRead(id) {
      await ask({ method: 'POST', path: `${pathOf(id)}/read` });
    },
    choose: async (id, index, { promptId = newId(PromptId), sessionId, value } = {}) =>
      parseAnswer(
        KontaskAction,
        await ask({
          method: 'POST',
          path: `${pathOf(id)}/choices/${index}`,
          body: { promptId, sessionId, value },
        }),
      ),
    commit: async (id, file) => parseAnswer(CommitAnswer, await ask({ path: `${pathOf(id)}/commit`, query: { file } })),
  };
}
