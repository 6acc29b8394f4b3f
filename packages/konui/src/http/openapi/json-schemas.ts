import { z } from 'zod';
import { ANSWERS, REQUESTS, type Schema } from './schemas.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Where a schema of the document is. */
export const referTo = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

/** All named schemas as JSON Schema 2020-12, which OpenAPI 3.1 takes; one that holds another refers to it. */
export function namedSchemas(): Record<string, JsonSchema> {
  return { ...convert(REQUESTS, 'input'), ...convert(ANSWERS, 'output') };
}

/** The fields of a query; what is parsed from text is described as what comes out of it. */
export function fieldsOf(query: Schema): { name: string; isRequired: boolean; schema: JsonSchema }[] {
  const parsed = z.toJSONSchema(query, { io: 'output', unrepresentable: 'any', override: loosen });
  const { required = [] } = z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' });
  return Object.entries(parsed.properties ?? {}).map(([name, schema]) => ({
    name,
    isRequired: required.includes(name),
    schema: typeof schema === 'boolean' ? {} : { ...schema },
  }));
}

/** What zod adds that is of no use beside other schemas. */
const ADDED: readonly string[] = ['$schema', '$id', 'id'];

function convert(named: Readonly<Record<string, Schema>>, io: 'input' | 'output'): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const uri = (id: string): string => String(referTo(id)['$ref']);
  const { schemas } = z.toJSONSchema(registry, { io, uri, unrepresentable: 'any', override: loosen });
  const withoutAdded = (schema: JsonSchema): JsonSchema =>
    Object.fromEntries(Object.entries(schema).filter(([key]) => !ADDED.includes(key)));
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, withoutAdded(schema)]));
}

/** Later versions add fields to answers, and that an integer is a safe one goes without saying. */
function loosen({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}
