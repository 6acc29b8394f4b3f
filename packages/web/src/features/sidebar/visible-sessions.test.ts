import { Provider, type SessionInfo } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { sampleSession } from '../../gallery/sample-sessions.ts';
import { byProject, listedSessions, sidebarGroups, visibleSessions } from './visible-sessions.ts';

let made = 0;
const session = (title: string, over: Partial<SessionInfo> = {}): SessionInfo =>
  sampleSession((made += 1), title, { projectPath: '/home/me/app', ...over });

const titles = (sessions: readonly SessionInfo[]) => sessions.map(({ title }) => title);
const agentNames = new Map([['claude', 'Claude Code']]);
const all = { search: '', view: 'all' as const, agentNames };
const at = (day: number) => `2026-02-0${day}T00:00:00.000Z`;

describe('visibleSessions', () => {
  it('puts the session that changed last first and leaves archived ones out', () => {
    const sessions = [session('old'), session('new', { updatedAt: at(1) }), session('gone', { archived: true })];
    expect(titles(visibleSessions(sessions, all))).toEqual(['new', 'old']);
  });

  it('keeps its order while runs stream: a run counts from its start', () => {
    const older = { status: 'working', runStartedAt: at(1), updatedAt: at(9) } as const;
    const newer = { status: 'working', runStartedAt: at(2), updatedAt: at(3) } as const;
    expect(titles(visibleSessions([session('older', older), session('newer', newer)], all))).toEqual([
      'newer',
      'older',
    ]);
  });

  it('[D2] finds by every word in title, folder or agent, in each view', () => {
    const sessions = [
      session('Fix the login'),
      session('Fix the build', { projectPath: '/srv/login', status: 'working' }),
      session('Docs'),
      session('Old login fix', { archived: true }),
    ];
    const search = 'LOGIN fix';
    expect(titles(visibleSessions(sessions, { search, agentNames, view: 'all' }))).toEqual([
      'Fix the login',
      'Fix the build',
    ]);
    expect(titles(visibleSessions(sessions, { search, agentNames, view: 'running' }))).toEqual(['Fix the build']);
    expect(titles(visibleSessions(sessions, { search, agentNames, view: 'archived' }))).toEqual(['Old login fix']);
  });

  it('finds an agent by its id and by what it is called', () => {
    const sessions = [session('One'), session('Two', { provider: Provider.parse('codex') })];
    expect(titles(visibleSessions(sessions, { ...all, search: 'claude code' }))).toEqual(['One']);
    expect(titles(visibleSessions(sessions, { ...all, search: 'codex' }))).toEqual(['Two']);
  });

  it('shows only running sessions when asked', () => {
    const sessions = [session('idle'), session('busy', { status: 'working' }), session('asks', { status: 'waiting' })];
    expect(titles(visibleSessions(sessions, { ...all, view: 'running' }))).toEqual(['busy', 'asks']);
  });
});

describe('an archived session in which something goes on', () => {
  const sessions = [
    session('asks', { archived: true, status: 'waiting' }),
    session('works', { archived: true, status: 'working' }),
    session('held', { archived: true, queuedPrompts: 1, queueHold: 'stopped' }),
    session('rests', { archived: true }),
  ];

  it.each([
    ['all', ['asks', 'works', 'held']],
    ['running', ['asks', 'works']],
    ['archived', ['asks', 'works', 'held', 'rests']],
  ] as const)('is in the view of %s: %j', (view, found) => {
    expect(titles(visibleSessions(sessions, { ...all, view }))).toEqual(found);
  });

  it('is gone to as any other that needs a person', () => {
    expect(titles(listedSessions(sessions))).toEqual(['asks', 'held', 'works']);
  });
});

describe('the groups of the list', () => {
  it('keep the order within and among folders', () => {
    const groups = byProject([session('a'), session('b', { projectPath: '/x' }), session('c')]);
    expect(groups.map((group) => [group.projectPath, titles(group.sessions)])).toEqual([
      ['/home/me/app', ['a', 'c']],
      ['/x', ['b']],
    ]);
  });

  it('begin with what needs a person, and show it once', () => {
    const sessions = [
      session('idle'),
      session('asks', { status: 'waiting', projectPath: '/x' }),
      session('held', { queuedPrompts: 1, queueHold: 'stopped' }),
    ];
    const { first, projects } = sidebarGroups(sessions);
    expect(titles(first)).toEqual(['asks', 'held']);
    expect(projects.map((group) => titles(group.sessions))).toEqual([['idle']]);
    expect(titles(listedSessions(sessions))).toEqual(['asks', 'held', 'idle']);
  });
});
