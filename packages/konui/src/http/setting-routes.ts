import { KonuiError } from '@konui/protocol';
import type { Hono } from 'hono';
import { z } from 'zod';
import { SETTING_NAMES, type SettingName } from '../settings/settings.ts';
import type { HttpEnvironment } from './http-environment.ts';
import { parseBody } from './json-body.ts';

const MAX_BYTES = 64 * 1024;
const Setting = z.object({ value: z.json() });

export interface SettingRoutes {
  readonly settings: { get(name: SettingName): unknown; set(name: SettingName, value: unknown): void };
}

/** `/api/settings/:name`: what follows a person across devices. */
export function registerSettingRoutes(app: Hono<HttpEnvironment>, { settings }: SettingRoutes): void {
  app.get('/api/settings/:name', (context) =>
    context.json({ value: settings.get(toName(context.req.param('name'))) ?? null }),
  );

  app.put('/api/settings/:name', async (context) => {
    const name = toName(context.req.param('name'));
    const { value } = await parseBody(context, Setting);
    if (Buffer.byteLength(JSON.stringify(value)) > MAX_BYTES) {
      throw new KonuiError('FRAME_TOO_LARGE', `a setting may have ${MAX_BYTES} bytes`);
    }
    settings.set(name, value);
    return context.body(null, 204);
  });
}

function toName(name: string): SettingName {
  const found = SETTING_NAMES.find((known) => known === name);
  if (found === undefined) throw new KonuiError('NOT_FOUND', `settings are: ${SETTING_NAMES.join(', ')}`);
  return found;
}
