import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser, isPresent } from '@konui/testing';
import { describe, expect, it } from 'vitest';
import { sessionParts } from './session-parts.ts';
import { useKonuiPage } from './use-konui-page.ts';

const chromium = findBrowser();
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe.runIf(isPresent(chromium))('files in a prompt', () => {
  const own = useKonuiPage();
  const { button, endings, field, log, start } = sessionParts(own);
  const attachments = () => own.page.getByTestId('attachment');
  const untilStored = (count: number) =>
    expect
      .poll(() => attachments().evaluateAll((all) => all.map((one) => one.getAttribute('data-state'))))
      .toEqual(Array.from({ length: count }, () => 'stored'));
  /** Files as a person drops or pastes them. */
  const give = (kind: 'drop' | 'paste', files: { name: string; type: string; base64: string }[]) =>
    own.page.evaluate(
      ([how, given]) => {
        const transfer = new DataTransfer();
        for (const { name, type, base64 } of given) {
          const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
          transfer.items.add(new File([bytes], name, { type }));
        }
        const target = document.querySelector('textarea');
        const event =
          how === 'drop'
            ? new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true })
            : new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true });
        target?.dispatchEvent(event);
      },
      [kind, files] as const,
    );

  it('uploads what is dropped, pasted and picked, and the agent gets it', async () => {
    await start('files');
    await give('drop', [{ name: 'dropped.png', type: 'image/png', base64: PNG.toString('base64') }]);
    // Another picture: one that is the same would be kept once.
    const pasted = Buffer.concat([PNG, Buffer.from([0])]);
    await give('paste', [{ name: '', type: 'image/png', base64: pasted.toString('base64') }]);
    const notes = join(own.konui.home, 'notes.txt');
    writeFileSync(notes, 'remember the milk\n');
    await own.page.locator('.composer input[type=file]').setInputFiles(notes);
    await untilStored(3);
    await field().fill('/stream 1');
    await field().press('Enter');
    await endings().waitFor();
    for (const { length } of [PNG, pasted]) {
      await expect.poll(() => log().getByText(`I got an image (image/png) of ${length} bytes.`).count()).toBe(1);
    }
    await log()
      .getByText(/I got (the content of|a link to) .*notes\.txt/)
      .waitFor();
    await attachments().waitFor({ state: 'detached' });
  });

  it('shows a file in place of a picture that is none', async () => {
    await start('no-picture');
    await give('drop', [{ name: 'text.png', type: 'image/png', base64: Buffer.from('hello').toString('base64') }]);
    await untilStored(1);
    await own.page.locator('.attachment-thumb svg').waitFor();
    expect(await own.page.locator('.attachment-thumb img').count()).toBe(0);
    await button('Remove text.png').click();
  });

  it('keeps text and uploaded files of a draft over a reload, and says which were not uploaded', async () => {
    await start('draft');
    await give('drop', [{ name: 'kept.png', type: 'image/png', base64: PNG.toString('base64') }]);
    await untilStored(1);
    // The second never gets there.
    await own.page.route('**/attachments', () => undefined);
    await give('drop', [{ name: 'lost.png', type: 'image/png', base64: PNG.toString('base64') }]);
    await field().fill('/stream 2');
    await field().press('Enter');
    await button('Sends when uploaded').waitFor();
    await own.page.reload();
    await own.page.unrouteAll();
    await expect.poll(() => field().inputValue()).toBe('/stream 2');
    await attachments().filter({ hasText: 'lost.png' }).getByText('Add it again').waitFor();
    await own.page.locator('.attachment-thumb img').waitFor();
    await button('Remove lost.png').click();
    await button('Send').click();
    await endings().waitFor();
    await log().getByText(`I got an image (image/png) of ${PNG.length} bytes.`).waitFor();
    await expect
      .poll(() => own.page.getByTestId('prompt').locator('.prompt-text').allInnerTexts())
      .toEqual(['/stream 2']);
  });

  it('says in words why a file cannot be sent, and tries an upload again', async () => {
    await start('refused-files');
    await give('drop', [{ name: 'nothing.txt', type: 'text/plain', base64: '' }]);
    await own.page.getByText('nothing.txt was not added: it is empty or a folder.').waitFor();
    await own.page.route('**/attachments', (route) =>
      route.fulfill({ status: 507, json: { error: { code: 'STORAGE_FULL', message: 'the disk is full' } } }),
    );
    await give('drop', [{ name: 'a.png', type: 'image/png', base64: PNG.toString('base64') }]);
    await own.page.getByText('Not uploaded: the disk is full').waitFor();
    await field().fill('/stream 1');
    await field().press('Enter');
    await own.page.getByText('Not sent yet: a.png is not uploaded.').waitFor();
    expect(await own.page.getByTestId('prompt').count()).toBe(0);
    await own.page.unrouteAll();
    await button('Upload a.png again').click();
    await untilStored(1);
    await field().press('Enter');
    await endings().waitFor();
    // What the browser itself reports of the refused upload.
    own.expectProblems(/507/);
  });
});
