import * as z from 'zod/mini';
import { SessionId } from '../ids.ts';

/** `requested` → `in_progress` → one of the others; a report that nobody asked for is created `completed` (SPEC KON2). */
export const KontaskStatus = z.enum(['requested', 'in_progress', 'completed', 'failed', 'cancelled']);
export type KontaskStatus = z.infer<typeof KontaskStatus>;

/** Longer ids come from elsewhere: those of imported kontasks are kept as they are. */
export const KontaskId = z
  .string()
  .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/, 'must be 1 to 128 of A-Z, a-z, 0-9, ".", "_", ":" and "-"'))
  .brand('KontaskId');
export type KontaskId = z.infer<typeof KontaskId>;

/** What stands beside `/api/kontasks/:id`: such a kontask could not be asked for. */
const ROUTES: readonly string[] = ['facets', 'import', 'layouts'];

/** The id of a kontask that is made or imported. */
export const NewKontaskId = KontaskId.check(z.refine((id) => !ROUTES.includes(id), 'is the name of a route'));

/** Text that every store and every search takes as it is: neither NUL nor half of a surrogate pair. */
export function isPlainText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** A button of a kontask: its `value` is sent as a prompt. */
export const KontaskChoice = z.looseObject({
  label: z.string().check(z.minLength(1), z.maxLength(200)),
  value: z.string().check(z.minLength(1), z.maxLength(100_000)),
  primary: z.optional(z.boolean()),
});
export type KontaskChoice = z.infer<typeof KontaskChoice>;

export const MAX_KONTASK_OUTPUT_CHARACTERS = 2 * 1024 * 1024;
/** Of everything but the output, as JSON in UTF-8: twenty choices of the longest fit. */
export const MAX_KONTASK_REST_BYTES = 2 * 1024 * 1024;

const name = z.string().check(z.minLength(1), z.maxLength(200));
const date = z.string().check(
  z.refine((text) => !Number.isNaN(Date.parse(text)), 'must be a date in ISO 8601'),
  z.maxLength(40),
);

/** What a kontask is about. Unknown fields are kept. */
export const KontaskContext = z.looseObject({
  /** HTML, shown isolated (SPEC KON6). */
  output: z.optional(z.string().check(z.maxLength(MAX_KONTASK_OUTPUT_CHARACTERS))),
  commitSha: z.optional(z.string().check(z.regex(/^[0-9a-fA-F]{4,64}$/, 'must be a commit id in hexadecimal'))),
  choices: z.optional(z.array(KontaskChoice).check(z.maxLength(50))),
  requestId: z.optional(z.string().check(z.maxLength(200))),
  requestedAt: z.optional(date),
});
export type KontaskContext = z.infer<typeof KontaskContext>;

/** A report or a request that agents, scripts and people leave for each other. Unknown fields are kept (SPEC KON1). */
export const Kontask = z.looseObject({
  id: KontaskId,
  type: name,
  status: KontaskStatus,
  title: z.string().check(z.minLength(1), z.maxLength(500)),
  description: z.string().check(z.maxLength(10_000)),
  context: KontaskContext,
  createdBy: name,
  createdAt: date,
  updatedAt: date,
  requestId: z.optional(z.string().check(z.maxLength(200))),
  /** The project that it belongs to. */
  scope: z.optional(name),
  tags: z.array(name).check(z.maxLength(50)),
  /** Whom it is for: an agent such as `claude`, or a person. */
  targetUser: z.optional(name),
  sessionId: z.optional(SessionId),
});
export type Kontask = z.infer<typeof Kontask>;
