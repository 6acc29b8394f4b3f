import { isRecord, type Kontask, type KontaskLayout, type LayoutField } from '@konui/protocol';

/** A field of a layout, as the kontask has it. */
export interface RequestField extends Pick<LayoutField, 'label' | 'format' | 'language'> {
  /** One for each of a list. */
  readonly values: readonly string[];
}

/** Longer ones stand in lines of their own. */
const MAX_INLINE = 60;

/** Whether all of it may stand within a line. */
export function isInline({ format, language, values }: RequestField): boolean {
  const isBlock = format === 'markdown' || format === 'json' || language !== undefined;
  return !isBlock && values.every((value) => value.length <= MAX_INLINE && !value.includes('\n'));
}

/** The fields that the kontask has. */
export function requestFields(kontask: Kontask, layout: KontaskLayout): readonly RequestField[] {
  return layout.fields.flatMap(({ path, ...field }) => {
    const values = textsAt(kontask, path, field.format);
    return values.length === 0 ? [] : [{ ...field, values }];
  });
}

/** The fields that it has not, which are not shown. */
export function missingFields(kontask: Kontask, layout: KontaskLayout): readonly LayoutField[] {
  return layout.fields.filter(({ path, format }) => textsAt(kontask, path, format).length === 0);
}

function textsAt(kontask: Kontask, path: string, format: LayoutField['format']): readonly string[] {
  const found = valuesAt(kontask, path.split('.')).filter(isSomething);
  // JSON shows a list as it is.
  const values = format === 'json' ? found : found.flat().filter(isSomething);
  return values.map(toText);
}

function isSomething(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}

function valuesAt(value: unknown, names: readonly string[]): readonly unknown[] {
  const [name, ...rest] = names;
  if (name === undefined) return [value];
  if (Array.isArray(value)) {
    if (/^\d+$/.test(name)) return valuesAt(value[Number(name)], rest);
    return value.flatMap((item) => valuesAt(item, names));
  }
  return isRecord(value) && Object.hasOwn(value, name) ? valuesAt(value[name], rest) : [];
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
