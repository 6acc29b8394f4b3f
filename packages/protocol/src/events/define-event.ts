import * as z from 'zod/mini';
import type { Seq } from '../ids.ts';
import type { SessionState } from '../session/state.ts';

/** The fields of every event. */
export interface Envelope {
  readonly seq: Seq;
  readonly sessionId: string;
  readonly kind: string;
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string;
}

type SchemaOf<Kind extends string, Shape extends z.core.$ZodShape> = ReturnType<
  typeof z.object<{ kind: z.ZodMiniLiteral<Kind> } & Shape>
>;

export interface EventDefinition<Kind extends string = string, Shape extends z.core.$ZodShape = z.core.$ZodShape> {
  readonly kind: Kind;
  readonly schema: SchemaOf<Kind, Shape>;
  /** Applies the event to a state that the caller owns: it is changed in place, since a log has 400,000 events. */
  apply(state: SessionState, event: unknown): void;
}

/** Declares an event kind: its fields and what it does to the session's state. One file per kind, registered in `registry.ts`. */
export function defineEvent<const Kind extends string, Shape extends z.core.$ZodShape>(definition: {
  kind: Kind;
  fields: Shape;
  reduce?: (state: SessionState, event: Envelope & z.infer<z.ZodMiniObject<Shape>>) => void;
}): EventDefinition<Kind, Shape> {
  const fields = z.object(definition.fields);
  const schema = z.object({ kind: z.literal(definition.kind), ...definition.fields });
  return {
    kind: definition.kind,
    schema,
    apply(state, event) {
      if (definition.reduce === undefined) return;
      const parsed = fields.safeParse(event);
      // A line of an older or newer format that lacks a field changes nothing rather than stop the fold.
      if (!parsed.success) return;
      definition.reduce(state, { ...(event as Envelope), ...parsed.data });
    },
  };
}
