import type { SessionInfo } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { byProject, visibleSessions } from './visible-sessions.ts';

const session = (title: string, over: Partial<SessionInfo> = {}): SessionInfo =>
  ({
    title,
    projectPath: '/home/me/app',
    provider: 'demo',
    updatedAt: '2026-01-01T00:00:00.000Z',
    archived: false,
    status: 'idle',
    ...over,
  }) as SessionInfo;

const titles = (sessions: readonly SessionInfo[]) => sessions.map(({ title }) => title);
const all = { search: '', view: 'all' as const };

describe('visibleSessions', () => {
  it('puts the session that changed last first and leaves archived ones out', () => {
    const sessions = [
      session('old'),
      session('new', { updatedAt: '2026-02-01T00:00:00.000Z' }),
      session('gone', { archived: true }),
    ];
    expect(titles(visibleSessions(sessions, all))).toEqual(['new', 'old']);
  });

  it('finds by every word in title, folder or agent', () => {
    const sessions = [
      session('Fix the login'),
      session('Fix the build', { projectPath: '/srv/login' }),
      session('Docs'),
    ];
    expect(titles(visibleSessions(sessions, { ...all, search: 'LOGIN fix' }))).toEqual([
      'Fix the login',
      'Fix the build',
    ]);
  });

  it('shows only running sessions when asked', () => {
    const sessions = [session('idle'), session('busy', { status: 'working' }), session('asks', { status: 'waiting' })];
    expect(titles(visibleSessions(sessions, { ...all, view: 'running' }))).toEqual(['busy', 'asks']);
  });
});

describe('byProject', () => {
  it('keeps the order within and among folders', () => {
    const groups = byProject([session('a'), session('b', { projectPath: '/x' }), session('c')]);
    expect(groups.map((group) => [group.projectPath, titles(group.sessions)])).toEqual([
      ['/home/me/app', ['a', 'c']],
      ['/x', ['b']],
    ]);
  });
});
