/* Keeps the counter's own pages and scripts on the device: a till opens and sells without network. It never touches the API. */
const CACHE = 'wennuan-counter-1';

const isOurs = (url) =>
  url.origin === location.origin &&
  (url.pathname.startsWith('/assets/') ||
    url.pathname === '/icon.svg' ||
    url.pathname.startsWith('/counter'));

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event) => {
  const urls = (event.data?.keep ?? []).filter((one) => isOurs(new URL(one)));
  event.waitUntil(
    caches.open(CACHE).then((cache) =>
      Promise.all(
        [...new Set(urls)].map(async (one) => {
          const path = new URL(one).pathname;
          const key = path.startsWith('/counter') ? '/counter' : path;
          if (await cache.match(key)) return;
          const answer = await fetch(key, { credentials: 'same-origin' });
          if (answer.ok) await cache.put(key, answer);
        }),
      ),
    ),
  );
});

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || !isOurs(url)) return;
  event.respondWith(
    url.pathname.startsWith('/assets/')
      ? fromDevice(event.request, url)
      : fromServer(event.request, url),
  );
});

/* Names of assets change with their content: what is on the device is right. */
async function fromDevice(request, url) {
  const cache = await caches.open(CACHE);
  const known = await cache.match(url.pathname);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(url.pathname, answer.clone());
  return answer;
}

/* The page itself: the newest when there is a network, else the one that was kept. */
async function fromServer(request, url) {
  const cache = await caches.open(CACHE);
  const key = url.pathname.startsWith('/counter') ? '/counter' : url.pathname;
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(key, answer.clone());
    return answer;
  } catch (error) {
    const known = await cache.match(key);
    if (known) return known;
    throw error;
  }
}
