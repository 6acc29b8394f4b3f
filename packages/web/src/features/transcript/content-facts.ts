import * as en from '../../text/en.ts';

/** What is said of a block that is neither text nor a picture. */
export interface ContentFacts {
  readonly name: string;
  readonly uri: string | undefined;
  readonly text: string | undefined;
  /** Undefined where nobody knows. */
  readonly kilobytes: number | undefined;
}

interface Fields {
  readonly [field: string]: unknown;
}

/** The facts of ACP's `resource_link`, `resource` and `audio` blocks; others are named by their type. */
export function contentFacts(block: { readonly type: string } & Fields): ContentFacts {
  const resource = fieldsOf(block['resource']);
  const uri = textOf(block['uri']) ?? textOf(resource['uri']);
  const text = textOf(resource['text']);
  const encoded = textOf(block['data']) ?? textOf(resource['blob']);
  const size = typeof block['size'] === 'number' ? block['size'] : (text?.length ?? bytesOf(encoded));
  return {
    name: textOf(block['name']) ?? lastPart(uri) ?? (block.type === 'audio' ? en.file.audio : en.file.resource),
    uri,
    text,
    kilobytes: size === undefined ? undefined : Math.ceil(size / 1024),
  };
}

function bytesOf(base64: string | undefined): number | undefined {
  return base64 === undefined ? undefined : (base64.length * 3) / 4;
}

function lastPart(uri: string | undefined): string | undefined {
  const part = uri?.split(/[/\\]/).findLast((each) => each !== '');
  return part === undefined || part === '' ? undefined : part;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
