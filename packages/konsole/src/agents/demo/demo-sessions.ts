import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DemoSession } from './demo-session.ts';

const SavedSession = z.object({
  sessionId: z.uuid(),
  history: z.array(z.object({ role: z.enum(['user', 'agent']), text: z.string() })),
});

/** The sessions of this process, and, with a state folder, those of earlier ones. */
export class DemoSessions {
  readonly #folder: string | undefined;
  readonly #sessions = new Map<string, DemoSession>();

  constructor(folder: string | undefined) {
    this.#folder = folder;
  }

  async create(cwd: string): Promise<DemoSession> {
    const session = new DemoSession(crypto.randomUUID(), cwd);
    this.#sessions.set(session.sessionId, session);
    await this.save(session);
    return session;
  }

  get(sessionId: string): DemoSession | undefined {
    return this.#sessions.get(sessionId);
  }

  /** The session as an earlier process left it; undefined if nobody saved it. */
  async reopen(sessionId: string, cwd: string): Promise<DemoSession | undefined> {
    const known = this.#sessions.get(sessionId);
    if (known) return known;
    const path = this.#pathOf(sessionId);
    if (path === undefined) return undefined;
    const saved = await readSaved(path);
    if (!saved) return undefined;
    const session = new DemoSession(saved.sessionId, cwd, saved.history);
    this.#sessions.set(sessionId, session);
    return session;
  }

  async save({ sessionId, history }: DemoSession): Promise<void> {
    const path = this.#pathOf(sessionId);
    if (path === undefined || this.#folder === undefined) return;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeFile(`${path}.new`, JSON.stringify({ sessionId, history }), { mode: 0o600 });
    await rename(`${path}.new`, path);
  }

  stopAll(): void {
    for (const session of this.#sessions.values()) session.stop();
  }

  /** Only ids that this agent gives out become file names. */
  #pathOf(sessionId: string): string | undefined {
    if (this.#folder === undefined || !z.uuid().safeParse(sessionId).success) return undefined;
    return join(this.#folder, `${sessionId}.json`);
  }
}

async function readSaved(path: string): Promise<z.infer<typeof SavedSession> | undefined> {
  try {
    return SavedSession.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
