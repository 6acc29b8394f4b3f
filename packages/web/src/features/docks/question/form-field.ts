/** One way to answer a field that offers some. */
export interface Choice {
  readonly value: string;
  readonly title: string;
  readonly description: string | undefined;
}

interface FieldBase {
  readonly name: string;
  readonly label: string;
  readonly description: string | undefined;
  readonly isRequired: boolean;
}

export type TextFormat = 'email' | 'uri' | 'date' | 'date-time';

export interface TextField extends FieldBase {
  readonly type: 'text';
  readonly format: TextFormat | undefined;
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  readonly pattern: string | undefined;
  readonly initial: string;
}

export interface NumberField extends FieldBase {
  readonly type: 'number';
  readonly isInteger: boolean;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly initial: string;
}

export interface ChoiceField extends FieldBase {
  readonly type: 'choice';
  readonly choices: readonly Choice[];
  readonly initial: string | undefined;
}

export interface ChoicesField extends FieldBase {
  readonly type: 'choices';
  readonly choices: readonly Choice[];
  readonly minItems: number | undefined;
  readonly maxItems: number | undefined;
  readonly initial: readonly string[];
}

export interface SwitchField extends FieldBase {
  readonly type: 'switch';
  readonly initial: boolean;
}

/** A field of a form (ACP, "Elicitation", property schemas). */
export type FormField = TextField | NumberField | ChoiceField | ChoicesField | SwitchField;

/** What stands in the fields: a choice that nobody made is not there. */
export type FormValues = Readonly<Record<string, string | boolean | readonly string[]>>;
