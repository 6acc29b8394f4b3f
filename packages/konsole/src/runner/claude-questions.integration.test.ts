import { type FakeModel, findRealAgent, isPresent, makeTestHome, startFakeModel, type TestHome } from '@konui/testing';
import type { SessionEvent } from '@konui/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRunnerFixture, type RunnerFixture } from './testing/runner-fixture.ts';

const claude = findRealAgent('claude');
const is =
  (kind: string) =>
  (event: SessionEvent): boolean =>
    event.kind === kind;

// Codex (0.166) asks with forms in its plan mode only.
describe.runIf(isPresent(claude))('a question of Claude Code', () => {
  let model: FakeModel;
  let home: TestHome;
  let fixture: RunnerFixture;

  beforeEach(async () => {
    model = await startFakeModel();
    home = await makeTestHome();
    if (claude.available) fixture = createRunnerFixture(claude.launch(model.url, home.path));
    fixture.start();
  });
  afterEach(async () => {
    await fixture.close();
    await home.remove();
    await model.close();
  });

  it('[ELI1] is a form in the log, and Claude Code hears the first answer to it', async () => {
    fixture.prompt('[[ask {"question":"Which colour?","options":["Red","Blue"]}]]');
    const request = await fixture.until(is('elicitation_request'));
    expect(fixture.state().pendingElicitations).toHaveLength(1);
    const { properties } = request['requestedSchema'] as { properties: Record<string, unknown> };
    const [field = ''] = Object.keys(properties);
    const requestId = request['requestId'];
    const first = fixture.send({ type: 'elicitation', requestId, action: 'accept', content: { [field]: 'Blue' } });
    const second = fixture.send({ type: 'elicitation', requestId, action: 'decline' });
    expect(await fixture.until(is('elicitation_resolved'))).toMatchObject({ commandId: first, action: 'accept' });
    const rejected = await fixture.until(is('command_rejected'));
    expect(rejected).toMatchObject({ commandId: second, code: 'ELICITATION_NOT_FOUND' });
    expect(await fixture.until(is('complete'))).toMatchObject({ success: true });
    expect(fixture.text()).toContain('Blue');
  });
});
