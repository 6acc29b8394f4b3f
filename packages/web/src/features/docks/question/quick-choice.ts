import type { ChoiceField, FormField } from './form-field.ts';

/** The one choice that a form is about, so that one press answers it: everything beside it may stay empty. */
export function quickChoice(fields: readonly FormField[]): ChoiceField | undefined {
  const [choice, ...others] = fields.filter(({ type }) => type === 'choice');
  if (choice?.type !== 'choice' || others.length > 0) return undefined;
  const rest = fields.filter((field) => field !== choice);
  return rest.every((field) => field.type === 'text' && !field.isRequired) ? choice : undefined;
}
