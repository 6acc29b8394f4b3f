import { z } from 'zod';

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const at = (node: unknown, ...names: string[]): unknown =>
  names.reduce<unknown>((found, name) => (isNode(found) ? found[name] : undefined), node);

/** `GET /api/openapi.json` as a client reads it: what it says is held against real answers. */
export class DescribedApi {
  readonly document: Node;
  readonly #schemas: Readonly<Record<string, z.core.JSONSchema.JSONSchema>>;

  constructor(document: unknown) {
    if (!isNode(document)) throw new Error('the document is no object');
    this.document = document;
    // z.fromJSONSchema looks for what is referred to in `$defs` alone.
    const schemas = JSON.stringify(at(document, 'components', 'schemas'));
    this.#schemas = JSON.parse(schemas.replaceAll('#/components/schemas/', '#/$defs/'));
  }

  /** `METHOD /path` with `:name` for each parameter, as routes are registered. */
  get routes(): string[] {
    return Object.entries(this.#paths).flatMap(([path, operations]) =>
      Object.keys(isNode(operations) ? operations : {}).map(
        (method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      ),
    );
  }

  operation(route: string): Node {
    const [method = '', path = ''] = route.split(' ');
    const found = at(this.#paths, path.replaceAll(/:(\w+)/g, '{$1}'), method.toLowerCase());
    if (!isNode(found)) throw new Error(`${route} is not described`);
    return found;
  }

  /** Every `$ref` of the document. */
  get references(): string[] {
    return [...JSON.stringify(this.document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '');
  }

  get schemaNames(): string[] {
    return Object.keys(this.#schemas);
  }

  /** Throws unless the answer is one that the document describes for the route; resolves to its body. */
  async check(route: string, answer: Response): Promise<unknown> {
    const { status, headers } = answer;
    const wrong = (what: string): Error => new Error(`${route} answered ${status}, ${what}`);
    const described = at(this.operation(route), 'responses', String(status));
    if (!isNode(described)) throw wrong('which is not described');
    const content = at(described, 'content');
    const text = await answer.text();
    if (!isNode(content)) {
      if (text !== '') throw wrong(`with a body that is not described: ${text}`);
      return undefined;
    }
    const mediaType = headers.get('content-type')?.split(';')[0] ?? '';
    if (content[mediaType] === undefined) throw wrong(`as ${mediaType}, which is not described`);
    const reference = at(content, mediaType, 'schema', '$ref');
    if (typeof reference !== 'string') return text;
    const body: unknown = JSON.parse(text);
    const { error } = this.#schemaOf(reference.split('/').at(-1) ?? '').safeParse(body);
    if (error !== undefined) throw wrong(`which is no ${reference}: ${error.message} in ${text}`);
    const codes = String(at(described, 'description')).split(', ');
    const code = String(at(body, 'error', 'code'));
    if (!answer.ok && !codes.includes(code)) throw wrong(`with the code ${code}, which is not described`);
    return body;
  }

  get #paths(): Node {
    const paths = at(this.document, 'paths');
    return isNode(paths) ? paths : {};
  }

  #schemaOf(name: string): z.ZodType {
    return z.fromJSONSchema({ $ref: `#/$defs/${name}`, $defs: { ...this.#schemas } });
  }
}
