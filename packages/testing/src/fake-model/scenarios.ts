import { sampleDocument } from './sample-document.ts';
import type { Scenario, Step, Turn } from './scenario.ts';

const say = (text: string): Step => ({ do: 'text', text });
const call = (tool: string, args: Record<string, unknown>): Step => ({ do: 'tool', tool, args });
const plan = (...items: [text: string, status: string][]): Turn => [call('todo', { items })];

function pathFor(scenario: string, path: string | undefined): string {
  if (path === undefined) throw new Error(`[[${scenario}]] needs {"path": "/absolute/file"}`);
  return path;
}

/**
 * The scenarios by name. `{{images}}`, `{{lastTool}}`, `{{userTurns}}` and `{{assistantTurns}}` in a text are filled
 * in from the request.
 */
export const scenarios: Readonly<Record<string, Scenario>> = {
  default: () => [[say('ok')]],
  hello: () => [[say('Hello '), say('from the '), say('fake model.')]],
  doc: ({ charsEach = 12, everyMs = 5 }) => [[{ do: 'type', text: sampleDocument, charsEach, everyMs }]],
  stream: ({ count = 200, everyMs = 10, stamp = true }) => [[{ do: 'words', count, everyMs, isStamped: stamp }]],
  slow: ({ count = 600, everyMs = 100 }) => [[say('start '), { do: 'words', count, everyMs, isStamped: true }]],
  think: () => [[{ do: 'think', parts: ['Let me ', 'consider ', 'this carefully.'] }, say('Thought about it.')]],
  image: () => [[say('I see {{images}} image(s).')]],
  recall: () => [[say('history has {{userTurns}} user items and {{assistantTurns}} assistant items')]],

  write: ({ path, content = 'one\ntwo\nthree\n' }) => [
    [say('Writing.'), call('write', { path: pathFor('write', path), content })],
    [say('Written.')],
  ],
  edit: ({ path, old = 'two', new: replacement = 'TWO' }) => [
    [say('Reading first.'), call('read', { path: pathFor('edit', path) })],
    [say('Editing.'), call('edit', { path, old, new: replacement })],
    [say('Edited.')],
  ],
  shell: ({ command = 'echo shell-out', ask }) => [
    [say('Running.'), call('shell', { command, ask })],
    [say('Command result: {{lastTool}}')],
  ],
  todo: () => [
    plan(['Look at it', 'in_progress'], ['Fix it', 'pending']),
    plan(['Look at it', 'completed'], ['Fix it', 'in_progress']),
    [say('Planned.')],
  ],
  mcp: ({ text = 'ping' }) => [[call('mcp', { text })], [say('MCP said: {{lastTool}}')]],
  ask: ({ question = 'Which colour?', options = ['Red', 'Blue'] }) => [
    [call('ask', { question, options })],
    [say('Answer: {{lastTool}}')],
  ],
  tool: ({ name = 'unnamed', args = {} }) => [[call(name, args)], [say('Result: {{lastTool}}')]],

  gate: ({ gate = 'gate' }) => [[say('before '), { do: 'wait', gate }, say('after')]],
  hang: () => [[say('about to hang'), { do: 'hang' }]],
  quota: () => [[{ do: 'fail', failure: 'quota' }]],
  error: ({ kind = 'server', times, retryAfter }) => [
    [{ do: 'fail', failure: kind, times, retryAfterSeconds: retryAfter }, say('Recovered.')],
  ],
  errorMid: ({ kind = 'overloaded', times }) => [
    [
      say('partial '),
      say('answer '),
      { do: 'sleep', ms: 100 },
      { do: 'fail', failure: kind, times },
      say('recovered.'),
    ],
  ],
  dropMid: () => [[say('partial '), say('answer '), { do: 'sleep', ms: 100 }, { do: 'drop' }]],
};
