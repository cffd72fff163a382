import { createRoot, hydrateRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { makeRouter } from './router.tsx';
import { callServer } from './shared/api/client.ts';
import { takeOver } from './shared/api/hydration.ts';
import { followLive } from './shared/api/live.ts';
import { makeQueryClient } from './shared/api/query.ts';
import { makeI18n } from './shared/i18n/index.ts';
import { applyToDocument, elderOf, languageOf } from './shared/preferences.ts';
import './shared/styles/index.css';

/** Starts the app: takes over what the server drew, or draws it itself. */
async function start() {
  const root = document.getElementById('root')!;
  const language = languageOf(document.cookie);
  const elder = elderOf(document.cookie);
  applyToDocument(language, elder);
  const queryClient = makeQueryClient();
  const drawn = root.childElementCount > 0;
  const state = document.getElementById('state')?.textContent;
  if (drawn && state) takeOver(queryClient, state);
  const i18n = await makeI18n(language);
  const router = makeRouter({ queryClient, call: callServer, i18n });
  // Without this the router would put a boundary round its matches that the server's drawing lacks.
  if (drawn) router.ssr = { manifest: undefined };
  await router.load();
  const app = (
    <App router={router} queryClient={queryClient} call={callServer} i18n={i18n} elder={elder} />
  );
  if (drawn) hydrateRoot(root, app);
  else createRoot(root).render(app);
  followLive(queryClient);
}

void start();
