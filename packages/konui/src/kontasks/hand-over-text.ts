import type { Kontask } from '@konui/protocol';

/** What an agent is told that is given a request. */
export function handOverText({ id, title, description, createdBy, context }: Kontask): string {
  return [
    `A request for you (kontask ${id}, from ${createdBy}): ${title}`,
    ...(description === '' ? [] : [description]),
    ...(context.commitSha === undefined ? [] : [`It is about the commit ${context.commitSha}.`]),
    `It is yours already; do not claim it. When it is done, finish it with the tool kontask_complete (id ${id}) and what came of it as output. ` +
      `If it cannot be done, say why there, with hasFailed: true. Without that tool, use the command: konui kontask complete ${id} --output <file>`,
  ].join('\n\n');
}
