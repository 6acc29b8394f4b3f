import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import * as en from '../../text/en.ts';

interface PermissionReasonProps {
  readonly reason: string;
  readonly isAnswering: boolean;
  readonly onReason: (reason: string) => void;
  readonly onReject: (reason: string, isPrompt: boolean) => void;
  readonly onCancel: () => void;
}

/**
 * A rejection with a reason. The protocol of agents (ACP) has no place for it beside the answer: it is kept in the
 * log, and sent as the next prompt where the agent is to act on it.
 */
export function PermissionReason(props: PermissionReasonProps): ReactNode {
  const { reason, isAnswering, onReason, onReject, onCancel } = props;
  const [isPrompt, setPrompt] = useState(true);
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const isReady = reason.trim() !== '' && !isAnswering;
  useEffect(() => field.current?.focus(), []);
  const reject = (): void => {
    if (isReady) onReject(reason.trim(), isPrompt);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      // Elsewhere it stops the run.
      event.preventDefault();
      onCancel();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      reject();
    }
  };
  return (
    <form
      className="permission-reason"
      onSubmit={(event) => {
        event.preventDefault();
        reject();
      }}
    >
      <div className="field">
        <label htmlFor={id}>{en.permission.reasonLabel}</label>
        <textarea
          id={id}
          ref={field}
          className="input"
          dir="auto"
          rows={2}
          value={reason}
          onChange={(event) => onReason(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <label className="permission-also">
        <input type="checkbox" checked={isPrompt} onChange={(event) => setPrompt(event.currentTarget.checked)} />
        {en.permission.asPrompt}
      </label>
      <div className="permission-options">
        <button type="submit" className="button danger" disabled={!isReady}>
          {en.permission.sendReason}
        </button>
        <button type="button" className="button subtle" onClick={onCancel}>
          {en.permission.cancelReason}
        </button>
      </div>
    </form>
  );
}
