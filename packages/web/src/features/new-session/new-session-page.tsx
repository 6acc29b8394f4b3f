import { type FormEvent, type ReactNode, useCallback, useEffect, useState } from 'react';
import type { ProviderInfo } from '@konui/protocol';
import { en } from '../../text/en.ts';
import { AgentCards } from './agent-cards.tsx';
import { FolderField } from './folder-field.tsx';
import type { ListFolders } from './folder-listing.ts';

interface NewSessionPageProps {
  readonly loadAgents: () => Promise<readonly ProviderInfo[]>;
  readonly listFolders: ListFolders;
  readonly recentFolders: readonly string[];
  /** Agent of the last session. */
  readonly lastAgent: string | undefined;
  /** Rejects with words for a person. */
  readonly create: (provider: string, projectPath: string) => Promise<void>;
}

/** Pick an agent and a folder. */
export function NewSessionPage(props: NewSessionPageProps): ReactNode {
  const { agents, isFailed, reload } = useAgents(props.loadAgents);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [entered, setEntered] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<{ at: 'agent' | 'folder' | 'form'; text: string } | undefined>(undefined);
  const [isCreating, setCreating] = useState(false);
  // The sessions may arrive after the page.
  const folder = entered ?? props.recentFolders[0] ?? '';
  const agent = chosen ?? defaultAgent(agents ?? [], props.lastAgent);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (agent === undefined) return setProblem({ at: 'agent', text: en.newSession.noAgent });
    if (folder.trim() === '') return setProblem({ at: 'folder', text: en.newSession.noFolder });
    setProblem(undefined);
    setCreating(true);
    try {
      await props.create(agent, folder.trim());
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      setProblem({
        at: code === 'PROJECT_NOT_FOUND' ? 'folder' : 'form',
        text: error instanceof Error ? error.message : String(error),
      });
    }
    setCreating(false);
  };

  return (
    <div className="page-scroll">
      <form className="page new-session" noValidate onSubmit={(event) => void submit(event)}>
        <h1>{en.newSession.title}</h1>
        {agents === undefined && !isFailed && (
          <p className="soft" role="status">
            {en.newSession.loadingAgents}
          </p>
        )}
        {isFailed && (
          <p className="problem" role="alert">
            {en.newSession.agentsFailed}{' '}
            <button type="button" className="button" onClick={reload}>
              {en.newSession.again}
            </button>
          </p>
        )}
        {agents !== undefined && <AgentCards agents={agents} chosen={agent} onChoose={setChosen} />}
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

function useAgents(load: () => Promise<readonly ProviderInfo[]>): {
  agents: readonly ProviderInfo[] | undefined;
  isFailed: boolean;
  reload: () => void;
} {
  const [agents, setAgents] = useState<readonly ProviderInfo[] | undefined>(undefined);
  const [isFailed, setFailed] = useState(false);
  const reload = useCallback(() => {
    setFailed(false);
    load().then(setAgents, () => setFailed(true));
  }, [load]);
  useEffect(reload, [reload]);
  return { agents, isFailed, reload };
}

/** The last used one, else a real one that is there, else the demo, else whatever can be installed. */
function defaultAgent(agents: readonly ProviderInfo[], last: string | undefined): string | undefined {
  const usable = agents.filter((agent) => agent.status !== 'missing');
  const ready = usable.filter((agent) => agent.status === 'ready');
  const best =
    usable.find((agent) => agent.provider === last) ?? ready.find((agent) => !agent.isDemo) ?? ready[0] ?? usable[0];
  return best?.provider;
}
