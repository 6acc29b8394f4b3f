import * as z from 'zod/mini';

/** A file that a commit changed. */
export const CommitFile = z.object({
  path: z.string(),
  /** Of a file that was renamed or copied. */
  oldPath: z.optional(z.string()),
  status: z.enum(['added', 'modified', 'deleted', 'renamed', 'copied', 'type_changed', 'other']),
  /** Lines; absent for a binary file. */
  additions: z.optional(z.int()),
  deletions: z.optional(z.int()),
  isBinary: z.boolean(),
  /** The file's part of the unified diff (`git show`); absent where it is too large: asked for by `?file=`. */
  patch: z.optional(z.string()),
});
export type CommitFile = z.infer<typeof CommitFile>;

/** `GET /git/commit?path=&sha=&file=`: a commit of the repository that a project's folder lies in. */
export const CommitAnswer = z.object({
  sha: z.string(),
  /** Root folder of the repository. */
  repository: z.string(),
  authorName: z.string(),
  authorEmail: z.string(),
  /** ISO 8601, with the author's offset. */
  authoredAt: z.string(),
  subject: z.string(),
  body: z.string(),
  parents: z.array(z.string()),
  files: z.array(CommitFile),
});
export type CommitAnswer = z.infer<typeof CommitAnswer>;
