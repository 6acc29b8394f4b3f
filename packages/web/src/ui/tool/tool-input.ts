import { showControls } from '../show-controls.ts';
import { commandOf, type ToolFacts } from './tool-facts.ts';

/** What a tool call was given, as a reader takes it in best. */
export type ToolInput =
  | { readonly type: 'command'; readonly text: string; readonly folder: string | undefined }
  | { readonly type: 'fields'; readonly fields: readonly ToolField[] }
  | { readonly type: 'json'; readonly text: string };

export interface ToolField {
  readonly name: string;
  readonly value: string;
  /** A path, a pattern, an address: set as code. */
  readonly isCode: boolean;
}

/** More fields, or longer ones, are shown as JSON. */
const MAX_FIELDS = 8;
const MAX_VALUE = 300;
/** Said by the command itself, or nothing that a person has use for. */
const FOLDER_NAMES = ['cwd', 'workdir', 'working_directory', 'workingDirectory'];

/** The input of a tool call, or undefined where there is none or a diff says it already. */
export function toolInput(tool: Pick<ToolFacts, 'rawInput' | 'content'>): ToolInput | undefined {
  const { rawInput } = tool;
  const command = commandOf(rawInput);
  if (command !== undefined) return { type: 'command', text: showControls(command), folder: folderOf(rawInput) };
  if (tool.content.some((content) => content.type === 'diff')) return undefined;
  if (rawInput === undefined || rawInput === null || rawInput === '') return undefined;
  if (typeof rawInput !== 'object') {
    return { type: 'json', text: showControls(typeof rawInput === 'string' ? rawInput : JSON.stringify(rawInput)) };
  }
  const entries = Object.entries(rawInput).filter(([, value]) => value !== null && value !== undefined);
  if (entries.length === 0) return undefined;
  const fields = entries.flatMap(([name, value]) => toField(name, value) ?? []);
  const isFlat = !Array.isArray(rawInput) && entries.length <= MAX_FIELDS && fields.length === entries.length;
  if (isFlat) return { type: 'fields', fields };
  return { type: 'json', text: showControls(JSON.stringify(rawInput, undefined, 2)) };
}

function toField(name: string, value: unknown): ToolField | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  const text = String(value);
  if (text.length > MAX_VALUE || text.includes('\n')) return undefined;
  return { name: showControls(name), value: showControls(text), isCode: typeof value === 'string' };
}

function folderOf(rawInput: unknown): string | undefined {
  if (typeof rawInput !== 'object' || rawInput === null) return undefined;
  const fields: Readonly<Record<string, unknown>> = { ...rawInput };
  const folder = FOLDER_NAMES.map((name) => fields[name]).find((value) => typeof value === 'string');
  return folder === undefined ? undefined : showControls(folder);
}
