import { join } from 'node:path';
import { startSession } from './session-page.ts';
import type { KonuiPage } from './use-konui-page.ts';

/** What tests of a session with the demo agent reach for, on the page of the test that runs. */
export function sessionParts(own: KonuiPage) {
  const button = (name: string | RegExp) => own.page.getByRole('button', { name, exact: true });
  const field = () => own.page.getByLabel('Prompt', { exact: true });
  return {
    button,
    field,
    log: () => own.page.getByRole('log'),
    endings: () => own.page.getByTestId('run-end'),
    /** A session of its own in a folder of that name; resolves with its address. */
    start: async (name: string): Promise<string> => {
      const url = await startSession(own.page, own.konui, { agent: /Demo/, project: join(own.konui.project, name) });
      await field().waitFor();
      return url;
    },
    inMenu: async (name: string): Promise<void> => {
      await button('More about this session').click();
      await own.page.getByRole('menuitem', { name }).click();
    },
  };
}
