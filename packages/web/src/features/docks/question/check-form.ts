import type { ElicitationReply } from '@konui/client';
import * as en from '../../../text/en.ts';
import type { ChoicesField, FormField, FormValues, NumberField, TextField } from './form-field.ts';

type Content = NonNullable<ElicitationReply['content']>;

export type FormCheck =
  | { readonly state: 'ok'; readonly content: Content }
  /** What has to be changed, in words, by the names of the fields. */
  | { readonly state: 'problems'; readonly problems: ReadonlyMap<string, string> };

/** What the fields hold as the agent wants it, or why it cannot be sent. Empty optional fields are left out. */
export function checkForm(fields: readonly FormField[], values: FormValues): FormCheck {
  const content: Record<string, Content[string]> = {};
  const problems = new Map<string, string>();
  for (const field of fields) {
    const checked = checkField(field, values[field.name]);
    if (checked.problem !== undefined) problems.set(field.name, checked.problem);
    else if (checked.value !== undefined) content[field.name] = checked.value;
  }
  return problems.size === 0 ? { state: 'ok', content } : { state: 'problems', problems };
}

interface Checked {
  readonly value?: Content[string];
  readonly problem?: string | undefined;
}

function checkField(field: FormField, value: FormValues[string] | undefined): Checked {
  switch (field.type) {
    case 'switch':
      return { value: value === true };
    case 'choice':
      if (typeof value === 'string') return { value };
      return field.isRequired ? { problem: en.question.chooseOne } : {};
    case 'choices':
      return checkChoices(field, Array.isArray(value) ? value : []);
    case 'number':
      return checkNumber(field, typeof value === 'string' ? value.trim() : '');
    case 'text':
      return checkText(field, typeof value === 'string' ? value : '');
  }
}

function checkChoices({ isRequired, minItems = 0, maxItems }: ChoicesField, chosen: readonly string[]): Checked {
  const least = Math.max(minItems, isRequired ? 1 : 0);
  if (chosen.length === 0 && !isRequired) return {};
  if (chosen.length < least) return { problem: en.question.atLeast(least) };
  if (maxItems !== undefined && chosen.length > maxItems) return { problem: en.question.atMost(maxItems) };
  return { value: [...chosen] };
}

function checkNumber({ isRequired, isInteger, minimum, maximum }: NumberField, text: string): Checked {
  if (text === '') return isRequired ? { problem: en.question.required } : {};
  const value = Number(text);
  if (!Number.isFinite(value)) return { problem: en.question.notANumber };
  if (isInteger && !Number.isInteger(value)) return { problem: en.question.notAnInteger };
  if (minimum !== undefined && value < minimum) return { problem: en.question.tooSmall(minimum) };
  if (maximum !== undefined && value > maximum) return { problem: en.question.tooLarge(maximum) };
  return { value };
}

function checkText(field: TextField, value: string): Checked {
  if (value.trim() === '') return field.isRequired ? { problem: en.question.required } : {};
  const { minLength, maxLength, format } = field;
  // JSON Schema counts characters, not UTF-16 units.
  const length = Array.from(value).length;
  if (minLength !== undefined && length < minLength) return { problem: en.question.tooShort(minLength) };
  if (maxLength !== undefined && length > maxLength) return { problem: en.question.tooLong(maxLength) };
  if (format !== undefined && !isOfFormat(value.trim(), format)) return { problem: en.question.format[format] };
  if (!matches(value, field.pattern)) return { problem: en.question.pattern };
  return { value: format === 'date-time' ? new Date(value).toISOString() : value };
}

function isOfFormat(value: string, format: NonNullable<TextField['format']>): boolean {
  switch (format) {
    case 'email':
      return /^[^\s@]+@[^\s@]+$/.test(value);
    case 'uri':
      return URL.canParse(value);
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
    case 'date-time':
      return !Number.isNaN(Date.parse(value));
  }
}

/** A pattern that is no regular expression here is the agent's to check. */
function matches(value: string, pattern: string | undefined): boolean {
  if (pattern === undefined) return true;
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    return true;
  }
}
