import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ShowProgress } from './application.ts';
import { listenAt } from './listen.ts';

const LOOK_AGAIN_SECONDS = 2;

/**
 * Answers every request with how far the preparation is, until it is closed: who opens the address early sees that
 * something is being done, and the page looks again by itself. Refuses a port in use.
 */
export async function serveWaitingPage(port: number, showProgress: ShowProgress) {
  let far = '';
  const server = createServer((_request, reply) => {
    reply.writeHead(503, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'retry-after': String(LOOK_AGAIN_SECONDS),
    });
    reply.end(pageOf(far));
  });
  await listenAt(port, (at) => once(server.listen(at), 'listening'));
  return {
    /** Shows progress where it was shown before, and on the page. */
    showProgress: ((label, total) => {
      const shown = showProgress(label, total);
      let all = total;
      far = label;
      return {
        to(done, newTotal) {
          all = newTotal ?? all;
          if (all > 0) far = `${label} ${Math.floor((done / all) * 100)}%`;
          shown.to(done, newTotal);
        },
        end: () => shown.end(),
      };
    }) satisfies ShowProgress,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Large type, no script, nothing to load. */
function pageOf(far: string): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${LOOK_AGAIN_SECONDS}">
<title>温暖 · Wennuan</title>
<style>
body { margin: 15vh auto 0; max-width: 32rem; padding: 0 1.5rem; font: 1.25rem/1.7 system-ui, sans-serif; color: #241d18; background: #faf7f4; }
</style>
</head>
<body>
<h1>正在准备演示区</h1>
<p>大约半分钟，好了会自动打开，不用刷新。</p>
<p lang="en">The demo district is being prepared. It takes about half a minute; this page opens it by itself.</p>
<p role="status">${far}</p>
</body>
</html>
`;
}
