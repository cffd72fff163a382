/** What the buyer's screen shows of the basket. */
export interface ShownTotal {
  goodsFen: number;
  shareFen: number;
}

const NAME = 'wennuan-till-screen';

/** Tells the second screen what the basket comes to. */
export function showTotal(total: ShownTotal): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(NAME);
  channel.postMessage(total);
  channel.close();
}

/** Hears what the till shows, until the answer is called. */
export function hearTotal(heard: (total: ShownTotal) => void): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => undefined;
  const channel = new BroadcastChannel(NAME);
  channel.addEventListener('message', (event: MessageEvent<ShownTotal>) => heard(event.data));
  return () => channel.close();
}
