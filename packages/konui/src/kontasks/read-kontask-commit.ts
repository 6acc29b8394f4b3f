import { isRecord, type Kontask, KonuiError } from '@konui/protocol';
import type { AgentHost, HostAnswer } from '../host.ts';
import { isOfScope } from './take-choice.ts';

/** The commit that a kontask names, from the repository of its session or of its scope's project (B7). */
export async function readKontaskCommit(
  kontask: Kontask,
  host: Pick<AgentHost, 'session' | 'sessions' | 'commit'>,
  file: string | undefined,
): Promise<HostAnswer> {
  const { commitSha } = kontask.context;
  if (commitSha === undefined) throw new KonuiError('COMMIT_NOT_FOUND', 'this kontask names no commit');
  const folder = await folderOf(kontask, host);
  return host.commit({ path: folder, sha: commitSha, ...(file === undefined ? {} : { file }) });
}

async function folderOf({ sessionId, scope }: Kontask, host: Pick<AgentHost, 'session' | 'sessions'>): Promise<string> {
  if (sessionId !== undefined) {
    const row: unknown = JSON.parse((await host.session(sessionId)).body.toString('utf8'));
    if (isRecord(row) && typeof row['projectPath'] === 'string') return row['projectPath'];
  }
  if (scope !== undefined) {
    const answer: unknown = JSON.parse((await host.sessions()).body.toString('utf8'));
    const rows = isRecord(answer) && Array.isArray(answer['sessions']) ? answer['sessions'].filter(isRecord) : [];
    const paths = rows.map((row) => String(row['projectPath']));
    const found = paths.find((path) => isOfScope(path, scope));
    if (found !== undefined) return found;
    throw new KonuiError('REPOSITORY_UNKNOWN', `no session works on a project called ${scope}`);
  }
  throw new KonuiError('REPOSITORY_UNKNOWN', 'this kontask names neither a session nor a project');
}
