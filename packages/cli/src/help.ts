import { LAUNCHER_COMMANDS, LAUNCHER_FLAGS, type LauncherCommand, START_FLAGS } from './launcher-commands.ts';
import { TALK_COMMANDS, TALK_FLAGS, type TalkCommand } from './talk/talk-commands.ts';
import { type CommandDoc, HELP_FLAG, JSON_FLAG } from './help/command-doc.ts';
import { formatCommandHelp, formatCommandList, formatFlags } from './help/format-help.ts';

/** A command, or `kontask` for all that begin with it. */
export type HelpTopic = LauncherCommand | TalkCommand | 'kontask';

/** What `konui --help` prints, or `konui <topic> --help`. */
export function helpText(topic?: HelpTopic): string {
  if (topic === undefined) return overview();
  if (topic === 'kontask') return kontaskOverview();
  const docs: Readonly<Record<Exclude<HelpTopic, 'kontask'>, CommandDoc>> = { ...LAUNCHER_COMMANDS, ...TALK_COMMANDS };
  return formatCommandHelp(docs[topic]);
}

function overview(): string {
  const { version } = LAUNCHER_FLAGS;
  return `konui: a console for coding agents in the browser

${formatCommandList(Object.values(LAUNCHER_COMMANDS), LAUNCHER_FLAGS)}

${formatCommandList(Object.values(TALK_COMMANDS), TALK_FLAGS)}

These talk to the gateway of --home, or to --url with --token (KONUI_URL, KONUI_TOKEN).
konui <command> --help says more, with exit codes and an example.
${formatFlags({ json: JSON_FLAG, help: HELP_FLAG, version })}

Flags of start, each with an environment variable:
${formatFlags(START_FLAGS)}`;
}

function kontaskOverview(): string {
  const docs = Object.entries(TALK_COMMANDS).flatMap(([name, doc]) => (name.startsWith('kontask ') ? [doc] : []));
  return `Reports and requests of agents, scripts and people:

${formatCommandList(docs, TALK_FLAGS)}

konui kontask <command> --help says more, with exit codes and an example.`;
}
