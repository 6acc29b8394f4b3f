import { z } from 'zod';

const JsonSchema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
});

/** The smallest value that fits a JSON schema; every text in it is `text`. */
export function sampleOf(schema: unknown, text: string): unknown {
  const parsed = JsonSchema.safeParse(schema);
  if (!parsed.success) return text;
  const { type, enum: values, properties = {} } = parsed.data;
  if (values && values.length > 0) return values[0];
  const first = Array.isArray(type) ? type[0] : type;
  switch (first?.toLowerCase() ?? 'string') {
    case 'object':
      return Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, sampleOf(inner, text)]));
    case 'array':
      return [];
    case 'boolean':
      return false;
    case 'number':
    case 'integer':
      return 0;
    default:
      return text;
  }
}
