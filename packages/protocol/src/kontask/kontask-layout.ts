import * as z from 'zod/mini';

/** A layout's file may have this many bytes; a layout of fifty long fields has a third of it. */
export const MAX_LAYOUT_BYTES = 64 * 1024;
/** Files of the folder that are looked at, by their names; a type has one. */
export const MAX_LAYOUT_FILES = 200;

const FORMATS = ['text', 'markdown', 'code', 'date', 'link', 'list', 'json'] as const;

/** How a field's value is shown. */
export const LayoutFormat = z.enum(FORMATS, `must be one of ${FORMATS.join(', ')}`);
export type LayoutFormat = z.infer<typeof LayoutFormat>;

const words = (max: number) =>
  z.string('must be text').check(z.minLength(1, 'must not be empty'), z.maxLength(max, `may have ${max} characters`));

export const LayoutField = z.object(
  {
    label: words(200),
    /**
     * Names joined by dots, from the kontask's record on: `context.request`. In a list a number is one of its items, and
     * any other name is asked of each of them: `context.choices.label`.
     */
    path: words(200).check(z.regex(/^[^.]+(?:\.[^.]+)*$/, 'must be names joined by dots, such as context.request')),
    /** Default: `text`. */
    format: z._default(LayoutFormat, 'text'),
    /** Of code: `ts`, `sh`. */
    language: z.optional(words(40)),
  },
  'must be an object such as {"label": "Request", "path": "context.request"}',
);
export type LayoutField = z.infer<typeof LayoutField>;

/** How the original request of one type of kontask is shown (SPEC KON10). Unknown fields mean nothing. */
export const KontaskLayout = z.object(
  {
    fields: z
      .array(LayoutField, 'must be a list of fields')
      .check(z.minLength(1, 'must have at least one field'), z.maxLength(50, 'may have 50 fields')),
  },
  'must be an object such as {"fields": []}',
);
export type KontaskLayout = z.infer<typeof KontaskLayout>;

export type ParsedLayout =
  | { readonly layout: KontaskLayout; readonly problem?: undefined }
  /** What is wrong, for whoever writes it. */
  | { readonly layout?: undefined; readonly problem: string };

/** A layout from the text of its file. */
export function parseLayout(text: string): ParsedLayout {
  let value: unknown;
  try {
    // Some editors begin a file with a byte order mark.
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { problem: `this is no valid JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const parsed = KontaskLayout.safeParse(value);
  if (parsed.success) return { layout: parsed.data };
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.') ?? '';
  const what = issue?.message ?? 'must be a layout';
  return { problem: place === '' ? `it ${what}` : `${place}: ${what}` };
}

const ENDING = '.json';

/** The file of a type's layout. What a file system may not hold, or takes for a way out of the folder, is percent-encoded. */
export function layoutFileOf(type: string): string {
  // oxlint-disable-next-line no-control-regex -- file names hold none
  const name = type.replace(/^\.|[%/\\:*?"<>|\u0000-\u001f\u007f]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
    return `%${code}`;
  });
  return `${name}${ENDING}`;
}

/** The type that a file of the folder is for; `undefined` for a file that is no layout's, such as an editor's own. */
export function layoutTypeOf(file: string): string | undefined {
  if (file.startsWith('.') || !file.endsWith(ENDING)) return undefined;
  const name = file.slice(0, -ENDING.length);
  try {
    return decodeURIComponent(name);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    // A lone "%" is meant as it stands.
    return name;
  }
}

/** `GET /api/kontasks/layouts` */
export const KontaskLayoutsAnswer = z.object({
  /** Where the files are. */
  folder: z.string(),
  layouts: z.array(z.object({ type: z.string(), file: z.string(), version: z.string(), layout: KontaskLayout })),
  /** Files that cannot be used, and why; they leave the others as they are. */
  problems: z.array(z.object({ file: z.string(), type: z.optional(z.string()), problem: z.string() })),
});
export type KontaskLayoutsAnswer = z.infer<typeof KontaskLayoutsAnswer>;

/** `GET` and `PUT /api/kontasks/layouts/:type`: the file as it is; its ETag is the version in quotes. */
export const LayoutFileAnswer = z.object({
  type: z.string(),
  file: z.string(),
  text: z.string(),
  version: z.string(),
});
export type LayoutFileAnswer = z.infer<typeof LayoutFileAnswer>;
