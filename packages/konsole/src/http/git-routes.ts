import type { CommitAnswer } from '@konui/protocol';
import type { Hono } from 'hono';
import { z } from 'zod';
import type { HostEnvironment } from './create-app.ts';

const CommitQuery = z.object({
  /** A folder inside the repository. */
  path: z.string().min(1).max(4096),
  sha: z.string().regex(/^[0-9a-fA-F]{4,64}$/, 'must be a commit id in hexadecimal'),
  file: z.string().max(4096).optional(),
});

export interface GitRoutes {
  readonly git: {
    readCommit(query: { folder: string; sha: string; file?: string | undefined }): Promise<CommitAnswer>;
  };
}

/** What the projects' repositories hold. */
export function registerGitRoutes(app: Hono<HostEnvironment>, { git }: GitRoutes): void {
  app.get('/git/commit', async (context) => {
    const { path, sha, file } = CommitQuery.parse(context.req.query());
    return context.json(await git.readCommit({ folder: path, sha, file }));
  });
}
