import { newId, SessionId } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { repositoryProblem } from './repository-problem.ts';

const sessionId = newId(SessionId);
const sessions = [{ sessionId, projectPath: '/src/shop' }];

describe('B7: the repository of a commit', () => {
  it.each([{ sessionId }, { scope: 'shop' }, { scope: '/src/shop' }, { sessionId, scope: 'elsewhere' }])(
    'is asked for where a session works there: %j',
    (kontask) => expect(repositoryProblem(kontask, sessions)).toBeUndefined(),
  );

  it('is not asked for where the gateway could only refuse, and the page says why', () => {
    expect(repositoryProblem({}, sessions)).toContain('neither a session nor a project');
    expect(repositoryProblem({ scope: 'web' }, sessions)).toContain('web');
    expect(repositoryProblem({ sessionId: newId(SessionId), scope: 'shop' }, sessions)).toContain('session is gone');
  });
});
