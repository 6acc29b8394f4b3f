import type { CommandHandle } from '@konui/client';
import type { SessionEvent, SessionOption } from '@konui/protocol';

/** A choice on its way to the agent; `problem` says why it was not taken. */
export interface OptionChange {
  readonly option: SessionOption;
  readonly problem: string | undefined;
}

export interface OptionChanges {
  readonly request: (option: SessionOption) => void;
  /** To be called with every event, in order. */
  readonly onEvent: (event: SessionEvent) => void;
}

interface OptionChangesOptions {
  readonly send: (option: SessionOption) => CommandHandle;
  /** All that are on their way, and the last one that failed until the next is asked for. */
  readonly onChange: (changes: readonly OptionChange[]) => void;
}

/** Changes of mode, model and options that this page asks for, each until an event answers it. */
export function createOptionChanges({ send, onChange }: OptionChangesOptions): OptionChanges {
  const open = new Map<string, SessionOption>();
  let failed: OptionChange | undefined;
  const tell = (): void => {
    const onTheirWay = [...open.values()].map((option) => ({ option, problem: undefined }));
    onChange(failed === undefined ? onTheirWay : [...onTheirWay, failed]);
  };
  const end = (commandId: string, problem: string | undefined): void => {
    const option = open.get(commandId);
    if (option === undefined) return;
    open.delete(commandId);
    if (problem !== undefined) failed = { option, problem };
    tell();
  };
  return {
    request(option) {
      const { commandId, settled } = send(option);
      open.set(commandId, option);
      failed = undefined;
      tell();
      void settled.then((outcome) => {
        if (outcome.state !== 'accepted') end(commandId, outcome.message);
      });
    },
    onEvent(event) {
      const commandId = event['commandId'];
      if (typeof commandId !== 'string') return;
      const isRejected = event.kind === 'command_rejected';
      end(commandId, isRejected ? String(event['message'] ?? event['code']) : undefined);
    },
  };
}
