import type { Choice, FormField, FormValues, TextFormat } from './form-field.ts';

type Schema = Readonly<Record<string, unknown>>;

/**
 * The fields of a form from the agent's schema (ACP, "Elicitation"). The schema comes from outside: what it leaves out
 * or says wrongly is left out here too, and a property of a type that this version does not know is text.
 */
export function parseForm(schema: Schema): readonly FormField[] {
  const properties = toSchema(schema['properties']);
  const required = toStrings(schema['required']);
  return Object.entries(properties).map(([name, value]) => parseField(name, toSchema(value), required.includes(name)));
}

/** What the fields hold before anybody has touched them. */
export function initialValues(fields: readonly FormField[]): FormValues {
  const values: Record<string, FormValues[string]> = {};
  for (const field of fields) if (field.initial !== undefined) values[field.name] = field.initial;
  return values;
}

function parseField(name: string, schema: Schema, isRequired: boolean): FormField {
  const base = {
    name,
    label: toText(schema['title']) ?? name,
    description: toText(schema['description']),
    isRequired,
  };
  const initial = schema['default'];
  switch (schema['type']) {
    case 'boolean':
      return { ...base, type: 'switch', initial: initial === true };
    case 'integer':
    case 'number':
      return {
        ...base,
        type: 'number',
        isInteger: schema['type'] === 'integer',
        minimum: toNumber(schema['minimum']),
        maximum: toNumber(schema['maximum']),
        initial: typeof initial === 'number' ? String(initial) : '',
      };
    case 'array': {
      const choices = toChoices(toSchema(schema['items']));
      if (choices.length === 0) break;
      return {
        ...base,
        type: 'choices',
        choices,
        minItems: toNumber(schema['minItems']),
        maxItems: toNumber(schema['maxItems']),
        initial: toStrings(initial).filter((value) => choices.some((choice) => choice.value === value)),
      };
    }
  }
  const choices = toChoices(schema);
  if (choices.length > 0) {
    const chosen = choices.find(({ value }) => value === initial)?.value;
    return { ...base, type: 'choice', choices, initial: chosen };
  }
  return {
    ...base,
    type: 'text',
    format: toFormat(schema['format']),
    minLength: toNumber(schema['minLength']),
    maxLength: toNumber(schema['maxLength']),
    pattern: toText(schema['pattern']),
    initial: typeof initial === 'string' ? initial : '',
  };
}

/** `oneOf` and `anyOf` with titles, or a bare `enum`. */
function toChoices(schema: Schema): readonly Choice[] {
  const titled = [schema['oneOf'], schema['anyOf']].find((value) => Array.isArray(value) && value.length > 0);
  if (Array.isArray(titled)) {
    return titled.flatMap((value) => {
      const option = toSchema(value);
      const constant = option['const'];
      if (typeof constant !== 'string') return [];
      return [
        { value: constant, title: toText(option['title']) ?? constant, description: toText(option['description']) },
      ];
    });
  }
  return toStrings(schema['enum']).map((value) => ({ value, title: value, description: undefined }));
}

function toSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function toNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function toStrings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function toFormat(value: unknown): TextFormat | undefined {
  return value === 'email' || value === 'uri' || value === 'date' || value === 'date-time' ? value : undefined;
}
