let navigated = false;

/** Set by the router at the first move inside the app. */
export function noteNavigation() {
  navigated = true;
}

/** True after the first move inside the app: until then the browser itself announced the page. */
export const wasNavigated = () => navigated;
