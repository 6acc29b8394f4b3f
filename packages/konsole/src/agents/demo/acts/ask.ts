import type { ElicitationSchema } from '@agentclientprotocol/sdk';
import type { Act } from '../act.ts';

/** Asks with a form: every kind of field that ACP has, or a single choice where the word "colour" follows. */
export const ask: Act = async (turn, argument) => {
  const isShort = argument.trim() === 'colour';
  const answer = await turn.ask(
    isShort ? 'Which colour?' : 'How shall the demo look?',
    isShort ? { properties: { colour } } : all,
  );
  if (answer === undefined) return turn.say('You did not answer, so I decide for myself: it stays as it is.');
  await turn.say(`You answered:\n\n\`\`\`json\n${JSON.stringify(answer, undefined, 2)}\n\`\`\``);
};

const colour = {
  type: 'string' as const,
  title: 'Colour',
  oneOf: [
    { const: 'red', title: 'Red', description: 'Warm and loud' },
    { const: 'blue', title: 'Blue', description: 'Cool and calm' },
  ],
};

const all: ElicitationSchema = {
  properties: {
    name: { type: 'string', title: 'Name', description: 'What it is called', minLength: 2, maxLength: 40 },
    colour,
    parts: {
      type: 'array',
      title: 'Parts',
      items: {
        anyOf: [
          { const: 'header', title: 'Header' },
          { const: 'footer', title: 'Footer' },
        ],
      },
      minItems: 1,
    },
    columns: { type: 'integer', title: 'Columns', minimum: 1, maximum: 12, default: 2 },
    mail: { type: 'string', title: 'Who may be asked', format: 'email' },
    isDark: { type: 'boolean', title: 'Dark', default: true },
  },
  required: ['name', 'colour', 'parts'],
};
