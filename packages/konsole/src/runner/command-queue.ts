import { Command, CommandId, isRecord } from '@konui/protocol';
import { readInbox } from '@konui/log';

/** What stands in the inbox and has no answer in the log yet. */
export interface CommandQueue {
  /** Reads what was added since the last call. Commands that `isAnswered` are left out. */
  take(): { commands: Command[]; invalid: { commandId: CommandId; message: string }[] };
}

export function createCommandQueue(options: {
  inboxPath: string;
  isAnswered: (commandId: string) => boolean;
  onBadLine: (line: string) => void;
}): CommandQueue {
  const { inboxPath, isAnswered, onBadLine } = options;
  let offset = 0;
  return {
    take() {
      const lines = readInbox(inboxPath, offset);
      offset = lines.nextOffset;
      for (const line of lines.bad) onBadLine(line);
      const commands: Command[] = [];
      const invalid: { commandId: CommandId; message: string }[] = [];
      for (const value of lines.commands) {
        const id = CommandId.safeParse(isRecord(value) ? value['commandId'] : undefined);
        if (!id.success) {
          onBadLine(JSON.stringify(value));
          continue;
        }
        if (isAnswered(id.data)) continue;
        const parsed = Command.safeParse(value);
        if (parsed.success) commands.push(parsed.data);
        else invalid.push({ commandId: id.data, message: parsed.error.issues[0]?.message ?? 'invalid' });
      }
      return { commands, invalid };
    },
  };
}
