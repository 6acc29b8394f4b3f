import { join } from 'node:path';
import { findBrowser, isPresent } from '@konui/testing';
import { describe, expect, it } from 'vitest';
import { longestTask } from './longest-task.ts';
import { sendPrompt, startSession } from './session-page.ts';
import { useKonuiPage } from './use-konui-page.ts';

const chromium = findBrowser();

describe.runIf(isPresent(chromium))('what an agent does', () => {
  const own = useKonuiPage();

  const start = (name: string) =>
    startSession(own.page, own.konui, { agent: /Demo/, project: join(own.konui.project, name) });
  const permission = () => own.page.getByTestId('permission');
  const endings = () => own.page.getByTestId('run-end');
  const leaveFields = () => own.page.getByRole('log').focus();

  it('a command is shown at once, allowed by one key, and its output has the colours of a terminal', async () => {
    await start('colours');
    const command = String.raw`printf '\033[31mred\033[0m plain\n50%%\r100%%\n'; exit 3`;
    await sendPrompt(own.page, `/run ${command}`);
    await permission().getByText(command).waitFor();
    expect(await permission().getByTestId('danger').count()).toBe(0);
    await leaveFields();
    await own.page.keyboard.press('y');
    await endings().first().waitFor();
    await own.page.getByTestId('tool').getByRole('button').first().click();
    const output = own.page.getByTestId('terminal-text');
    const red = output.getByText('red', { exact: true });
    await expect
      .poll(() =>
        red.evaluate((element) => {
          const [own, around] = [element, element.parentElement].map((each) => each && getComputedStyle(each).color);
          return own !== around;
        }),
      )
      .toBe(true);
    await output.getByText('100%', { exact: true }).waitFor();
    expect(await output.getByText('50%', { exact: true }).count()).toBe(0);
  });

  it('keys answer from the prompt after Escape, which stops nothing while the agent asks', async () => {
    await start('escape');
    await sendPrompt(own.page, '/run echo one');
    await permission().getByText('echo one').first().waitFor();
    const field = own.page.getByLabel('Prompt', { exact: true });
    await field.focus();
    await own.page.keyboard.press('Escape');
    await own.page.keyboard.press('y');
    await endings().first().waitFor();
    await own.page.getByTestId('permission-answer').getByText('allowed').waitFor();
    await expect.poll(() => field.inputValue()).toBe('');
  });

  it('a destructive command is marked with why, and refused with a reason that becomes the next prompt', async () => {
    await start('reason');
    await sendPrompt(own.page, '/run rm -rf build');
    await permission().getByTestId('danger').getByText('deletes files').waitFor();
    await leaveFields();
    await own.page.keyboard.press('r');
    const field = permission().getByRole('textbox', { name: 'What should the agent do instead?' });
    await field.press('Escape');
    await permission().getByRole('button', { name: 'Reject with a reason' }).click();
    // Keys that answer elsewhere are text here.
    await field.pressSequentially('y1n: say /think instead');
    await field.press('Enter');
    await own.page.getByText('You rejected the command, so I did not run it.').waitFor();
    await own.page.getByTestId('prompt').getByText('y1n: say /think instead').waitFor();
    await endings().nth(1).waitFor();
    await own.page.getByTestId('permission-answer').first().waitFor();
    await own.page.getByTestId('tool').getByText('rejected').waitFor();
  });

  it('a command that a person stopped has not failed, and its time is that since it was allowed', async () => {
    await start('stopped');
    await sendPrompt(own.page, '/run sleep 60');
    const waits = own.page.getByTestId('tool').getByText('waits for you');
    await waits.waitFor();
    await leaveFields();
    await own.page.keyboard.press('y');
    await waits.waitFor({ state: 'detached' });
    await own.page.getByRole('button', { name: 'Stop' }).click();
    await own.page.getByTestId('tool').getByText('stopped').waitFor();
    expect(await own.page.getByTestId('tool').getByText('failed').count()).toBe(0);
  });

  it('a plan stays with its outcome when the run has ended, and goes with the next prompt', async () => {
    await start('plan');
    await sendPrompt(own.page, '/plan');
    await endings().first().waitFor();
    const plan = own.page.getByTestId('plan');
    await plan.getByText('Plan finished').waitFor();
    await plan.getByRole('button').press('Enter');
    await plan.getByRole('listitem').first().waitFor();
    await sendPrompt(own.page, '/stream 3');
    await endings().nth(1).waitFor();
    await plan.waitFor({ state: 'detached' });
  });

  it('a group of calls is opened, and a call in it, by keyboard', async () => {
    await own.page.goto(`${own.konui.url}/dev/gallery/tool-group/failed`);
    const group = own.page.getByTestId('tool-group');
    const head = group.getByRole('button', { name: /7 steps: read 3 files.*1 failed/ });
    await head.waitFor();
    const untilCalls = (count: number) => expect.poll(() => group.getByTestId('tool').count()).toBe(count);
    await untilCalls(1);
    await head.press('Enter');
    await untilCalls(7);
    await own.page.keyboard.press('Tab');
    await own.page.keyboard.press('Enter');
    await group.getByText('Raw data').first().waitFor();
    await head.press('Enter');
    await untilCalls(1);
  });

  it('four megabytes of output hold up the page less than their plain text, and only lines in sight are in it', async () => {
    const lines = '[data-testid=terminal-text] .terminal-line';
    const oursMs = async (): Promise<number> => {
      await own.page.goto(`${own.konui.url}/dev/gallery`);
      const link = own.page.locator('[data-gallery=terminal-text][data-state=four-megabytes]');
      await link.waitFor();
      return longestTask(own.browser, own.page, async () => {
        await link.evaluate((element: HTMLElement) => element.click());
        await own.page.locator(lines).first().waitFor();
        await own.page.getByText('Reading…').waitFor({ state: 'detached' });
      });
    };
    const floorMs = (): Promise<number> =>
      longestTask(own.browser, own.page, async () => {
        await own.page.evaluate(() => {
          const pre = document.createElement('pre');
          pre.textContent = 'ok one line of a build that goes on and on\n'.repeat(90_000);
          document.querySelector('main')?.replaceChildren(pre);
          // The second frame comes after the first has been laid out and painted.
          return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        });
      });
    // The best of some rounds: other processes only ever make one slower.
    const floor = Math.min(await oursMs().then(floorMs), await oursMs().then(floorMs));
    const ours = Math.min(await oursMs(), await oursMs(), await oursMs());
    await own.page.getByText('The last 2000 lines are shown.').waitFor();
    await expect.poll(() => own.page.locator(lines).count()).toBeLessThan(200);
    await own.page.getByRole('button', { name: 'Show all 90000 lines' }).click();
    await own.page.getByText('The last 2000 lines are shown.').waitFor({ state: 'detached' });
    await expect.poll(() => own.page.locator(lines).count()).toBeLessThan(200);

    process.stdout.write(
      `output of 90,000 lines: longest task ours ${ours.toFixed(0)} ms, in one <pre> ${floor.toFixed(0)} ms\n`,
    );
    expect(ours / floor).toBeLessThanOrEqual(1);
  });
});
