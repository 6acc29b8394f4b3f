import './app/strict-policy.ts';
import './styles/app.css';
import { createApi } from '@konui/client';
import { KonuiError } from '@konui/protocol';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { CrashPage } from './app/crash-page.tsx';
import { loadPageAt } from './app/routes.tsx';
import { startServices } from './app/services.ts';
import { onTokenStored, takeTokenFromAddress } from './app/take-token.ts';
import { createThemeChoice } from './app/theme.ts';
import { followViewportHeight } from './app/viewport-height.ts';
import { registerPageWorker } from './offline/page-worker.ts';
import { createTokenStorage } from './features/sign-in/token-storage.ts';
import { createHighlighter } from './ui/highlight/highlighter.ts';
import { HighlighterContext } from './ui/highlight/highlighter-context.ts';
import { startHighlightWorker } from './ui/highlight/start-highlight-worker.ts';

const { origin } = window.location;
const storage = window.localStorage;
const token = createTokenStorage(storage);
const theme = createThemeChoice(storage);
const highlighter = createHighlighter({ startWorker: startHighlightWorker });

takeTokenFromAddress(token);
const worker = registerPageWorker();
followViewportHeight();

async function checkToken(candidate: string): Promise<'ok' | 'refused' | 'unreachable'> {
  try {
    await createApi({ baseUrl: origin, token: candidate }).info();
    return 'ok';
  } catch (error) {
    return error instanceof KonuiError && error.code === 'UNAUTHORIZED' ? 'refused' : 'unreachable';
  }
}

const container = document.getElementById('app');
if (container === null) throw new Error('index.html has no #app');
const root = createRoot(container);
// Not awaited at this level: the page's code imports this module, and would wait for it in turn.
void (token.read() === undefined ? Promise.resolve() : loadPageAt(window.location.pathname)).then(() =>
  root.render(
    <CrashPage>
      <HighlighterContext.Provider value={highlighter}>
        <App
          token={token}
          startServices={() => startServices({ origin, storage, token, theme, worker })}
          checkToken={checkToken}
          onTokenStored={(listener) => onTokenStored(token, listener)}
        />
      </HighlighterContext.Provider>
    </CrashPage>,
  ),
);
