import { type ReactNode, type SubmitEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { ElicitationReply } from '@konui/client';
import type { PendingElicitation } from '@konui/protocol';
import * as en from '../../../text/en.ts';
import { Icon } from '../../../ui/icon.tsx';
import { useScrollCue } from '../../../ui/use-scroll-cue.ts';
import { answerKey } from '../answer-key.ts';
import type { AnswerDrafts } from './answer-drafts.ts';
import { checkForm } from './check-form.ts';
import type { FormField, FormValues } from './form-field.ts';
import { FormFieldView } from './form-field-view.tsx';
import { initialValues, parseForm } from './parse-form.ts';
import { quickChoice } from './quick-choice.ts';
import { QuickChoices } from './quick-choices.tsx';
import { useLiveness } from '../../../ui/liveness.ts';
import { useOwnRights } from '../../../ui/own-rights.ts';

interface QuestionDockProps {
  readonly question: PendingElicitation;
  /** How many wait behind this one. */
  readonly others: number;
  /** Nothing else has the single keys: a permission may stand above. */
  readonly hasKeys: boolean;
  /** An answer is on its way. */
  readonly isAnswering: boolean;
  /** Keeps what is half filled in. */
  readonly drafts: AnswerDrafts;
  readonly onAnswer: (reply: ElicitationReply) => void;
}

const NO_PROBLEMS: ReadonlyMap<string, string> = new Map();

/** A question of the agent's as a form; one that is about a single choice is answered by one press. */
export function QuestionDock(props: QuestionDockProps): ReactNode {
  const { question, others, hasKeys, isAnswering, drafts, onAnswer } = props;
  const { requestId } = question;
  const mayAnswer = useOwnRights().answer;
  const { isStale } = useLiveness();
  const fields = useMemo(() => parseForm(question.requestedSchema), [question.requestedSchema]);
  const quick = quickChoice(fields);
  const [values, setValues] = useState<FormValues>(() => drafts.read(requestId) ?? initialValues(fields));
  const [problems, setProblems] = useState(NO_PROBLEMS);
  const form = useRef<HTMLFormElement>(null);
  const body = useScrollCue();

  const reply = (given: ElicitationReply): void => {
    drafts.forget(requestId);
    onAnswer(given);
  };
  const accept = (answers: FormValues): void => {
    if (isAnswering || !mayAnswer) return;
    const checked = checkForm(fields, answers);
    if (checked.state === 'ok') return reply({ action: 'accept', content: checked.content });
    setProblems(checked.problems);
    const [first] = checked.problems.keys();
    form.current?.querySelector<HTMLElement>(`[data-field="${CSS.escape(first ?? '')}"] :is(input, textarea)`)?.focus();
  };
  const choose = (value: string): void => {
    if (quick !== undefined) accept({ ...values, [quick.name]: value });
  };
  useChoiceKeys(hasKeys && !isAnswering && mayAnswer ? quick?.choices.map(({ value }) => value) : undefined, choose);

  const rest = quick === undefined ? fields : fields.filter((field) => field !== quick);
  const canSend = quick === undefined || rest.some(({ name }) => values[name] !== '');
  return (
    <section
      className="dock question"
      aria-label={en.question.title}
      data-testid="question"
      data-request-id={requestId}
    >
      <form
        ref={form}
        noValidate
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          accept(values);
        }}
      >
        <header className="dock-head">
          <Icon name="bubbleQuestion" />
          <h2>{question.message || en.question.title}</h2>
          {others > 0 && <span className="chip">{en.question.more(others)}</span>}
        </header>
        <div
          ref={body}
          className="dock-body question-fields"
          role="group"
          aria-label={en.question.title}
          // Without a field that takes the focus it could not be scrolled by keyboard.
          tabIndex={mayAnswer ? undefined : 0}
        >
          {quick !== undefined && (
            <QuickChoices choices={quick.choices} isDisabled={isAnswering || !mayAnswer} onChoose={choose} />
          )}
          {rest.map((field) => (
            <FormFieldView
              key={field.name}
              field={field}
              value={values[field.name]}
              problem={problems.get(field.name)}
              isDisabled={isAnswering || !mayAnswer}
              onValue={(value) => {
                const next = withValue(values, field, value);
                setValues(next);
                drafts.write(requestId, next);
                setProblems(without(problems, field.name));
              }}
            />
          ))}
        </div>
        <p className="field-problem" role="status">
          {problems.size > 0 && en.question.problems(problems.size)}
        </p>
        {!mayAnswer && <p className="soft">{en.rights.noAnswer}</p>}
        <div className="permission-options" hidden={!mayAnswer}>
          {(quick === undefined || rest.length > 0) && (
            <button
              type="submit"
              className={`button ${quick === undefined ? 'primary' : ''}`}
              disabled={isAnswering || !canSend}
            >
              {en.question.send}
            </button>
          )}
          <button
            type="button"
            className="button"
            title={en.question.declineHint}
            disabled={isAnswering}
            onClick={() => reply({ action: 'decline' })}
          >
            {en.question.decline}
          </button>
          <button
            type="button"
            className="button subtle"
            title={en.question.cancelHint}
            disabled={isAnswering}
            onClick={() => reply({ action: 'cancel' })}
          >
            {en.question.cancel}
          </button>
          {isAnswering && (
            <span className="soft" role="status">
              {isStale ? en.liveness.answerKept : en.question.sending}
            </span>
          )}
        </div>
        {quick !== undefined && mayAnswer && <p className="soft keys">{en.question.keys}</p>}
      </form>
    </section>
  );
}

/** 1–9 choose; with Alt also while somebody writes. */
function useChoiceKeys(values: readonly string[] | undefined, choose: (value: string) => void): void {
  useEffect(() => {
    if (values === undefined) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      const key = answerKey(event);
      const value = key !== undefined && /^[1-9]$/.test(key) ? values[Number(key) - 1] : undefined;
      if (value === undefined) return;
      event.preventDefault();
      choose(value);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [values, choose]);
}

function withValue(values: FormValues, field: FormField, value: FormValues[string] | undefined): FormValues {
  const { [field.name]: _before, ...others } = values;
  return value === undefined ? others : { ...others, [field.name]: value };
}

function without(problems: ReadonlyMap<string, string>, name: string): ReadonlyMap<string, string> {
  return new Map([...problems].filter(([other]) => other !== name));
}
