import { describe, expect, test } from 'vitest';
import { fillPage, renderPage } from './server.tsx';

const wishId = '0190a000-0000-7000-8000-000000000001';
const wish = {
  id: wishId,
  itemId: '0190a000-0000-7000-8000-000000000002',
  title: '一台电风扇</script><img src=x onerror=alert(1)>',
  text: '旧风扇坏了，想要一台落地扇。',
  area: { code: '410103001001', name: '绿云社区', level: 'community' },
  streetName: '淮河路街道',
  state: 'open',
  targetFen: 15_000,
  givenFen: 10_000,
  ways: ['money', 'goods'],
  since: '2026-11-03T01:00:00Z',
  claimedUntil: null,
  pictureIds: [],
  thanks: null,
  steps: [{ at: '2026-11-03T01:00:00Z', step: 'verified', amountFen: null }],
  remainderRule: '剩余转给同社区等得最久的心愿。',
};
const answers: Record<string, unknown> = {
  '/api/district': {
    name: '示例区',
    brand: '温暖示例',
    today: '2026-11-22',
    sandbox: true,
    demo: true,
  },
  '/api/session': { session: null },
  [`/api/public/wishes/${wishId}`]: wish,
};
let away = false;
async function fetchJson(address: string) {
  if (away)
    return { status: 503, body: { code: 'database_away', message: '系统暂时连不上数据库' } };
  const body = answers[address];
  return body
    ? { status: 200, body }
    : { status: 404, body: { code: 'not_found', message: '没有找到' } };
}
const draw = (url: string, language: 'zh' | 'en' = 'zh') =>
  renderPage({ url, language, elder: false, fetchJson });

describe('a wish, drawn without a browser', () => {
  test('says what it needs, how far it is, and the rule on what is left over before giving', async () => {
    const { status, html, head } = await draw(`/wishes/${wishId}`);
    expect(status).toBe(200);
    expect(head).toContain('温暖示例</title>');
    expect(html).toContain('还差 ¥50.00');
    expect(html.indexOf(wish.remainderRule)).toBeGreaterThan(0);
    expect(html.indexOf(wish.remainderRule)).toBeLessThan(html.indexOf('去支付'));
  });

  test('C-20: says before giving that it is no personal appeal and who answers for its truth', async () => {
    const { html } = await draw(`/wishes/${wishId}`);
    const notice = html.indexOf('这不是个人求助或个人募款');
    expect(notice).toBeGreaterThan(0);
    expect(notice).toBeLessThan(html.indexOf('去支付'));
    expect(html).toContain('信息真实性由绿云社区和示例区慈善总会负责');
  });

  test('markup in its words stays words, in the page and in the state beside it', async () => {
    const page = await draw(`/wishes/${wishId}`);
    expect(page.html).not.toContain('<img src=x');
    expect(page.state).not.toContain('</script>');
    expect(JSON.parse(page.state)).toBeTypeOf('object');
  });
});

describe('every public page', () => {
  test('C-16: the plain card states standard, steps and rules of each kind of aid', async () => {
    const { html } = await draw('/about');
    for (const words of ['微心愿', '个人求助', '2 个工作日', '¥500.00', '先查法定救助', '30 天内'])
      expect(html).toContain(words);
  });

  test('is drawn in the reader’s language', async () => {
    const page = await draw('/about', 'en');
    expect(page.html).toContain('Standards, steps and rules');
    const filled = fillPage('<html><title>x</title><div id="root"></div></html>', {
      language: 'en',
      elder: true,
      page,
    });
    expect(filled).toContain('<html lang="en" data-elder="true">');
  });

  test('answers 404 in words for what is not there', async () => {
    for (const url of ['/nothing', '/wishes/0190a000-0000-7000-8000-000000000009', '/gifts/x']) {
      const page = await draw(url);
      expect([url, page.status]).toEqual([url, 404]);
      expect(page.html).toContain('没有找到这一页');
    }
  });

  test('answers 503 in words while the data cannot be reached', async () => {
    away = true;
    const pages = await Promise.all(
      ['/', '/wall', `/wishes/${wishId}`, '/funds'].map((url) => draw(url)),
    );
    away = false;
    for (const page of pages) {
      expect(page.status).toBe(503);
      expect(page.html).toContain('系统暂时连不上数据库');
    }
  });

  test('sends another spelling of its address to the address itself', async () => {
    expect((await draw('/wall?street=&state=')).movedTo).toBe('/wall');
  });
});
