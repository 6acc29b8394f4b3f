import { isRecord } from './is-record.ts';

/** Why an action deserves a second look. */
export type DestructiveReason =
  | 'deletes'
  | 'overwrites-disk'
  | 'discards-work'
  | 'rewrites-remote'
  | 'runs-downloaded-code'
  | 'as-administrator'
  | 'changes-rights'
  | 'ends-processes'
  | 'drops-data'
  | 'publishes';

/** The parts of an ACP tool call that say what it is going to do. */
export interface JudgedToolCall {
  readonly title?: unknown;
  readonly kind?: unknown;
  readonly rawInput?: unknown;
}

/** A script is judged in pieces that overlap, so that the time grows with its length and not with its square. */
const PIECE = 2_000;
const OVERLAP = 300;
/** Text beyond it is not judged. */
const MAX_JUDGED = 40_000;

/**
 * Why a tool call may destroy something, or undefined. It looks at the command, or at the title where there is none.
 * It warns and never decides: a harmless looking command can do harm all the same.
 */
export function isDestructive(toolCall: JudgedToolCall): DestructiveReason | undefined {
  const command = commandText(toolCall.rawInput);
  const title = typeof toolCall.title === 'string' ? toolCall.title : '';
  const isCommand = command !== undefined || toolCall.kind === 'execute' || toolCall.kind === undefined;
  const text = isCommand ? (command ?? title) : '';
  const found = reasonOfCommand(text.slice(0, MAX_JUDGED));
  return found ?? (toolCall.kind === 'delete' ? 'deletes' : undefined);
}

/** Agents name it `command` or `cmd`, as one text or as a list of arguments. */
function commandText(rawInput: unknown): string | undefined {
  if (!isRecord(rawInput)) return undefined;
  const command = rawInput['command'] ?? rawInput['cmd'];
  if (typeof command === 'string') return command;
  if (!Array.isArray(command)) return undefined;
  return command.filter((part) => typeof part === 'string').join(' ');
}

/** Where a command can begin: at the start, after an operator, in a substitution, in quotes. */
const START = String.raw`(?:^|[\n;&|({\x60"'!]|\$\(|\b(?:then|do|else|exec|command|time|nohup|xargs(?:\s+-\S+)*)\s)`;
/** What may stand before its name: blanks, variables, sudo and the like, a path. */
const PREFIX = String.raw`\s*(?:[A-Za-z_]\w*=\S*\s+)*(?:(?:sudo|doas|env|nice|timeout\s+\S+)\s+(?:-\S+\s+)*)*(?:\S*\/)?\\?`;
/** The rest of the same command. */
const REST = String.raw`[^\n;&|]*`;

function rule(reason: DestructiveReason, pattern: string, flags = ''): readonly [DestructiveReason, RegExp] {
  return [reason, new RegExp(START + PREFIX + pattern, flags)];
}

/** The first that fits is told, so the worst stand first. */
const RULES: readonly (readonly [DestructiveReason, RegExp])[] = [
  rule('overwrites-disk', String.raw`(?:mkfs(?:\.\w+)?|mkswap|wipefs|fdisk|parted|sgdisk|blkdiscard)\s`),
  rule('overwrites-disk', String.raw`dd\s${REST}\bof=`),
  ['overwrites-disk', />\s*\/dev\/(?:sd|hd|vd|nvme|mmcblk|disk)\w*/],
  rule('deletes', String.raw`rm\s+${REST}(?:-\w*[rRf]|--recursive|--force)`),
  rule('deletes', String.raw`(?:shred|srm|rimraf|unlink|rmdir|truncate)\s`),
  rule('deletes', String.raw`find\s${REST}(?:-delete\b|-exec(?:dir)?\s+rm\b)`),
  rule('deletes', String.raw`(?:rd|del|erase)\s${REST}\/[sqf]\b`, 'i'),
  rule('deletes', String.raw`Remove-Item\s${REST}-(?:Recurse|Force)`, 'i'),
  rule('deletes', String.raw`rsync\s${REST}--delete`),
  ['deletes', /\b(?:shutil\.rmtree|os\.(?:remove|unlink|removedirs)|fs\.(?:rm|rmSync|rmdirSync|unlinkSync))\s*\(/],
  [
    'runs-downloaded-code',
    /\b(?:curl|wget|fetch)\b[^\n;]*\|\s*(?:sudo\s+(?:-\S+\s+)*)?(?:\S*\/)?(?:ba|z|da|k|fi)?sh\b/,
  ],
  ['runs-downloaded-code', /\b(?:curl|wget|fetch)\b[^\n;]*\|\s*(?:sudo\s+)?(?:python|perl|ruby|node|php)[\d.]*\b/],
  ['runs-downloaded-code', /\b(?:(?:ba|z|da)?sh\s+-c|eval|source|\.)\s+["']?(?:\$\(|<\(|\x60)\s*(?:curl|wget)\b/],
  ['runs-downloaded-code', /\b(?:ba|z|da)?sh\s+<\(\s*(?:curl|wget)\b/],
  [
    'runs-downloaded-code',
    /\b(?:iwr|irm|Invoke-WebRequest|Invoke-RestMethod)\b[^\n]*\|\s*(?:iex|Invoke-Expression)\b/i,
  ],
  rule(
    'rewrites-remote',
    String.raw`git\s${REST}\bpush(?=\s)${REST}\s(?:--force|--mirror|--delete|-\w*[fd]\b|\+\S|:\S)`,
  ),
  rule('discards-work', String.raw`git\s${REST}\breset\s${REST}--hard\b`),
  rule('discards-work', String.raw`git\s${REST}\bclean\s${REST}-\w*[fdxX]`),
  rule(
    'discards-work',
    String.raw`git\s${REST}\b(?:checkout|restore)\s+(?:${REST}\s)?(?:--\s|\.(?:\s|$)|-f\b|--force\b)`,
  ),
  rule(
    'discards-work',
    String.raw`git\s${REST}\b(?:stash\s+(?:drop|clear)|branch\s+${REST}-D|filter-branch|filter-repo|reflog\s+expire|gc\s${REST}--prune)\b`,
  ),
  rule('discards-work', String.raw`git\s${REST}\bworktree\s+remove\s${REST}(?:-f|--force)\b`),
  ['drops-data', /\b(?:drop\s+(?:database|schema|table|user|index|view)|truncate\s+table)\b/i],
  ['drops-data', /\bdelete\s+from\s+[\w."`[\]]+\s*(?:;|["']|$)/i],
  rule('drops-data', String.raw`(?:dropdb|dropuser)\s`),
  ['drops-data', /\b(?:FLUSHALL|FLUSHDB)\b|\.dropDatabase\(/i],
  rule(
    'drops-data',
    String.raw`(?:docker|podman)\s${REST}\b(?:prune|volume\s+rm|rm\s+${REST}-\w*[fv]|rmi\s+${REST}-f|down\s+${REST}(?:-v|--volumes))`,
  ),
  rule('drops-data', String.raw`(?:kubectl|oc|helm)\s${REST}\b(?:delete|uninstall)\b`),
  rule('drops-data', String.raw`(?:terraform|tofu|pulumi|cdk)\s${REST}\bdestroy\b`),
  rule(
    'drops-data',
    String.raw`(?:aws|gcloud|az|gsutil|gh)\s${REST}\b(?:delete(?:-\w+)*|terminate-instances|rm\s+${REST}--recursive|rb)\b`,
  ),
  rule('changes-rights', String.raw`(?:chmod|chown|chgrp)\s${REST}(?:-\w*R|--recursive|\b0?777\b)`),
  rule('changes-rights', String.raw`(?:setfacl|icacls)\s`),
  ['ends-processes', /:\s*\(\s*\)\s*\{\s*:\s*\|\s*:\s*&\s*\}\s*;\s*:/],
  rule('ends-processes', String.raw`(?:shutdown|reboot|halt|poweroff|init\s+[06])(?:\s|$)`),
  rule('ends-processes', String.raw`(?:killall|pkill)\s`),
  rule('ends-processes', String.raw`kill\s+${REST}(?:-9|-KILL|-SIGKILL)\s+(?:--\s+)?-?1\b`),
  rule('ends-processes', String.raw`systemctl\s+${REST}(?:stop|disable|mask|poweroff|reboot)\b`),
  rule(
    'publishes',
    String.raw`(?:npm|pnpm|yarn|bun|cargo|poetry|gem|twine)\s+${REST}\b(?:publish|unpublish|yank|upload|push)\b`,
  ),
  rule('publishes', String.raw`gh\s+(?:release|repo)\s+(?:create|delete)\b`),
  [
    'as-administrator',
    new RegExp(String.raw`${START}\s*(?:[A-Za-z_]\w*=\S*\s+)*(?:\S*\/)?(?:sudo|doas|su|pkexec|runas)(?:\s|$)`),
  ],
];

function reasonOfCommand(command: string): DestructiveReason | undefined {
  for (let start = 0; start === 0 || start + OVERLAP < command.length; start += PIECE - OVERLAP) {
    const piece = command.slice(start, start + PIECE);
    const found = RULES.find(([, pattern]) => pattern.test(piece));
    if (found !== undefined) return found[0];
  }
  return undefined;
}
