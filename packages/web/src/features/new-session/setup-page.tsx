import { defaultAgent } from '@konui/protocol';
import { type FormEvent, type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react';
import * as en from '../../text/en.ts';
import { AgentChoice } from './agent-choice.tsx';
import { FolderField } from './folder-field.tsx';
import type { ListFolders } from './folder-listing.ts';
import { missingFolder } from './missing-folder.ts';
import { type LoadAgents, useAgents } from './use-agents.ts';

const STEPS = 3;

export interface SetupPageProps {
  readonly loadAgents: LoadAgents;
  readonly listFolders: ListFolders;
  /** Rejects with words for a person. */
  readonly createFolder: (path: string) => Promise<void>;
  readonly recentFolders: readonly string[];
  /** Opens the session with its first prompt; rejects with words for a person. */
  readonly start: (first: { provider: string; projectPath: string; prompt: string }) => Promise<void>;
  readonly initialStep?: 1 | 2 | 3;
}

/** From nothing to the first answer: an agent, a folder, a prompt. */
export function SetupPage(props: SetupPageProps): ReactNode {
  const state = useAgents(props.loadAgents);
  const [step, setStep] = useState<1 | 2 | 3>(props.initialStep ?? 1);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [entered, setEntered] = useState<string | undefined>(undefined);
  const [prompt, setPrompt] = useState('');
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [canCreate, setCanCreate] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const promptId = useId();
  const heading = useStepFocus(step);
  const agent = chosen ?? defaultAgent(state.agents ?? [], undefined);
  const folder = entered ?? props.recentFolders[0] ?? '';
  const isDemo = state.agents?.find(({ provider }) => provider === agent)?.isDemo === true;

  const folderLead = isDemo ? en.setup.demoFolderLead : en.setup.folderLead;

  const goTo = (next: 1 | 2 | 3): void => {
    setProblem(undefined);
    setCanCreate(false);
    setStep(next);
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (agent === undefined) return setProblem(en.newSession.noAgent);
    if (step === 1) return goTo(2);
    if (folder.trim() === '') return setProblem(en.newSession.noFolder);
    if (step === 2) return goTo(3);
    setBusy(true);
    try {
      await props.start({ provider: agent, projectPath: folder.trim(), prompt: prompt.trim() });
    } catch (error) {
      const missing = missingFolder(error, folder.trim());
      if (missing !== undefined) setStep(2);
      setCanCreate(missing?.canCreate === true);
      setProblem(missing?.text ?? (error instanceof Error ? error.message : String(error)));
    }
    setBusy(false);
  };
  const createFolder = async (): Promise<void> => {
    try {
      await props.createFolder(folder.trim());
      goTo(3);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <div className="page-scroll">
      <form className="page new-session" noValidate onSubmit={(event) => void submit(event)}>
        <header>
          <p className="soft">{en.setup.step(step, STEPS)}</p>
          <h1 ref={heading} tabIndex={-1}>
            {step === 1 ? en.setup.agentTitle : step === 2 ? en.setup.folderTitle : en.setup.promptTitle}
          </h1>
          <p className="soft">{step === 1 ? en.setup.agentLead : step === 2 ? folderLead : en.setup.promptLead}</p>
        </header>
        {step === 1 && <AgentChoice state={state} chosen={agent} isNewHere onChoose={setChosen} />}
        {step === 2 && (
          <FolderField
            value={folder}
            onChange={(path) => {
              setProblem(undefined);
              setCanCreate(false);
              setEntered(path);
            }}
            recent={props.recentFolders}
            listFolders={props.listFolders}
            problem={problem}
            onCreate={canCreate ? () => void createFolder() : undefined}
          />
        )}
        {step === 3 && (
          <div className="field">
            <label htmlFor={promptId}>{en.setup.promptLabel}</label>
            <textarea
              id={promptId}
              className="input"
              rows={3}
              value={prompt}
              onChange={(event) => setPrompt(event.currentTarget.value)}
            />
            <p className="hint">{en.setup.examples}</p>
            <ul className="recent-folders" aria-label={en.setup.examples}>
              {(isDemo ? en.setup.demoExample : en.setup.example).map((example) => (
                <li key={example}>
                  <button type="button" className="filter-chip" onClick={() => setPrompt(example)}>
                    {example}
                  </button>
                </li>
              ))}
            </ul>
          </div>
        )}
        {problem !== undefined && step !== 2 && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <div className="page-actions">
          <button type="submit" className="button primary" disabled={isBusy}>
            {step < STEPS ? en.setup.next : isBusy ? en.setup.starting : en.setup.start}
          </button>
          {step > 1 && (
            <button type="button" className="button" onClick={() => goTo(step === 3 ? 2 : 1)}>
              {en.setup.back}
            </button>
          )}
        </div>
      </form>
    </div>
  );
}

/** The new step's heading takes the focus, so that it is read and Tab goes on from there; not at the very first. */
function useStepFocus(step: number): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current !== step) heading.current?.focus();
    shown.current = step;
  }, [step]);
  return heading;
}
