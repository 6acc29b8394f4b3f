import { isRecord, type Kontask } from '@konui/protocol';

/** A field of a request as its layout shows it: `path` leads into the kontask, `context.request` for one. */
export interface LayoutField {
  readonly label: string;
  readonly path: string;
  readonly as: 'text' | 'code' | 'list' | 'date';
}

/** How the request of one type of kontask is shown (B6). */
export interface RequestLayout {
  readonly fields: readonly LayoutField[];
}

export interface RequestField {
  readonly label: string;
  readonly as: LayoutField['as'];
  /** One for each of a list. */
  readonly values: readonly string[];
}

/** The fields that the kontask has. */
export function requestFields(kontask: Kontask, layout: RequestLayout): readonly RequestField[] {
  return layout.fields.flatMap(({ label, path, as }) => {
    const value = valueAt(kontask, path);
    const values = (Array.isArray(value) ? value : [value]).filter((each) => each !== undefined && each !== null);
    return values.length === 0 ? [] : [{ label, as, values: values.map(toText) }];
  });
}

function valueAt(value: unknown, path: string): unknown {
  let at: unknown = value;
  for (const name of path.split('.')) at = isRecord(at) && Object.hasOwn(at, name) ? at[name] : undefined;
  return at;
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
