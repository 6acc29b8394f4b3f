import { whenIdle } from './when-idle.ts';

/** How long a new worker may take to come into force before the page is loaded again all the same. */
const HANDOVER_MS = 3000;

/** The service worker as the page deals with it. */
export interface PageWorker {
  /** Resolves with the registration; undefined where browsers allow none: plain HTTP other than localhost. */
  readonly ready: Promise<ServiceWorkerRegistration | undefined>;
  /** Asks the server whether there is a newer one, which then waits for `reload`. */
  check(): void;
  /** Lets the newest worker come into force and loads the page again. */
  reload(): Promise<void>;
}

/** Registers `/sw.js` when the page has been shown and has nothing better to do. */
export function registerPageWorker(): PageWorker {
  const ready = navigator.serviceWorker === undefined ? Promise.resolve(undefined) : whenIdle().then(register);
  return {
    ready,
    check() {
      // Without a network there is nothing newer to be had.
      void ready.then((registration) => registration?.update().catch(() => undefined));
    },
    async reload() {
      try {
        const registration = await navigator.serviceWorker?.getRegistration();
        const waiting = registration?.waiting ?? (await installed(registration?.installing ?? undefined));
        if (waiting !== undefined) await handOver(waiting);
      } finally {
        window.location.reload();
      }
    },
  };
}

async function register(): Promise<ServiceWorkerRegistration | undefined> {
  try {
    const registration = await navigator.serviceWorker.register(scriptAddress(), { updateViaCache: 'none' });
    // A moment to remove what builds before have left: at its own start the worker may still see the page before.
    registration.active?.postMessage('page-loaded');
    return registration;
  } catch {
    // A browser that refuses (private mode, a certificate that is not trusted): everything else works without.
    return undefined;
  }
}

/** The page's policy takes script addresses only from here (Trusted Types). */
function scriptAddress(): Parameters<ServiceWorkerContainer['register']>[0] {
  const policy = window.trustedTypes?.createPolicy('konui-service-worker', { createScriptURL: () => '/sw.js' });
  return policy?.createScriptURL('') ?? '/sw.js';
}

async function installed(worker: ServiceWorker | undefined): Promise<ServiceWorker | undefined> {
  if (worker === undefined) return undefined;
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (worker.state === 'installing') return;
      worker.removeEventListener('statechange', look);
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      worker.removeEventListener('statechange', look);
      resolve();
    }, HANDOVER_MS);
    worker.addEventListener('statechange', look);
    look();
  });
  return worker.state === 'installed' ? worker : undefined;
}

async function handOver(worker: ServiceWorker): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      navigator.serviceWorker.removeEventListener('controllerchange', done);
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(done, HANDOVER_MS);
    navigator.serviceWorker.addEventListener('controllerchange', done);
    worker.postMessage('skip-waiting');
  });
}
