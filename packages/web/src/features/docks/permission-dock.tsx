import { type ReactNode, useEffect } from 'react';
import type { ToolItem } from '@konui/client';
import type { PendingPermission, PermissionOption } from '@konui/protocol';
import { en } from '../../text/en.ts';
import { Icon } from '../../ui/icon.tsx';
import { ToolDetails } from '../../ui/tool/tool-details.tsx';
import { toolIcon, toolTitle } from '../../ui/tool/tool-facts.ts';
import { answerKey } from './answer-key.ts';
import { optionOfKey } from './permission-choice.ts';
import { permissionTool } from './permission-tool.ts';

interface PermissionDockProps {
  readonly permission: PendingPermission;
  readonly tool: ToolItem | undefined;
  /** How many wait behind this one. */
  readonly others: number;
  /** An answer is on its way. */
  readonly isAnswering: boolean;
  readonly onAnswer: (option: PermissionOption, message?: string) => void;
}

/** The question that holds up the run, with what it is about in full and every answer that the agent takes. */
export function PermissionDock({ permission, tool, others, isAnswering, onAnswer }: PermissionDockProps): ReactNode {
  const facts = permissionTool(permission, tool);

  useEffect(() => {
    if (isAnswering) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      const key = answerKey(event);
      const option = key === undefined ? undefined : optionOfKey(key, permission.options);
      if (option === undefined) return;
      event.preventDefault();
      onAnswer(option);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [permission, isAnswering, onAnswer]);

  return (
    <section
      className="dock permission"
      aria-label={en.permission.title}
      data-testid="permission"
      data-request-id={permission.requestId}
    >
      <header className="dock-head">
        <Icon name={toolIcon(facts.toolKind)} />
        <h2>{toolTitle(facts)}</h2>
        {others > 0 && <span className="chip">{en.permission.more(others)}</span>}
      </header>
      <div className="dock-body">
        <ToolDetails tool={facts} />
      </div>
      <div className="permission-options">
        {permission.options.map((option, index) => (
          <button
            key={option.optionId}
            type="button"
            className={`button ${option.kind === 'allow_once' ? 'primary' : option.kind.startsWith('reject') ? 'danger' : ''}`}
            disabled={isAnswering}
            onClick={() => onAnswer(option)}
            data-option-kind={option.kind}
          >
            {option.name}
            {index < 9 && <kbd aria-hidden="true">{index + 1}</kbd>}
          </button>
        ))}
        {isAnswering && (
          <span className="soft" role="status">
            {en.permission.answering}
          </span>
        )}
      </div>
      <p className="soft keys">{en.permission.keys}</p>
    </section>
  );
}
