import { z } from 'zod';
import type { ToolCall } from '../logical-tools.ts';
import type { OfferedTool } from '../model-request.ts';
import { argNamesOf } from './dialect.ts';

/** A tool as the Responses API offers it; Codex also sends namespaces of tools. */
export const ResponsesTool = z.looseObject({
  type: z.string().default('function'),
  name: z.string().optional(),
  description: z.string().optional(),
  parameters: z.looseObject({ properties: z.record(z.string(), z.unknown()).optional() }).nullish(),
  get tools() {
    return z.array(ResponsesTool).optional();
  },
});
export type ResponsesTool = z.infer<typeof ResponsesTool>;

/** All tools of a request in one list; those of a namespace keep it. */
export function flattenTools(tools: readonly ResponsesTool[]): OfferedTool[] {
  return tools.flatMap((tool) => {
    const name = tool.name ?? tool.type;
    if (tool.type !== 'namespace') {
      return [{ name, argNames: argNamesOf(tool.parameters ?? undefined), isFreeform: tool.type === 'custom' }];
    }
    const inner = flattenTools(tool.tools ?? []);
    if (name === 'functions') return inner;
    return inner.map((each) => ({ ...each, name: `${name}${each.name}`, namespace: name, shortName: each.name }));
  });
}

/**
 * In "code mode" Codex (0.166) offers little more than `exec`, which runs JavaScript; its description has a heading
 * for each tool that the script can call.
 */
export function nestedTools(tools: readonly ResponsesTool[]): OfferedTool[] {
  const exec = tools.find((tool) => tool.name === 'exec' && tool.type === 'custom');
  const sections = (exec?.description ?? '').split(/^### /m).slice(1);
  return sections.flatMap((section) => {
    const name = /^`(\w+)`/.exec(section)?.[1];
    return name === undefined ? [] : [{ name, isNested: true, isFreeform: section.includes('FREEFORM') }];
  });
}

/** The call of a nested tool, as the script that `exec` runs. */
export function toExecCall({ name, args, freeform }: ToolCall): ToolCall {
  const ending = JSON.stringify(name.replace(/^\*/, ''));
  const script = [
    `const name = ALL_TOOLS.find((tool) => tool.name.endsWith(${ending}))?.name ?? ${ending};`,
    `const result = await tools[name](${JSON.stringify(freeform ?? args)});`,
    `text(typeof result === 'string' ? result : JSON.stringify(result));`,
  ];
  return { name: 'exec', args: {}, freeform: `${script.join('\n')}\n` };
}
