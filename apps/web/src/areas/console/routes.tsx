import { registerTexts } from '../../shared/i18n/index.ts';
import { bookRoutes } from './routes.books.tsx';
import { moneyRoutes } from './routes.money.tsx';
import { aidRoutes } from './routes.aid.tsx';
import { goodsRoutes } from './routes.goods.tsx';
import { charityRoutes } from './routes.charity.tsx';
import { groupRoutes } from './routes.group.tsx';
import { recordRoutes } from './routes.record.tsx';
import { needRoutes } from './routes.need.tsx';
import { personRoutes } from './routes.person.tsx';
import { programRoutes } from './routes.program.tsx';
import { area } from './routes.root.tsx';
import { rosterRoutes } from './routes.roster.tsx';
import { shopRoutes } from './routes.shop.tsx';
import { watchRoutes } from './routes.watch.tsx';

registerTexts('console', {
  zh: () => import('./texts/zh.ts'),
  en: () => import('./texts/en.ts'),
});

/** The console area's routes. */
export const consoleRoutes = [
  area.addChildren([
    ...needRoutes,
    ...personRoutes,
    ...moneyRoutes,
    ...bookRoutes,
    ...watchRoutes,
    ...recordRoutes,
    ...programRoutes,
    ...goodsRoutes,
    ...shopRoutes,
    ...groupRoutes,
    ...charityRoutes,
    ...aidRoutes,
    ...rosterRoutes,
  ]),
] as const;
