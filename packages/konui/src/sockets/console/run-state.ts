import type {
  ChatSubscribed,
  ConsoleServerMessage,
  ConsoleState,
  KonuiEventBody,
  PromptId,
  RequestId,
} from '@konui/protocol';

type Status = Extract<ConsoleServerMessage, { type: 'status' }>;

/** What a session is doing, as the console socket words it (SPEC CON5). */
export class RunState {
  /** What the host said; it holds until an event of the replay says more. */
  readonly #initial: ConsoleState;
  readonly #openRequests: Set<string>;
  #state: ConsoleState | undefined;
  #isLimited = false;

  constructor({ isProcessing, pendingPermissions, pendingElicitations }: ChatSubscribed, cursor: number) {
    const requests = [...pendingPermissions, ...pendingElicitations];
    this.#initial = requests.length > 0 ? 'waiting' : isProcessing ? 'working' : 'idle';
    const open = requests.filter(({ seq }) => typeof seq === 'number' && seq <= cursor);
    this.#openRequests = new Set(open.map(({ requestId }) => requestId));
  }

  statusAt(seq: number): Status {
    return this.#change(seq, this.#state ?? this.#initial);
  }

  /** A prompt waits for the run that is open. */
  queue(seq: number, id: PromptId): Status {
    return { ...this.#change(seq, this.#state ?? this.#duringRun()), id };
  }

  start(seq: number, { promptId: id, runId }: Extract<KonuiEventBody, { kind: 'run_started' }>): Status {
    this.#isLimited = false;
    return { ...this.#change(seq, 'working'), id, runId };
  }

  ask(seq: number, requestId: RequestId): readonly Status[] {
    this.#openRequests.add(requestId);
    return this.#changeTo(seq, 'waiting');
  }

  resolve(seq: number, requestId: RequestId): Status {
    this.#openRequests.delete(requestId);
    return { ...this.#change(seq, this.#duringRun()), requestId };
  }

  limit(seq: number, { message, resetsAt }: Extract<KonuiEventBody, { kind: 'limit_reached' }>): Status {
    this.#isLimited = true;
    return { ...this.#change(seq, 'limited'), message, ...(resetsAt === undefined ? {} : { resetsAt }) };
  }

  end(seq: number, isAborted: boolean): readonly Status[] {
    this.#openRequests.clear();
    return this.#changeTo(seq, isAborted ? 'stopped' : this.#isLimited ? 'limited' : 'idle');
  }

  #duringRun(): ConsoleState {
    return this.#openRequests.size > 0 ? 'waiting' : this.#isLimited ? 'limited' : 'working';
  }

  /** Nothing where the client knows it already. */
  #changeTo(seq: number, state: ConsoleState): readonly Status[] {
    return state === this.#state ? [] : [this.#change(seq, state)];
  }

  #change(seq: number, state: ConsoleState): Status {
    this.#state = state;
    return { type: 'status', seq, state };
  }
}
