import { defaultAgent } from '@konui/protocol';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import * as en from '../../text/en.ts';
import { AgentChoice } from './agent-choice.tsx';
import { FolderField } from './folder-field.tsx';
import { missingFolder, type MissingFolder } from './missing-folder.ts';
import type { ListFolders } from './folder-listing.ts';
import { type LoadAgents, useAgents } from './use-agents.ts';

export interface NewSessionPageProps {
  readonly loadAgents: LoadAgents;
  readonly listFolders: ListFolders;
  /** Rejects with words for a person. */
  readonly createFolder: (path: string) => Promise<void>;
  readonly recentFolders: readonly string[];
  /** Asked for by the link that led here. */
  readonly folder: string | undefined;
  /** Agent of the last session. */
  readonly lastAgent: string | undefined;
  /** Rejects with words for a person. */
  readonly create: (provider: string, projectPath: string) => Promise<void>;
}

interface Problem extends MissingFolder {
  readonly at: 'agent' | 'folder' | 'form';
}

/** Pick an agent and a folder. */
export function NewSessionPage(props: NewSessionPageProps): ReactNode {
  const state = useAgents(props.loadAgents);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [entered, setEntered] = useState<string | undefined>(props.folder);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [isCreating, setCreating] = useState(false);
  // The sessions may arrive after the page.
  const folder = entered ?? props.recentFolders[0] ?? '';
  const isNewHere = props.recentFolders.length === 0;
  const agent = chosen ?? defaultAgent(state.agents ?? [], props.lastAgent);

  const submit = async (): Promise<void> => {
    if (agent === undefined) return setProblem({ at: 'agent', text: en.newSession.noAgent });
    if (folder.trim() === '') return setProblem({ at: 'folder', text: en.newSession.noFolder });
    setProblem(undefined);
    setCreating(true);
    try {
      await props.create(agent, folder.trim());
    } catch (error) {
      const missing = missingFolder(error, folder.trim());
      const text = error instanceof Error ? error.message : String(error);
      setProblem(missing === undefined ? { at: 'form', text } : { at: 'folder', ...missing });
    }
    setCreating(false);
  };
  const createFolder = async (): Promise<void> => {
    try {
      await props.createFolder(folder.trim());
    } catch (error) {
      return setProblem({ at: 'folder', text: error instanceof Error ? error.message : String(error) });
    }
    await submit();
  };

  return (
    <div className="page-scroll">
      <form
        className="page new-session"
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        <header className="page-head">
          <h1>{en.newSession.title}</h1>
          {isNewHere && (
            <p className="soft">
              {en.setup.first} <Link href="/setup">{en.setup.guide}</Link>
            </p>
          )}
        </header>
        <AgentChoice state={state} chosen={agent} isNewHere={isNewHere} onChoose={setChosen} />
        {problem?.at === 'agent' && (
          <p className="problem" role="alert">
            {problem.text}
          </p>
        )}
        <FolderField
          value={folder}
          onChange={(path) => {
            setProblem(undefined);
            setEntered(path);
          }}
          recent={props.recentFolders}
          listFolders={props.listFolders}
          problem={problem?.at === 'folder' ? problem.text : undefined}
          onCreate={problem?.canCreate === true ? () => void createFolder() : undefined}
        />
        {problem?.at === 'form' && (
          <p className="problem" role="alert">
            {problem.text}
          </p>
        )}
        <div>
          <button type="submit" className="button primary" disabled={isCreating}>
            {isCreating ? en.newSession.creating : en.newSession.create}
          </button>
        </div>
      </form>
    </div>
  );
}
