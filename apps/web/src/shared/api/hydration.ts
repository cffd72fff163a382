import { dehydrate, type DehydratedState, hydrate, type QueryClient } from '@tanstack/react-query';
import { ApiRefusal } from './refusal.ts';

/**
 * What the server knew when it drew a page, as text that is safe inside a script element. Refusals go
 * along too, so that the browser begins with the same words as the drawing.
 */
export function stateText(client: QueryClient): string {
  const state = dehydrate(client, {
    shouldDehydrateQuery: ({ state: { status } }) => status !== 'pending',
  });
  return JSON.stringify(state).replace(/</g, '\\u003c');
}

/**
 * Takes over what the server knew. Until the page has been taken over, what was refused is not asked
 * again, or the first picture would differ from the drawing; after that it is, at once.
 */
export function takeOver(client: QueryClient, text: string): void {
  const state = JSON.parse(text) as DehydratedState;
  for (const query of state.queries) {
    const error = query.state.error as Partial<ApiRefusal> | null;
    if (error)
      query.state.error = new ApiRefusal(
        error.code ?? 'unreadable',
        error.message ?? '',
        error.field ?? null,
        error.status ?? -1,
      );
  }
  hydrate(client, state);
  const { queries, mutations } = client.getDefaultOptions();
  client.setDefaultOptions({ queries: { ...queries, retryOnMount: false }, mutations });
  whenFirstPageShown(() => {
    client.setDefaultOptions({ queries: { ...queries, retryOnMount: true }, mutations });
    void client.invalidateQueries({ predicate: (query) => query.state.status === 'error' });
  });
}

let shown = false;
const waiting: (() => void)[] = [];

/** Runs something at once, or as soon as the first page stands in the browser. */
export function whenFirstPageShown(then: () => void): void {
  if (shown) then();
  else waiting.push(then);
}

/** Told by each page once it stands in the browser; the document says so to who drives it by program. */
export function notePageShown() {
  shown = true;
  document.documentElement.dataset.alive = 'true';
  for (const then of waiting.splice(0)) then();
}
