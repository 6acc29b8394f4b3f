import type { z } from 'zod';

const MAX_LENGTH = 300;

/** The first problem in words: where, and what is wrong. Never quotes the value. */
export function describeZodError(error: z.core.$ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'the message is not valid';
  const path = issue.path.join('.');
  const text = path === '' ? issue.message : `${path}: ${issue.message}`;
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 1)}…`;
}
