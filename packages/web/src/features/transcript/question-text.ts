import type { ElicitationItem } from '@konui/client';
import * as en from '../../text/en.ts';

/** A closed question in words; what was answered stands below it. */
export function questionText(
  { message, resolution }: Pick<ElicitationItem, 'message' | 'resolution'>,
  who: string,
): string {
  switch (resolution?.action) {
    case 'accept':
      return en.question.answered(who, message);
    case 'decline':
      return en.question.declined(who, message);
    case 'cancel':
      return resolution.by.type === 'system' ? en.question.closed(message) : en.question.cancelled(who, message);
    case undefined:
      return message;
  }
}

/** Each answer with the label of its field, where the form has more than one. */
export function answerTexts({
  requestedSchema,
  resolution,
}: Pick<ElicitationItem, 'requestedSchema' | 'resolution'>): readonly string[] {
  const answers = Object.entries(resolution?.content ?? {});
  return answers.map(([name, value]) => {
    const schema = fieldsOf(fieldsOf(requestedSchema['properties'])[name]);
    const values = Array.isArray(value) ? value : [value];
    const text = values.map((each) => titleOf(schema, each)).join(', ');
    const label = typeof schema['title'] === 'string' ? schema['title'] : name;
    return answers.length === 1 ? text : `${label}: ${text}`;
  });
}

/** The agent may know a choice by another name than it shows. */
function titleOf(schema: Fields, value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? en.question.yes : en.question.no;
  const offered = [schema['oneOf'], fieldsOf(schema['items'])['anyOf']].find((choices) => Array.isArray(choices));
  const choice = Array.isArray(offered) ? offered.map(fieldsOf).find((each) => each['const'] === value) : undefined;
  return typeof choice?.['title'] === 'string' ? choice['title'] : String(value);
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
