import type { Hono } from 'hono';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Admission } from '../admission.ts';
import type { ApprovalOf } from '../push/approvals.ts';
import type { HttpEnvironment } from './http-environment.ts';
import { limitBody, parseBody } from './json-body.ts';

export const Approval = z.object({ token: z.string().min(1).max(200) });

export interface ApprovalRoutes {
  readonly admission: Admission;
  readonly approvals: { redeem(token: string): Promise<ApprovalOf | undefined> };
  readonly log: Logger;
}

/** `POST /api/approvals`: the button of a notification. The token in it is all the sign-in that there is (SPEC PUSH5). */
export function registerApprovalRoutes(
  app: Hono<HttpEnvironment>,
  { admission, approvals, log }: ApprovalRoutes,
): void {
  app.post('/api/approvals', limitBody, async (context) => {
    const admitted = admission.admit(context.env.incoming);
    const approval = await approvals.redeem((await parseBody(context, Approval)).token);
    if (approval === undefined) throw admitted.refuse();
    const { identity, sessionId, requestId } = approval;
    log.info({ ...identity, sessionId, requestId }, 'permission answered from a notification');
    return context.json({ sessionId, requestId }, 202);
  });
}
