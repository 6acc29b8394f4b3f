import { LogicalTool, type ToolArgs } from './scenario.ts';
import type { ModelRequest, OfferedTool } from './model-request.ts';

/** A call of a tool that the request offers. `freeform` stands in place of the arguments where the tool wants a text. */
export type ToolCall = {
  name: string;
  args: ToolArgs;
  freeform?: string;
  namespace?: string | undefined;
  isNested?: boolean | undefined;
};

type Rendering = (args: ToolArgs) => ToolArgs | { freeform: string };

/** Finds the tool that this agent offers for a logical one, and puts the arguments as it declares them. */
export function resolveTool(request: ModelRequest, tool: string, args: ToolArgs): ToolCall {
  const logical = LogicalTool.safeParse(tool);
  if (!logical.success) {
    const offered = findTool(request.tools, tool);
    return offered ? toCall(offered, args) : { name: tool, args };
  }
  const renderings = Object.entries(concreteTools[logical.data]);
  for (const [name, render] of renderings) {
    const offered = findTool(request.tools, name);
    if (offered) return toCall(offered, render(args));
  }
  // Not offered, and called all the same: agents answer that (Claude Code 0.100 offers no TodoWrite and still knows it).
  const [name = tool, render] = renderings[0] ?? [];
  return toCall({ name }, render ? render(args) : args);
}

/** A name that begins with `*` stands for any tool that ends so: MCP tools carry their server's name in front. */
const findTool = (tools: readonly OfferedTool[], name: string): OfferedTool | undefined =>
  tools.find((tool) => (name.startsWith('*') ? tool.name.endsWith(name.slice(1)) : tool.name === name));

function toCall(tool: OfferedTool, rendered: ToolArgs | { freeform: string }): ToolCall {
  const common = { name: tool.shortName ?? tool.name, namespace: tool.namespace, isNested: tool.isNested };
  if (typeof rendered.freeform === 'string') {
    return tool.isFreeform
      ? { ...common, args: {}, freeform: rendered.freeform }
      : { ...common, args: { input: rendered.freeform } };
  }
  // Agents refuse arguments that the tool does not declare.
  const { argNames } = tool;
  const args = argNames ? Object.entries(rendered).filter(([key]) => argNames.includes(key)) : Object.entries(rendered);
  return { ...common, args: Object.fromEntries(args) };
}

const patch = (...lines: string[]): { freeform: string } => ({
  freeform: ['*** Begin Patch', ...lines, '*** End Patch'].join('\n'),
});
const added = (content: unknown): string[] =>
  String(content)
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `+${line}`);

/** Who offers which: Claude Code writes names in capitals; Codex has exec_command, update_plan, apply_patch. */
const concreteTools: Readonly<Record<LogicalTool, Readonly<Record<string, Rendering>>>> = {
  shell: {
    Bash: ({ command }) => ({ command, description: 'Run a command' }),
    exec_command: ({ command, ask }) => ({
      cmd: command,
      ...(ask === false ? {} : { sandbox_permissions: 'require_escalated', justification: 'Allow this command?' }),
    }),
    shell_command: ({ command }) => ({ command }),
    run_shell_command: ({ command }) => ({ command, description: 'Run a command', is_background: false }),
    shell: ({ command }) => ({ command: ['bash', '-lc', command] }),
    bash: ({ command }) => ({ command, description: 'Run a command' }),
  },
  read: {
    Read: ({ path }) => ({ file_path: path }),
    read_file: ({ path }) => ({ file_path: path }),
    read: ({ path }) => ({ filePath: path, path }),
    exec_command: ({ path }) => ({ cmd: `cat ${String(path)}` }),
    shell_command: ({ path }) => ({ command: `cat ${String(path)}` }),
  },
  write: {
    Write: ({ path, content }) => ({ file_path: path, content }),
    write_file: ({ path, content }) => ({ file_path: path, content }),
    write: ({ path, content }) => ({ filePath: path, path, content }),
    apply_patch: ({ path, content }) => patch(`*** Add File: ${String(path)}`, ...added(content)),
  },
  edit: {
    Edit: ({ path, old, new: text }) => ({ file_path: path, old_string: old, new_string: text }),
    replace: ({ path, old, new: text }) => ({
      file_path: path,
      old_string: old,
      new_string: text,
      instruction: 'Change the word.',
    }),
    edit: ({ path, old, new: text }) => ({ filePath: path, oldString: old, newString: text, path }),
    apply_patch: ({ path, old, new: text }) =>
      patch(`*** Update File: ${String(path)}`, '@@', `-${String(old)}`, `+${String(text)}`),
  },
  todo: {
    TodoWrite: ({ items }) => ({
      todos: rows(items).map(([content, status]) => ({ content, status, activeForm: content })),
    }),
    update_plan: ({ items }) => ({ plan: rows(items).map(([step, status]) => ({ step, status })) }),
    write_todos: ({ items }) => ({ todos: rows(items).map(([description, status]) => ({ description, status })) }),
    todowrite: ({ items }) => ({
      todos: rows(items).map(([content, status], at) => ({ id: `${at + 1}`, content, status, priority: 'medium' })),
    }),
  },
  mcp: { '*echo_upper': (args) => args },
  ask: {
    AskUserQuestion: ({ question, options }) => ({ questions: [{ ...choice(question, options), multiSelect: false }] }),
    request_user_input: ({ question, options }) => ({ questions: [{ ...choice(question, options), id: 'q1' }] }),
    ask_user: ({ question, options }) => ({ questions: [{ ...choice(question, options), type: 'choice' }] }),
    question: ({ question, options }) => ({ questions: [choice(question, options)] }),
  },
};

const rows = (items: unknown): unknown[][] => (Array.isArray(items) ? items.filter((item) => Array.isArray(item)) : []);

function choice(question: unknown, options: unknown): object {
  const labels = Array.isArray(options) ? options : [];
  return { question, header: 'Choice', options: labels.map((label) => ({ label, description: label })) };
}
