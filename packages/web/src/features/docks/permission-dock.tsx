import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ToolItem } from '@konui/client';
import { isDestructive, type PendingPermission, type PermissionOption } from '@konui/protocol';
import * as en from '../../text/en.ts';
import { Icon } from '../../ui/icon.tsx';
import { useLiveness } from '../../ui/liveness.ts';
import { useScrollCue } from '../../ui/use-scroll-cue.ts';
import { ToolDetails } from '../../ui/tool/tool-details.tsx';
import { toolIcon } from '../../ui/tool/tool-facts.ts';
import { answerKey } from './answer-key.ts';
import { keyOfOption, optionOfKey, REASON_KEY } from './permission-choice.ts';
import { PermissionReason } from './permission-reason.tsx';
import { permissionTitle, permissionTool } from './permission-tool.ts';
import { useOwnRights } from '../../ui/own-rights.ts';

interface PermissionDockProps {
  readonly permission: PendingPermission;
  readonly tool: ToolItem | undefined;
  /** How many wait behind this one. */
  readonly others: number;
  /** An answer is on its way. */
  readonly isAnswering: boolean;
  /** What is written of a reason to reject it, kept by the owner: the words outlive the permission. */
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly onAnswer: (option: PermissionOption, message?: string) => void;
  /** Sends a prompt: what the agent should do instead. */
  readonly onSay: (text: string) => void;
  /** Begins with the field for a reason, for the gallery. */
  readonly startsWithReason?: boolean;
}

/** The question that holds up the run, with what it is about at once and every answer that the agent takes. */
export function PermissionDock(props: PermissionDockProps): ReactNode {
  const { permission, tool, others, isAnswering, reason, onReason, onAnswer, onSay, startsWithReason = false } = props;
  const mayAnswer = useOwnRights().answer;
  const { isStale } = useLiveness();
  const [hasReason, setHasReason] = useState(startsWithReason || reason !== '');
  const body = useScrollCue();
  const answers = useScrollCue();
  const reasonButton = useRef<HTMLButtonElement>(null);
  const facts = permissionTool(permission, tool);
  const danger = isDestructive({ title: facts.title, kind: facts.toolKind, rawInput: facts.rawInput });
  const rejection = optionOfKey('n', permission.options);
  const canReject = rejection !== undefined;

  useEffect(() => {
    if (isAnswering || !mayAnswer) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      const key = answerKey(event);
      const isReason = key?.toLowerCase() === REASON_KEY && canReject;
      const option = key === undefined ? undefined : optionOfKey(key, permission.options);
      if (event.defaultPrevented || (!isReason && option === undefined)) return;
      event.preventDefault();
      if (option === undefined) setHasReason(true);
      else onAnswer(option);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [permission, isAnswering, mayAnswer, onAnswer, canReject]);

  const closeReason = (): void => {
    onReason('');
    setHasReason(false);
    // After the drawing that brings the button back.
    requestAnimationFrame(() => reasonButton.current?.focus());
  };
  const reject = (given: string, isPrompt: boolean): void => {
    if (rejection === undefined) return;
    onAnswer(rejection, given);
    if (!isPrompt) return;
    onSay(given);
    // Otherwise they are kept until the log has them: somebody else may have answered first.
    onReason('');
  };

  return (
    <section
      className={`dock permission ${danger === undefined ? '' : 'dangerous'}`}
      aria-label={en.permission.title}
      data-testid="permission"
      data-request-id={permission.requestId}
    >
      <header className="dock-head">
        <Icon name={toolIcon(facts.toolKind)} />
        <h2>
          <bdi>{permissionTitle(facts)}</bdi>
        </h2>
        {others > 0 && <span className="chip">{en.permission.more(others)}</span>}
      </header>
      {danger !== undefined && (
        <p className="permission-danger" data-testid="danger" data-reason={danger}>
          <Icon name="alert" />
          {en.permission.danger[danger]}
        </p>
      )}
      <div ref={body} className="dock-body">
        <ToolDetails tool={facts} isShort />
      </div>
      {!mayAnswer ? (
        <p className="soft">{en.rights.noAnswer}</p>
      ) : hasReason ? (
        <PermissionReason
          reason={reason}
          isAnswering={isAnswering}
          onReason={onReason}
          onReject={reject}
          onCancel={closeReason}
        />
      ) : (
        <div ref={answers} className="permission-options">
          {permission.options.map((option, index) => (
            <button
              key={option.optionId}
              type="button"
              className={`button ${option.kind === 'allow_once' && danger === undefined ? 'primary' : option.kind.startsWith('reject') ? 'danger' : ''}`}
              disabled={isAnswering}
              onClick={() => onAnswer(option)}
              data-option-kind={option.kind}
            >
              {option.name}
              <KeyHint name={keyOfOption(permission.options, index)} />
            </button>
          ))}
          {canReject && (
            <button
              ref={reasonButton}
              type="button"
              className="button subtle"
              disabled={isAnswering}
              onClick={() => setHasReason(true)}
            >
              {en.permission.reason}
              <KeyHint name={REASON_KEY} />
            </button>
          )}
        </div>
      )}
      {isAnswering ? (
        <p className="soft" role="status">
          {isStale ? en.liveness.answerKept : en.permission.answering}
        </p>
      ) : (
        mayAnswer && <p className="soft keys">{en.permission.keys}</p>
      )}
    </section>
  );
}

function KeyHint({ name }: { name: string | undefined }): ReactNode {
  return name === undefined ? null : <kbd aria-hidden="true">{name}</kbd>;
}
