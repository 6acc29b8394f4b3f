// oxlint-disable-next-line import/default -- Vite makes it the address of the built worker
import address from './highlight-worker.ts?worker&url';
import type { HighlightAnswer, HighlightWorker } from './highlighter.ts';

/** Where the browser enforces Trusted Types, a worker's address has to be vouched for: this one is the app's own. */
export function startHighlightWorker(): HighlightWorker {
  const policy = window.trustedTypes?.createPolicy('konui-highlight', { createScriptURL: () => address });
  const worker = new Worker(policy?.createScriptURL(address) ?? address, { type: 'module', name: 'highlight' });
  return {
    ask: (request) => worker.postMessage(request),
    close: () => worker.terminate(),
    onAnswer: (listener) =>
      worker.addEventListener('message', ({ data }: MessageEvent<HighlightAnswer>) => listener(data)),
    onDeath: (listener) => worker.addEventListener('error', listener),
  };
}
