import { HandOverSetting, KonuiError } from '@konui/protocol';
import type { Hono } from 'hono';
import { z } from 'zod';
import type { Authorization } from '../access/authorization.ts';
import type { AgentHost } from '../host.ts';
import { checkAgents, checkRules, StrictHandOver } from '../kontasks/hand-over-rules.ts';
import { SETTING_NAMES, type SettingName } from '../settings/settings.ts';
import type { HttpEnvironment } from './http-environment.ts';
import { parseBody, parseWith } from './json-body.ts';

const MAX_BYTES = 64 * 1024;
const Setting = z.object({ value: z.json() });

export interface SettingRoutes {
  readonly settings: { get(name: SettingName): unknown; set(name: SettingName, value: unknown): void };
  readonly authorization: Authorization;
  readonly host: Pick<AgentHost, 'providers'>;
  /** Told when requests may be handed over that could not be before. */
  readonly onHandOverChanged: () => void;
}

/** `/api/settings/:name`: what follows a person across devices. */
export function registerSettingRoutes(app: Hono<HttpEnvironment>, routes: SettingRoutes): void {
  const { settings, authorization, host, onHandOverChanged } = routes;
  app.get('/api/settings/:name', (context) => {
    const name = toName(context.req.param('name'));
    if (name === 'hand-over') {
      // It names projects.
      const { rights, bounds } = authorization.accessOf(context.get('identity'));
      if (!rights.has('manage') || bounds !== undefined) {
        throw new KonuiError('FORBIDDEN', 'this access token may not see which requests are handed over');
      }
    }
    return context.json({ value: settings.get(name) ?? null });
  });

  app.put('/api/settings/:name', async (context) => {
    const name = toName(context.req.param('name'));
    const { value } = await parseBody(context, Setting);
    if (Buffer.byteLength(JSON.stringify(value)) > MAX_BYTES) {
      throw new KonuiError('FRAME_TOO_LARGE', `a setting may have ${MAX_BYTES} bytes`);
    }
    if (name === 'hand-over') {
      const kept = HandOverSetting.safeParse(settings.get(name)).data?.rules ?? [];
      const asked = parseWith(StrictHandOver, value);
      checkRules(asked, kept);
      await checkAgents(asked, kept, host);
    }
    settings.set(name, value);
    if (name === 'hand-over') onHandOverChanged();
    return context.body(null, 204);
  });
}

function toName(name: string): SettingName {
  const found = SETTING_NAMES.find((known) => known === name);
  if (found === undefined) throw new KonuiError('NOT_FOUND', `settings are: ${SETTING_NAMES.join(', ')}`);
  return found;
}
