import type { CommandHandle } from '@konui/client';
import type { SessionEvent, SessionOption } from '@konui/protocol';

/** A choice on its way to the agent; `problem` says why it was not taken. */
export interface OptionChange {
  readonly option: SessionOption;
  readonly problem: string | undefined;
}

export interface OptionChanges {
  /** One at a time: the agent takes them in order, and a later one is built upon what is seen. */
  readonly request: (option: SessionOption) => void;
  /** To be called with every event, in order. */
  readonly onEvent: (event: SessionEvent) => void;
}

interface OptionChangesOptions {
  readonly send: (option: SessionOption) => CommandHandle;
  /** Undefined: nothing is being changed, and nothing has failed. */
  readonly onChange: (change: OptionChange | undefined) => void;
}

/** Changes of mode, model and options that this page asks for, each until an event answers it. */
export function createOptionChanges({ send, onChange }: OptionChangesOptions): OptionChanges {
  let open: { commandId: string; option: SessionOption } | undefined;
  const end = (commandId: string, problem: string | undefined): void => {
    if (open?.commandId !== commandId) return;
    const { option } = open;
    open = undefined;
    onChange(problem === undefined ? undefined : { option, problem });
  };
  return {
    request(option) {
      if (open !== undefined) return;
      const { commandId, settled } = send(option);
      open = { commandId, option };
      onChange({ option, problem: undefined });
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
