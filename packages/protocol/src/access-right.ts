import * as z from 'zod/mini';

/**
 * What an access token may do (SPEC ACC6). `read`: see sessions. `prompt`: send, stop, queue, configure, create
 * sessions. `answer`: permissions and questions. `inject`: push prompts as a script. `manage`: rename, archive, delete,
 * access tokens, settings.
 */
export const AccessRight = z.enum(['read', 'prompt', 'answer', 'inject', 'manage']);
export type AccessRight = z.infer<typeof AccessRight>;
